"""A clamd by hand: it reads what is sent, and says what it is told to."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scheduler.channels.clamav import ClamAv, NoVerdict

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


@pytest.mark.parametrize(
    ("file", "is_clean"),
    [
        pytest.param(b"paper", True, id="nothing is found"),
        pytest.param(EICAR, False, id="the test file of virus scanners"),
        pytest.param(b"a" * 100_000 + EICAR, False, id="deep in a file"),
    ],
)
def test_clamd_says_what_it_found(file: bytes, is_clean: bool) -> None:
    pieces = [file[at : at + 999] for at in range(0, len(file), 999)]

    with clamd() as address:
        assert ClamAv(address).is_clean(pieces) is is_clean


@pytest.mark.parametrize(
    "says",
    [
        pytest.param(b"INSTREAM size limit exceeded. ERROR\0", id="too large for it"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"stream: OK and more\0", id="something else"),
        pytest.param(b"OK\0", id="of another file"),
    ],
)
def test_what_is_not_clear_is_no_verdict(says: bytes) -> None:
    with clamd(says) as address, pytest.raises(NoVerdict):
        ClamAv(address).is_clean([b"paper"])


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "unix:///nowhere/clamd.sock"])
def test_nobody_there_is_no_verdict(address: str) -> None:
    with pytest.raises(NoVerdict):
        ClamAv(address).is_clean([b"paper"])


def test_a_socket_in_the_file_system_is_asked_too(tmp_path: Path) -> None:
    path = str(tmp_path / "clamd.sock")
    with socketserver.UnixStreamServer(path, Clamd) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

        clean = ClamAv(f"unix://{path}").is_clean([b"paper"])

        server.shutdown()
    assert clean is True
