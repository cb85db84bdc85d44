"""The firm of these tests: Los Angeles, Monday to Friday from 9 to 18, federal holidays, and a few of its clocks."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import holidays

from scheduler.engine.business import Office
from scheduler.engine.events import EventZones

FEDERAL = frozenset(holidays.country_holidays("US", years=range(1999, 2031)))
WEEK = dict.fromkeys(range(5), ((9 * 60, 18 * 60),))
OFFICE = Office("America/Los_Angeles", WEEK, FEDERAL)
ZONES = EventZones("America/Tijuana")


def los_angeles(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """The instant at which the firm's clock shows that, as UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo("America/Los_Angeles")).astimezone(UTC)


NOW = los_angeles(2026, 11, 24, 10)
"""Tuesday 24 November 2026, 10:00; Thursday is Thanksgiving."""


def closing(day: date) -> datetime:
    """When the firm closes that day."""
    return los_angeles(day.year, day.month, day.day, 18)
