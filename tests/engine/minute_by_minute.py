"""The availability rules once more, read off the wall clock minute by minute: slow, and plainly right."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.engine.availability import GridKind, Person
from scheduler.engine.hours import Hours, Window
from scheduler.engine.intervals import Interval
from scheduler.engine.zones import EPOCH


def at(minute: int) -> datetime:
    return EPOCH + timedelta(minutes=minute)


def clock_of(zone: str) -> Callable[[int], tuple[date, int]]:
    """What calendar and clock of the zone show at a minute."""
    place = ZoneInfo(zone)
    seen: dict[int, tuple[date, int]] = {}

    def read(minute: int) -> tuple[date, int]:
        if minute not in seen:
            local = at(minute).astimezone(place)
            seen[minute] = local.date(), local.hour * 60 + local.minute
        return seen[minute]

    return read


def windows_of(hours: Hours, day: date) -> tuple[Window, ...]:
    """Rule 2, the first half: overrides, else a holiday's none, else the week's."""
    if day in hours.overrides:
        return hours.overrides[day]
    if day in hours.holidays:
        return ()
    return hours.weekly.get(day.weekday(), ())


def reads_open(hours: Hours, day: date, reading: int) -> bool:
    """Rules 1 and 2: a window of the day, or one of the day before that ends on this plain day."""
    if any(w.start <= reading < (w.end if w.end >= w.start else 1440) for w in windows_of(hours, day)):
        return True
    plain = day not in hours.overrides and day not in hours.holidays
    return plain and any(w.end < w.start and reading < w.end for w in windows_of(hours, day - timedelta(days=1)))


def open_of(hours: Hours) -> Callable[[int], bool]:
    read = clock_of(hours.zone)
    seen: dict[int, bool] = {}

    def is_open(minute: int) -> bool:
        if minute not in seen:
            seen[minute] = reads_open(hours, *read(minute))
        return seen[minute]

    return is_open


@dataclass(frozen=True)
class Limits:
    """Rule 6 as plain facts; None is no limit."""

    now: datetime
    notice: int = 0
    horizon_days: int | None = None
    latest: datetime | None = None
    event: datetime | None = None
    margin: int = 0
    safe: Hours | None = None
    blackout: tuple[Interval, ...] = field(default=())


def within(limits: Limits, minute: int, length: int) -> bool:
    """Rule 6, in datetimes."""
    start, end = at(minute), at(minute + length)
    return (
        start >= limits.now + timedelta(minutes=limits.notice)
        and (limits.horizon_days is None or start <= limits.now + timedelta(days=limits.horizon_days))
        and (limits.latest is None or start <= limits.latest)
        and (limits.event is None or end + timedelta(minutes=limits.margin) <= limits.event)
        and not any(one.start < minute + length and minute < one.end for one in limits.blackout)
    )


def capped(person: Person, read: Callable[[int], tuple[date, int]], minute: int) -> bool:
    """Rule 7."""
    day = read(minute)[0]
    days = [read(one)[0] for one in person.counted]
    weeks = [one.isocalendar()[:2] for one in days]
    return (person.daily_cap is not None and days.count(day) >= person.daily_cap) or (
        person.weekly_cap is not None and weeks.count(day.isocalendar()[:2]) >= person.weekly_cap
    )


def run_of(person: Person, is_open: Callable[[int], bool]) -> Callable[[int], int]:
    """The first minute of the unbroken run an open minute lies in; one of more than 16 days has no beginning."""
    firsts: dict[int, int] = {}

    def first_of(minute: int) -> int:
        first = minute
        while first not in firsts and is_open(first - 1) and minute - first < 16 * 1440:
            first -= 1
        if minute - first == 16 * 1440:
            first = (datetime(1970, 1, 1, tzinfo=ZoneInfo(person.hours.zone)) - EPOCH) // timedelta(minutes=1)
        firsts[minute] = firsts.get(first, first)
        return firsts[minute]

    return first_of


def on_grid(person: Person, reading: int, first_of: Callable[[int], int], minute: int) -> bool:
    """Rule 5."""
    grid = person.grid
    counted = minute - first_of(minute) if grid.kind is GridKind.WINDOW else reading
    return counted % grid.step == grid.offset % grid.step


def starts(person: Person, limits: Limits, span: Interval, length: int) -> list[int]:
    """Every minute of the span at which the slot fits."""
    read, is_open = clock_of(person.hours.zone), open_of(person.hours)
    first_of = run_of(person, is_open)
    is_safe = open_of(limits.safe) if limits.safe else None
    taken = {minute for one in person.taken for minute in range(one.start, one.end)}
    return [
        minute
        for minute in range(span.start, span.end)
        if is_open(minute)
        and on_grid(person, read(minute)[1], first_of, minute)
        and within(limits, minute, length)
        and all(is_open(one) for one in range(minute, minute + length))
        and (is_safe is None or all(is_safe(one) for one in range(minute, minute + length)))
        and not any(one in taken for one in range(minute - person.before, minute + length + person.after))
        and not capped(person, read, minute)
    ]
