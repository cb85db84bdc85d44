"""Rule 7: a day or a week at its cap takes no more, by the person's own calendar."""

from dataclasses import replace
from typing import Any

import pytest

from scheduler.engine.availability import Grid, Person
from scheduler.engine.hours import Hours, Window
from scheduler.engine.zones import DAY, instant
from tests.builders.days import ask, daily, shown, utc
from tests.engine.both import starts

NEW_YORK = "America/New_York"


MONDAY_EVENING = utc("2026-06-02T00:30")  # 20:30 on Monday 1 June in New York
SUNDAY = utc("2026-06-07T20:00")


@pytest.mark.parametrize(
    ("caps", "counted", "expected"),
    [
        pytest.param({"daily_cap": 1}, [MONDAY_EVENING], "02 03 04 05 06 07 08 09", id="it counts on her own Monday"),
        pytest.param({"daily_cap": 2}, [MONDAY_EVENING], "01 02 03 04 05 06 07 08 09", id="the cap is not reached"),
        pytest.param({"daily_cap": 1}, [SUNDAY] * 2, "01 02 03 04 05 06 08 09", id="more than the cap, taken by hand"),
        pytest.param({"weekly_cap": 2}, [MONDAY_EVENING, SUNDAY], "08 09", id="Monday to Sunday are one week"),
        pytest.param({"weekly_cap": 3}, [MONDAY_EVENING, SUNDAY], "01 02 03 04 05 06 07 08 09", id="one more fits"),
        pytest.param({"weekly_cap": 1}, [utc("2026-06-08T02:00")], "08 09", id="Sunday night in New York is that week"),
        pytest.param({"weekly_cap": 1}, [utc("2026-05-31T20:00")], "01 02 03 04 05 06 07 08 09", id="the week before"),
        pytest.param(
            {"daily_cap": 1, "weekly_cap": 2}, [SUNDAY, SUNDAY + 7 * DAY], "01 02 03 04 05 06 08 09", id="both"
        ),
        pytest.param({"daily_cap": 0}, [], "", id="a cap of none a day"),
        pytest.param({"weekly_cap": 0}, [], "", id="a cap of none a week"),
        pytest.param({}, [SUNDAY] * 9, "01 02 03 04 05 06 07 08 09", id="without caps nothing is counted"),
    ],
)
def test_a_day_or_week_at_its_cap_takes_no_more(caps: dict[str, Any], counted: list[int], expected: str) -> None:
    person = Person(1, daily((600, 660), zone=NEW_YORK), grid=Grid(step=60), counted=counted, **caps)

    found = starts(person, ask("2026-06-01", length=60, days=9))

    assert shown(found, "%d") == expected


THURSDAY = "2026-12-31"


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        pytest.param("2026-12-28T12:00", "04 05", id="the Monday before: the week goes on into the new year"),
        pytest.param("2027-01-03T23:30", "04 05", id="its Sunday, to the last minute"),
        pytest.param("2027-01-04T00:00", "31 01 02 03", id="Monday is the next week, and the year's first"),
        pytest.param("2026-12-27T23:30", "31 01 02 03 04 05", id="the Sunday before is the last of week 52"),
    ],
)
def test_the_week_of_a_year_end_is_one_week(counted: str, expected: str) -> None:
    person = Person(1, daily((600, 660)), grid=Grid(step=60), weekly_cap=1, counted=[utc(counted)])

    found = starts(person, ask(THURSDAY, length=60, days=6))

    assert shown(found, "%d") == expected


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        pytest.param("2026-11-01T05:30", "05 06 07", id="of 1 November in New York"),
        pytest.param("2026-11-02T04:59", "05 06 07", id="the last minute of a day of 25 hours"),
        pytest.param("2026-11-02T05:00", "04 05 06 07", id="the first of the next"),
        pytest.param("2026-11-01T03:59", "04 05 06 07 05 06 07", id="the last of the day before"),
    ],
)
def test_a_cap_counts_a_day_of_25_hours_as_one_day(counted: str, expected: str) -> None:
    hours = Hours(NEW_YORK, {6: (Window(0, 180),), 0: (Window(0, 180),)})
    person = Person(1, hours, grid=Grid(step=60), daily_cap=1, counted=[utc(counted)])

    found = starts(person, replace(ask("2026-11-01", length=60, days=2), now=instant(utc("2026-11-01"))))

    assert shown(found, "%H") == expected
