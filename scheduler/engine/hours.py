"""Working hours by the wall clock, and the minutes in which they are open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from scheduler.engine.intervals import Interval, Pair, common, intervals, merged
from scheduler.engine.zones import DAY, day_number, offset_at, segments, when_the_clock_reads

LOOK_BACK = 22
"""Days in which hours that are closed once a week are closed at least once, clock changes or not."""


class WindowOutsideTheDay(Exception):
    """A window begins or ends at no time of the day; the form that let it through must be mended."""


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """
    Minutes of the local day [start, end), both 0..1440; 1440 is the midnight at the end of the day.

    With `end < start` it ends on the next day; with `end == start` it is empty.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.start < DAY and 0 <= self.end <= DAY):
            raise WindowOutsideTheDay(f"{self.start}-{self.end}")


@dataclass(frozen=True, slots=True)
class Hours:
    """
    The windows of a person or of a firm, by the wall clock of one zone.

    `weekly` goes by weekday (Monday is 0). A date in `overrides` has those windows and no others (an empty tuple
    closes it), a date in `holidays` without an override has none.
    """

    zone: str
    weekly: Mapping[int, tuple[Window, ...]]
    overrides: Mapping[date, tuple[Window, ...]] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()
    _week: tuple[tuple[Pair, ...], ...] = field(init=False, repr=False, compare=False)
    _dated: Mapping[int, tuple[Pair, ...]] = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        weekly, overrides = dict(self.weekly), dict(self.overrides)
        dated: dict[int, tuple[Pair, ...]] = {day_number(day): () for day in self.holidays}
        dated |= {day_number(day): _stretches(windows) for day, windows in overrides.items()}
        fixed = {
            "weekly": MappingProxyType(weekly),
            "overrides": MappingProxyType(overrides),
            "_week": tuple(_stretches(weekly.get(day, ())) for day in range(7)),
            "_dated": dated,
            "_hash": hash((self.zone, frozenset(weekly.items()), frozenset(overrides.items()), self.holidays)),
        }
        for name, value in fixed.items():
            object.__setattr__(self, name, value)

    def __hash__(self) -> int:
        return self._hash

    def walls(self, first: int, last: int) -> list[Pair]:
        """
        The stretches of the local days numbered first..last, both included, on the wall's own line.

        Sorted and disjoint; the last may reach into the day after, except a date with windows of its own.
        """
        week, dated = self._week, self._dated
        found: list[Pair] = []
        for day in range(first, last + 1):
            windows = dated.get(day)
            if windows is None:
                windows = week[(day + 3) % 7]
            midnight = day * DAY
            for start, end in windows:
                cut = DAY if end > DAY and day + 1 in dated else end
                found.append((midnight + start, midnight + cut))
        return merged(found)

    def first_dated(self, otherwise: int) -> int:
        """The number of the earliest date that does not go by the week, or `otherwise` where there is none."""
        return min(self._dated, default=otherwise)


def open_minutes(hours: Hours, span: Interval) -> list[Interval]:
    """The open minutes of the span: sorted, disjoint, unbroken runs joined, cut at the span's ends. May be empty."""
    return intervals(common(open_runs(hours, span.start, span.end), [(span.start, span.end)]))


def open_runs(hours: Hours, start: int, end: int) -> tuple[Pair, ...]:
    """The runs of open minutes that meet [start, end), cut somewhere outside of it; kept by whole UTC days."""
    return _runs(hours, start // DAY, -(-end // DAY))


def whole_runs(hours: Hours, start: int, end: int) -> list[Pair]:
    """
    The runs that meet [start, end), with their true first minutes, as a grid that counts from them needs.

    A run without a beginning (open day and night) counts from the local midnight of 1 January 1970.
    """
    day, last = start // DAY, -(-end // DAY)
    for first in (day, day - LOOK_BACK, min(day, hours.first_dated(day)) - LOOK_BACK):
        runs = [run for run in _runs(hours, first, last) if run[1] > start]
        if not runs or runs[0][0] > first * DAY:
            return runs
    return [(-offset_at(hours.zone, 0), runs[0][1]), *runs[1:]]


@lru_cache(maxsize=1024)
def _runs(hours: Hours, first: int, last: int) -> tuple[Pair, ...]:
    """The runs of the UTC days [first, last), cut at its ends; no offset reaches further than one local day."""
    pieces = segments(hours.zone, first * DAY, last * DAY)
    return tuple(when_the_clock_reads(hours.walls(first - 2, last), pieces))


def _stretches(windows: tuple[Window, ...]) -> tuple[Pair, ...]:
    """The windows that are not empty, as minutes from the day's midnight; beyond 1440 is the next day."""
    return tuple((one.start, one.end + DAY * (one.end < one.start)) for one in windows if one.end != one.start)
