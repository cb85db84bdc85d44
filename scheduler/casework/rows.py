"""The people who can be booked, from rows to values of the engine."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Date,
    Executable,
    Integer,
    Row,
    bindparam,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from scheduler.casework.firm import FirmView
from scheduler.engine.availability import Grid
from scheduler.engine.availability import Person as Bookable
from scheduler.engine.hours import Hours, Window
from scheduler.engine.intervals import Interval
from scheduler.engine.states import COUNTS
from scheduler.engine.zones import DAY, instant, minute_of
from scheduler.models import Block, Consultation, Override, Person, WorkingHours

LONGEST_BLOCK = 31 * DAY
"""Minutes: whoever writes a longer block writes it in pieces, so that a look at a day reads no years."""

WEEKS_AROUND = timedelta(days=8)
"""A local week that the span touches begins and ends within that of it."""

CONSULTATION = "consultation"
NOBODYS = UUID(int=0)
Pairs: TypeAlias = dict[Any, tuple[Window, ...]]
PERSON = Person.__table__.c
PEOPLE: BindParameter[Any] = bindparam("people", expanding=True)

ACTIVE = select(*PERSON).where(PERSON.active, PERSON.kind == "attorney").order_by(PERSON.number)
WINDOWS: CompoundSelect[Any] = union_all(
    select(
        WorkingHours.person_id,
        WorkingHours.weekday,
        type_coerce(null(), Date).label("day"),
        WorkingHours.start,
        WorkingHours.end,
    ).where(WorkingHours.person_id.in_(PEOPLE)),
    select(Override.person_id, type_coerce(null(), Integer), Override.day, Override.start, Override.end).where(
        Override.person_id.in_(PEOPLE), Override.day.between(bindparam("first"), bindparam("last"))
    ),
)
NEAR = select(Block.id, Block.person, Block.b0, Block.b1, Block.kind, Block.intake_id, Block.expires_at).where(
    Block.person.in_(PEOPLE),
    Block.active,
    Block.b0 < bindparam("high"),
    Block.b0 > bindparam("lowest"),
    Block.b1 > bindparam("low"),
)
COUNTING = select(Consultation.attorney, Consultation.starts_at).where(
    Consultation.attorney.in_(PEOPLE),
    Consultation.intake_id != bindparam("own"),
    Consultation.state.in_(sorted(COUNTS)),
    Consultation.starts_at.between(bindparam("low"), bindparam("high")),
)


@dataclass(frozen=True, slots=True)
class Attorney:
    """
    An attorney who can be booked: the engine's value, and the version of the row it was read at.

    `stale` are blocks that stand in nobody's way any more and are switched off before hers is written.
    """

    person: Bookable
    version: int
    stale: tuple[UUID, ...] = ()

    @property
    def number(self) -> int:
        """Who it is, in blocks and in the order of locks."""
        return self.person.number


@dataclass(frozen=True, slots=True)
class Asking:
    """Who looks, and at what: an intake's own blocks and bookings stand not in its own way. Starts lie in `span`."""

    session: Session = field(repr=False)
    firm: FirmView = field(repr=False)
    now: datetime
    span: Interval
    intake_id: UUID | None = None


def attorneys(asking: Asking, languages: Collection[str], *, only: int | None = None) -> list[Attorney]:
    """Those who speak one of the languages, with their hours and nothing taken yet, in order of their numbers."""
    active = ACTIVE if only is None else ACTIVE.where(PERSON.number == only)
    found = [row for row in _rows(asking, active) if not set(languages).isdisjoint(row.languages)]
    closed = _closed(asking)
    weekly, dated = _windows(asking, [row.id for row in found])
    return [
        Attorney(_person(row, Hours(row.zone, weekly[row.id], dated[row.id], closed)), row.version) for row in found
    ]


def with_their_time(asking: Asking, people: Collection[Attorney], *, load: bool = False) -> list[Attorney]:
    """The same people with what is taken; with the bookings that count for those with a cap, or for all (`load`)."""
    counting = [one.number for one in people if load or _has_cap(one.person)]
    taken, stale = _blocks(asking, [one.number for one in people])
    counted = _counted(asking, counting)
    return [
        Attorney(
            replace(one.person, taken=taken[one.number], counted=counted[one.number]),
            one.version,
            tuple(stale[one.number]),
        )
        for one in people
    ]


def _person(row: Row[Any], hours: Hours) -> Bookable:
    return Bookable(
        number=row.number,
        hours=hours,
        before=row.buffer_before,
        after=row.buffer_after,
        grid=Grid(step=row.grid_step, offset=row.grid_offset),
        daily_cap=row.daily_cap,
        weekly_cap=row.weekly_cap,
        languages=frozenset(row.languages),
        skills=frozenset(row.skills),
        last_assigned=row.last_assigned_at,
    )


def _has_cap(person: Bookable) -> bool:
    return person.daily_cap is not None or person.weekly_cap is not None


def _days(asking: Asking) -> tuple[date, date]:
    """All local dates, anywhere, that the slots of the span can touch."""
    first, last = instant(asking.span.start), instant(asking.span.end)
    return first.date() - timedelta(days=3), last.date() + timedelta(days=3)


def _closed(asking: Asking) -> frozenset[date]:
    first, last = _days(asking)
    return frozenset(day for day in asking.firm.closed_days(first.year, last.year) if first <= day <= last)


def _windows(asking: Asking, people: Collection[UUID]) -> tuple[Mapping[UUID, Pairs], Mapping[UUID, Pairs]]:
    """Each person's windows by weekday, and by the dates that have their own."""
    first, last = _days(asking)
    by_weekday, by_day = defaultdict[UUID, Pairs](dict), defaultdict[UUID, Pairs](dict)
    for row in _rows(asking, WINDOWS, people=people, first=first, last=last):
        windows, key = (by_day, row.day) if row.weekday is None else (by_weekday, row.weekday)
        own = windows[row.person_id]
        own[key] = own.get(key, ()) + ((Window(row.start, row.end),) if row.start is not None else ())
    return by_weekday, by_day


def _blocks(asking: Asking, people: Sequence[int]) -> tuple[Mapping[int, list[Interval]], Mapping[int, list[UUID]]]:
    """What is taken from each person near the span, and the blocks that only seem to be."""
    low, high = asking.span.start - DAY, asking.span.end + DAY
    taken, stale = defaultdict[int, list[Interval]](list), defaultdict[int, list[UUID]](list)
    for row in _rows(asking, NEAR, people=people, low=low, lowest=low - LONGEST_BLOCK, high=high):
        is_own = row.intake_id is not None and row.intake_id == asking.intake_id
        has_lapsed = row.expires_at is not None and row.expires_at <= asking.now
        if has_lapsed or (is_own and row.kind != CONSULTATION):
            stale[row.person].append(row.id)
        elif not is_own:
            taken[row.person].append(Interval(row.b0, row.b1))
    return taken, stale


def _counted(asking: Asking, people: Collection[int]) -> Mapping[int, list[int]]:
    """The starts of the bookings that count in the weeks the span touches; the intake's own do not."""
    counted = defaultdict[int, list[int]](list)
    if not people:
        return counted
    low, high = instant(asking.span.start) - WEEKS_AROUND, instant(asking.span.end) + WEEKS_AROUND
    for row in _rows(asking, COUNTING, people=people, low=low, high=high, own=asking.intake_id or NOBODYS):
        counted[row.attorney].append(minute_of(row.starts_at))
    return counted


def _rows(asking: Asking, query: Executable, **values: Any) -> Sequence[Row[Any]]:
    """What a query finds, read past the session's objects: these are values, and many."""
    return asking.session.connection().execute(query, values).all()
