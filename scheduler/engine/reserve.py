"""Time that is kept for the urgent: the last free slots of each day, until the day before."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.engine.zones import DAY, Segment


class EmptyReserve(Exception):
    """A reserve keeps at least one slot of at least a minute; the firm's setting must be mended."""


@dataclass(frozen=True, slots=True)
class Reserve:
    """
    The last `count` slots of `length` minutes that are still free in a local day: as good as booked for the others.

    They follow the person's grid, with her buffers between them. One is anybody's as soon as less than `until` minutes
    are left before it starts. When one is booked, the next one before it is kept, as long as there is one.
    """

    count: int = 1
    length: int = 45
    until: int = DAY

    def __post_init__(self) -> None:
        if self.count < 1 or self.length < 1:
            raise EmptyReserve(f"{self.count} of {self.length} minutes")


def last_of_each_day(starts: Sequence[int], pieces: Sequence[Segment], count: int, apart: int) -> list[int]:
    """
    The last `count` starts of each local day that lie at least `apart` minutes from one another, in no order.

    `starts` are sorted and lie in the pieces of one clock.
    """
    days: dict[int, list[int]] = {}
    for piece in pieces:
        for start in starts[bisect_left(starts, piece.start) : bisect_left(starts, piece.end)]:
            days.setdefault((start + piece.offset) // DAY, []).append(start)
    return [start for day in days.values() for start in _last(day, count, apart)]


def _last(starts: list[int], count: int, apart: int) -> list[int]:
    kept: list[int] = []
    for start in reversed(starts):
        if len(kept) < count and (not kept or start <= kept[-1] - apart):
            kept.append(start)
    return kept
