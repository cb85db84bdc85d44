"""
Where a traveller's clock is: her own zone, and other zones by ranges of local dates.

Each local date has one zone, and its minutes are those at which the clock of that zone reads the date. So a date is
worked once, wherever it is spent: she is offered by the clock of one place or of the other, from a slot's first minute
to its last. On the seams between two places:

- travelling east, minutes are of two dates. A start is right when it is right for one of them; a booking counts for
  the caps of both;
- travelling west, minutes are of no date: nothing is open, and a booking there counts for no cap.
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from scheduler.engine.intervals import FOREVER
from scheduler.engine.zones import DAY, Segment, day_number, segments

A_SEAM = 2 * DAY
"""Minutes: between the clocks of two zones lie never more than 26 hours."""


class StayEndsBeforeItBegins(Exception):
    """The last day of a stay is before its first; the form that let it through must be mended."""


class StaysOverlap(Exception):
    """One date is spent in two zones; the form that let it through must be mended."""


@dataclass(frozen=True, slots=True, order=True)
class Stay:
    """The local dates from `first` to `last`, both included, that somebody spends in another zone."""

    first: date
    last: date
    zone: str

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise StayEndsBeforeItBegins(f"{self.first} to {self.last}")


@dataclass(frozen=True, slots=True)
class Leg:
    """A zone, and the minutes [first, last) on the wall's own line for which its clock is read there."""

    zone: str
    first: int = -FOREVER
    last: int = FOREVER

    def pieces(self, start: int, end: int) -> list[Segment]:
        """The offsets of those UTC minutes of [start, end) at which this clock is read: sorted, disjoint."""
        first, last = self.first, self.last
        if first == -FOREVER and last == FOREVER:
            return segments(self.zone, start, end)
        if end + A_SEAM <= first or last + A_SEAM <= start:
            return []
        cut = (
            (max(one.start, first - one.offset), min(one.end, last - one.offset), one.offset)
            for one in segments(self.zone, start, end)
        )
        return [Segment(*one) for one in cut if one[0] < one[1]]


def in_order(stays: tuple[Stay, ...]) -> tuple[Stay, ...]:
    """
    The same stays, sorted by their dates.

    Raises:
        StaysOverlap: Two of them share a date.
    """
    by_date = tuple(sorted(stays))
    for one, other in pairwise(by_date):
        if other.first <= one.last:
            raise StaysOverlap(f"{other.first}")
    return by_date


def legs(home: str, stays: tuple[Stay, ...]) -> list[Leg]:
    """The places of somebody with these stays, which are in order: one after the other, at home before and after."""
    found: list[Leg] = []
    reached = -FOREVER
    for zone, first, last in (*map(_dates, stays), (home, FOREVER, FOREVER)):
        for there, until in ((home, first), (zone, last)):
            if reached < until:
                begin = found.pop().first if found and found[-1].zone == there else reached
                found.append(Leg(there, begin, until))
                reached = until
    return found


def _dates(stay: Stay) -> tuple[str, int, int]:
    """Its zone, and its dates on the wall's own line."""
    return stay.zone, day_number(stay.first) * DAY, (day_number(stay.last) + 1) * DAY
