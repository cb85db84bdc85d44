"""When a person can start a slot: one sweep over sorted lists, in the space of starts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from scheduler.engine.hours import Hours, open_runs, whole_runs
from scheduler.engine.intervals import Interval, Pair, common, merged, without
from scheduler.engine.rules import Ask, Rule, permitted
from scheduler.engine.zones import (
    DAY,
    local_day,
    minute_ceil,
    minute_of,
    segments,
    week_number,
    when_the_clock_reads,
)

Cell: TypeAlias = tuple[int, int, int]
"""Minutes [start, end) and a minute that its grid goes through."""


class GridWithoutStep(Exception):
    """A grid needs a step of at least a minute; the person's setting must be mended."""


class NegativeBuffer(Exception):
    """Buffers add time round a slot and never take any away; the person's setting must be mended."""


class GridKind(StrEnum):
    """What the minutes of a grid are counted from."""

    WALL = "wall"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Grid:
    """
    Starts every `step` minutes, `offset` minutes after the count begins.

    The count begins at 00:00 of the wall clock, each local day, or at the first minute of an unbroken open run.
    """

    kind: GridKind = GridKind.WALL
    step: int = 15
    offset: int = 0

    def __post_init__(self) -> None:
        if self.step < 1:
            raise GridWithoutStep(f"{self.step} minutes")


@dataclass(frozen=True, slots=True)
class Person:
    """
    An attorney or an interpreter as the engine sees one.

    `taken` are protected stretches, their own buffers inside, imported time as it is; in any order, they may overlap.
    `before` and `after` are the buffers, in minutes, of the slot that is asked for. `counted` are the starts (UTC
    minutes) of the bookings that count for the caps, of all local weeks that the question touches. A cap
    of None is none.
    """

    number: int
    hours: Hours
    taken: Sequence[Interval] = ()
    before: int = 0
    after: int = 0
    grid: Grid = field(default_factory=Grid)
    daily_cap: int | None = None
    weekly_cap: int | None = None
    counted: Sequence[int] = ()
    languages: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    last_assigned: datetime | None = None

    def __post_init__(self) -> None:
        if self.before < 0 or self.after < 0:
            raise NegativeBuffer(f"{self.before} and {self.after} minutes")


def protected(start: datetime, end: datetime, before: int, after: int) -> Interval:
    """The minutes a booking of these aware instants takes with its buffers: whole ones, rounded outwards."""
    return Interval(minute_of(start) - before, minute_ceil(end) + after)


def starts(person: Person, ask: Ask, rules: Iterable[Rule] = ()) -> list[int]:
    """The minutes at which the person can start the slot, all rules kept: sorted, may be empty."""
    return starts_within(person, ask, permitted(ask, rules))


def starts_within(person: Person, ask: Ask, allowed: Sequence[Pair]) -> list[int]:
    """The same, of the sorted and disjoint stretches of starts that are allowed already."""
    if not allowed:
        return []
    first, last = allowed[0][0], allowed[-1][1]
    windowed = person.grid.kind is GridKind.WINDOW
    look_up = whole_runs if windowed else open_runs
    runs = look_up(person.hours, first, last + ask.length)
    room = [(start, end - ask.length + 1) for start, end in runs if end - start >= ask.length]
    free = without(common(room, allowed), _forbidden(person, ask.length, first, last))
    cells = _run_cells(person.grid, runs) if windowed else _wall_cells(person.grid, person.hours.zone, first, last)
    return _on_grid(free, cells, person.grid.step)


def _forbidden(person: Person, length: int, first: int, last: int) -> list[Pair]:
    """The starts that would touch something taken or go over a cap; sorted by their first, may overlap."""
    reach = length + person.after - 1
    before = person.before
    cut = [(one.start - reach, one.end + before) for one in person.taken]
    cut += _capped(person, first, last)
    cut.sort()
    return cut


def _capped(person: Person, first: int, last: int) -> list[Pair]:
    """The minutes [first, last) whose local day or week has reached its cap."""
    caps = (person.daily_cap, person.weekly_cap)
    if caps == (None, None):
        return []
    if any(cap is not None and cap <= 0 for cap in caps):
        return [(first, last)]
    days = [local_day(person.hours.zone, start) for start in person.counted]
    walls = [(day * DAY, (day + 1) * DAY) for day in _full(days, person.daily_cap)]
    weeks = _full([week_number(day) for day in days], person.weekly_cap)
    walls += [((7 * week - 3) * DAY, (7 * week + 4) * DAY) for week in weeks]
    return when_the_clock_reads(merged(walls), segments(person.hours.zone, first, last))


def _full(units: Iterable[int], cap: int | None) -> list[int]:
    """The days or weeks that stand in the list as often as the cap, or more often."""
    return [] if cap is None else [unit for unit, count in Counter(units).items() if count >= cap]


def _run_cells(grid: Grid, runs: Iterable[Pair]) -> list[Cell]:
    return [(start, end, start + grid.offset) for start, end in runs]


def _wall_cells(grid: Grid, zone: str, first: int, last: int) -> list[Cell]:
    """Stretches in which the grid of the wall clock is even: whole segments, or local days where it starts anew."""
    pieces = segments(zone, first, last)
    if DAY % grid.step == 0:
        return [(piece.start, piece.end, grid.offset - piece.offset) for piece in pieces]
    cells: list[Cell] = []
    for piece in pieces:
        days = range((piece.start + piece.offset) // DAY, (piece.end - 1 + piece.offset) // DAY + 1)
        midnights = [day * DAY - piece.offset for day in days]
        cells += [(max(piece.start, one), min(piece.end, one + DAY), one + grid.offset) for one in midnights]
    return cells


def _on_grid(free: Iterable[Pair], cells: Sequence[Cell], step: int) -> list[int]:
    """The minutes of `free` that lie on the grid; both are sorted and disjoint, every free minute is in a cell."""
    found: list[int] = []
    at = 0
    for begin, end in free:
        while cells[at][1] <= begin:
            at += 1
        start = begin
        while start < end:
            _, until, through = cells[at]
            stop = min(end, until)
            found += range(start + (through - start) % step, stop, step)
            start = stop
            at += until < end
    return found
