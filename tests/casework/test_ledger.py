"""The purge ledger holds what was destroyed, line after line, whatever crashes; keys are wrapped anew beside it."""

from pathlib import Path

import pytest

from config import MasterKey
from scheduler.casework.keyring import KeyGone, Keyring, WrongMasterKey
from scheduler.casework.ledger import Ledger, LedgerBroken
from tests.builders.settings import MASTER

NEWER = MasterKey("t2", bytes(range(60, 92)))


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "keystore", (MASTER,))


def destroyed(ring: Keyring, *names: str) -> Ledger:
    for name in names:
        ring.make(name)
        ring.destroy(name)
    return ring.ledger


def test_what_was_destroyed_stands_in_the_ledger_in_order(ring: Keyring) -> None:
    ledger = destroyed(ring, "one", "two", "three")

    assert [(line.number, line.name) for line in ledger.lines()] == [(1, "one"), (2, "two"), (3, "three")]
    assert ledger.path.stat().st_mode & 0o777 == 0o600


def test_nothing_was_purged_yet(ring: Keyring) -> None:
    assert ring.ledger.lines() == []


def test_a_line_that_a_crash_cut_off_is_written_anew(ring: Keyring) -> None:
    ledger = destroyed(ring, "one", "two")
    ledger.path.write_bytes(ledger.path.read_bytes()[:-30])

    ledger.add("two")

    assert [line.name for line in ledger.lines()] == ["one", "two"]


def test_a_long_ledger_goes_on_where_it_ended(ring: Keyring) -> None:
    names = [f"key-{number}" for number in range(200)]

    ledger = destroyed(ring, *names)

    assert [line.name for line in ledger.lines()] == names


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        pytest.param("2 two", "2 six", "2", id="a name changed"),
        pytest.param("2 two", "3 two", "2", id="a number changed"),
        pytest.param("1 one ", "1 one  ", "1", id="no line at all"),
    ],
)
def test_tampering_with_the_ledger_is_found(ring: Keyring, old: str, new: str, at: str) -> None:
    ledger = destroyed(ring, "one", "two", "three")
    ledger.path.write_text(ledger.path.read_text().replace(old, new))

    with pytest.raises(LedgerBroken, match=at):
        ledger.names()


def test_a_line_taken_out_is_found(ring: Keyring) -> None:
    ledger = destroyed(ring, "one", "two", "three")
    lines = ledger.path.read_text().splitlines(keepends=True)
    ledger.path.write_text(lines[0] + lines[2])

    with pytest.raises(LedgerBroken):
        ledger.names()


def test_a_key_that_somebody_brings_back_is_destroyed_again(ring: Keyring) -> None:
    ring.make("one")
    file = ring.folder / "one.key"
    copy = file.read_bytes()
    ring.destroy("one")
    file.write_bytes(copy)

    count = ring.replay()

    assert count == 1
    with pytest.raises(KeyGone):
        ring.open("one")


def test_every_key_is_wrapped_by_the_newest_and_opens_as_before(ring: Keyring) -> None:
    secrets = {name: ring.make(name) for name in ("one", "two")}
    both = Keyring(ring.folder, (NEWER, MASTER))
    fresh = both.make("three")

    count = both.rotate()

    only = Keyring(ring.folder, (NEWER,))
    assert (count, both.rotate()) == (2, 0)
    assert {name: only.open(name) for name in secrets} | {"three": only.open("three")} == {**secrets, "three": fresh}


def test_the_old_master_key_opens_nothing_any_more(ring: Keyring) -> None:
    ring.make("one")

    Keyring(ring.folder, (NEWER, MASTER)).rotate()

    with pytest.raises(WrongMasterKey):
        ring.open("one")


def test_a_rotation_brings_nothing_back_that_was_purged(ring: Keyring, monkeypatch: pytest.MonkeyPatch) -> None:
    ring.make("one")
    both, listed = Keyring(ring.folder, (NEWER, MASTER)), ring.names()
    ring.destroy("one")
    monkeypatch.setattr(Keyring, "names", lambda _: listed)

    count = both.rotate()

    assert count == 0
    assert not list(ring.folder.glob("*.key"))
