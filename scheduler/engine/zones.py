"""Time zones as tables of offsets, exact at gaps, repeated hours and half-hour changes."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import Final
from zoneinfo import ZoneInfo

from scheduler.engine.intervals import Pair

DAY: Final = 1440
"""Minutes of a day without a clock change."""

WEEK: Final = 7 * DAY

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_ORDINAL: Final = EPOCH.toordinal()
MINUTE: Final = timedelta(minutes=1)
CHUNK: Final = 364 * DAY
"""Offsets are worked out and kept for this many minutes at once."""


@dataclass(frozen=True, slots=True)
class Segment:
    """UTC minutes [start, end) in which a zone's clock is `offset` minutes ahead of UTC."""

    start: int
    end: int
    offset: int


def minute_of(moment: datetime) -> int:
    """The minute this aware instant lies in, since the epoch: rounded down."""
    return (moment - EPOCH) // MINUTE


def minute_ceil(moment: datetime) -> int:
    """The first minute that is not before this aware instant."""
    return -((EPOCH - moment) // MINUTE)


def instant(minute: int) -> datetime:
    """The aware UTC datetime at which this minute begins."""
    return EPOCH + minute * MINUTE


def segments(zone: str, start: int, end: int) -> list[Segment]:
    """
    The offsets of UTC minutes [start, end), sorted, without holes, neighbours of one offset joined.

    Raises:
        ZoneInfoNotFoundError: The zone is unknown.
    """
    found: list[Segment] = []
    for index in range(start // CHUNK, (end - 1) // CHUNK + 1):
        for piece in _chunk(zone, index):
            if start < piece.end and piece.start < end:
                begin = max(start, piece.start)
                if found and found[-1].offset == piece.offset:
                    begin = found.pop().start
                found.append(Segment(begin, min(end, piece.end), piece.offset))
    return found


def offset_at(zone: str, minute: int) -> int:
    """Minutes the zone's clock is ahead of UTC in this UTC minute."""
    return next(piece.offset for piece in _chunk(zone, minute // CHUNK) if minute < piece.end)


def wall(zone: str, minute: int) -> tuple[date, int]:
    """What calendar and clock show there: the local date, and the minute of it that the clock reads."""
    day, reading = divmod(minute + offset_at(zone, minute), DAY)
    return date_of(day), reading


def day_number(day: date) -> int:
    """A date in days since 1 January 1970."""
    return day.toordinal() - EPOCH_ORDINAL


def date_of(number: int) -> date:
    """The date of a day number."""
    return date.fromordinal(EPOCH_ORDINAL + number)


def week_number(day: int) -> int:
    """The ISO week of a day number, in weeks since the one that 1 January 1970 lies in; Monday is its first day."""
    return (day + 3) // 7


def when_the_clock_reads(walls: Sequence[Pair], pieces: Sequence[Segment]) -> list[Pair]:
    """
    The UTC minutes of these segments at which the wall clock reads one of `walls`.

    `walls` are sorted, disjoint stretches on the wall's own line (day number times 1440 plus minute of the day).
    A reading in a gap has no minute, a repeated one has two. The answer is sorted and disjoint.
    """
    found: list[Pair] = []
    for piece in pieces:
        shift = piece.offset
        first = bisect_right(walls, piece.start + shift, key=itemgetter(1))
        last = bisect_left(walls, piece.end + shift, key=itemgetter(0))
        if first == last:
            continue
        inside = [(start - shift, end - shift) for start, end in walls[first:last]]
        inside[0] = (max(inside[0][0], piece.start), inside[0][1])
        inside[-1] = (inside[-1][0], min(inside[-1][1], piece.end))
        if found and found[-1][1] == inside[0][0]:
            inside[0] = (found.pop()[0], inside[0][1])
        found += inside
    return found


@lru_cache(maxsize=4096)
def _chunk(zone: str, index: int) -> tuple[Segment, ...]:
    """The segments of one chunk: one look a day, then the minute of each change by halving."""
    clock = ZoneInfo(zone)
    start, end = index * CHUNK, (index + 1) * CHUNK
    looks = [*range(start, end, DAY), end - 1]
    offsets = [_offset(clock, look) for look in looks]
    cuts = [start]
    for (left, right), (before, after) in zip(pairwise(looks), pairwise(offsets), strict=True):
        if before != after:
            cuts.append(_change(clock, left, right))
    return tuple(Segment(a, b, _offset(clock, a)) for a, b in pairwise([*cuts, end]))


def _change(clock: ZoneInfo, left: int, right: int) -> int:
    """The first minute after `left` whose offset is that of `right`."""
    later = _offset(clock, right)
    return left + bisect_left(range(left, right), True, key=lambda minute: _offset(clock, minute) == later)


def _offset(clock: ZoneInfo, minute: int) -> int:
    ahead = instant(minute).astimezone(clock).utcoffset() or timedelta()
    return ahead // MINUTE
