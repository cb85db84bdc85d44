"""Whose clock a time of another's calendar is read by; a zone counts for its own calendar and for no other."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from dateutil.rrule import rrulestr
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from scheduler.engine.invitation.lines import Component, NotACalendar, Property
from scheduler.engine.stays import Stay

Clock = Callable[[datetime], int]
"""From what a clock shows to seconds since the epoch: in a gap by the clock before it, the first of two alike."""

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - what a clock shows
FIRST_YEAR, LAST_YEAR = 1583, 9000
OFFSET = re.compile(r"([+-])(\d\d):?(\d\d):?(\d\d)?")
MOMENT = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:\.\d+)?)?(Z)?)?", re.IGNORECASE)
YEARS_AHEAD = 3
FIRST_SHOWN = 1970
MOST_RULES = 200


@dataclass(frozen=True, slots=True)
class Home:
    """The zone of the person whose calendar it is, and her stays in others."""

    zone: str
    stays: tuple[Stay, ...] = ()

    def days(self, first: date, count: int) -> tuple[int, int]:
        """Whole days of hers as seconds [start, end): each begins and ends by the clock of where it is spent."""
        last = first + timedelta(days=count - 1)
        return self._midnight(first, first), self._midnight(last + timedelta(days=1), last)

    def _midnight(self, day: date, spent: date) -> int:
        return self._clock(spent)(datetime.combine(day, time()))

    def second(self, wall: datetime) -> int:
        """The second since the epoch at which a clock beside her shows this."""
        return self._clock(wall.date())(wall)

    def _clock(self, spent: date) -> Clock:
        return named(next((stay.zone for stay in self.stays if stay.first <= spent <= stay.last), self.zone))


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or what a clock shows and which clock."""

    wall: datetime
    clock: Clock | None = field(default=None, repr=False)

    @property
    def is_day(self) -> bool:
        """Whether it is a whole day."""
        return self.clock is None

    def second(self, home: Home) -> int:
        """The second since the epoch at which it is, or at which the person's day begins."""
        return home.days(self.wall.date(), 1)[0] if self.clock is None else self.clock(self.wall)

    def after(self, days: int) -> "Moment":
        """The same so many days later, by its own clock."""
        return replace(self, wall=self.wall + timedelta(days=days))


@cache
def named(zone: str) -> Clock:
    """The clock of an IANA zone."""
    there = ZoneInfo(zone)
    return lambda wall: int(wall.replace(tzinfo=there, fold=0).timestamp())


UTC_CLOCK = named("UTC")


@cache
def known_zones() -> frozenset[str]:
    """The names of the IANA zones there are."""
    return frozenset(available_timezones())


@dataclass(slots=True)
class Zones:
    """
    The clocks of one calendar.

    A TZID is the IANA zone of that name, also where the calendar describes it otherwise (rules of Mexico that have
    ended); or Windows' name of one; or what the calendar describes. Nobody knows another, and it is left out as if the
    time had none: those are of the calendar's own zone, or of where the person is on that day.
    """

    home: Home
    until: int
    own: str = ""
    described: Mapping[str, Component] = field(default_factory=dict)
    _clocks: dict[str, Clock] = field(default_factory=dict)

    @classmethod
    def of(cls, calendar: Component, home: Home, until: int) -> "Zones":
        """The zones that a calendar names and describes; `until` (seconds since the epoch) it is asked for them."""
        described = {zone.text("TZID"): zone for zone in calendar.walk("VTIMEZONE")}
        return cls(home, until, iana(calendar.text("X-WR-TIMEZONE")), described)

    def moment(self, said: Property) -> Moment:
        """
        The day or time that a property says.

        Raises:
            NotACalendar: It says none.
        """
        return self.read(said.value, said.params.get("TZID", ""))

    def read(self, text: str, tzid: str) -> Moment:
        """The same of one value of a property's list."""
        found = MOMENT.fullmatch(text.strip())
        if found is None:
            raise NotACalendar("a time")
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
        try:
            wall = datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001 - its clock comes beside it
        except ValueError:
            raise NotACalendar("a time") from None
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise NotACalendar("a year")
        if found[4] is None:
            return Moment(wall)
        return Moment(wall, UTC_CLOCK if found[7] else self._clock(tzid))

    def _clock(self, tzid: str) -> Clock:
        if tzid not in self._clocks:
            self._clocks[tzid] = self._look_up(tzid)
        return self._clocks[tzid]

    def _look_up(self, tzid: str) -> Clock:
        zone = iana(tzid)
        if not zone and tzid in self.described:
            return _as_described(self.described[tzid], self.until)
        return named(zone or self.own) if zone or self.own else self.home.second


def iana(tzid: str) -> str:
    """The IANA zone that a TZID names, also behind a maker's prefix or as Windows calls it; empty where it is none."""
    pieces = tzid.strip().strip("/").split("/")
    for count in range(min(3, len(pieces)), 0, -1):
        if (name := "/".join(pieces[-count:])) in known_zones():
            return name
    return WINDOWS_TO_OLSON.get(tzid.strip(), "")


def _as_described(zone: Component, until: int) -> Clock:
    """
    The clock of a VTIMEZONE (RFC 5545 §3.6.5).

    A new offset is read from when the later of both clocks is at its onset: so a gap is read by the clock before it,
    and what is shown twice is its first time.

    Raises:
        NotACalendar: It says nothing, or repeats itself otherwise than by years.
    """
    last = (EPOCH + timedelta(seconds=until)).year + YEARS_AHEAD
    changes = sorted(change for part in zone.walk("STANDARD", "DAYLIGHT") for change in _changes(part, last))
    if not changes:
        raise NotACalendar("a zone")
    begins = [onset + timedelta(seconds=max(0, to - off)) for onset, off, to in changes]
    offsets = [changes[0][1], *(to for _onset, _off, to in changes)]
    return lambda wall: int((wall - EPOCH).total_seconds()) - offsets[bisect_right(begins, wall)]


def _changes(part: Component, last: int) -> Iterable[tuple[datetime, int, int]]:
    """What the clock before shows at each onset until a year, and the seconds of both offsets."""
    before, after = _offset(part.text("TZOFFSETFROM")), _offset(part.text("TZOFFSETTO"))
    begins = [_wall(part.text("DTSTART"))]
    for rdate in part.all("RDATE")[:MOST_RULES]:
        begins += [_wall(value.partition("/")[0]) for value in rdate.value.split(",")[:MOST_RULES]]
    for rule in part.all("RRULE")[:MOST_RULES]:
        begins += _yearly(rule.value, begins[0], last, before)
    return [(onset, before, after) for onset in dict.fromkeys(begins)]


def _yearly(rule: str, begin: datetime, last: int, before: int) -> list[datetime]:
    said = dict(piece.upper().split("=", 1) for piece in rule.split(";") if "=" in piece)
    if said.get("FREQ") != "YEARLY" or not said.keys() <= {"FREQ", "BYDAY", "BYMONTH", "BYMONTHDAY", "UNTIL", "WKST"}:
        raise NotACalendar("a zone")
    end = datetime(last, 12, 31)  # noqa: DTZ001
    if until := said.pop("UNTIL", ""):
        shift = timedelta(seconds=before) if until.endswith("Z") else timedelta()
        end = min(end, _wall(until) + shift)
    words = ";".join(f"{name}={value}" for name, value in said.items())
    if begin.year < FIRST_SHOWN and {"BYMONTH", "BYDAY"} <= said.keys():
        begin = begin.replace(year=FIRST_SHOWN, day=1)
    try:
        return list(rrulestr(f"{words};UNTIL={end:%Y%m%dT%H%M%S}", dtstart=begin))
    except (ValueError, TypeError):
        raise NotACalendar("a zone") from None


def _wall(text: str) -> datetime:
    found = MOMENT.fullmatch(text)
    try:
        return datetime(*(int(part or 0) for part in found.groups()[:6]))  # type: ignore[union-attr,arg-type] # noqa: DTZ001
    except (AttributeError, ValueError):
        raise NotACalendar("a zone") from None


def _offset(text: str) -> int:
    found = OFFSET.fullmatch(text)
    if found is None:
        raise NotACalendar("a zone")
    sign, hours, minutes, seconds = found.groups()
    return (1 if sign == "+" else -1) * (int(hours) * 3600 + int(minutes) * 60 + int(seconds or 0))
