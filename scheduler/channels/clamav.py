"""ClamAV: a file is sent to clamd over its socket, and its word on it is read (clamd(8), VERSION and INSTREAM)."""

import socket
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from scheduler.engine.clock import SystemClock

SECONDS = 60
PORT = 3310
LONGEST_WORD = 4096
FRESH = timedelta(hours=24)
"""So old its signatures may be (intake.md §5.3); what is dated later than that from now is not known to be fresh."""


class NoVerdict(Exception):
    """clamd could not be asked or did not say what it thinks: the file is not released, and is asked about again."""


@dataclass(frozen=True, slots=True)
class ClamAv:
    """Where clamd listens: `tcp://host:port` or `unix:///path`; `now` is the time of the machine."""

    address: str
    now: Callable[[], datetime] = SystemClock().real_now

    def is_clean(self, pieces: Iterable[bytes]) -> bool:
        """
        Whether nothing was found in the file.

        Raises:
            NoVerdict: Nobody knows.
        """
        try:
            signed_at = _signed_at(self._ask(b"zVERSION\0"))
            if signed_at is None or abs(self.now() - signed_at) > FRESH:
                raise NoVerdict("old signatures")
            said = self._ask(b"zINSTREAM\0", _framed(pieces))
        except OSError:
            raise NoVerdict("no answer") from None
        if said == b"stream: OK":
            return True
        if said.startswith(b"stream: ") and said.endswith(b" FOUND"):
            return False
        raise NoVerdict("unclear answer")

    def _ask(self, command: bytes, sent: Iterable[bytes] = ()) -> bytes:
        with self._connected() as clamd:
            clamd.sendall(command)
            for piece in sent:
                clamd.sendall(piece)
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


def _framed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Each piece behind its length, then none."""
    yield from (len(piece).to_bytes(4) + piece for piece in pieces)
    yield bytes(4)


def _signed_at(version: bytes) -> datetime | None:
    """When its signatures were made: `ClamAV 1.4.1/27500/Tue Nov 24 09:30:12 2026`, by the clocks of the place."""
    try:
        _name, _number, made = version.decode("ascii").split("/")
        return datetime.fromtimestamp(time.mktime(time.strptime(made, "%a %b %d %H:%M:%S %Y")), UTC)
    except (ValueError, OverflowError):
        return None
