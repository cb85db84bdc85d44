"""Who must be seen first: the clients who wait, as the desk sees them, and how many of what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from scheduler.casework import calls_due, outbox, triage
from scheduler.casework.calls_due import CALL_CLIENT
from scheduler.casework.documents import open_documents
from scheduler.casework.firm import FirmView, firm
from scheduler.casework.keyring import KeyGone
from scheduler.casework.parts import Parts
from scheduler.casework.promises import BOOK_TASK, CUT_OFF_TASK, STOPS, URGENT_TASK
from scheduler.casework.reach import Reach, reach
from scheduler.engine.documents import Document
from scheduler.engine.states import APPOINTED, IntakeState
from scheduler.engine.triage import needs_interpreter
from scheduler.engine.urgency import Level
from scheduler.models import Consultation, Intake, Outbox, Task, db

PAGE = 200
LATE = timedelta(minutes=5)
WAITS = (IntakeState.CALL_REQUESTED, IntakeState.SUBMITTED, IntakeState.CONFLICT_REVIEW, IntakeState.CLEARED)
CALLS = (*STOPS, URGENT_TASK, BOOK_TASK, CUT_OFF_TASK, CALL_CLIENT, *calls_due.NO_SHOW_CALLS)
"""Kinds of tasks that are calls to a client."""

_RANK = case({level.value: level.rank for level in Level}, value=Intake.urgency, else_=len(Level))


@dataclass(frozen=True, slots=True)
class Waiting:
    """
    One client without a consultation. Instants are UTC; `zone` is her clock, `place` its name (a msgid) or None.

    `event_days` counts from the firm's day to the day of her next event, 0 is today.
    """

    id: UUID
    ref: str
    name: str = field(repr=False)
    level: str
    see_by: datetime | None
    language: str
    interpreter: bool
    zone: str
    place: str | None = field(repr=False)
    reach: Reach
    event_at: datetime | None
    event_days: int | None
    since: datetime
    asked_for_call: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of those who wait, the most urgent first; `more` says whether another page follows."""

    rows: tuple[Waiting, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """What stands at the top of the desk and beside its doors."""

    waiting: int
    tasks: int
    call_now: int
    by_tomorrow: int
    today: int
    late: int


def queue(parts: Parts, page: int = 1, *conditions: ColumnElement[bool]) -> Queue:
    """
    The clients who wait and meet the conditions, 200 a page.

    By when they must be seen, then by level, then by who waited longest.
    """
    now, house = parts.clock.now(), firm()
    ordered = (Intake.must_be_seen_by.asc().nulls_last(), _RANK, Intake.submitted_at, Intake.created_at)
    wanted = select(Intake).where(_waits(), *conditions).order_by(*ordered).limit(PAGE + 1).offset((page - 1) * PAGE)
    found = db.session.scalars(wanted).all()
    rows = (_waiting(parts, house, intake, now) for intake in found[:PAGE])
    return Queue(tuple(row for row in rows if row is not None), page, more=len(found) > PAGE)


def counts(parts: Parts) -> Counts:
    """Six numbers, in one query."""
    now, house = parts.clock.now(), firm()
    begins, ends = day_of_firm(house, now)
    is_open = Task.done_at.is_(None)
    runs = and_(Consultation.starts_at >= begins, Consultation.starts_at < ends, Consultation.state.in_(APPOINTED))
    late = and_(Outbox.state.in_(outbox.UNSETTLED), Outbox.due_at < now - LATE)
    soon = and_(_waits(), Intake.must_be_seen_by < ends + (ends - begins))
    session: Session = db.session()
    row = session.execute(
        select(
            _count(Intake, _waits()),
            _count(Task, is_open),
            _count(Intake, _must_be_called(now)),
            _count(Intake, soon),
            _count(Consultation, runs),
            _count(Outbox, late),
        )
    ).one()
    return Counts(*row)


def day_of_firm(house: FirmView, now: datetime) -> tuple[datetime, datetime]:
    """The firm's own day at this instant, from midnight to midnight."""
    zone, today = ZoneInfo(house.zone), house.today(now)
    midnight = datetime.combine(today, time(), zone)
    return midnight, datetime.combine(today + timedelta(days=1), time(), zone)


def short_name(answers: Mapping[str, Any]) -> str:
    """First name and the initial of the last, as it may stand on a screen; empty where none was given."""
    first = str(answers.get("given_names") or "").split()[:1]
    last = str(answers.get("family_names") or "").split()[:1]
    return " ".join([*first, *(f"{name[0]}." for name in last)])


def _waits() -> ColumnElement[bool]:
    """Sent, or to be called, and no consultation that counts."""
    mine = exists().where(Consultation.intake_id == Intake.id, Consultation.state.in_(APPOINTED))
    return and_(Intake.state.in_(WAITS), ~mine)


def _must_be_called(now: datetime) -> ColumnElement[bool]:
    """In danger or past her time and without a consultation, or with a promised call that is due."""
    due = exists().where(Task.intake_id == Intake.id, Task.kind.in_(CALLS), Task.done_at.is_(None), Task.due_at <= now)
    return or_(due, and_(_waits(), or_(Intake.urgency == Level.E, Intake.must_be_seen_by <= now)))


def _count(table: Any, condition: ColumnElement[bool]) -> Any:
    return select(func.count()).select_from(table).where(condition).scalar_subquery()


def _waiting(parts: Parts, house: FirmView, intake: Intake, now: datetime) -> Waiting | None:
    """The row of one who waits; None once her key is gone."""
    try:
        answers = open_documents(parts, intake, Document.CONTACT, Document.PLACE)
    except KeyGone:
        return None
    place = triage.her_place(answers, now)
    return Waiting(
        id=intake.id,
        ref=intake.ref,
        name=short_name(answers),
        level=intake.urgency or Level.N,
        see_by=intake.must_be_seen_by,
        language=intake.language or intake.locale,
        interpreter=needs_interpreter(answers),
        zone=place.zone,
        place=place.label,
        reach=reach(answers, intake.flags, place.zone, now),
        event_at=intake.event_at,
        event_days=(house.today(intake.event_at) - house.today(now)).days if intake.event_at else None,
        since=intake.submitted_at or intake.changed_at,
        asked_for_call=intake.state == IntakeState.CALL_REQUESTED,
    )
