"""A clamd by hand: it reads what is sent, and says what it is told to."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(socketserver.StreamRequestHandler):
    """One conversation: VERSION or INSTREAM."""

    says: bytes | None = None
    version: bytes | None = None

    def handle(self) -> None:
        command, file = b"", b""
        while not command.endswith(b"\0") and (byte := self.rfile.read(1)):
            command += byte
        if command == b"zVERSION\0":
            made = time.strftime("%a %b %d %H:%M:%S %Y")
            self.wfile.write(f"ClamAV 1.4.1/27500/{made}\0".encode() if self.version is None else self.version)
            return
        while size := int.from_bytes(self.rfile.read(4)):
            file += self.rfile.read(size)
        found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in file else b"stream: OK\0"
        if command == b"zINSTREAM\0":
            self.wfile.write(found if self.says is None else self.says)


@contextmanager
def clamd(says: bytes | None = None, version: bytes | None = None) -> Iterator[str]:
    """The address of a clamd; its signatures are of just now where no other `version` is said."""
    with socketserver.TCPServer(("127.0.0.1", 0), type("Said", (Clamd,), {"says": says, "version": version})) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
