"""The times of one event of another's calendar within a span: repeated by local wall time (RFC 5545 §3.8.5)."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from scheduler.engine.invitation.lines import Component, NotACalendar, Property, TooMuch
from scheduler.engine.invitation.recurrence import begins
from scheduler.engine.invitation.their_zones import EPOCH, Moment, Zones

MOST_TIMES = 1000
ZONES_APART = timedelta(days=2)
A_DAY = 86_400
LENGTH = re.compile(r"\+?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
LONGEST = 3660

Seconds = tuple[int, int]
"""[start, end) since the epoch."""

Length = tuple[int, int]
"""Days by the clock, and seconds."""


@dataclass(frozen=True, slots=True)
class Span:
    """The seconds [start, end) that are looked at."""

    start: int
    end: int

    def holds(self, one: Seconds) -> bool:
        """Whether a time takes any of it."""
        return one[0] < self.end and one[1] > self.start


@dataclass(frozen=True, slots=True)
class Shape:
    """When a component begins, and for how long it lasts: days by its clock, and exact seconds."""

    begin: Moment
    days: int
    seconds: int

    @property
    def length(self) -> timedelta:
        """About how long it is."""
        return timedelta(self.days, self.seconds)

    def at(self, wall: datetime, zones: Zones) -> Seconds:
        """The same at another time of its own clock."""
        if self.begin.clock is None:
            return zones.home.days(wall.date(), self.days)
        return self.begin.clock(wall), self.begin.clock(wall + timedelta(self.days)) + self.seconds


@dataclass(frozen=True, slots=True)
class Change:
    """An instance that is otherwise, with all that follow where `onwards`; without a shape she is free then."""

    of: Moment
    onwards: bool
    shape: Shape | None


def shape(component: Component, zones: Zones) -> Shape | None:
    """
    Begin and length; None where it has none.

    Raises:
        NotACalendar: One of them means nothing.
    """
    said = component.first("DTSTART")
    if said is None:
        return None
    begin = zones.moment(said)
    days, seconds = _length(component, begin, zones)
    if begin.is_day:
        return Shape(begin, max(1, days + seconds // A_DAY), 0)
    return Shape(begin, days, seconds) if (days, seconds) > (0, 0) else None


def _length(component: Component, begin: Moment, zones: Zones) -> Length:
    if end := component.first("DTEND"):
        until = zones.moment(end)
        if begin.is_day or until.is_day:
            seconds = int((until.wall - begin.wall).total_seconds())
        else:
            seconds = until.second(zones.home) - begin.second(zones.home)
        return 0, min(seconds, LONGEST * A_DAY)
    return duration(component.text("DURATION") or "PT0S")


def duration(text: str) -> Length:
    """
    A length as it is written (RFC 5545 §3.3.6): a day is one of the clock, and may have 23 hours. Back is none.

    Raises:
        NotACalendar: It is no length.
    """
    found = LENGTH.fullmatch(text.lstrip("-"))
    if found is None or len(text) > 40:
        raise NotACalendar("a length")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    if max(weeks, days, hours, minutes, seconds) > 10**8:
        raise NotACalendar("a length")
    exactly = (hours * 60 + minutes) * 60 + seconds
    return (0, 0) if text.startswith("-") else (min(weeks * 7 + days, LONGEST), min(exactly, LONGEST * A_DAY))


def times(event: Component, own: Shape, changes: Sequence[Change], zones: Zones, span: Span) -> Iterator[Seconds]:
    """
    When it takes place within the span; an instance that is changed is not among them.

    Raises:
        TooMuch: It repeats itself more often than daily, or more than 1,000 times.
        NotACalendar: Something in it means nothing.
    """
    left_out = _Instances.of(event.all("EXDATE"), zones) | _Instances.of_changes(changes, zones)
    onwards = sorted(((one.of.second(zones.home), one) for one in changes if one.onwards), key=lambda one: one[0])
    early = own.begin.wall if onwards else EPOCH + timedelta(seconds=span.start) - ZONES_APART - own.length
    last, found = EPOCH + timedelta(seconds=span.end) + ZONES_APART, 0
    ruled = ((wall, own.at(wall, zones)) for wall in _walls(event, own, zones, early, last) if wall >= early)
    for wall, one in chain(ruled, _named(event, own, zones)):
        if left_out.holds(wall, one):
            continue
        now = _as_changed(wall, one, onwards, zones)
        if now is not None and span.holds(now):
            found += 1
            if found > MOST_TIMES:
                raise TooMuch("times")
            yield now


def _as_changed(wall: datetime, one: Seconds, onwards: Sequence[tuple[int, Change]], zones: Zones) -> Seconds | None:
    """An instance, moved with those from which on all are otherwise; None where those are free."""
    at = bisect_right([second for second, _change in onwards], one[0])
    if not at:
        return one
    since, change = onwards[at - 1]
    new = change.shape
    if new is None:
        return None
    if new.begin.is_day:
        return new.at(wall + (new.begin.wall - change.of.wall), zones)
    start = one[0] + new.begin.second(zones.home) - since
    return start, start + new.days * A_DAY + new.seconds


@dataclass(frozen=True, slots=True)
class _Instances:
    """Instances of a series that are named by their begin: by the second, or by the day of its clock."""

    seconds: frozenset[int]
    days: frozenset[date]

    @classmethod
    def of(cls, said: Collection[Property], zones: Zones) -> "_Instances":
        moments = [zones.read(text, one.params.get("TZID", "")) for one in said for text in one.value.split(",")]
        return cls._named(moments, zones)

    @classmethod
    def of_changes(cls, changes: Collection[Change], zones: Zones) -> "_Instances":
        return cls._named([change.of for change in changes], zones)

    @classmethod
    def _named(cls, moments: Collection[Moment], zones: Zones) -> "_Instances":
        return cls(
            frozenset(one.second(zones.home) for one in moments if not one.is_day),
            frozenset(one.wall.date() for one in moments if one.is_day),
        )

    def __or__(self, other: "_Instances") -> "_Instances":
        return _Instances(self.seconds | other.seconds, self.days | other.days)

    def holds(self, wall: datetime, one: Seconds) -> bool:
        return wall.date() in self.days or one[0] in self.seconds


def _walls(event: Component, own: Shape, zones: Zones, early: datetime, last: datetime) -> Iterator[datetime]:
    """What its clock shows at each begin before `last`, by its rules; those before `early` may be missing."""
    ruled = (begins(rule.value, own.begin, zones, early, last) for rule in event.all("RRULE"))
    seen: set[datetime] = set()
    for wall in chain.from_iterable(ruled) if event.all("RRULE") else (own.begin.wall,):
        if wall not in seen and wall < last:
            seen.add(wall)
            yield wall


def _named(event: Component, own: Shape, zones: Zones) -> Iterator[tuple[datetime, Seconds]]:
    """Times that are named one by one, by whatever clock, and what that shows at their begin."""
    for said in event.all("RDATE"):
        tzid = said.params.get("TZID", "")
        for text in said.value.split(","):
            begin, _, end = text.partition("/")
            moment = zones.read(begin, tzid)
            if end:
                yield moment.wall, period(text, tzid, zones)
            elif own.begin.is_day or moment.is_day:
                yield moment.wall, own.at(moment.wall, zones)
            else:
                end_of_days = moment.after(own.days).second(zones.home)
                yield moment.wall, (moment.second(zones.home), end_of_days + own.seconds)


def period(text: str, tzid: str, zones: Zones) -> Seconds:
    """
    A begin and an end, or a begin and a length (RFC 5545 §3.3.9).

    Raises:
        NotACalendar: It is neither.
    """
    begin, _, end = text.strip().partition("/")
    moment = zones.read(begin, tzid)
    start = moment.second(zones.home)
    if end.startswith(("P", "+P")):
        days, seconds = duration(end)
        return start, moment.after(days).second(zones.home) + seconds
    return start, zones.read(end, tzid).second(zones.home)
