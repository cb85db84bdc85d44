"""Working hours as values: what they refuse, how they compare, where their runs and weeks begin."""

from datetime import UTC, date, datetime

import pytest

from scheduler.engine.hours import Hours, Window, WindowOutsideTheDay, whole_runs
from scheduler.engine.zones import DAY, instant, minute_of
from tests.builders.windows import windows

NEW_YORK = "America/New_York"
MONDAY, TUESDAY = date(2026, 6, 1), date(2026, 6, 2)


@pytest.mark.parametrize(("start", "end"), [(-1, 60), (1440, 1440), (0, 1441), (60, -1)])
def test_a_window_lies_in_a_day(start: int, end: int) -> None:
    with pytest.raises(WindowOutsideTheDay):
        Window(start, end)


def test_hours_that_say_the_same_are_the_same_key() -> None:
    one, other = (Hours(NEW_YORK, {0: windows("9:00-17:00")}, {MONDAY: ()}, frozenset({TUESDAY})) for _ in range(2))

    assert len({one, other}) == 1


def test_hours_are_not_changed_through_the_mapping_they_were_made_from() -> None:
    weekly = {0: windows("9:00-17:00")}
    hours = Hours(NEW_YORK, weekly)

    weekly.clear()

    assert hours.weekly == {0: windows("9:00-17:00")}


ALL_DAY = dict.fromkeys(range(7), windows("0:00-24:00"))


@pytest.mark.parametrize(
    ("hours", "first"),
    [
        pytest.param(Hours("UTC", {0: windows("9:00-17:00")}), "2026-06-01T09:00", id="it begins on the day itself"),
        pytest.param(
            Hours("UTC", ALL_DAY | {4: windows("0:00-8:00 9:00-24:00")}), "2026-05-29T09:00", id="it began last Friday"
        ),
        pytest.param(
            Hours("UTC", ALL_DAY, {date(2025, 1, 1): ()}), "2025-01-02T00:00", id="it began after a day long ago"
        ),
        pytest.param(
            Hours("UTC", ALL_DAY, {date(2029, 1, 1): ()}), "1970-01-01T00:00", id="a date to come begins nothing"
        ),
        pytest.param(Hours(NEW_YORK, ALL_DAY), "1970-01-01T05:00", id="without a beginning it is her midnight of 1970"),
    ],
)
def test_a_run_is_followed_back_to_its_first_minute(hours: Hours, first: str) -> None:
    noon = minute_of(datetime(2026, 6, 1, 12, tzinfo=UTC))

    runs = whole_runs(hours, hours.legs[0], noon, noon + 60)

    assert f"{instant(runs[0][0]):%Y-%m-%dT%H:%M}" == first


def test_somebody_without_hours_has_no_runs() -> None:
    hours = Hours("UTC", {})

    assert whole_runs(hours, hours.legs[0], 0, 60) == []


@pytest.mark.parametrize(
    ("zone", "monday", "next_monday"),
    [
        pytest.param("UTC", datetime(2026, 11, 30, tzinfo=UTC), datetime(2026, 12, 7, tzinfo=UTC), id="by UTC"),
        pytest.param(
            "America/Tijuana",
            datetime(2026, 11, 23, 8, tzinfo=UTC),
            datetime(2026, 11, 30, 8, tzinfo=UTC),
            id="it is Sunday night there",
        ),
    ],
)
def test_a_week_begins_and_ends_by_her_calendar(zone: str, monday: datetime, next_monday: datetime) -> None:
    found = Hours(zone, {}).week_at(minute_of(datetime(2026, 11, 30, 3, tzinfo=UTC)))

    assert (instant(found.start), instant(found.end)) == (monday, next_monday)


def test_a_week_of_a_clock_change_is_an_hour_shorter_or_longer() -> None:
    spring, autumn = (
        Hours(NEW_YORK, {}).week_at(minute_of(datetime(2026, *day, tzinfo=UTC))) for day in ((3, 5), (11, 1))
    )

    assert (spring.end - spring.start, autumn.end - autumn.start) == (7 * DAY - 60, 7 * DAY + 60)
