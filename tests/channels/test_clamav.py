"""A clamd by hand says what it found, or nothing that counts."""

import socketserver
import threading
from pathlib import Path

import pytest

from scheduler.channels.clamav import ClamAv, NoVerdict
from tests.builders.clamav import EICAR, Clamd, clamd


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
