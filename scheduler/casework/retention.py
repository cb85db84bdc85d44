"""Which intakes are due for their purge, and the look, every half hour, that purges them (intake.md §5.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from scheduler.casework import changes, purging
from scheduler.casework.firm import firm
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import end_reading
from scheduler.engine.retention import WAITS_FOR_WORK, Life, Record, due_at, why_due
from scheduler.engine.states import INTAKE_NEXT, ConsultationState, IntakeState
from scheduler.models import Consultation, ConsultationChange, Intake, LegalHold, Task, db
from scheduler.models.database import shorten_log

ASKED = "delete_asked"
"""The flag of an intake that its client wants to be deleted at once."""

PURGEABLE = [state for state, following in INTAKE_NEXT.items() if IntakeState.PURGED in following]

_C = ConsultationState
TOOK_PLACE = (_C.COMPLETED, _C.INTERRUPTED, _C.FOLLOW_UP, _C.CLOSED)
FIXED = (_C.BOOKED, _C.CONFIRMED, _C.IN_PROGRESS)
"""To come, or, once its end is past and nobody has said otherwise, one that took place."""

UNDECIDED = (_C.HELD, _C.TENTATIVE)


@dataclass(frozen=True, slots=True)
class Purged:
    """What one look has done."""

    finished: int
    purged: int


def purge_due(parts: Parts) -> Purged:
    """Finish what a crash cut short, then purge every intake whose days are over."""
    parts.keyring.replay()
    finished = purging.finish(parts)
    purged = sum(purge(parts, intake_id) for intake_id in due(parts))
    if finished or purged:
        shorten_log(db.engine)
    return Purged(finished, purged)


def due(parts: Parts) -> list[UUID]:
    """The intakes whose days are over."""
    now, own = parts.clock.now(), own_days()
    rows = db.session.execute(_lives(now).where(Intake.state.in_(PURGEABLE))).all()
    end_reading()
    return [row.id for row in rows if why_due(_life(row), now, own) is not None]


def purge(parts: Parts, intake_id: UUID) -> bool:
    """Purge one intake, if it is still due; whether it was."""
    is_purged = changes.in_one_commit(lambda session: _purge(session, parts, intake_id))
    if is_purged:
        purging.finish(parts, intake_id)
    return is_purged


def own_days() -> Mapping[str, int]:
    """The firm's own days by record."""
    days: Mapping[str, int] = firm().settings.get("retention") or {}
    return days


def kept_until(parts: Parts, intake_id: UUID) -> datetime | None:
    """When an intake is purged if nothing more happens; None while no clock runs for it."""
    row = db.session.execute(_lives(parts.clock.now()).where(Intake.id == intake_id)).one()
    return due_at(_life(row), own_days())


def is_held(session: Session, intake_id: UUID) -> bool:
    """Whether an attorney's hold stops its purge."""
    held = select(LegalHold.id).where(LegalHold.intake_id == intake_id, LegalHold.ended_at.is_(None)).limit(1)
    return session.scalar(held) is not None


def _purge(session: Session, parts: Parts, intake_id: UUID) -> bool:
    """Locked, it is looked at once more: a hold or a booking may have come between."""
    calls = purging.lock(session, parts, intake_id)
    intake = session.get_one(Intake, intake_id, with_for_update=True)
    life = session.execute(_lives(parts.clock.now()).where(Intake.id == intake_id)).one()
    why: Record | None = why_due(_life(life), parts.clock.now(), own_days())
    if why is None:
        return False
    purging.empty(session, parts, intake, calls, why)
    return True


def _lives(now: datetime) -> Select[*tuple[object, ...]]:
    """What `Life` is made of, a row an intake."""
    mine = Consultation.intake_id == Intake.id
    talked = or_(Consultation.state.in_(TOOK_PLACE), and_(Consultation.state.in_(FIXED), Consultation.ends_at <= now))
    coming = or_(Consultation.state.in_(UNDECIDED), and_(Consultation.state.in_(FIXED), Consultation.ends_at > now))
    changed = select(func.max(ConsultationChange.at)).join(Consultation).where(mine)
    return select(
        Intake.id,
        Intake.state,
        Intake.flags,
        Intake.changed_at,
        Intake.letter_opened_at,
        select(func.max(Consultation.ends_at)).where(mine, talked).scalar_subquery().label("talked_at"),
        changed.scalar_subquery().label("booked_at"),
        select(func.max(Task.done_at)).where(Task.intake_id == Intake.id).scalar_subquery().label("worked_at"),
        or_(_any(Consultation, mine, coming), _any(Task, Task.intake_id == Intake.id, Task.done_at.is_(None))).label(
            "busy"
        ),
        _any(LegalHold, LegalHold.intake_id == Intake.id, LegalHold.ended_at.is_(None)).label("held"),
    )


def _any(table: type, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(*conditions).select_from(table).correlate(Intake)


def _life(row: Row[*tuple[object, ...]]) -> Life:
    """While somebody may still have work with it the last of that counts, else the day it came into its state."""
    state = IntakeState(row.state)
    touched = (row.talked_at, row.booked_at, row.worked_at) if state in WAITS_FOR_WORK else ()
    return Life(
        state=state,
        since=max([row.changed_at, *(at for at in touched if at is not None)]),
        talked_at=row.talked_at,
        read_at=row.letter_opened_at,
        busy=bool(row.busy),
        held=bool(row.held),
        asked=ASKED in row.flags,
    )
