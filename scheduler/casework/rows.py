"""The people who can be booked, from rows to values of the engine."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, exists, func, or_, select
from sqlalchemy.orm import Session

from scheduler.casework import elsewhere
from scheduler.casework.elsewhere import IS_SHUT, NEAR, NEAR_ONE, NUMBERS, ONE
from scheduler.casework.firm import FirmView
from scheduler.casework.schedules import AWAY, DATED, LANGUAGES, SKILLS, WEEKLY, codes, hours_of
from scheduler.engine.availability import Grid
from scheduler.engine.availability import Person as Bookable
from scheduler.engine.hours import Hours
from scheduler.engine.intervals import Interval
from scheduler.engine.states import COUNTS, ConsultationState
from scheduler.engine.zones import DAY, WEEK, instant, minute_of, week_number
from scheduler.models import Block, Consultation, Person
from scheduler.models.prepared import Prepared

LONGEST_BLOCK = 31 * DAY
"""Minutes: whoever writes a longer block writes it in pieces, so that a look at a day reads no years."""

BESIDE = 4 * DAY
"""Minutes: the local days beside those of a span, by which is known what is still free in them."""

REACH = 2 * DAY
"""Minutes: what a slot and its buffers can meet, for who need not know what else is free in its day."""

AROUND = timedelta(days=10)
"""From a slot to the ends of its week, and to the dates of any zone that are spent there."""

ANY_ZONE = DAY
"""Minutes: a local week begins and ends within that of the same week in UTC."""

CONSULTATION = elsewhere.CONSULTATION
NOBODYS = UUID(int=0)
PERSON = Person.__table__.c
ATTORNEY, PARALEGAL, INTERPRETER = "attorney", "paralegal", "interpreter"

ACTIVE = Prepared(
    select(
        PERSON.number,
        PERSON.kind,
        PERSON.is_paralegal,
        PERSON.gender,
        PERSON.zone,
        LANGUAGES,
        SKILLS,
        PERSON.buffer_before,
        PERSON.buffer_after,
        PERSON.grid_step,
        PERSON.grid_offset,
        PERSON.daily_cap,
        PERSON.weekly_cap,
        PERSON.version,
        PERSON.last_assigned_at,
        WEEKLY,
        DATED,
        AWAY,
        IS_SHUT,
    )
    .where(PERSON.active)
    .order_by(PERSON.number)
)
IS_HELD = exists().where(Block.consultation_id == Consultation.id, Block.active, Block.expires_at > bindparam("now"))
COUNTING = (
    Consultation.intake_id != bindparam("own"),
    or_(*(Consultation.state == state for state in sorted(COUNTS))),
    or_(Consultation.state != ConsultationState.HELD, IS_HELD),
    Consultation.starts_at >= bindparam("first"),
    Consultation.starts_at < bindparam("end"),
)
SEATS = (Consultation.attorney, Consultation.interpreter, Consultation.relay, Consultation.second)
_COUNTED = select(*SEATS, Consultation.starts_at).where(*COUNTING)
COUNTED, COUNTED_ONE = Prepared(_COUNTED), Prepared(_COUNTED.where(or_(*(seat == ONE for seat in SEATS))))
LOADS = Prepared(
    select(Consultation.attorney, func.count().label("bookings"))
    .where(Consultation.attorney.in_(NUMBERS), *COUNTING)
    .group_by(Consultation.attorney)
)


@dataclass(frozen=True, slots=True)
class Attorney:
    """
    An attorney who can be booked, or who is beside her: the engine's value, the version of the row it was read at.

    `stale` are blocks that stand in nobody's way any more and are switched off before hers is written. `beside` are
    those without whom the call cannot be.
    """

    person: Bookable
    version: int
    kind: str = ATTORNEY
    gender: str | None = None
    stale: Sequence[UUID] = ()
    beside: tuple["Attorney", ...] = ()

    @property
    def number(self) -> int:
        """Who it is, in blocks and in the order of locks."""
        return self.person.number

    @property
    def team(self) -> tuple["Attorney", ...]:
        """All who are on the call, the attorney first."""
        return (self, *self.beside)

    @property
    def numbers(self) -> tuple[int, ...]:
        """Who they are."""
        return tuple(one.number for one in self.team)

    def speaks(self, languages: Collection[str]) -> bool:
        """Whether one of these languages is hers."""
        return not self.person.languages.isdisjoint(languages)


@dataclass(frozen=True, slots=True)
class Asking:
    """
    Who looks, and at what starts; an intake's own time is in nobody's way. Of a `person` nobody else's is read.

    Without `imports` other calendars are in nobody's way: a person was warned. What lies `beside` the span is read too.
    """

    session: Session = field(repr=False)
    firm: FirmView = field(repr=False)
    now: datetime
    span: Interval
    intake_id: UUID | None = None
    person: int | None = None
    imports: bool = True
    beside: int = BESIDE


def everybody(asking: Asking) -> list[Attorney]:
    """All who can be booked, with their hours and nothing taken yet, in order of their numbers."""
    closed = closed_days(asking)
    return [attorney(row, closed) for row in said(asking)]


def said(asking: Asking) -> list[Any]:
    """The rows of all who can be booked, but for those whose other calendars are not known."""
    found = ACTIVE.rows(asking.session, now=asking.now, **_days(asking.span))
    return [row for row in found if not (asking.imports and row.is_shut)]


def attorney(row: Any, closed: frozenset[date]) -> Attorney:
    """Who stands in a row, where the firm is closed on these days; nothing is taken yet."""
    kind = PARALEGAL if row.is_paralegal else row.kind
    return Attorney(_person(row, hours_of(row, closed)), row.version, kind, row.gender)


def loads(asking: Asking, people: Collection[Attorney]) -> Mapping[int, int]:
    """By number: how many bookings that count begin in the week of the span's first minute, by her own calendar."""
    found: dict[int, int] = {}
    weeks = {one.number: one.person.hours.week_at(asking.span.start) for one in people}
    for week in set(weeks.values()):
        span = {"first": instant(week.start), "end": instant(week.end)}
        counts = dict(LOADS.rows(asking.session, own=asking.intake_id or NOBODYS, now=asking.now, **span))
        found |= {number: count for number, count in counts.items() if weeks.get(number) == week}
    return found


def with_their_time(asking: Asking, people: Collection[Attorney]) -> list[Attorney]:
    """The same people with what is taken; with the bookings that count where one of them has a cap."""
    taken, stale = _near(asking)
    has_cap = any((one.person.daily_cap, one.person.weekly_cap) != (None, None) for one in people)
    counted = _counted(asking) if has_cap else {}
    return [
        replace(
            one, person=replace(one.person, taken=taken[number], counted=counted.get(number, ())), stale=stale[number]
        )
        for number, one in ((one.number, one) for one in people)
    ]


def _person(row: Any, hours: Hours) -> Bookable:
    return Bookable(
        number=row.number,
        hours=hours,
        before=row.buffer_before,
        after=row.buffer_after,
        grid=Grid(step=row.grid_step, offset=row.grid_offset),
        daily_cap=row.daily_cap,
        weekly_cap=row.weekly_cap,
        languages=codes(row.languages),
        skills=codes(row.skills),
        last_assigned=row.last_assigned_at,
    )


def ahead(span: Interval, now: datetime, intake_id: UUID) -> list[tuple[Prepared, Mapping[str, Any]]]:
    """What will be asked of the attorneys, once it is known what this intake wants at `now`."""
    near = _around(span, now, intake_id, imports=True, beside=REACH)
    return [(ACTIVE, {"now": now, **_days(span)}), (NEAR, near)]


def _days(span: Interval) -> dict[str, date]:
    """All local dates, anywhere, of the weeks that the slots of the span can touch."""
    first, last = instant(span.start), instant(span.end)
    return {"first": first.date() - AROUND, "last": last.date() + AROUND}


def _around(span: Interval, now: datetime, own: UUID | None, *, imports: bool, beside: int) -> dict[str, Any]:
    low, high = span.start - beside, span.end + beside
    stretch = {"low": low, "lowest": low - LONGEST_BLOCK, "high": high}
    return {**stretch, "own": own or NOBODYS, "now": now, "imports": imports}


def closed_days(asking: Asking) -> frozenset[date]:
    """The days near the asked starts on which the firm is closed."""
    first, last = _days(asking.span).values()
    return frozenset(day for day in asking.firm.closed_days(first.year, last.year) if first <= day <= last)


def _near(asking: Asking) -> tuple[Mapping[int, list[Interval]], Mapping[int, list[UUID]]]:
    """By number: what is taken near the span, and the blocks that only seem to be."""
    taken, stale = defaultdict[int, list[Interval]](list), defaultdict[int, list[UUID]](list)
    around = _around(asking.span, asking.now, asking.intake_id, imports=asking.imports, beside=asking.beside)
    for row in _rows(NEAR, NEAR_ONE, asking, **around):
        if row.stale is not None:
            stale[row.person].append(row.stale)
        else:
            taken[row.person].append(Interval(row.b0, row.b1))
    return taken, stale


def _counted(asking: Asking) -> Mapping[int, list[int]]:
    """By number: the bookings that count, of all local weeks, anywhere, that the span touches."""
    counted = defaultdict[int, list[int]](list)
    first, last = (week_number(minute // DAY) * WEEK - 3 * DAY for minute in (asking.span.start, asking.span.end))
    weeks = {"first": instant(first - ANY_ZONE), "end": instant(last + WEEK + ANY_ZONE)}
    for row in _rows(COUNTED, COUNTED_ONE, asking, own=asking.intake_id or NOBODYS, now=asking.now, **weeks):
        for number in (row.attorney, row.interpreter, row.relay, row.second):
            counted[number].append(minute_of(row.starts_at))
    return counted


def _rows(of_all: Prepared, of_one: Prepared, asking: Asking, **values: Any) -> list[Any]:
    if asking.person is None:
        return of_all.rows(asking.session, **values)
    return of_one.rows(asking.session, person=asking.person, **values)
