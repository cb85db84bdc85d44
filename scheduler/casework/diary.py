"""The consultations of today and the days to come, and the tasks that are open, as the desk sees them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, select

from scheduler.casework import audit, in_danger, looks, open_calls, tasks
from scheduler.casework.desk import PAGE, day_of_firm
from scheduler.casework.firm import firm
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.engine.states import APPOINTED
from scheduler.models import Consultation, Intake, Person, Staff, Task, db


class NoSuchTask(Exception):
    """There is no open task of this id."""


class NotHersToDo(Exception):
    """The task tells others of her; somebody else ticks it off."""


@dataclass(frozen=True, slots=True)
class Booked:
    """One consultation. Instants are UTC; the zones are IANA ids of the attorney and the client."""

    id: UUID
    intake_id: UUID
    ref: str
    level: str | None
    state: str
    starts_at: datetime
    ends_at: datetime
    client_zone: str
    attorney_zone: str
    attorney: str = field(repr=False)
    attorney_number: int
    call_mode: str
    partstat: str


@dataclass(frozen=True, slots=True)
class ToDo:
    """One open task; `caller` is the name of the one who said that she will do it."""

    id: UUID
    kind: str
    due_at: datetime
    is_late: bool
    intake_id: UUID | None
    consultation_id: UUID | None
    ref: str | None
    level: str | None
    caller: str | None = field(repr=False)
    dedupe: str = field(default="", repr=False)

    def tells_of(self, who: SignedIn) -> bool:
        """Whether it is about her, so that somebody else ticks it off."""
        return looks.is_about(self.dedupe, who)


def coming(parts: Parts, *conditions: ColumnElement[bool]) -> tuple[Booked, ...]:
    """The consultations from the beginning of the firm's day on that meet the conditions, by start; at most 200."""
    begins, _ends = day_of_firm(firm(), parts.clock.now())
    return booked(Consultation.starts_at >= begins, Consultation.state.in_(APPOINTED), *conditions)


def booked(*conditions: ColumnElement[bool]) -> tuple[Booked, ...]:
    """The consultations that meet the conditions, by start; at most 200."""
    wanted = (
        select(
            Consultation.id,
            Consultation.intake_id,
            Intake.ref,
            Intake.urgency.label("level"),
            Consultation.state,
            Consultation.starts_at,
            Consultation.ends_at,
            Consultation.client_zone,
            Consultation.attorney_zone,
            Person.name.label("attorney"),
            Person.number.label("attorney_number"),
            Consultation.call_mode,
            Consultation.partstat,
        )
        .join(Intake, Intake.id == Consultation.intake_id)
        .join(Person, Person.number == Consultation.attorney)
        .where(*conditions)
        .order_by(Consultation.starts_at, Consultation.id)
        .limit(PAGE)
    )
    return tuple(Booked(**_named(row)) for row in db.session.execute(wanted).mappings())


def to_do(parts: Parts, *conditions: ColumnElement[bool]) -> tuple[ToDo, ...]:
    """The open tasks that meet the conditions, those due first in front; at most 200."""
    now = parts.clock.now()
    wanted = (
        select(
            Task.id,
            Task.kind,
            Task.due_at,
            Task.intake_id,
            Task.consultation_id,
            Task.dedupe,
            Intake.ref,
            Intake.urgency.label("level"),
            Staff.name.label("caller"),
        )
        .outerjoin(Intake, Intake.id == Task.intake_id)
        .outerjoin(Staff, Staff.id == Task.caller)
        .where(Task.done_at.is_(None), *conditions)
        .order_by(Task.due_at, Task.id)
        .limit(PAGE)
    )
    rows = db.session.execute(wanted).mappings()
    return tuple(ToDo(**_named(row), is_late=row["due_at"] < now) for row in rows)


def do_task(parts: Parts, who: SignedIn, task_id: UUID) -> None:
    """
    Tick a task off; one that is done already stays as it is.

    Raises:
        NoSuchTask: There is none.
        NotHersToDo: It is about herself.
    """
    with writing() as session:
        task = session.get(Task, task_id, with_for_update=True)
        if task is None:
            raise NoSuchTask(task_id)
        if looks.is_about(task.dedupe, who):
            raise NotHersToDo(task_id)
        if task.done_at is not None:
            return
        tasks.finish(session, task_id, who.id, parts.clock.now())
        in_danger.taken(session, task, who.id)
        open_calls.see_to(session, parts, session.get(Intake, task.intake_id) if task.intake_id else None)
        audit.record(session, parts, who.actor, "task_done", f"task:{task_id}", kind=task.kind)


def _named(row: RowMapping) -> Mapping[str, Any]:
    return {str(name): value for name, value in row.items()}
