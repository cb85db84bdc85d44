"""Stretches of minutes, half-open, and what can be done with sorted lists of them in one pass."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final, TypeAlias

FOREVER: Final = 1 << 40
"""A minute no calendar reaches; `-FOREVER` is before them all."""

Pair: TypeAlias = tuple[int, int]
"""Minutes [start, end) inside the engine, where thousands are made for one question."""


class EmptyInterval(Exception):
    """Somebody wanted a stretch of no minutes; the caller must leave it out instead."""


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Minutes [start, end) since the epoch, UTC: the start is in it, the end is not."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise EmptyInterval(f"{self.end} is not after {self.start}")


def pairs(intervals: Iterable[Interval]) -> list[Pair]:
    """The same stretches as pairs, in the same order."""
    return [(one.start, one.end) for one in intervals]


def intervals(stretches: Iterable[Pair]) -> list[Interval]:
    """The same stretches as intervals, in the same order."""
    return [Interval(start, end) for start, end in stretches]


def union(*lists: Iterable[Interval]) -> list[Interval]:
    """What lies in any of them: sorted, disjoint, touching ones joined. The lists may be in any order."""
    return intervals(merged(pair for one in lists for pair in pairs(one)))


def subtract(free: Iterable[Interval], cut: Iterable[Interval]) -> list[Interval]:
    """What of the sorted, disjoint `free` no part of the sorted `cut` covers."""
    return intervals(without(pairs(free), pairs(cut)))


def intersect(one: Iterable[Interval], other: Iterable[Interval]) -> list[Interval]:
    """What lies in both of two sorted, disjoint lists."""
    return intervals(common(pairs(one), pairs(other)))


def merged(stretches: Iterable[Pair]) -> list[Pair]:
    """The same minutes as sorted, disjoint pairs; touching ones are joined."""
    joined: list[Pair] = []
    last = -FOREVER
    for start, end in sorted(stretches):
        if start > last:
            joined.append((start, end))
            last = end
        elif end > last:
            joined[-1] = (joined[-1][0], end)
            last = end
    return joined


def without(free: Sequence[Pair], cut: Sequence[Pair]) -> list[Pair]:
    """What of the sorted, disjoint `free` is left; `cut` is sorted by its starts and may overlap itself."""
    left: list[Pair] = []
    at, count = 0, len(cut)
    covered = -FOREVER
    for begin, end in free:
        start = max(begin, covered)
        while at < count and cut[at][0] < end:
            low, high = cut[at]
            at += 1
            if low > start:
                left.append((start, low))
            if high > covered:
                covered = high
                start = max(start, high)
        if start < end:
            left.append((start, end))
    return left


def common(one: Sequence[Pair], other: Sequence[Pair]) -> list[Pair]:
    """What lies in both of two sorted, disjoint lists; quick where one of them is short."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    both: list[Pair] = []
    first = 0
    for begin, end in few:
        first = bisect_right(many, begin, lo=first, key=itemgetter(1))
        last = bisect_left(many, end, lo=first, key=itemgetter(0))
        if first < last:
            inside = list(many[first:last])
            inside[0] = (max(begin, inside[0][0]), inside[0][1])
            inside[-1] = (inside[-1][0], min(end, inside[-1][1]))
            both += inside
    return both
