"""What those who decide on names see: which intakes wait, by when, and with whom somebody is alike."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from scheduler.casework import audit, conflict_search, tasks
from scheduler.casework.cases import NotThere
from scheduler.casework.conflict_search import Hit
from scheduler.casework.deciding import OVERDUE_TASK
from scheduler.casework.desk import PAGE
from scheduler.casework.documents import open_answers
from scheduler.casework.keyring import KeyGone
from scheduler.casework.new_time import gone_on
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import end_reading, writing
from scheduler.engine.states import Actor, ConsultationState, IntakeState
from scheduler.models import ConflictReview, Consultation, Intake, Task, db

MOST_NAMES = 8
"""So many names are searched for at once."""

WAITS = and_(ConflictReview.decided_at.is_(None), Intake.state == IntakeState.CONFLICT_REVIEW)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One intake that waits for a decision; `tentative_at` is the time she has until then, if she has one."""

    id: UUID
    ref: str
    level: str | None
    why: str
    since: datetime
    due_at: datetime
    is_late: bool
    tentative_at: datetime | None


@dataclass(frozen=True, slots=True)
class Review:
    """The same with the names: everybody she named, first herself, and whom they are like."""

    waiting: Waiting
    names: tuple[tuple[str, str], ...] = field(repr=False)
    hits: tuple[Hit, ...] = field(repr=False)
    returning: bool


def waiting(parts: Parts, *conditions: ColumnElement[bool]) -> tuple[Waiting, ...]:
    """The intakes that wait, those due first in front; at most 200."""
    now = parts.clock.now()
    tentative = (
        select(func.min(Consultation.starts_at))
        .where(Consultation.intake_id == Intake.id, Consultation.state == ConsultationState.TENTATIVE)
        .scalar_subquery()
    )
    wanted = (
        select(ConflictReview, Intake.ref, Intake.urgency, tentative.label("at"))
        .join(Intake, Intake.id == ConflictReview.intake_id)
        .where(WAITS, *conditions)
        .order_by(ConflictReview.due_at, ConflictReview.opened_at)
        .limit(PAGE)
    )
    return tuple(
        Waiting(row.intake_id, ref, level, row.why, row.opened_at, row.due_at, row.due_at <= now, at)
        for row, ref, level, at in db.session.execute(wanted)
    )


def count() -> int:
    """How many wait."""
    mine = select(func.count()).select_from(ConflictReview).join(Intake, Intake.id == ConflictReview.intake_id)
    return db.session.scalar(mine.where(WAITS)) or 0


def review(parts: Parts, who: SignedIn, intake_id: UUID) -> Review:
    """
    Open the names of one intake that waits, and look for them anew; that it was done is written down.

    Raises:
        NotThere: It is none that waits, or it is purged.
    """
    found = waiting(parts, Intake.id == intake_id)
    if not found:
        raise NotThere
    session: Session = db.session()
    try:
        wanted = conflict_search.questions(parts, open_answers(parts, session.get_one(Intake, intake_id)))
    except KeyGone:
        raise NotThere from None
    seen = conflict_search.search(session, parts, wanted, own=intake_id)
    names = tuple((one.name, one.role) for one in wanted)
    with writing() as session:
        audit.record(session, parts, who.actor, "names_viewed", f"intake:{intake_id}", hits=len(seen.hits))
    return Review(found[0], names, seen.hits, seen.returning)


def declined(parts: Parts, who: SignedIn, intake_id: UUID) -> tuple[Intake, datetime]:
    """
    Somebody with whom the firm does not go on, and when what she told is deleted; the look is written down.

    Raises:
        NotThere: There is none, or the firm goes on with her.
    """
    intake = db.session.get(Intake, intake_id)
    deleted_on = gone_on(intake) if intake is not None else None
    if intake is None or deleted_on is None:
        raise NotThere
    with writing() as session:
        audit.record(session, parts, who.actor, "letter_read", f"intake:{intake_id}")
    return intake, deleted_on


def ask(parts: Parts, who: SignedIn, names: list[str], purpose: str) -> dict[str, bool]:
    """
    Whether each of these names, eight at most, may be gone on with, or must be looked at; nothing more is told.

    That somebody asked, and why (a code), is written down; the names are not.
    """
    wanted = [conflict_search.by_name(name) for name in names[:MOST_NAMES]]
    session: Session = db.session()
    clear = {one.name: not conflict_search.search(session, parts, [one]).hits for one in wanted}
    with writing() as session:
        facts = {"purpose": purpose, "names": len(clear), "clear": sum(clear.values())}
        audit.record(session, parts, who.actor, "names_searched", "firm:1", **facts)
    return clear


def escalate(parts: Parts) -> int:
    """A task for everybody at the desk where a decision is overdue; nothing is let go of. How many there were."""
    now = parts.clock.now()
    since = ConflictReview.opened_at
    said = exists().where(Task.intake_id == Intake.id, Task.kind == OVERDUE_TASK, Task.created_at > since)
    late = {row.id: row.since.isoformat() for row in waiting(parts, ConflictReview.due_at <= now, ~said)}
    end_reading()
    for intake_id, again in late.items():
        with writing() as session:
            intake = session.get_one(Intake, intake_id)
            tasks.add(session, OVERDUE_TASK, due_at=now, now=now, intake=intake, again=again)
            audit.record(session, parts, Actor.SYSTEM, "conflict_overdue", f"intake:{intake_id}")
    return len(late)
