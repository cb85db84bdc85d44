"""Files from a client's phone: looked at, sealed with her intake's key, kept byte for byte (intake.md §5.3)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.casework import audit
from scheduler.casework.more import NotOpen, is_open
from scheduler.casework.parts import Parts
from scheduler.casework.sealed_files import Bytes, seal_file
from scheduler.casework.sealing import place, seal, unseal
from scheduler.casework.transaction import end_reading, writing
from scheduler.channels.darkroom import Undevelopable, develop
from scheduler.engine.file_kinds import HEAD, MOST_BYTES, MOST_FILES, Family, Kind, NotAllowed, kind_of
from scheduler.engine.pdf_check import UnsafePdf, check
from scheduler.models import Intake, Upload, db

READ = 64 * 1024
ORIGINAL, COPY = "file", "copy"


class UploadState(StrEnum):
    """Whether anybody may open a file."""

    WAITING = "waiting"
    """A virus scanner is to be asked, or did not answer yet: nobody opens it."""

    CLEAN = "clean"
    UNSCANNED = "unscanned"
    """There is no virus scanner: who opens it is told so."""

    INFECTED = "infected"
    """Something was found: the file is gone."""


COUNTED = (UploadState.WAITING, UploadState.CLEAN, UploadState.UNSCANNED)


class Unfit(Exception):
    """This file is not kept: it is no photo, paper or recording, or too large; the message is a code."""


class Already(Exception):
    """The same file is kept already; nothing more is."""


class Enough(Exception):
    """The intake has as many files, or as many bytes, as it may have; nothing more is kept."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """
    A file as it comes: its bytes, the name her phone gave it (which is not kept), and what she says it shows.

    Where `sha256` is said, nothing else is kept; `smaller`: her phone made it of a larger photo.
    """

    stream: Bytes = field(repr=False)
    name: str = field(repr=False)
    shows: str = ""
    sha256: str = ""
    smaller: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as its client sees it: no more than that it is there."""

    number: int
    size: int
    state: str


def add(parts: Parts, intake_id: UUID, incoming: Incoming) -> None:
    """
    Look at a file and keep it, sealed.

    Raises:
        NotOpen: The client may send nothing now.
        Unfit: It is not what may be sent.
        Already: It is kept already.
        Enough: There are too many already.
    """
    refuse_where_closed(parts, intake_id)
    kind, size = _looked_at(incoming)
    copy, seen = _developed(kind, incoming)
    upload_id = uuid4()
    with _files_of(parts, intake_id, upload_id) as keep:
        sealed = keep(ORIGINAL, _read(incoming.stream))
        if incoming.sha256 not in {"", sealed.sha256.hex()}:
            raise Unfit("changed")
        if copy:
            keep(COPY, iter([copy]))
        facts = {"kind": kind.code, "shows": incoming.shows, "sha256": sealed.sha256.hex(), "copy": bool(copy), **seen}
        with writing() as session:
            intake = lock(session, parts, intake_id)
            if sealed.sha256.hex() in known(parts, session, intake_id):
                raise Already
            number = next_number(session, intake_id, size)
            session.add(
                Upload(
                    id=upload_id,
                    intake_id=intake_id,
                    number=number,
                    state=UploadState.WAITING if parts.scanner else UploadState.UNSCANNED,
                    size=sealed.size,
                    facts=seal(facts, parts.keyring.open(intake.id), place("upload", "facts", upload_id)),
                    created_at=parts.clock.now(),
                )
            )
            audit.record(session, parts, "client", "file_sent", f"upload:{upload_id}", intake=str(intake_id))


def kept(intake_id: UUID) -> tuple[Kept, ...]:
    """What a client has sent, in order; what was infected is gone and not told to a phone that others may see."""
    mine = select(Upload).where(Upload.intake_id == intake_id, Upload.state.in_(COUNTED)).order_by(Upload.number)
    return tuple(Kept(row.number, row.size, row.state) for row in db.session.scalars(mine))


def folder_of(parts: Parts, intake_id: UUID) -> Path:
    """Where the files of an intake lie."""
    return parts.uploads / str(intake_id)


def path_of(parts: Parts, intake_id: UUID, upload_id: UUID, part: str) -> Path:
    """Where the original or its copy lies."""
    return folder_of(parts, intake_id) / f"{upload_id}.{part}"


def where(upload_id: UUID, part: str) -> bytes:
    """What its seal is bound to."""
    return place("upload", part, upload_id)


def forget(parts: Parts, intake_id: UUID) -> None:
    """Remove every file of an intake whose key is destroyed."""
    folder = folder_of(parts, intake_id)
    if folder.exists():
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()


def lock(session: Session, parts: Parts, intake_id: UUID) -> Intake:
    """Her intake, locked: of two files at once each sees the other. Still open, or nothing is kept."""
    intake = session.scalars(select(Intake).where(Intake.id == intake_id).with_for_update()).one()
    if not is_open(parts, intake):
        raise NotOpen(intake_id)
    return intake


def known(parts: Parts, session: Session, intake_id: UUID) -> frozenset[str]:
    """SHA-256 of each file that an intake has."""
    mine = select(Upload).where(Upload.intake_id == intake_id, Upload.state.in_(COUNTED), Upload.facts.is_not(None))
    rows = session.scalars(mine).all()
    key = parts.keyring.open(intake_id)
    return frozenset(unseal(row.facts, key, place("upload", "facts", row.id)).get("sha256", "") for row in rows)


def next_number(session: Session, intake_id: UUID, *sizes: int) -> int:
    """
    The number of the next file, of as many as have these sizes; one that is gone keeps its own.

    Raises:
        Enough: They have no room.
    """
    mine = Upload.intake_id == intake_id
    counted = func.count(Upload.id).filter(Upload.state.in_(COUNTED))
    taken = func.coalesce(func.sum(Upload.size).filter(Upload.state.in_(COUNTED)), 0)
    files, total, last = session.execute(select(counted, taken, func.max(Upload.number)).where(mine)).one()
    if files + len(sizes) > MOST_FILES or total + sum(sizes) > MOST_BYTES:
        raise Enough(intake_id)
    return (last or 0) + 1


def refuse_where_closed(parts: Parts, intake_id: UUID) -> None:
    """
    Before any work.

    Raises:
        NotOpen: The client may send nothing now.
        Enough: There is no room left.
    """
    if not is_open(parts, db.session.get_one(Intake, intake_id)):
        raise NotOpen(intake_id)
    next_number(db.session(), intake_id, 0)
    end_reading()


def _looked_at(incoming: Incoming) -> tuple[Kind, int]:
    """The kind and the bytes of a file that may be kept, as far as its outside tells."""
    size = incoming.stream.seek(0, 2)
    incoming.stream.seek(0)
    try:
        kind = kind_of(incoming.stream.read(HEAD), incoming.name)
    except NotAllowed:
        raise Unfit("kind") from None
    if size > kind.most:
        raise Unfit("size")
    return kind, size


def _developed(kind: Kind, incoming: Incoming) -> tuple[bytes, dict[str, Any]]:
    """The clean copy of a photo and what is known of it; of others nothing, once they were found to be harmless."""
    if kind.family is Family.RECORDING:
        return b"", {}
    incoming.stream.seek(0)
    content = incoming.stream.read(kind.most)
    try:
        if kind.family is Family.PAPER:
            check(content)
            return b"", {}
        made = develop(content)
    except (UnsafePdf, Undevelopable) as refusal:
        raise Unfit(str(refusal)) from None
    return made.copy, {"gps": made.gps, "pixels": [made.width, made.height], "smaller": incoming.smaller}


@contextmanager
def _files_of(parts: Parts, intake_id: UUID, upload_id: UUID) -> Iterator[Callable[[str, Iterator[bytes]], Any]]:
    """Sealed files of one upload; they are removed again where their row is not written."""
    key, made = parts.keyring.open(intake_id), []

    def keep(part: str, pieces: Iterator[bytes]) -> Any:
        path = path_of(parts, intake_id, upload_id, part)
        made.append(path)
        return seal_file(pieces, path, key, where(upload_id, part))

    try:
        yield keep
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise


def _read(stream: Bytes) -> Iterator[bytes]:
    stream.seek(0)
    return iter(lambda: stream.read(READ), b"")
