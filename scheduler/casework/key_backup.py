"""A short-lived backup of the keys and the purge ledger, kept apart from every other, and how it is brought back."""

from dataclasses import dataclass, field
from pathlib import Path

from scheduler.casework import ledger
from scheduler.casework.archive import NoArchive, Writer, reading
from scheduler.casework.keyring import Keyring
from scheduler.casework.ledger import Line

SUFFIX, END = ".key", "end"


class OlderThanLedger(Exception):
    """Keys were destroyed after this backup was made: it would bring them back, so nothing of it was used."""


class OtherKeys(Exception):
    """A key of the same name is here and is another one; nothing of the backup was used. The message is the name."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup of keys holds: wrapped keys by name, and the ledger."""

    keys: dict[str, str] = field(repr=False)
    lines: list[Line]
    ledger: bytes


def back_up_keys(keyring: Keyring, path: Path) -> int:
    """Write all keys, wrapped as they are, and the ledger; how many keys there are."""
    with ledger.alone(keyring.folder), Writer(path, keyring) as archive:
        names = keyring.names()
        for name in names:
            archive.add_file(f"{name}{SUFFIX}", keyring.folder / f"{name}{SUFFIX}")
        if keyring.ledger.path.exists():
            archive.add_file(ledger.FILE, keyring.ledger.path)
        archive.add(END, b"")
    return len(names)


def check_keys(keyring: Keyring, path: Path) -> Kept:
    """
    Read a backup of keys to its end.

    Raises:
        NoArchive: It is none, was cut off or changed.
        WrongMasterKey: CITA_KEYS does not hold its key.
        LedgerBroken: Its ledger does not hold.
    """
    with reading(path, keyring) as members:
        found = {name: content.read() for name, content in members}
    if END not in found:
        raise NoArchive
    said = found.get(ledger.FILE, b"")
    keys = {name.removesuffix(SUFFIX): found[name].decode() for name in found if name.endswith(SUFFIX)}
    return Kept(keys, ledger.parse(said), said)


def restore_keys(keyring: Keyring, path: Path) -> int:
    """
    Bring back the keys that are missing here; how many there were.

    Raises:
        NoArchive, WrongMasterKey, LedgerBroken: As for `check_keys`, or the ledger here does not hold.
        OlderThanLedger: The ledger here goes on where the backup's ends, or is another.
        OtherKeys: A key here is not the backup's.
    """
    kept, here = check_keys(keyring, path), keyring.ledger.lines()
    if kept.lines[: len(here)] != here:
        raise OlderThanLedger
    gone = {line.name for line in kept.lines}
    missing = [name for name in kept.keys if name not in gone and not _is_here(keyring, name, kept.keys[name])]
    if kept.lines:
        keyring.put(ledger.FILE, kept.ledger)
    for name in missing:
        keyring.put(f"{name}{SUFFIX}", kept.keys[name].encode())
    return len(missing)


def _is_here(keyring: Keyring, name: str, text: str) -> bool:
    """Whether this very key is here, however it is wrapped."""
    secret = keyring.unwrap(name, text)
    if name not in keyring.names():
        return False
    if keyring.open(name) != secret:
        raise OtherKeys(name)
    return True
