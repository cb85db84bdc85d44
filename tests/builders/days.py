"""Hours, questions and starts of the engine, written as a person would say them."""

from datetime import UTC, datetime

from scheduler.engine.hours import Hours, Window
from scheduler.engine.intervals import Interval
from scheduler.engine.rules import Ask
from scheduler.engine.zones import DAY, instant, minute_of


def utc(text: str) -> int:
    return minute_of(datetime.fromisoformat(text).replace(tzinfo=UTC))


def daily(*windows: tuple[int, int], zone: str = "UTC") -> Hours:
    return Hours(zone, dict.fromkeys(range(7), tuple(Window(*one) for one in windows)))


def ask(day: str, length: int = 30, days: int = 1) -> Ask:
    start = utc(day)
    return Ask(instant(start), Interval(start, start + days * DAY), length)


def shown(found: list[int], form: str = "%H:%M") -> str:
    return " ".join(f"{instant(one):{form}}" for one in found)
