"""The purge ledger: the name of every data key that was destroyed, chained; a copy of the database cannot undo it."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

FILE = "purged"
GENESIS = "0" * 64
TAIL = 4096
"""Bytes at the end of the file in which its last line stands whole."""


class LedgerBroken(Exception):
    """The ledger does not hold at this line: one was changed, removed or put in."""


@dataclass(frozen=True, slots=True)
class Line:
    """One destroyed key; `hash` is the SHA-256 over the hash before, the number and the name."""

    number: int
    name: str
    hash: str

    @classmethod
    def after(cls, before: "Line", name: str) -> "Line":
        """The line that follows another."""
        number = before.number + 1
        said = f"{before.hash} {number} {name}"
        return cls(number, name, hashlib.sha256(said.encode()).hexdigest())

    @classmethod
    def read(cls, text: str) -> "Line":
        """
        The line of this text.

        Raises:
            ValueError: It is none.
        """
        number, name, digest = text.split(" ")
        return cls(int(number), name, digest)

    def __str__(self) -> str:
        return f"{self.number} {self.name} {self.hash}"


NOTHING = Line(0, "", GENESIS)
"""What stands before the first line."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A file that only grows, in the keystore; a line that a crash cut off is written anew."""

    path: Path

    def add(self, name: str) -> None:
        """Write down that this key is gone; on the disk before it returns."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            begin = max(0, file.seek(0, os.SEEK_END) - TAIL)
            file.seek(begin)
            whole, end, _cut_off = file.read().rpartition(b"\n")
            file.truncate(begin + len(whole) + len(end))
            last = Line.read(whole.rpartition(b"\n")[2].decode()) if whole else NOTHING
            file.seek(0, os.SEEK_END)
            file.write(f"{Line.after(last, name)}\n".encode())
            file.flush()
            os.fsync(file.fileno())

    def lines(self) -> list[Line]:
        """
        All lines; empty where nothing was purged yet.

        Raises:
            LedgerBroken: The chain does not hold.
        """
        return parse(self.path.read_bytes()) if self.path.exists() else []

    def names(self) -> frozenset[str]:
        """The names of the keys that are gone for good."""
        return frozenset(line.name for line in self.lines())


def parse(content: bytes) -> list[Line]:
    """
    The lines of a ledger's bytes, without one that was cut off.

    Raises:
        LedgerBroken: The chain does not hold; the message is the number of the line.
    """
    found, before = [], NOTHING
    for text in content.decode("ascii", "replace").split("\n")[:-1]:
        try:
            line = Line.read(text)
        except ValueError:
            raise LedgerBroken(before.number + 1) from None
        if line != Line.after(before, line.name):
            raise LedgerBroken(before.number + 1)
        found.append(line)
        before = line
    return found


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else wraps a key anew, or destroys one, meanwhile."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
