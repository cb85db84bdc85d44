"""When the people of the firm work, and where: changed at the desk, known to every process with the commit."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduler.casework import audit, calendar_reading, outside
from scheduler.casework.firm_words import BadFirmFile, zone
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.engine.stays import Stay as Away
from scheduler.engine.stays import StayEndsBeforeItBegins, StaysOverlap, in_order
from scheduler.models import Closure, Override, Person, Stay, WorkingHours

Windows = Sequence[tuple[int, int]]
"""Minutes of the day; one that ends before it begins ends on the next day."""

Night = tuple[int, int, int]
"""A weekday (Monday is 0) and a window of it that ends on the next day."""

NOBODYS: frozenset[UUID] = frozenset()
LONGEST_REASON = 60
MOST_STAYS = 50

SAVED_WEEK, SAVED_DAY, SAVED_STAY, SAVED_FIRM = "hours_set", "day_set", "stay_set", "closure_set"


class NotHours(Exception):
    """This cannot be; the code says why: `person`, `zone`, `days`, `overlap`, `stay`, `many`, `reason`."""


class OverMidnight(Exception):
    """These windows would end on the next day, which may be a slip of the hand; nothing was changed."""

    def __init__(self, nights: tuple[Night, ...]) -> None:
        super().__init__(len(nights))
        self.nights = nights


@dataclass(frozen=True, slots=True)
class Change:
    """
    Who changes what of whom.

    `agreed` are the calls that may be left outside of the hours, `nights` the windows that are meant over midnight.
    """

    who: SignedIn
    number: int
    agreed: Collection[UUID] = NOBODYS
    nights: Collection[Night] = ()


def set_week(parts: Parts, change: Change, week: Mapping[int, Windows]) -> None:
    """
    Put these windows, by weekday (Monday is 0), in place of the weekly ones.

    Raises:
        NotHours: There is nobody of this number.
        OverMidnight: Windows end on the next day that were not meant so, or not yet.
        CallsOutside: Calls would lie outside.
    """

    def act(session: Session, person: UUID) -> None:
        rows = [(day, *window) for day, windows in week.items() for window in windows]
        _refuse_nights(session, change, person, rows)
        session.execute(delete(WorkingHours).where(WorkingHours.person_id == person))
        session.add_all(WorkingHours(person_id=person, weekday=day, start=start, end=end) for day, start, end in rows)

    _change(parts, change, SAVED_WEEK, act, windows=sum(map(len, week.values())))


def set_day(parts: Parts, change: Change, day: date, windows: Windows | None) -> None:
    """
    Put these windows in place of all others on one local day; none close it, None gives the week's back to it.

    Raises:
        NotHours: There is nobody of this number.
        OverMidnight: Windows end on the next day that were not meant so, or not yet.
        CallsOutside: Calls would lie outside.
    """

    def act(session: Session, person: UUID) -> None:
        _refuse_nights(session, change, person, [(day.weekday(), *window) for window in windows or ()])
        session.execute(delete(Override).where(Override.person_id == person, Override.day == day))
        times: Sequence[tuple[int | None, int | None]] = () if windows is None else windows or [(None, None)]
        session.add_all(Override(person_id=person, day=day, start=start, end=end) for start, end in times)

    _change(parts, change, SAVED_DAY, act, day=day.isoformat(), windows=-1 if windows is None else len(windows))


def add_stay(parts: Parts, change: Change, first: date, last: date, where: str) -> None:
    """
    Write down that she spends these local days, both included, in another zone.

    Raises:
        NotHours: There is nobody of this number, no such zone, or she is elsewhere on one of these days.
        CallsOutside: Calls would lie outside.
    """

    def act(session: Session, person: UUID) -> None:
        stay = Stay(person_id=person, first_day=first, last_day=last, zone=zone_of(where))
        kept = session.scalars(select(Stay).where(Stay.person_id == person)).all()
        if len(kept) >= MOST_STAYS:
            raise NotHours("many")
        _in_order([stay, *kept])
        session.add(stay)
        calendar_reading.read_anew(session, change.number, parts.clock.now())

    _change(parts, change, SAVED_STAY, act, first=first.isoformat(), last=last.isoformat())


def end_stay(parts: Parts, change: Change, stay_id: UUID, last: date | None) -> None:
    """
    Let a stay end on another day; with None it never was.

    Raises:
        NotHours: She has none of this id, it would end before it begins, or reach into another.
        CallsOutside: Calls would lie outside.
    """

    def act(session: Session, person: UUID) -> None:
        stay = session.get(Stay, stay_id)
        if stay is None or stay.person_id != person:
            raise NotHours("stay")
        calendar_reading.read_anew(session, change.number, parts.clock.now())
        if last is None:
            session.delete(stay)
            return
        stay.last_day = last
        with session.no_autoflush:
            _in_order(session.scalars(select(Stay).where(Stay.person_id == person)).all())

    _change(parts, change, SAVED_STAY, act, stay=str(stay_id), last=last.isoformat() if last else "")


def close(parts: Parts, who: SignedIn, day: date, reason: str, agreed: Collection[UUID] = NOBODYS) -> None:
    """
    Close the whole firm on one day, beside the federal holidays.

    Raises:
        NotHours: No reason was given, or a long one.
        CallsOutside: Calls would lie outside.
    """
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON:
        raise NotHours("reason")
    with writing() as session, _of_all(session, parts, who, day, agreed):
        session.merge(Closure(day=day, reason=said))


def open_again(parts: Parts, who: SignedIn, day: date) -> None:
    """Take a closure back; where there is none, nothing happens."""
    with writing() as session, _of_all(session, parts, who, day, NOBODYS):
        session.execute(delete(Closure).where(Closure.day == day))


@contextmanager
def _of_all(session: Session, parts: Parts, who: SignedIn, day: date, agreed: Collection[UUID]) -> Iterator[None]:
    """The caller changes a closure in it; it matters to everybody."""
    with outside.watched(session, parts, session.scalars(select(Person.number)).all(), agreed):
        yield
    is_closed = session.get(Closure, day) is not None
    audit.record(session, parts, who.actor, SAVED_FIRM, "firm:1", day=day.isoformat(), closed=is_closed)


def _change(parts: Parts, change: Change, action: str, act: Callable[[Session, UUID], None], **facts: Any) -> None:
    """One change of one person in one transaction."""
    with writing() as session:
        person = session.scalar(select(Person.id).where(Person.number == change.number))
        if person is None:
            raise NotHours("person")
        with outside.watched(session, parts, [change.number], change.agreed):
            act(session, person)
        audit.record(session, parts, change.who.actor, action, f"person:{change.number}", **facts)


def _refuse_nights(session: Session, change: Change, person: UUID, rows: Collection[Night]) -> None:
    """A window that ends before it begins is a night shift only where somebody says so, or hers is that already."""
    week = select(WorkingHours.weekday, WorkingHours.start, WorkingHours.end).where(WorkingHours.person_id == person)
    known = {*change.nights, *(tuple(row) for row in session.execute(week))}
    if nights := tuple(row for row in rows if 0 < row[2] < row[1] and row not in known):
        raise OverMidnight(nights)


def zone_of(name: str) -> str:
    """
    The zone that somebody wrote.

    Raises:
        NotHours: There is none of this name.
    """
    try:
        return zone(name.strip())
    except BadFirmFile:
        raise NotHours("zone") from None


def _in_order(stays: Collection[Stay]) -> None:
    """
    Look at all stays of somebody together.

    Raises:
        NotHours: One ends before it begins, or two share a day.
    """
    try:
        in_order(tuple(Away(one.first_day, one.last_day, one.zone) for one in stays))
    except StayEndsBeforeItBegins:
        raise NotHours("days") from None
    except StaysOverlap:
        raise NotHours("overlap") from None
