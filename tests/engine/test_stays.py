"""A person who travels: each local date is worked once, by the clock of the place where it is spent."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from scheduler.engine.availability import Grid, GridKind, Person
from scheduler.engine.hours import Hours, Window
from scheduler.engine.intervals import Interval
from scheduler.engine.rules import Ask
from scheduler.engine.zones import DAY, instant, minute_of
from tests.builders.journeys import (
    FIRST,
    HONOLULU,
    KIRITIMATI,
    LOS_ANGELES,
    MADRID,
    NEW_YORK,
    TOKYO,
    away,
    daily,
    utc,
)
from tests.engine.both import open_minutes, starts


def shown(hours: Hours, first: str, last: str) -> str:
    runs = open_minutes(hours, Interval(utc(first), utc(last)))
    return " ".join(f"{instant(run.start):%dT%H:%M}-{instant(run.end):%dT%H:%M}" for run in runs)


@pytest.mark.parametrize(
    ("hours", "first", "last", "expected"),
    [
        pytest.param(
            daily(9, 17, away(LOS_ANGELES)),
            "01T12:00",
            "05T12:00",
            "01T14:00-01T22:00 02T17:00-03T01:00 03T17:00-04T01:00 04T14:00-04T22:00",
            id="nine to five there on its days, nine to five at home on the others",
        ),
        pytest.param(
            daily(9, 17, away(MADRID)),
            "01T12:00",
            "05T00:00",
            "01T14:00-01T22:00 02T08:00-02T16:00 03T08:00-03T16:00 04T14:00-04T22:00",
            id="in Madrid by Madrid's clock",
        ),
        pytest.param(
            daily(0, 24, away(LOS_ANGELES)),
            "02T00:00",
            "03T00:00",
            "02T00:00-02T05:00 02T08:00-03T00:00",
            id="westward nobody's day holds for three hours",
        ),
        pytest.param(
            daily(0, 24, away(LOS_ANGELES)),
            "04T00:00",
            "05T00:00",
            "04T00:00-05T00:00",
            id="back eastward minutes are of two days",
        ),
        pytest.param(
            daily(0, 4, away(LOS_ANGELES)),
            "04T00:00",
            "05T00:00",
            "04T05:00-04T09:00",
            id="and begins at its own midnight, before the day there is over",
        ),
        pytest.param(
            daily(0, 8, away(MADRID)),
            "02T00:00",
            "02T12:00",
            "02T00:00-02T07:00",
            id="eastward the day in Madrid begins while it is evening at home",
        ),
        pytest.param(
            daily(0, 24, away(MADRID)),
            "03T12:00",
            "04T12:00",
            "03T12:00-03T23:00 04T05:00-04T12:00",
            id="from Madrid home there are six hours of no day",
        ),
        pytest.param(
            daily(22, 2, away(LOS_ANGELES)),
            "02T00:00",
            "02T12:00",
            "02T03:00-02T05:00 02T08:00-02T10:00",
            id="a night across the seam goes on when the next day begins",
        ),
        pytest.param(
            daily(22, 2, away(MADRID)),
            "02T00:00",
            "02T12:00",
            "02T00:00-02T01:00 02T03:00-02T05:00",
            id="and where that began already, both readings are open",
        ),
        pytest.param(
            daily(9, 17, (*away(MADRID), *away(TOKYO, date(2026, 12, 4), date(2026, 12, 4)))),
            "03T00:00",
            "05T00:00",
            "03T08:00-03T16:00 04T00:00-04T08:00",
            id="from one stay to the next without a day at home",
        ),
        pytest.param(
            daily(9, 17, away(KIRITIMATI, FIRST, FIRST), HONOLULU),
            "01T12:00",
            "04T12:00",
            "01T19:00-02T03:00 03T19:00-04T03:00",
            id="across the date line two dates can be the same minutes",
        ),
    ],
)
def test_a_date_is_open_by_the_clock_of_where_it_is_spent(hours: Hours, first: str, last: str, expected: str) -> None:
    assert shown(hours, first, last) == expected


def test_an_override_is_read_in_the_zone_of_its_date() -> None:
    hours = Hours(NEW_YORK, {}, {FIRST: (Window(540, 600),)}, stays=away(TOKYO))

    assert shown(hours, "01T00:00", "04T00:00") == "02T00:00-02T01:00"


def found(hours: Hours, first: str, last: str, **changes: object) -> str:
    span = Interval(utc(first), utc(last))
    person = Person(1, hours, **changes)  # type: ignore[arg-type]
    return " ".join(f"{instant(one):%dT%H:%M}" for one in starts(person, Ask(instant(span.start), span, 60)))


def test_a_slot_lies_in_the_hours_of_one_place() -> None:
    hours = Hours(NEW_YORK, {1: (Window(22 * 60, 1440),), 2: (Window(360, 480),)}, stays=away(MADRID))

    offered = found(hours, "02T00:00", "02T12:00", grid=Grid(step=30))

    assert offered == "02T03:00 02T03:30 02T04:00 02T05:00 02T05:30 02T06:00", "04:30 would be half here, half there"


@pytest.mark.parametrize(
    ("zone", "grid", "expected"),
    [
        pytest.param("Asia/Kathmandu", Grid(step=60), "02T03:15 02T04:15", id="the wall is that of Kathmandu"),
        pytest.param("Asia/Kathmandu", Grid(step=50), "02T03:25 02T04:15", id="it is counted from the midnight there"),
        pytest.param("Asia/Kathmandu", Grid(GridKind.WINDOW, 45), "02T03:15 02T04:00", id="or from its window"),
    ],
)
def test_the_grid_is_that_of_the_zone_of_the_date(zone: str, grid: Grid, expected: str) -> None:
    assert found(daily(9, 11, away(zone)), "02T00:00", "03T00:00", grid=grid) == expected


def test_a_window_grid_counts_from_the_first_minute_after_a_seam() -> None:
    hours = daily(0, 24, away(LOS_ANGELES))

    assert found(hours, "02T08:00", "02T11:00", grid=Grid(GridKind.WINDOW, 100)) == "02T08:00 02T09:40"


@pytest.mark.parametrize(
    ("caps", "counted", "expected"),
    [
        pytest.param({"daily_cap": 1}, ["03T05:30"], "01T14:00 03T17:00 04T14:00", id="21:30 on the 2nd there"),
        pytest.param({"daily_cap": 1}, ["02T06:00"], "01T14:00 02T17:00 03T17:00 04T14:00", id="on no day, for none"),
        pytest.param({"daily_cap": 1}, ["04T06:00"], "01T14:00 02T17:00", id="on two days, for both"),
        pytest.param({"weekly_cap": 1}, ["06T23:00"], "", id="Sunday of her week"),
        pytest.param({"weekly_cap": 1}, ["07T05:00"], "01T14:00 02T17:00 03T17:00 04T14:00", id="Monday after it"),
    ],
)
def test_caps_count_by_her_own_calendar(caps: Mapping[str, int], counted: list[str], expected: str) -> None:
    hours = daily(9, 10, away(LOS_ANGELES))

    assert found(hours, "01T12:00", "05T00:00", counted=[utc(one) for one in counted], **caps) == expected


def test_a_run_without_end_has_begun_after_the_last_seam() -> None:
    hours = daily(0, 24, away(LOS_ANGELES, date(2026, 6, 1), date(2026, 6, 1)))
    day = utc("02T00:00")
    person = Person(1, hours, grid=Grid(GridKind.WINDOW, 7 * DAY))

    offered = starts(person, Ask(instant(day), Interval(day, day + 7 * DAY), 30))

    began = minute_of(datetime(2026, 6, 2, 4, tzinfo=UTC))
    assert [(one - began) % (7 * DAY) for one in offered] == [0]
