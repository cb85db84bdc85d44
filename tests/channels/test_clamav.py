"""A clamd by hand says what it found, or nothing that counts."""

import socketserver
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.channels import clamav
from scheduler.channels.clamav import ClamAv, NoVerdict
from tests.builders.clamav import EICAR, Clamd, clamd

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


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


def version(made: datetime) -> bytes:
    """As clamd says it: by the clocks of the place."""
    return f"ClamAV 1.4.1/27500/{made.astimezone():%a %b %d %H:%M:%S %Y}\0".encode()


@pytest.mark.parametrize(
    "age", [timedelta(0), timedelta(hours=23, minutes=59), timedelta(hours=24), timedelta(hours=-1)], ids=str
)
def test_signatures_of_a_day_are_fresh(age: timedelta) -> None:
    with clamd(version=version(NOW - age)) as address:
        assert ClamAv(address, lambda: NOW).is_clean([b"paper"])


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(version(NOW - timedelta(hours=24, seconds=1)), id="a second too old"),
        pytest.param(version(NOW - timedelta(days=400)), id="a year too old"),
        pytest.param(version(NOW + timedelta(days=2)), id="not made yet"),
        pytest.param(b"ClamAV 1.4.1\0", id="no signatures at all"),
        pytest.param(b"ClamAV 1.4.1/27500/yesterday\0", id="a date nobody can read"),
        pytest.param(b"ClamAV 1.4.1/27500/\xff\0", id="no letters"),
        pytest.param(b"UNKNOWN COMMAND\0", id="it does not know"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_signatures_that_are_not_known_to_be_fresh_are_no_verdict(said: bytes) -> None:
    with clamd(version=said) as address, pytest.raises(NoVerdict, match="old signatures"):
        ClamAv(address, lambda: NOW).is_clean([b"paper"])


def test_the_clock_is_that_of_the_machine() -> None:
    with clamd(version=version(datetime.now(UTC) - timedelta(hours=25))) as address, pytest.raises(NoVerdict):
        ClamAv(address).is_clean([b"paper"])


def test_without_the_look_at_its_date_an_old_one_has_its_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clamav, "FRESH", timedelta(days=9999))

    with clamd(version=version(NOW - timedelta(days=400))) as address:
        assert ClamAv(address, lambda: NOW).is_clean([b"paper"])


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
