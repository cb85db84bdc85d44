"""The firm's working days and office hours: when a day ends, and when so many minutes of office time are over."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Days = Container[date]
"""Days of which one can be looked up: a frozenset, or a calendar of the `holidays` library."""

Closed = Callable[[date], bool]
"""Whether nobody works that day."""

NO_DAYS: frozenset[date] = frozenset()
DAY = timedelta(days=1)
LONGEST_PAUSE = 120
"""Days: a firm closed for longer has no next working day that anybody could be promised."""
SATURDAY = 5


class NeverOpen(Exception):
    """No working day or office hour for months: the firm's hours are not set up, and nothing can be promised."""


def is_workday(day: date, closed: Closed) -> bool:
    """Monday to Friday and not closed."""
    return day.weekday() < SATURDAY and not closed(day)


def on_or_before(day: date, closed: Closed) -> date:
    """
    The last working day that is not after `day`.

    Raises:
        NeverOpen: There is none for months.
    """
    return _walk(day, -DAY, closed)


def on_or_after(day: date, closed: Closed) -> date:
    """
    The first working day that is not before `day`.

    Raises:
        NeverOpen: There is none for months.
    """
    return _walk(day, DAY, closed)


def add_workdays(day: date, count: int, closed: Closed) -> date:
    """
    The working day `count` working days after `day`; the day itself is not counted.

    Raises:
        NeverOpen: There are none for months.
    """
    idle = 0
    while count:
        day += DAY
        idle = 0 if is_workday(day, closed) else idle + 1
        count -= not idle
        if idle == LONGEST_PAUSE:
            raise NeverOpen(day.isoformat())
    return day


@dataclass(frozen=True, slots=True)
class Office:
    """
    The firm's own hours: weekday (0 = Monday) to [opening, closing) in minutes of the local day.

    `holidays` are federal, `closures` the firm's own; only federal ones move a statutory day.
    """

    zone: str
    windows: Mapping[int, tuple[tuple[int, int], ...]]
    holidays: Days = NO_DAYS
    closures: Days = NO_DAYS

    def is_closed(self, day: date) -> bool:
        """Whether the office has no hours that day."""
        return day in self.holidays or day in self.closures or not self.windows.get(day.weekday())

    def today(self, now: datetime) -> date:
        """The firm-local date."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def add_business_days(self, day: date, count: int) -> date:
        """
        The firm's business day `count` of them after `day`.

        Raises:
            NeverOpen: There are none for months.
        """
        return add_workdays(day, count, self.is_closed)

    def closing(self, day: date) -> datetime:
        """The instant (UTC) at which a day the office is open ends; local midnight after a day it is closed."""
        return self._at(day, max((end for _start, end in self._hours(day)), default=24 * 60))

    def after(self, now: datetime, minutes: int) -> datetime:
        """
        The instant (UTC) at which `minutes` of office time have gone by since `now`.

        Raises:
            NeverOpen: The office does not open for months.
        """
        left = timedelta(minutes=minutes)
        first = self.today(now) - DAY
        for ahead in range(LONGEST_PAUSE):
            for start, end in self._open_on(first + ahead * DAY):
                begin = max(start, now)
                if end > begin and end - begin >= left:
                    return begin + left
                left -= max(end - begin, timedelta())
        raise NeverOpen(self.zone)

    def _open_on(self, day: date) -> list[tuple[datetime, datetime]]:
        return [(self._at(day, start), self._at(day, end)) for start, end in sorted(self._hours(day))]

    def _hours(self, day: date) -> tuple[tuple[int, int], ...]:
        return () if self.is_closed(day) else self.windows[day.weekday()]

    def _at(self, day: date, minute: int) -> datetime:
        wall = datetime.combine(day, time.min) + timedelta(minutes=minute)
        return wall.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)


def _walk(day: date, step: timedelta, closed: Closed) -> date:
    for ahead in range(LONGEST_PAUSE):
        if is_workday(day + ahead * step, closed):
            return day + ahead * step
    raise NeverOpen(day.isoformat())
