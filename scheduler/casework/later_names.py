"""Names that are read in later are looked for among who was cleared before: a person looks, nothing else moves."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.casework import audit, conflict_confirming, conflict_search, tasks, triage
from scheduler.casework.conflict_settings import change
from scheduler.casework.conflicts import NAMES_AGAIN
from scheduler.casework.documents import open_answers
from scheduler.casework.firm import firm
from scheduler.casework.keyring import KeyGone
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import end_reading, writing
from scheduler.engine.states import Actor, IntakeState
from scheduler.models import Intake, Task, db

TO_COMPARE = "names_to_compare"
"""The firm's setting of what is still to be looked for: since when, in which round, and how far that has come."""

AT_ONCE = 100
"""So many intakes are compared at one go."""


@dataclass(frozen=True, slots=True)
class Round:
    """Names kept from `since` on are looked for among the intakes after `after`, by their ids."""

    since: datetime
    number: int
    after: str


def begin(session: Session, parts: Parts) -> None:
    """Names are being kept in the caller's transaction: from here on they are still to be looked for."""
    before = _round()
    since = before.since if before is not None else parts.clock.now()
    _note(session, Round(since, before.number + 1 if before is not None else 1, ""))


def compare(parts: Parts) -> int:
    """
    Look for the new names in the next intakes that are cleared; how many are like one of them.

    Each of those is a task for who decides on names, and an attorney confirms anew before the call. Her time stays,
    and she is told nothing.
    """
    current = _round()
    if current is None:
        return 0
    cleared = select(Intake.id).where(Intake.state == IntakeState.CLEARED).order_by(Intake.id).limit(AT_ONCE)
    ids = list(db.session.scalars(cleared.where(Intake.id > UUID(current.after)) if current.after else cleared))
    end_reading()
    hits = sum(_compare(parts, intake_id, current.since) for intake_id in ids)
    with writing() as session:
        if _round() == current:
            following = Round(current.since, current.number, str(ids[-1])) if len(ids) == AT_ONCE else None
            _note(session, following)
    return hits


def _compare(parts: Parts, intake_id: UUID, since: datetime) -> bool:
    with writing() as session:
        intake = session.get_one(Intake, intake_id, with_for_update=True)
        if intake.state != IntakeState.CLEARED or not _is_alike(session, parts, intake, since):
            return False
        open_task = select(Task.id).where(Task.intake_id == intake_id, Task.kind == NAMES_AGAIN, Task.done_at.is_(None))
        if session.scalar(open_task.limit(1)) is not None:
            return False
        now = parts.clock.now()
        due = triage.names_decided(firm(), intake.urgency, now)
        tasks.add(session, NAMES_AGAIN, due_at=due, now=now, intake=intake, again=now.isoformat())
        conflict_confirming.take_back(session, intake_id)
        audit.record(session, parts, Actor.SYSTEM, "later_name_alike", f"intake:{intake_id}")
        return True


def _is_alike(session: Session, parts: Parts, intake: Intake, since: datetime) -> bool:
    try:
        wanted = conflict_search.questions(parts, open_answers(parts, intake))
    except KeyGone:
        return False
    return bool(conflict_search.search_new(session, parts, wanted, since).hits)


def _round() -> Round | None:
    said = firm().settings.get(TO_COMPARE)
    return Round(datetime.fromisoformat(said["since"]), said["number"], said["after"]) if said else None


def _note(session: Session, following: Round | None) -> None:
    said = None
    if following is not None:
        said = {"since": following.since.isoformat(), "number": following.number, "after": following.after}
    change(session, {TO_COMPARE: said})
