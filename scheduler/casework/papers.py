"""What a client sent, as those see it whose case it is: a clean copy at a glance, the original for a reason."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from scheduler.casework import audit, staff
from scheduler.casework.access import Permission
from scheduler.casework.assigned import is_assigned, is_confirmed
from scheduler.casework.cases import UNSEEN, NotConfirmed, NotThere
from scheduler.casework.firm import firm
from scheduler.casework.keyring import KeyGone
from scheduler.casework.parts import Parts
from scheduler.casework.sealed_files import open_file
from scheduler.casework.sealing import place, unseal
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.casework.uploads import COPY, ORIGINAL, UploadState, path_of, where
from scheduler.channels import darkroom
from scheduler.channels.darkroom import Undevelopable
from scheduler.engine.file_kinds import KINDS
from scheduler.models import Intake, Upload, db

REASONS = ("prepare_call", "advise", "court_filing", "uscis_filing", "other")
OPEN = frozenset({UploadState.CLEAN, UploadState.UNSCANNED})
NOTHING_SAID = "paper"


class NoReason(Exception):
    """No reason of the list was given; nothing was opened."""


class NotReleased(Exception):
    """The file was not scanned: it is not opened, or not before somebody said that she knows."""


@dataclass(frozen=True, slots=True)
class Paper:
    """
    One file. `name` is ours and says nothing of her; `shows` is a code of what she says it is.

    `gps` is whether a photo says where it was taken, None where nobody knows. `smaller`: her phone made it of a larger
    photo that she still has.
    """

    id: UUID
    intake_id: UUID
    name: str
    kind: str
    shows: str
    size: int
    sent_at: datetime
    state: str
    gps: bool | None
    sha256: str
    has_copy: bool
    smaller: bool

    @property
    def is_open(self) -> bool:
        """Whether anybody may open it."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class Ask:
    """Why somebody wants the original, her password once more, and whether she knows that nobody scanned it."""

    reason: str
    password: str = field(repr=False)
    knows_unscanned: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """The original as it is given out."""

    name: str
    media_type: str
    size: int
    pieces: Iterator[bytes] = field(repr=False)


def papers(parts: Parts, who: SignedIn, intake_id: UUID) -> tuple[str, tuple[Paper, ...]]:
    """
    The reference of an intake and its files, in order; looking is written down.

    Raises:
        NotThere: There is no such intake, or it is not hers.
        NotConfirmed: It is hers, and an attorney has still to look at the names; so for each of her files.
    """
    intake = _hers(who, db.session.get(Intake, intake_id))
    rows = db.session.scalars(select(Upload).where(Upload.intake_id == intake_id).order_by(Upload.number))
    found = tuple(_paper(parts, intake, row) for row in rows)
    _note(parts, who, "files_listed", f"intake:{intake_id}")
    return intake.ref, found


def one(parts: Parts, who: SignedIn, upload_id: UUID) -> Paper:
    """
    One file.

    Raises:
        NotThere: There is none, or it is not hers.
    """
    row = db.session.get(Upload, upload_id)
    intake = _hers(who, db.session.get(Intake, row.intake_id) if row else None)
    if row is None:
        raise NotThere
    return _paper(parts, intake, row)


def asked_for(parts: Parts, who: SignedIn, upload_id: UUID) -> Paper:
    """
    One file, of which somebody is asked why she wants it; that she looked is written down.

    Raises:
        NotThere: There is none, or it is not hers.
    """
    paper = one(parts, who, upload_id)
    _note(parts, who, "file_asked_for", f"upload:{upload_id}")
    return paper


def copy_of(parts: Parts, who: SignedIn, upload_id: UUID) -> bytes:
    """
    The small copy of a photo, which holds nothing but what is seen, and who looks at it and when; that is written down.

    Raises:
        NotThere: There is none, or it is not hers, or not released, or it cannot be marked.
    """
    paper = one(parts, who, upload_id)
    if not paper.has_copy or not paper.is_open:
        raise NotThere
    _note(parts, who, "file_seen", f"upload:{upload_id}")
    try:
        return darkroom.marked(b"".join(_opened(parts, paper, COPY)), _mark(parts, who))
    except Undevelopable:
        raise NotThere from None


def fetch(parts: Parts, who: SignedIn, upload_id: UUID, ask: Ask) -> Fetched:
    """
    The original, byte for byte as she sent it.

    Raises:
        NotThere: There is none, or it is not hers.
        NoReason: The reason is none of the list.
        NotReleased: It was not scanned.
        SignInRefused: The password is wrong, or was wrong too often.
    """
    paper = one(parts, who, upload_id)
    if ask.reason not in REASONS:
        raise NoReason
    if not paper.is_open or (paper.state == UploadState.UNSCANNED and not ask.knows_unscanned):
        raise NotReleased
    staff.confirm(parts, who, ask.password)
    _note(parts, who, "file_fetched", f"upload:{upload_id}", reason=ask.reason, intake=str(paper.intake_id))
    kind = KINDS[paper.kind]
    return Fetched(paper.name, kind.media_type, paper.size, _opened(parts, paper, ORIGINAL))


def _mark(parts: Parts, who: SignedIn) -> str:
    """Who looks, when by the firm's clock; the beginning of her id, which stands in the chain, for what no font has."""
    now = parts.clock.now().astimezone(ZoneInfo(firm().zone))
    return f"{who.name} {str(who.id)[:8]} {now:%Y-%m-%d %H:%M %z}"


def _hers(who: SignedIn, intake: Intake | None) -> Intake:
    if intake is None or intake.state in UNSEEN or not who.may(Permission.READ_FILES) or not is_assigned(who, intake):
        raise NotThere
    if not is_confirmed(intake):
        raise NotConfirmed(intake.id)
    return intake


def _paper(parts: Parts, intake: Intake, row: Upload) -> Paper:
    try:
        key = parts.keyring.open(intake.id)
    except KeyGone:
        raise NotThere from None
    known: dict[str, Any] = unseal(row.facts, key, place("upload", "facts", row.id))
    kind, shows = known.get("kind", ""), known.get("shows") or NOTHING_SAID
    return Paper(
        id=row.id,
        intake_id=intake.id,
        name=f"{intake.ref}-{shows}-{row.number}.{kind}",
        kind=kind,
        shows=shows,
        size=row.size,
        sent_at=row.created_at,
        state=row.state,
        gps=known.get("gps"),
        sha256=known.get("sha256", ""),
        has_copy=bool(known.get("copy")),
        smaller=bool(known.get("smaller")),
    )


def _opened(parts: Parts, paper: Paper, part: str) -> Iterator[bytes]:
    path = path_of(parts, paper.intake_id, paper.id, part)
    return open_file(path, parts.keyring.open(paper.intake_id), where(paper.id, part))


def _note(parts: Parts, who: SignedIn, action: str, subject: str, **facts: str) -> None:
    with writing() as session:
        audit.record(session, parts, who.actor, action, subject, **facts)
