"""Calls that new hours leave outside of them: each is named before the hours are saved, and is a task for the desk."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from scheduler.casework import slots, tasks
from scheduler.casework.firm import federal_holidays_of
from scheduler.casework.parts import Parts
from scheduler.casework.reseating import STANDS
from scheduler.casework.rows import AROUND, SEATS
from scheduler.casework.schedules import AWAY, DATED, WEEKLY, hours_of
from scheduler.engine.hours import Hours, open_minutes
from scheduler.engine.intervals import Interval
from scheduler.engine.zones import minute_ceil, minute_of
from scheduler.models import Closure, Consultation, Intake, Person, Task

TASK = "hours_changed"
NEAR = 12 * 60
"""Minutes before and after a call in which a change of hours is about it."""

Left = tuple[UUID, int]
"""A consultation, and the number of the one on it who does not work then."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call, and who of those on it does not work then any more; `screened` may not hear of whom it is."""

    consultation_id: UUID
    ref: str
    level: str | None
    starts_at: datetime
    name: str = field(repr=False)
    screened: frozenset[int] = frozenset()


class CallsOutside(Exception):
    """Calls would be left outside of the hours of which nobody has agreed to that; nothing was changed."""

    def __init__(self, calls: tuple[Call, ...]) -> None:
        super().__init__(len(calls))
        self.calls = calls


@contextmanager
def watched(
    session: Session, parts: Parts, numbers: Collection[int], agreed: Collection[UUID] | None
) -> Iterator[list[Call]]:
    """
    The caller changes the hours of these people in it: their rows are locked, their versions grow.

    The calls that it has left outside stand in the list afterwards, each a task; the task of one that is inside again
    is done. With `agreed` None whatever lies outside is agreed to.

    Raises:
        CallsOutside: By the change calls lie outside that were inside before, and are not among those `agreed` to.
    """
    named: list[Call] = []
    now = parts.clock.now()
    slots.lock_all(session, numbers)
    found = _coming(session, now, numbers)
    were = _hours(session, now, found)
    before = _outside(found, were, numbers)
    yield named
    session.flush()
    hours = _hours(session, now, found)
    after = _outside(found, hours, numbers)
    left = after - before
    named += _named(session, found, left)
    if agreed is not None and any(row_id not in agreed for row_id, _number in left):
        raise CallsOutside(tuple(named))
    for call in found:
        outside = [number for row_id, number in after if row_id == call.row.id]
        changed = [number for number in outside if _around(were.get(number), call) != _around(hours.get(number), call)]
        _keep(session, call, hours, changed, now)
        for number in [number for row_id, number in before - after if row_id == call.row.id]:
            _done(session, call.row, number, now)


@dataclass(frozen=True, slots=True)
class _Coming:
    row: Consultation
    intake: Intake


def _coming(session: Session, now: datetime, numbers: Collection[int]) -> Sequence[_Coming]:
    """The calls to come that one of these people is on, in order of time."""
    seated = or_(*(seat.in_(numbers) for seat in SEATS))
    calls = (
        select(Consultation, Intake)
        .join(Intake, Intake.id == Consultation.intake_id)
        .where(Consultation.state.in_(STANDS), Consultation.starts_at > now, seated)
        .order_by(Consultation.starts_at, Intake.ref)
    )
    return [_Coming(*row) for row in session.execute(calls)]


def _outside(found: Iterable[_Coming], hours: Mapping[int, Hours], numbers: Collection[int]) -> set[Left]:
    """For which calls which of these people do not work, all or part of the time."""
    return {
        (call.row.id, number)
        for call in found
        for number in call.row.people
        if number in numbers and not _works(hours.get(number), call.row)
    }


def _named(session: Session, found: Iterable[_Coming], left: Collection[Left]) -> tuple[Call, ...]:
    names = {row.number: row.name for row in session.execute(select(Person.number, Person.name))}
    return tuple(
        _call(call, names[number]) for call in found for number in call.row.people if (call.row.id, number) in left
    )


def _call(one: _Coming, name: str) -> Call:
    row, intake = one.row, one.intake
    return Call(row.id, intake.ref, intake.urgency, row.starts_at, name, frozenset(intake.screened_off))


def _keep(session: Session, call: _Coming, hours: Mapping[int, Hours], left: Iterable[int], now: datetime) -> None:
    """The call stays; its attorney is told by the clock of where she is now, and the desk of who does not work then."""
    row = call.row
    if row.attorney in hours:
        row.attorney_zone = hours[row.attorney].zone_at(minute_of(row.starts_at))
    for number in left:
        if not _open(session, row, number):
            again = f"{number}:{now.isoformat()}"
            tasks.add(session, TASK, due_at=now, now=now, intake=call.intake, consultation=row, again=again)


def _done(session: Session, row: Consultation, number: int, now: datetime) -> None:
    """She works then again: nobody needs to look."""
    for task in _open(session, row, number):
        task.done_at = now


def _open(session: Session, row: Consultation, number: int) -> Sequence[Task]:
    """What the desk has on its list already of that she does not work then."""
    mine = select(Task).where(Task.consultation_id == row.id, Task.kind == TASK, Task.done_at.is_(None))
    return [task for task in session.scalars(mine) if task.dedupe.startswith(f"{TASK}:{row.id}:{number}:")]


def _around(hours: Hours | None, call: _Coming) -> list[Interval]:
    """When she works about the time of a call: a change elsewhere is no reason to ask anew about one that was seen."""
    near = Interval(minute_of(call.row.starts_at) - NEAR, minute_ceil(call.row.ends_at) + NEAR)
    return open_minutes(hours, near) if hours is not None else []


def _hours(session: Session, now: datetime, found: Sequence[_Coming]) -> Mapping[int, Hours]:
    """The hours of all who can be booked, until the last of these calls, as they stand in this transaction."""
    last = max((call.row.ends_at for call in found), default=now)
    days = {"first": now.date() - AROUND, "last": last.date() + AROUND}
    columns = Person.__table__.c
    those = select(columns.number, columns.zone, WEEKLY, DATED, AWAY).where(columns.active)
    closed = _closed(session, **days)
    return {row.number: hours_of(row, closed) for row in session.execute(those, days)}


def _closed(session: Session, first: date, last: date) -> frozenset[date]:
    """The closed days as they stand in this transaction, which may be about to change them."""
    own = session.scalars(select(Closure.day).where(Closure.day.between(first, last)))
    return federal_holidays_of(first.year, last.year) | frozenset(own)


def _works(hours: Hours | None, row: Consultation) -> bool:
    call = Interval(minute_of(row.starts_at), minute_ceil(row.ends_at))
    return hours is not None and open_minutes(hours, call) == [call]
