"""Open hours, written as a timetable writes them."""

from datetime import UTC, datetime

from scheduler.engine.hours import Window
from scheduler.engine.intervals import Interval
from scheduler.engine.zones import DAY, instant, minute_of


def minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def windows(text: str) -> tuple[Window, ...]:
    """`9:00-12:00 13:00-17:00` as windows."""
    return tuple(Window(*map(minutes, one.split("-"))) for one in text.split())


def span_of(first: str, last: str) -> Interval:
    """UTC days, the last one included."""
    begin, end = (minute_of(datetime.fromisoformat(day).replace(tzinfo=UTC)) for day in (first, last))
    return Interval(begin, end + DAY)


def shown(runs: list[Interval]) -> str:
    return " ".join(f"{instant(run.start):%dT%H:%M}-{instant(run.end):%dT%H:%M}" for run in runs)
