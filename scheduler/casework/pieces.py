"""Pieces of files on their way: sealed one by one with their intake's key, whole or not there, read as one file."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from uuid import UUID

from scheduler.casework.parts import Parts
from scheduler.casework.sealed_files import open_file, seal_file
from scheduler.casework.sealing import place
from scheduler.engine.file_kinds import PIECE

SAID = "said"
"""What her browser said of a file, beside its numbered pieces."""


class Joined:
    """The pieces as one file that is read from anywhere; one piece is open at a time, and none of it on the disk."""

    def __init__(self, size: int, piece: Callable[[int], bytes]) -> None:
        self._size, self._piece, self._at, self._open = size, piece, 0, (-1, b"")

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """To a place from the beginning, or from the end."""
        self._at = offset + (self._size if whence == io.SEEK_END else 0)
        return self._at

    def read(self, size: int = -1, /) -> bytes:
        """So many bytes, fewer at the end alone."""
        end = self._size if size < 0 else min(self._size, self._at + size)
        found = []
        while self._at < end:
            number, start = divmod(self._at, PIECE)
            if self._open[0] != number:
                self._open = (number, self._piece(number))
            found.append(self._open[1][start : start + end - self._at])
            self._at += len(found[-1])
        return b"".join(found)


def root_of(parts: Parts) -> Path:
    """Beside the files that are kept, so that no backup holds pieces."""
    return parts.uploads.with_name("arriving")


def folder_of(parts: Parts, intake_id: UUID) -> Path:
    """Where the pieces of an intake lie."""
    return root_of(parts) / str(intake_id)


def ids(parts: Parts, intake_id: UUID) -> Iterator[UUID]:
    """Of the files of an intake that are on their way."""
    for path in folder_of(parts, intake_id).glob(f"*.{SAID}"):
        with suppress(ValueError):
            yield UUID(path.stem)


def is_here(parts: Parts, intake_id: UUID, file_id: UUID, part: int) -> bool:
    """Whether a piece has come."""
    return _path(parts, intake_id, file_id, part).exists()


def read(parts: Parts, intake_id: UUID, file_id: UUID, part: int | str) -> bytes:
    """
    One piece, or what was said.

    Raises:
        FileNotFoundError: It is not here.
        Broken: It was changed, or is another intake's.
    """
    path = _path(parts, intake_id, file_id, part)
    return b"".join(open_file(path, _key(parts, intake_id), _where(file_id, part)))


def write(parts: Parts, intake_id: UUID, file_id: UUID, part: int | str, content: bytes) -> None:
    """Whole or not at all: it is sealed beside its place, then moved there."""
    path = _path(parts, intake_id, file_id, part)
    fresh = path.with_name(f"{path.name}.{token_hex(8)}")
    try:
        seal_file(iter([content]), fresh, _key(parts, intake_id), _where(file_id, part))
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def forget(parts: Parts, intake_id: UUID, file_id: UUID | None = None) -> None:
    """Remove what is here of a file; of the whole intake where none is named."""
    start = f"{file_id}." if file_id else ""
    remove(parts, intake_id, [name for name in names(parts, intake_id) if name.startswith(start)])


def intakes(parts: Parts) -> Sequence[UUID]:
    """Those of which pieces may be here."""
    root = root_of(parts)
    return [UUID(folder.name) for folder in root.iterdir()] if root.exists() else []


def names(parts: Parts, intake_id: UUID) -> Sequence[str]:
    """Of all files of an intake that are here."""
    folder = folder_of(parts, intake_id)
    return [path.name for path in folder.iterdir()] if folder.exists() else []


def remove(parts: Parts, intake_id: UUID, over: Sequence[str]) -> int:
    """Remove these files, and the folder with the last; how many there were."""
    folder = folder_of(parts, intake_id)
    for name in over:
        (folder / name).unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()
    return len(over)


def _path(parts: Parts, intake_id: UUID, file_id: UUID, part: int | str) -> Path:
    return folder_of(parts, intake_id) / f"{file_id}.{part}"


def _where(file_id: UUID, part: int | str) -> bytes:
    return place("arriving", str(part), file_id)


def _key(parts: Parts, intake_id: UUID) -> bytes:
    return parts.keyring.open(intake_id)
