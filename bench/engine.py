"""W1: one attorney, 60 days, 30-minute slots, 200 blocks; the engine against the sweep, interleaved in one run."""

import random
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from statistics import median
from time import perf_counter

from scheduler.engine.availability import Grid, Person, starts
from scheduler.engine.hours import Hours, Window, open_minutes
from scheduler.engine.intervals import Interval
from scheduler.engine.rules import Ask, Horizon, MinimumNotice
from scheduler.engine.zones import DAY, Segment, minute_ceil, minute_of, segments

TARGET = 3.0
ROUNDS = 300
ZONE = "America/New_York"
NOW = datetime(2027, 2, 1, 14, 20, 30, tzinfo=UTC)
LENGTH, BEFORE, AFTER, STEP, NOTICE, DAYS = 30, 5, 10, 30, 24 * 60, 60
WINDOWS = ((540, 720), (780, 1020))


def sweep(pieces: list[Segment], blocks: list[tuple[int, int]], first: int, last: int) -> list[int]:
    """The least that must be done: sorted blocks, zone segments at hand, two pointers, no calendar objects."""
    found: list[int] = []
    at, count = 0, len(blocks)
    for piece in pieces:
        off = piece.offset
        for day in range((piece.start + off) // DAY, (piece.end + off) // DAY + 1):
            if (day + 3) % 7 > 4:
                continue
            for opens, closes in WINDOWS:
                start = max(day * DAY + opens - off, piece.start, first)
                end = min(day * DAY + closes - off, piece.end)
                start += -(start + off) % STEP
                while start + LENGTH <= end and start < last:
                    while at < count and blocks[at][1] + BEFORE <= start:
                        at += 1
                    if at < count and blocks[at][0] < start + LENGTH + AFTER:
                        start = blocks[at][1] + BEFORE
                        start += -(start + off) % STEP
                    else:
                        found.append(start)
                        start += STEP
    return found


def blocks_of(span: Interval) -> list[tuple[int, int]]:
    """200 disjoint protected stretches of 30 to 60 minutes in the span, sorted."""
    draw = random.Random(7)
    week = {day: (Window(540, 1020),) for day in range(5)}
    open_days = open_minutes(Hours(ZONE, week), span)
    blocks: list[tuple[int, int]] = []
    while len(blocks) < 200:
        run = draw.choice(open_days)
        start = draw.randrange(run.start, run.end, 5)
        end = start + draw.choice((30, 45, 60))
        if all(end <= low or high <= start for low, high in blocks):
            blocks.append((start, end))
    return sorted(blocks)


def timed(work: Callable[[], list[int]]) -> float:
    """Milliseconds of one call."""
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1000


def main() -> int:
    """Print the medians and their ratios; 1 when the engine, its open minutes not kept, is above the target."""
    span = Interval(minute_of(NOW), minute_of(NOW) + DAYS * DAY)
    blocks = blocks_of(span)
    taken = tuple(Interval(*block) for block in blocks)
    weekly = {day: tuple(Window(*window) for window in WINDOWS) for day in range(5)}
    rules = (MinimumNotice(NOTICE), Horizon(DAYS))
    pieces = segments(ZONE, span.start, span.end + LENGTH)
    ask = Ask(NOW, span, LENGTH)
    first = minute_ceil(NOW) + NOTICE

    def person(holiday: int) -> Person:
        """The same attorney, with a holiday long ago that no question was asked about yet."""
        hours = Hours(ZONE, weekly, holidays=frozenset({date.fromordinal(holiday)}))
        return Person(1, hours, taken, BEFORE, AFTER, Grid(step=STEP))

    known = person(1)
    expected = starts(known, ask, rules)
    times: dict[str, list[float]] = {"sweep": [], "engine": [], "open minutes kept": []}
    for turn in range(ROUNDS):
        new = person(turn + 2)
        times["sweep"].append(timed(partial(sweep, pieces, blocks, first, span.end)))
        times["engine"].append(timed(partial(starts, new, ask, rules)))
        times["open minutes kept"].append(timed(partial(starts, known, ask, rules)))
    assert sweep(pieces, blocks, first, span.end) == expected == starts(person(ROUNDS + 2), ask, rules)
    base, engine, kept = (median(row) for row in times.values())
    ratio = engine / base
    print(
        f"engine W1: {len(expected)} starts, sweep {base:.3f} ms, engine {engine:.3f} ms = {ratio:.2f}x "
        f"(target {TARGET:.0f}x), with its open minutes kept {kept:.3f} ms = {kept / base:.2f}x"
    )
    return 0 if ratio <= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
