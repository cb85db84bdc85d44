"""One end for a whole conversation, however slowly the other side speaks."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from time import monotonic


@contextmanager
def ended_by(line: socket.socket, ends_at: float) -> Iterator[None]:
    """
    Hang up at the deadline (of the monotonic clock), whatever is being read, written or negotiated.

    A socket's own time limit starts anew with each byte. The twin survives the line being wrapped in TLS.
    """
    with line.dup() as twin:
        clock = Timer(max(ends_at - monotonic(), 0), _hang_up, [twin])
        clock.daemon = True
        clock.start()
        try:
            yield
        finally:
            clock.cancel()
            clock.join()


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
