"""A clamd by hand: it reads what is sent, and says what it is told to."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(socketserver.StreamRequestHandler):
    """One conversation of INSTREAM."""

    says: bytes | None = None

    def handle(self) -> None:
        command, file = self.rfile.read(10), b""
        while size := int.from_bytes(self.rfile.read(4)):
            file += self.rfile.read(size)
        found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in file else b"stream: OK\0"
        if command == b"zINSTREAM\0":
            self.wfile.write(found if self.says is None else self.says)


@contextmanager
def clamd(says: bytes | None = None) -> Iterator[str]:
    """The address of a clamd."""
    with socketserver.TCPServer(("127.0.0.1", 0), type("Said", (Clamd,), {"says": says})) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
