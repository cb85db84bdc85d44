"""Who is in danger, or has a date within hours, is somebody's: one of us says "I have it", or others are asked to."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from scheduler.casework import audit, tasks, triage
from scheduler.casework.desk import WAITS
from scheduler.casework.firm import firm
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import end_reading, writing
from scheduler.engine.states import APPOINTED, Actor
from scheduler.engine.urgency import Level
from scheduler.models import Consultation, Intake, Task, db

HAVE_IT, SECOND = "say_i_have_it", "second_person"
ALARMS = (HAVE_IT, SECOND)
"""Tasks that are done with the words "I have it"."""

ESCALATES = 10
"""Office minutes until a second person is asked (intake.md §2.2)."""

ANEW = timedelta(days=1)
"""Who still waits so long after somebody had it is asked for anew."""


def alarm(parts: Parts) -> int:
    """
    Ask at the desk who has each of those that wait, after ten minutes a second person; how often it was asked.

    Of whom this is no longer true nobody is asked.
    """
    now = parts.clock.now()
    _forget(now)
    return _ask(parts, HAVE_IT, and_(_waits(), ~_asked(HAVE_IT, now)), now) + sum(
        _ask(parts, SECOND, and_(Intake.id == one, _waits(), ~_asked(SECOND, now)), now) for one in _unheard(now)
    )


def taken(session: Session, task: Task, staff_id: UUID) -> None:
    """One of us has it: she stands beside every call to this client that is nobody's yet, and no alarm is left."""
    if task.kind not in ALARMS:
        return
    now = task.done_at
    mine = select(Task).where(Task.intake_id == task.intake_id, Task.done_at.is_(None), Task.id != task.id)
    for one in session.scalars(mine):
        if one.kind in ALARMS:
            one.done_at, one.done_by = now, staff_id
        elif one.caller is None:
            one.caller = staff_id


def _waits() -> ColumnElement[bool]:
    """Most urgent of all, and without a time."""
    mine = exists().where(Consultation.intake_id == Intake.id, Consultation.state.in_(APPOINTED))
    return and_(Intake.urgency == Level.E, Intake.state.in_(WAITS), ~mine)


def _asked(kind: str, now: datetime) -> ColumnElement[bool]:
    """It stands open, or one of us said it within a day; what was only not true for a while was said by nobody."""
    said = and_(Task.done_by.is_not(None), Task.done_at > now - ANEW)
    return exists().where(Task.intake_id == Intake.id, Task.kind == kind, or_(Task.done_at.is_(None), said))


def _unheard(now: datetime) -> list[UUID]:
    """Those of whom nobody has said it for ten minutes in which we were open."""
    house = firm()
    rows = db.session.execute(
        select(Task.intake_id, Task.created_at).where(Task.kind == HAVE_IT, Task.done_at.is_(None))
    ).all()
    end_reading()
    return [
        row.intake_id for row in rows if triage.office(house, row.created_at).after(row.created_at, ESCALATES) <= now
    ]


def _ask(parts: Parts, kind: str, whose: ColumnElement[bool], now: datetime) -> int:
    found = list(db.session.scalars(select(Intake.id).where(whose)))
    end_reading()
    return sum(_ask_of(parts, kind, and_(Intake.id == one, whose), now) for one in found)


def _ask_of(parts: Parts, kind: str, whose: ColumnElement[bool], now: datetime) -> bool:
    """In a transaction of its own; False where it is not true any more."""
    with writing() as session:
        intake = session.scalar(select(Intake).where(whose).with_for_update(of=Intake))
        if intake is None:
            return False
        tasks.add(session, kind, due_at=now, now=now, intake=intake, again=now.isoformat())
        audit.record(session, parts, Actor.SYSTEM, kind, f"intake:{intake.id}")
    return True


def _forget(now: datetime) -> None:
    still = select(Intake.id).where(_waits())
    over = (Task.kind.in_(ALARMS), Task.done_at.is_(None), Task.intake_id.not_in(still))
    found = list(db.session.scalars(select(Task.id).where(*over)))
    end_reading()
    for task_id in found:
        with writing() as session:
            tasks.finish(session, task_id, None, now)
