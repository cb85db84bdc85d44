"""To which dates a minute belongs for somebody who travels; stays as values."""

from datetime import date

import pytest

from scheduler.engine.hours import Hours
from scheduler.engine.stays import Stay, StayEndsBeforeItBegins, StaysOverlap
from scheduler.engine.zones import date_of, instant
from tests.builders.journeys import (
    FIRST,
    HONOLULU,
    KIRITIMATI,
    LAST,
    LOS_ANGELES,
    MADRID,
    NEW_YORK,
    TOKYO,
    away,
    daily,
    utc,
)


@pytest.mark.parametrize(
    ("minute", "days", "zone"),
    [
        pytest.param("02T04:59", [1], NEW_YORK, id="the last minute at home"),
        pytest.param("02T05:00", [], NEW_YORK, id="between two days she is still where she was"),
        pytest.param("02T07:59", [], NEW_YORK, id="to the last minute"),
        pytest.param("02T08:00", [2], LOS_ANGELES, id="the first minute there"),
        pytest.param("04T04:59", [3], LOS_ANGELES, id="the last minute there alone"),
        pytest.param("04T05:00", [3, 4], NEW_YORK, id="back home once the day at home has begun"),
        pytest.param("04T08:00", [4], NEW_YORK, id="the day there is over"),
    ],
)
def test_a_minute_is_of_the_dates_that_the_clock_shows_where_they_are_spent(
    minute: str, days: list[int], zone: str
) -> None:
    hours = daily(9, 17, away(LOS_ANGELES))

    assert [date_of(day).day for day in hours.days_at(utc(minute))] == days
    assert hours.zone_at(utc(minute)) == zone


def test_two_stays_in_one_zone_are_one() -> None:
    one, other = Stay(FIRST, FIRST, MADRID), Stay(LAST, LAST, MADRID)

    assert daily(0, 24, (one, other)).legs == daily(0, 24, away(MADRID)).legs


def test_a_stay_at_home_is_none() -> None:
    assert daily(0, 24, away(NEW_YORK)).legs == daily(0, 24, ()).legs


def test_without_stays_the_zone_is_always_hers() -> None:
    assert Hours(TOKYO, {}).zone_at(0) == TOKYO


@pytest.mark.parametrize(
    ("stays", "home", "monday", "next_monday"),
    [
        pytest.param(
            away(MADRID, date(2026, 11, 30), LAST), NEW_YORK, "2026-11-29T23:00", "2026-12-07T05:00", id="out"
        ),
        pytest.param(
            away(MADRID, LAST, date(2026, 12, 7)), NEW_YORK, "2026-11-30T05:00", "2026-12-06T23:00", id="and back"
        ),
        pytest.param(
            away(KIRITIMATI, date(2026, 12, 7), date(2026, 12, 9)),
            HONOLULU,
            "2026-11-30T10:00",
            "2026-12-06T10:00",
            id="the next Monday begins a day before Sunday ends",
        ),
    ],
)
def test_a_week_begins_where_its_monday_does(stays: tuple[Stay, ...], home: str, monday: str, next_monday: str) -> None:
    week = Hours(home, {}, stays=stays).week_at(utc("02T12:00"))

    assert [f"{instant(one):%Y-%m-%dT%H:%M}" for one in (week.start, week.end)] == [monday, next_monday]


def test_hours_with_the_same_stays_in_another_order_are_the_same_key() -> None:
    one, other = Stay(FIRST, FIRST, MADRID), Stay(LAST, LAST, TOKYO)

    assert len({daily(9, 17, (one, other)), daily(9, 17, (other, one)), daily(9, 17, (one,))}) == 2


def test_a_stay_has_a_day() -> None:
    with pytest.raises(StayEndsBeforeItBegins):
        Stay(LAST, FIRST, MADRID)


def test_a_date_is_spent_in_one_zone() -> None:
    with pytest.raises(StaysOverlap):
        daily(9, 17, (*away(MADRID), *away(TOKYO, LAST, LAST)))
