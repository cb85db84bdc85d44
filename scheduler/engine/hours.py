"""Working hours by the wall clock, and the minutes in which they are open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain
from types import MappingProxyType

from scheduler.engine.intervals import Interval, Pair, common, intervals, merged
from scheduler.engine.stays import A_SEAM, Leg, Stay, in_order, legs
from scheduler.engine.zones import (
    DAY,
    WEEK,
    day_number,
    offset_at,
    week_number,
    when_the_clock_reads,
)

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
    The windows of a person or of a firm, by the wall clock of the zone in which each local date is spent.

    `weekly` goes by weekday (Monday is 0). A date in `overrides` has those windows and no others (an empty tuple
    closes it), a date in `holidays` without an override has none. `stays` are the dates that are not spent in `zone`.
    """

    zone: str
    weekly: Mapping[int, tuple[Window, ...]]
    overrides: Mapping[date, tuple[Window, ...]] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()
    stays: tuple[Stay, ...] = ()
    legs: tuple[Leg, ...] = field(init=False, repr=False, compare=False)
    _week: tuple[tuple[Pair, ...], ...] = field(init=False, repr=False, compare=False)
    _dated: Mapping[int, tuple[Pair, ...]] = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        weekly, overrides = dict(self.weekly), dict(self.overrides)
        dated: dict[int, tuple[Pair, ...]] = {day_number(day): () for day in self.holidays}
        dated |= {day_number(day): _stretches(windows) for day, windows in overrides.items()}
        stays = in_order(self.stays)
        said = (self.zone, frozenset(weekly.items()), frozenset(overrides.items()), self.holidays, stays)
        fixed = {
            "stays": stays,
            "legs": tuple(legs(self.zone, stays)),
            "weekly": MappingProxyType(weekly),
            "overrides": MappingProxyType(overrides),
            "_week": tuple(_stretches(weekly.get(day, ())) for day in range(7)),
            "_dated": dated,
            "_hash": hash(said),
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
        """The number of the earliest date that goes not by the week, or not by her own zone; else `otherwise`."""
        away = (day_number(stay.first) for stay in self.stays)
        return min((*self._dated, *away), default=otherwise)

    def days_at(self, minute: int) -> list[int]:
        """The numbers of her local date at a UTC minute: one; on a seam two or none."""
        pieces = chain.from_iterable(leg.pieces(minute, minute + 1) for leg in self.legs)
        return [(minute + piece.offset) // DAY for piece in pieces]

    def zone_at(self, minute: int) -> str:
        """Where she is at a UTC minute: in the zone whose dates have begun last."""
        return self._leg_at(minute).zone

    def week_at(self, minute: int) -> Interval:
        """The UTC minutes of the ISO week that this one is in, by her calendar: up to the next one's first."""
        last = self._leg_at(minute).pieces(minute - A_SEAM, minute + 1)[-1]
        monday = week_number((last.end - 1 + last.offset) // DAY) * WEEK - 3 * DAY
        return Interval(self._first_minute(monday), self._first_minute(monday + WEEK))

    def _leg_at(self, minute: int) -> Leg:
        return [leg for leg in self.legs if leg.pieces(minute - A_SEAM, minute + 1)][-1]

    def _first_minute(self, wall: int) -> int:
        """The first UTC minute of the day that begins there on the wall's own line, or of the next that has one."""
        around = (leg.pieces(wall - A_SEAM, wall + 2 * A_SEAM) for leg in self.legs)
        runs = (when_the_clock_reads([(wall, wall + A_SEAM)], pieces) for pieces in around)
        return min(run[0][0] for run in runs if run)


def open_minutes(hours: Hours, span: Interval) -> list[Interval]:
    """The open minutes of the span: sorted, disjoint, unbroken runs joined, cut at the span's ends. May be empty."""
    return intervals(common(open_runs(hours, span.start, span.end), [(span.start, span.end)]))


def open_runs(hours: Hours, start: int, end: int) -> tuple[Pair, ...]:
    """The runs of open minutes that meet [start, end), cut somewhere outside of it; kept by whole UTC days."""
    found = [leg_runs(hours, leg, start, end) for leg in hours.legs]
    return found[0] if len(found) == 1 else tuple(merged(chain.from_iterable(found)))


def leg_runs(hours: Hours, leg: Leg, start: int, end: int) -> tuple[Pair, ...]:
    """The same by the clock of one leg alone."""
    return _runs(hours, leg, start // DAY, -(-end // DAY))


def whole_runs(hours: Hours, leg: Leg, start: int, end: int) -> list[Pair]:
    """
    The runs of a leg that meet [start, end), with their true first minutes, as a grid that counts from them needs.

    A run without a beginning (open day and night) counts from the local midnight of 1 January 1970.
    """
    day, last = start // DAY, -(-end // DAY)
    for first in (day, day - LOOK_BACK, min(day, hours.first_dated(day)) - LOOK_BACK):
        runs = [run for run in _runs(hours, leg, first, last) if run[1] > start]
        if not runs or runs[0][0] > first * DAY:
            return runs
    return [(-offset_at(leg.zone, 0), runs[0][1]), *runs[1:]]


@lru_cache(maxsize=1024)
def _runs(hours: Hours, leg: Leg, first: int, last: int) -> tuple[Pair, ...]:
    """The runs of the UTC days [first, last), cut at its ends; no offset reaches further than one local day."""
    return tuple(when_the_clock_reads(hours.walls(first - 2, last), leg.pieces(first * DAY, last * DAY)))


def _stretches(windows: tuple[Window, ...]) -> tuple[Pair, ...]:
    """The windows that are not empty, as minutes from the day's midnight; beyond 1440 is the next day."""
    return tuple((one.start, one.end + DAY * (one.end < one.start)) for one in windows if one.end != one.start)
