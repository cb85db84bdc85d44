"""Working hours of somebody who is away for two days of December 2026."""

from datetime import UTC, date, datetime

from scheduler.engine.hours import Hours, Window
from scheduler.engine.stays import Stay
from scheduler.engine.zones import minute_of

NEW_YORK, LOS_ANGELES, MADRID, TOKYO = "America/New_York", "America/Los_Angeles", "Europe/Madrid", "Asia/Tokyo"
HONOLULU, KIRITIMATI = "Pacific/Honolulu", "Pacific/Kiritimati"
FIRST, LAST = date(2026, 12, 2), date(2026, 12, 3)
"""A Wednesday and a Thursday."""


def utc(text: str) -> int:
    """`02T17:00` in December 2026."""
    return minute_of(datetime.fromisoformat(f"2026-12-{text}").replace(tzinfo=UTC))


def away(zone: str, first: date = FIRST, last: date = LAST) -> tuple[Stay, ...]:
    return (Stay(first, last, zone),)


def daily(begin: int, end: int, stays: tuple[Stay, ...], home: str = NEW_YORK) -> Hours:
    return Hours(home, dict.fromkeys(range(7), (Window(begin * 60, end * 60),)), stays=stays)
