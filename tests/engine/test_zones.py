"""Offsets, local days and weeks."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from scheduler.engine.zones import (
    CHUNK,
    day_number,
    instant,
    minute_ceil,
    minute_of,
    segments,
    wall,
    week_number,
)


@pytest.mark.parametrize(
    ("moment", "floor", "ceiling"),
    [
        pytest.param(datetime(1970, 1, 1, 0, 5, tzinfo=UTC), 5, 5, id="a whole minute is itself"),
        pytest.param(datetime(1970, 1, 1, 0, 5, 1, tzinfo=UTC), 5, 6, id="a second later"),
        pytest.param(datetime(1970, 1, 1, 0, 5, 0, 1, tzinfo=UTC), 5, 6, id="a microsecond later"),
        pytest.param(datetime(1969, 12, 31, 23, 59, 30, tzinfo=UTC), -1, 0, id="before the epoch"),
        pytest.param(datetime(1970, 1, 1, 1, 0, tzinfo=timezone(timedelta(hours=1))), 0, 0, id="by another offset"),
    ],
)
def test_an_instant_is_rounded_down_or_up_to_a_minute(moment: datetime, floor: int, ceiling: int) -> None:
    assert (minute_of(moment), minute_ceil(moment)) == (floor, ceiling)


def test_a_minute_is_the_instant_at_which_it_begins() -> None:
    assert instant(minute_of(datetime(2026, 12, 1, 17, tzinfo=UTC))) == datetime(2026, 12, 1, 17, tzinfo=UTC)


def test_segments_are_joined_across_chunks_and_cut_at_the_ends() -> None:
    found = segments("America/Mexico_City", 53 * CHUNK - 10, 57 * CHUNK + 10)

    assert [(found[0].start, found[-1].end)] == [(53 * CHUNK - 10, 57 * CHUNK + 10)]
    assert all(one.end == other.start and one.offset != other.offset for one, other in pairwise(found))


@pytest.mark.parametrize(
    "zone", ["America/New_York", "America/Ciudad_Juarez", "Australia/Lord_Howe", "Africa/Casablanca"]
)
def test_every_hour_of_six_years_is_what_zoneinfo_shows(zone: str) -> None:
    start = minute_of(datetime(2022, 1, 1, tzinfo=UTC))
    clock = ZoneInfo(zone)
    hours = range(start, start + 6 * CHUNK, 60)

    shown = [wall(zone, hour) for hour in hours]

    local = [instant(hour).astimezone(clock) for hour in hours]
    assert shown == [(one.date(), one.hour * 60 + one.minute) for one in local]


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        segments("America/Nowhere", 0, 60)


@pytest.mark.parametrize(
    ("day", "same"),
    [
        pytest.param(date(2026, 12, 28), True, id="the Monday of the week that 2027 begins in"),
        pytest.param(date(2027, 1, 3), True, id="its Sunday"),
        pytest.param(date(2026, 12, 27), False, id="the Sunday before"),
        pytest.param(date(2027, 1, 4), False, id="the Monday after"),
    ],
)
def test_a_week_runs_from_monday_to_sunday(day: date, same: bool) -> None:
    new_year = week_number(day_number(date(2027, 1, 1)))

    assert (week_number(day_number(day)) == new_year) is same


def test_the_local_day_is_not_the_utc_day() -> None:
    evening = minute_of(datetime(2026, 12, 2, 3, tzinfo=UTC))

    assert wall("America/Tijuana", evening) == (date(2026, 12, 1), 19 * 60)
