"""A line to the service that breaks: it stands between a browser and the server, and is cut after so many bytes."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field

HOST = "127.0.0.1"
PACKET = 16 * 1024
AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER: closing resets the connection."""


@dataclass
class Line:
    """`port` is where browsers come; after `cut_after` more bytes of theirs it breaks, until `mend`; `cuts` counts."""

    server: int
    cut_after: int | None = None
    cuts: int = 0
    is_down: bool = False
    _listens: socket.socket = field(init=False)
    _open: list[socket.socket] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._listens = socket.create_server((HOST, 0))

    @property
    def port(self) -> int:
        return int(self._listens.getsockname()[1])

    def mend(self) -> None:
        self.is_down = False

    def serve(self) -> None:
        """Until the line is taken down."""
        with suppress(OSError):
            while True:
                browser, _address = self._listens.accept()
                if self.is_down:
                    _reset(browser)
                    continue
                server = socket.create_connection((HOST, self.server))
                self._open += [browser, server]
                for pair, counts in (((browser, server), True), ((server, browser), False)):
                    threading.Thread(target=self._carry, args=(*pair, counts), daemon=True).start()

    def end(self) -> None:
        # An `accept` that waits is not woken by closing alone.
        with suppress(OSError):
            self._listens.shutdown(socket.SHUT_RDWR)
        self._listens.close()
        self._drop()

    def _carry(self, source: socket.socket, target: socket.socket, counts: bool) -> None:
        with closing(source), closing(target), suppress(OSError):
            while piece := source.recv(PACKET):
                if counts and self._breaks(len(piece)):
                    self._drop()
                    return
                target.sendall(piece)

    def _breaks(self, size: int) -> bool:
        if self.cut_after is None:
            return False
        self.cut_after -= size
        if self.cut_after > 0:
            return False
        self.cut_after, self.is_down, self.cuts = None, True, self.cuts + 1
        return True

    def _drop(self) -> None:
        for one in self._open:
            _reset(one)
        self._open.clear()


@contextmanager
def a_line(server: int) -> Iterator[Line]:
    line = Line(server)
    thread = threading.Thread(target=line.serve, daemon=True)
    thread.start()
    yield line
    line.end()
    thread.join(timeout=5)


def _reset(one: socket.socket) -> None:
    with suppress(OSError):
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        one.shutdown(socket.SHUT_RDWR)
    one.close()
