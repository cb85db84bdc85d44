"""
The engine: W1 against the sweep, how its time grows with the attorneys, and the memory of one.

W1 is one attorney, 60 days, 30-minute slots, 200 blocks; the engine and the sweep take turns in one run.
"""

import random
import sys
import tracemalloc
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from math import log
from statistics import median
from time import process_time

from scheduler.engine.availability import Grid, Person, starts
from scheduler.engine.hours import Hours, Window, open_minutes
from scheduler.engine.intervals import Interval
from scheduler.engine.rules import Ask, Horizon, MinimumNotice
from scheduler.engine.teams import offers
from scheduler.engine.zones import DAY, Segment, minute_ceil, minute_of, segments

TARGET = 2.0
ROUNDS = 300
TEAMS = {10: 60, 100: 20, 1000: 6}
"""How many attorneys, and how often they are asked."""

GROWTH = 1.1
"""The exponent is 1 where twice the attorneys take twice the time; a tenth is left to the machine."""

MEMORY = 1 << 20
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


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of the processor for one call: what else the machine does is not counted."""
    begun = process_time()
    work()
    return (process_time() - begun) * 1000


WEEKLY = {day: tuple(Window(*window) for window in WINDOWS) for day in range(5)}
RULES = (MinimumNotice(NOTICE), Horizon(DAYS))
SPAN = Interval(minute_of(NOW), minute_of(NOW) + DAYS * DAY)
ASK = Ask(NOW, SPAN, LENGTH)


def attorney(number: int, taken: tuple[Interval, ...]) -> Person:
    """Somebody whose hours are nobody else's: she had a holiday long ago."""
    hours = Hours(ZONE, WEEKLY, holidays=frozenset({date.fromordinal(number)}))
    return Person(number, hours, taken, BEFORE, AFTER, Grid(step=STEP))


def against_the_sweep(blocks: list[tuple[int, int]]) -> bool:
    """Whether the engine, its open minutes not kept, is within the target."""
    taken = tuple(Interval(*block) for block in blocks)
    pieces = segments(ZONE, SPAN.start, SPAN.end + LENGTH)
    first = minute_ceil(NOW) + NOTICE
    known = attorney(1, taken)
    expected = starts(known, ASK, RULES)
    times: dict[str, list[float]] = {"sweep": [], "engine": [], "open minutes kept": []}
    for turn in range(ROUNDS):
        new = attorney(turn + 2, taken)
        times["sweep"].append(timed(partial(sweep, pieces, blocks, first, SPAN.end)))
        times["engine"].append(timed(partial(starts, new, ASK, RULES)))
        times["open minutes kept"].append(timed(partial(starts, known, ASK, RULES)))
    assert sweep(pieces, blocks, first, SPAN.end) == expected == starts(attorney(ROUNDS + 2, taken), ASK, RULES)
    base, engine, kept = (median(row) for row in times.values())
    ratio = engine / base
    print(
        f"engine W1: {len(expected)} starts, sweep {base:.3f} ms, engine {engine:.3f} ms = {ratio:.2f}x "
        f"(target {TARGET:.0f}x), with its open minutes kept {kept:.3f} ms = {kept / base:.2f}x"
    )
    return ratio <= TARGET


def growing(taken: tuple[Interval, ...]) -> bool:
    """Whether ten times the attorneys take no more than ten times as long."""
    each: dict[int, float] = {}
    for size, rounds in TEAMS.items():
        team = [attorney(number, taken) for number in range(1, size + 1)]
        offers(team, ASK, RULES)
        each[size] = median(timed(partial(offers, team, ASK, RULES)) for _ in range(rounds))
    fewest, most = min(each), max(each)
    exponent = log(each[most] / each[fewest]) / log(most / fewest)
    shown = ", ".join(f"{size} attorneys {took:.1f} ms" for size, took in each.items())
    print(f"engine growth: {shown}; exponent {exponent:.2f} (target {GROWTH:.1f})")
    return exponent <= GROWTH


def weighing(blocks: list[tuple[int, int]], people: int = 50) -> bool:
    """Whether an attorney with 60 days of blocks, open minutes and starts takes less memory than the target."""
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept = []
    for number in range(5000, 5000 + people):
        one = attorney(number, tuple(Interval(*block) for block in blocks))
        kept.append((one, starts(one, ASK, RULES)))
    each = (tracemalloc.get_traced_memory()[0] - before) / len(kept)
    tracemalloc.stop()
    print(f"engine memory: {each / 1024:.0f} kB an attorney for {DAYS} days (target {MEMORY // 1024} kB)")
    return each < MEMORY


def main() -> int:
    """Print the numbers; 1 when one of them misses its target."""
    blocks = blocks_of(SPAN)
    taken = tuple(Interval(*block) for block in blocks)
    return 0 if all([against_the_sweep(blocks), growing(taken), weighing(blocks)]) else 1


if __name__ == "__main__":
    sys.exit(main())
