"""The availability rules once more, read off the wall clock minute by minute: slow, and plainly right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from scheduler.engine.availability import GridKind, Person
from scheduler.engine.hours import Hours, Window
from scheduler.engine.intervals import Interval
from scheduler.engine.reserve import Reserve
from scheduler.engine.zones import EPOCH

DAY = 1440


def at(minute: int) -> datetime:
    return EPOCH + timedelta(minutes=minute)


@lru_cache(maxsize=1 << 19)
def shown(zone: str, minute: int) -> tuple[date, int]:
    """What calendar and clock of the zone show at a minute."""
    local = at(minute).astimezone(ZoneInfo(zone))
    return local.date(), local.hour * 60 + local.minute


def zone_on(hours: Hours, day: date) -> str:
    for stay in hours.stays:
        if stay.first <= day <= stay.last:
            return stay.zone
    return hours.zone


def zones_of(hours: Hours) -> set[str]:
    return {hours.zone} | {stay.zone for stay in hours.stays}


def dates_of(hours: Hours, minute: int) -> set[date]:
    """The dates that a minute is of: those that the clock shows where they are spent."""
    seen = {(zone, shown(zone, minute)[0]) for zone in zones_of(hours)}
    return {day for zone, day in seen if zone_on(hours, day) == zone}


def windows_of(hours: Hours, day: date) -> tuple[Window, ...]:
    """Rule 2, the first half: overrides, else a holiday's none, else the week's."""
    if day in hours.overrides:
        return hours.overrides[day]
    if day in hours.holidays:
        return ()
    return hours.weekly.get(day.weekday(), ())


def readings_of(hours: Hours, day: date) -> set[int]:
    """Rules 1 and 2: the readings in a window of the day, or in one of the day before that ends on this plain day."""
    own = {one for w in windows_of(hours, day) for one in range(w.start, w.end if w.end >= w.start else DAY)}
    if day in hours.overrides or day in hours.holidays:
        return own
    before = windows_of(hours, day - timedelta(days=1))
    return own | {one for w in before if w.end < w.start for one in range(w.end)}


Opening = Callable[[int], bool]


def open_by(hours: Hours, zone: str) -> Opening:
    """Whether a minute is open by the clock of one of her places: on a date that is spent there."""
    days: dict[date, set[int]] = {}

    def is_open(minute: int) -> bool:
        day, reading = shown(zone, minute)
        if day not in days:
            days[day] = readings_of(hours, day) if zone_on(hours, day) == zone else set()
        return reading in days[day]

    return is_open


def open_of(hours: Hours) -> Opening:
    """Whether a minute is open by any of her clocks."""
    places = [open_by(hours, zone) for zone in zones_of(hours)]
    return lambda minute: any(is_open(minute) for is_open in places)


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
    urgent: bool = False


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


def capped(person: Person, day: date) -> bool:
    """Rule 7; a booking on a traveller's seam is of two days, or of none."""
    days = [dates_of(person.hours, one) for one in person.counted]
    weeks = [{one.isocalendar()[:2] for one in those} for those in days]
    return (person.daily_cap is not None and sum(day in those for those in days) >= person.daily_cap) or (
        person.weekly_cap is not None and sum(day.isocalendar()[:2] in those for those in weeks) >= person.weekly_cap
    )


def run_of(hours: Hours, zone: str, is_open: Opening) -> Callable[[int], int]:
    """The first minute of the unbroken run an open minute lies in; the week alone closes within 16 days or never."""
    special = [*hours.overrides, *hours.holidays, *(stay.first for stay in hours.stays)]
    dated = min(((day - EPOCH.date()).days * DAY for day in special), default=1 << 40)
    firsts: dict[int, int] = {}

    def first_of(minute: int) -> int:
        first, far = minute, min(minute, dated) - 16 * DAY
        while first not in firsts and is_open(first - 1) and first > far:
            first -= 1
        if first == far:
            first = (datetime(1970, 1, 1, tzinfo=ZoneInfo(zone)) - EPOCH) // timedelta(minutes=1)
        firsts[minute] = firsts.get(first, first)
        return firsts[minute]

    return first_of


@dataclass(frozen=True)
class Place:
    """A person by the clock of one of her zones."""

    person: Person
    zone: str
    is_open: Opening
    first_of: Callable[[int], int]
    full: dict[date, bool] = field(default_factory=dict)

    def on_grid(self, minute: int) -> bool:
        """Rule 5."""
        grid = self.person.grid
        counted = minute - self.first_of(minute) if grid.kind is GridKind.WINDOW else shown(self.zone, minute)[1]
        return counted % grid.step == grid.offset % grid.step

    def has(self, minute: int, length: int, taken: set[int]) -> bool:
        """Rules 4 and 7."""
        if not self.is_open(minute) or not self.is_open(minute + length - 1):
            return False
        day = shown(self.zone, minute)[0]
        if day not in self.full:
            self.full[day] = capped(self.person, day)
        around = range(minute - self.person.before, minute + length + self.person.after)
        return (
            not self.full[day]
            and all(self.is_open(one) for one in range(minute, minute + length))
            and taken.isdisjoint(around)
        )


def places_of(person: Person) -> list[Place]:
    openings = [(zone, open_by(person.hours, zone)) for zone in zones_of(person.hours)]
    return [Place(person, zone, is_open, run_of(person.hours, zone, is_open)) for zone, is_open in openings]


def minutes_of(stretches: Sequence[Interval]) -> set[int]:
    return {minute for one in stretches for minute in range(one.start, one.end)}


def kept(person: Person, reserve: Reserve, now: datetime, span: Interval) -> list[Interval]:
    """What is kept for the urgent: go back from the end of each day, slot by slot that is free."""
    taken, days = minutes_of(person.taken), dict[date, list[int]]()
    for place in places_of(person):
        for minute in range(span.start - 2 * DAY, span.end + 2 * DAY):
            if place.is_open(minute) and place.on_grid(minute) and place.has(minute, reserve.length, taken):
                days.setdefault(shown(place.zone, minute)[0], []).append(minute)
    found = []
    for starts in days.values():
        left, border = reserve.count, max(starts) + DAY
        for start in sorted(starts, reverse=True):
            protected = Interval(start - person.before, start + reserve.length + person.after)
            if left and protected.end <= border:
                left, border = left - 1, protected.start
                if at(start) - now >= timedelta(minutes=reserve.until):
                    found.append(protected)
    return found


def free(person: Person, limits: Limits, span: Interval, length: int, *, on_grid: bool) -> list[int]:
    """Every minute of the span at which the slot fits; with her grid, or without."""
    taken = minutes_of(person.taken)
    if person.reserve and not limits.urgent:
        taken |= minutes_of(kept(person, person.reserve, limits.now, span))
    places = places_of(person)
    is_safe = open_of(limits.safe) if limits.safe else None
    return [
        minute
        for minute in range(span.start, span.end)
        if any(
            place.is_open(minute) and (not on_grid or place.on_grid(minute)) and place.has(minute, length, taken)
            for place in places
        )
        and within(limits, minute, length)
        and (is_safe is None or all(is_safe(one) for one in range(minute, minute + length)))
    ]


def starts(person: Person, limits: Limits, span: Interval, length: int) -> list[int]:
    return free(person, limits, span, length, on_grid=True)
