"""ClamAV: a file is sent to clamd over its socket, and its word on it is read (clamd(8), INSTREAM)."""

import socket
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

SECONDS = 60
PORT = 3310
LONGEST_WORD = 4096


class NoVerdict(Exception):
    """clamd could not be asked or did not say what it thinks: the file is not released, and is asked about again."""


@dataclass(frozen=True, slots=True)
class ClamAv:
    """Where clamd listens: `tcp://host:port` or `unix:///path`."""

    address: str

    def is_clean(self, pieces: Iterable[bytes]) -> bool:
        """
        Whether nothing was found in the file.

        Raises:
            NoVerdict: Nobody knows.
        """
        try:
            said = self._ask(pieces)
        except OSError:
            raise NoVerdict("no answer") from None
        if said == b"stream: OK":
            return True
        if said.startswith(b"stream: ") and said.endswith(b" FOUND"):
            return False
        raise NoVerdict("unclear answer")

    def _ask(self, pieces: Iterable[bytes]) -> bytes:
        with self._connected() as clamd:
            clamd.sendall(b"zINSTREAM\0")
            for piece in pieces:
                clamd.sendall(len(piece).to_bytes(4) + piece)
            clamd.sendall(bytes(4))
            said = b""
            while not said.endswith(b"\0") and len(said) < LONGEST_WORD and (more := clamd.recv(LONGEST_WORD)):
                said += more
        return said.rstrip(b"\0\n")

    def _connected(self) -> socket.socket:
        url = urlsplit(self.address)
        if url.scheme == "unix":
            clamd = socket.socket(socket.AF_UNIX)
            clamd.settimeout(SECONDS)
            try:
                clamd.connect(url.path)
            except OSError:
                clamd.close()
                raise
            return clamd
        return socket.create_connection((url.hostname or "", url.port or PORT), SECONDS)
