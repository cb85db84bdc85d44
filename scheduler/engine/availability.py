"""When a person can start a slot: one sweep over sorted lists, in the space of starts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain
from typing import TypeAlias

from scheduler.engine.hours import Hours, leg_runs, whole_runs
from scheduler.engine.intervals import Interval, Pair, common, merged, without
from scheduler.engine.reserve import Reserve, last_of_each_day
from scheduler.engine.rules import Ask, Rule, permitted
from scheduler.engine.stays import A_SEAM, Leg
from scheduler.engine.zones import DAY, Segment, minute_ceil, minute_of, week_number, when_the_clock_reads

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
    of None is none. With a `reserve`, what is taken must be known for all local days that the question touches, and
    for the days beside them.
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
    reserve: Reserve | None = None

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
    found = [room.starts() for room in _rooms(person, ask, allowed)]
    return found[0] if len(found) == 1 else sorted(set(chain.from_iterable(found)))


def free_within(person: Person, ask: Ask, allowed: Sequence[Pair]) -> list[Pair]:
    """The stretches of minutes, on her grid or not, at which she could start: sorted, disjoint, may be empty."""
    found = [room.free for room in _rooms(person, ask, allowed)]
    return found[0] if len(found) == 1 else merged(chain.from_iterable(found))


@dataclass(frozen=True, slots=True)
class _Room:
    """The minutes at which a person could start by the clock of one leg, with what her grid there is counted from."""

    free: list[Pair]
    grid: Grid
    pieces: Sequence[Segment]
    runs: Sequence[Pair]

    def starts(self) -> list[int]:
        windowed = self.grid.kind is GridKind.WINDOW
        cells = _run_cells(self.grid, self.runs) if windowed else _wall_cells(self.grid, self.pieces)
        return _on_grid(self.free, cells, self.grid.step)


def _rooms(person: Person, ask: Ask, allowed: Sequence[Pair]) -> list[_Room]:
    if not allowed:
        return []
    first, last = allowed[0][0], allowed[-1][1]
    taken = person.taken
    if person.reserve is not None and not ask.is_urgent:
        taken = [*taken, *_reserved(person, person.reserve, ask.now, first, last)]
    legs = ((leg, leg.pieces(first, last)) for leg in person.hours.legs)
    return [_room(person, ask.length, allowed, leg, pieces, taken=taken) for leg, pieces in legs if pieces]


def _room(
    person: Person,
    length: int,
    allowed: Sequence[Pair],
    leg: Leg,
    pieces: Sequence[Segment],
    *,
    taken: Iterable[Interval],
) -> _Room:
    """The room on one leg, of which these are the pieces that the allowed stretches lie in."""
    look_up = whole_runs if person.grid.kind is GridKind.WINDOW else leg_runs
    runs = look_up(person.hours, leg, allowed[0][0], allowed[-1][1] + length)
    room = [(start, end - length + 1) for start, end in runs if end - start >= length]
    reach, before = length + person.after - 1, person.before
    cut = [(one.start - reach, one.end + before) for one in taken]
    cut += _capped(person, pieces)
    cut.sort()
    return _Room(without(common(room, allowed), cut), person.grid, pieces, runs)


def _reserved(person: Person, reserve: Reserve, now: datetime, first: int, last: int) -> list[Interval]:
    """What is kept for the urgent near the minutes [first, last): protected stretches, in no order."""
    start, end = first - A_SEAM, last + A_SEAM
    apart = reserve.length + person.before + person.after
    open_from = minute_ceil(now + timedelta(minutes=reserve.until))
    kept: list[int] = []
    for leg in person.hours.legs:
        if pieces := leg.pieces(start, end):
            room = _room(person, reserve.length, [(start, end)], leg, pieces, taken=person.taken)
            kept += last_of_each_day(room.starts(), pieces, reserve.count, apart)
    return [Interval(one - person.before, one + reserve.length + person.after) for one in kept if one >= open_from]


def _capped(person: Person, pieces: Sequence[Segment]) -> list[Pair]:
    """The minutes of these pieces whose local day or week has reached its cap."""
    caps = (person.daily_cap, person.weekly_cap)
    if caps == (None, None):
        return []
    if any(cap is not None and cap <= 0 for cap in caps):
        return [(pieces[0].start, pieces[-1].end)]
    days = [person.hours.days_at(start) for start in person.counted]
    walls = [(day * DAY, (day + 1) * DAY) for day in _full(days, person.daily_cap)]
    weeks = _full([{week_number(day) for day in those} for those in days], person.weekly_cap)
    walls += [((7 * week - 3) * DAY, (7 * week + 4) * DAY) for week in weeks]
    return when_the_clock_reads(merged(walls), pieces)


def _full(bookings: Iterable[Iterable[int]], cap: int | None) -> list[int]:
    """The days or weeks that as many bookings are of as the cap, or more; one may be of two, or of none."""
    counts = Counter(chain.from_iterable(bookings))
    return [] if cap is None else [unit for unit, count in counts.items() if count >= cap]


def _run_cells(grid: Grid, runs: Iterable[Pair]) -> list[Cell]:
    return [(start, end, start + grid.offset) for start, end in runs]


def _wall_cells(grid: Grid, pieces: Sequence[Segment]) -> list[Cell]:
    """Stretches in which the grid of the wall clock is even: whole segments, or local days where it starts anew."""
    if DAY % grid.step == 0:
        return [(piece.start, piece.end, grid.offset - piece.offset) for piece in pieces]
    cells: list[Cell] = []
    for piece in pieces:
        days = range((piece.start + piece.offset) // DAY, (piece.end - 1 + piece.offset) // DAY + 1)
        midnights = [day * DAY - piece.offset for day in days]
        cells += [(max(piece.start, one), min(piece.end, one + DAY), one + grid.offset) for one in midnights]
    return cells


def _on_grid(free: Sequence[Pair], cells: Iterable[Cell], step: int) -> list[int]:
    """The minutes of `free` that lie on the grid; both are sorted and disjoint, every free minute is in a cell."""
    return [
        start
        for first, last, through in cells
        for begin, end in common(free, [(first, last)])
        for start in range(begin + (through - begin) % step, end, step)
    ]
