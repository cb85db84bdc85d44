"""A file that is there whole or not at all, and that only its owner reads."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from scheduler.channels.port import Stage, TryAgainLater


def put(folder: Path, name: str, content: bytes) -> None:
    """
    Write the file, or replace it if it is there, and return when it is on the disk.

    Raises:
        TryAgainLater: The disk is full or the folder cannot be written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _replace(folder / name, content)
        settle(folder)
    except OSError:
        raise TryAgainLater(Stage.FILE) from None


def remove(folder: Path, row: UUID) -> None:
    """Remove the files of one outbox row, whenever it was due; without one nothing happens."""
    for path in folder.glob(f"*-{row}.*"):
        path.unlink(missing_ok=True)


def _replace(path: Path, content: bytes) -> None:
    number, unfinished = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(unfinished).replace(path)
    except OSError:
        with suppress(OSError):
            Path(unfinished).unlink()
        raise


def settle(folder: Path) -> None:
    """Return when what was made, renamed or removed in the folder is so on the disk."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
