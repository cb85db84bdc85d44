from datetime import date, datetime

import pytest

from scheduler.engine.business import NeverOpen, Office, add_workdays, is_workday, on_or_after, on_or_before
from tests.engine.offices import FEDERAL, NOW, OFFICE, WEEK, closing, los_angeles

TUESDAY = date(2026, 11, 24)
closed = FEDERAL.__contains__


@pytest.mark.parametrize(
    ("count", "day"),
    [
        pytest.param(0, date(2026, 11, 24), id="today"),
        pytest.param(1, date(2026, 11, 25), id="tomorrow"),
        pytest.param(3, date(2026, 11, 30), id="not Thanksgiving, not the weekend"),
        pytest.param(7, date(2026, 12, 4), id="the week after"),
    ],
)
def test_business_days_are_counted_from_the_day_after(count: int, day: date) -> None:
    assert OFFICE.add_business_days(TUESDAY, count) == day


def test_a_closure_of_the_firm_is_no_business_day() -> None:
    office = Office("America/Los_Angeles", WEEK, FEDERAL, frozenset({date(2026, 11, 25)}))

    assert office.add_business_days(TUESDAY, 1) == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("day", "open_day"),
    [
        pytest.param(date(2026, 11, 24), True, id="a Tuesday"),
        pytest.param(date(2026, 11, 26), False, id="Thanksgiving"),
        pytest.param(date(2026, 11, 28), False, id="a Saturday"),
        pytest.param(date(2026, 7, 3), False, id="the 4th is a Saturday: observed on Friday"),
    ],
)
def test_the_firm_works_on_its_days(day: date, open_day: bool) -> None:
    assert is_workday(day, OFFICE.is_closed) is open_day


def test_a_weekday_without_hours_is_no_business_day() -> None:
    office = Office("America/Los_Angeles", {weekday: hours for weekday, hours in WEEK.items() if weekday != 4})

    assert not is_workday(date(2026, 11, 27), office.is_closed)


def test_saturday_hours_make_no_business_day_but_count_as_office_time() -> None:
    office = Office("America/Los_Angeles", WEEK | {5: ((600, 720),)})
    friday_evening = los_angeles(2026, 11, 20, 19)

    assert (is_workday(date(2026, 11, 21), office.is_closed), office.after(friday_evening, 30)) == (
        False,
        los_angeles(2026, 11, 21, 10, 30),
    )


def test_the_walk_back_and_forward_meets_working_days() -> None:
    thanksgiving = date(2026, 11, 26)

    assert (on_or_before(thanksgiving, closed), on_or_after(thanksgiving, closed)) == (
        date(2026, 11, 25),
        date(2026, 11, 27),
    )


def test_a_working_day_is_met_where_it_stands() -> None:
    assert (on_or_before(TUESDAY, closed), on_or_after(TUESDAY, closed), is_workday(TUESDAY, closed)) == (
        TUESDAY,
        TUESDAY,
        True,
    )


@pytest.mark.parametrize(
    ("now", "minutes", "end"),
    [
        pytest.param(los_angeles(2026, 11, 24, 10), 30, los_angeles(2026, 11, 24, 10, 30), id="within the day"),
        pytest.param(los_angeles(2026, 11, 24, 17, 30), 30, closing(TUESDAY), id="to the last minute"),
        pytest.param(los_angeles(2026, 11, 24, 17, 30), 60, los_angeles(2026, 11, 25, 9, 30), id="over night"),
        pytest.param(los_angeles(2026, 11, 24, 18), 30, los_angeles(2026, 11, 25, 9, 30), id="just closed"),
        pytest.param(los_angeles(2026, 11, 24, 5), 30, los_angeles(2026, 11, 24, 9, 30), id="before opening"),
        pytest.param(los_angeles(2026, 11, 25, 17), 120, los_angeles(2026, 11, 27, 10), id="over Thanksgiving"),
        pytest.param(los_angeles(2027, 3, 12, 17), 120, los_angeles(2027, 3, 15, 10), id="over the spring change"),
    ],
)
def test_office_minutes_run_only_while_the_office_is_open(now: datetime, minutes: int, end: datetime) -> None:
    assert OFFICE.after(now, minutes) == end


def test_a_lunch_break_is_no_office_time() -> None:
    office = Office("America/Los_Angeles", {1: ((13 * 60, 17 * 60), (9 * 60, 12 * 60))})

    assert office.after(los_angeles(2026, 11, 24, 11, 30), 60) == los_angeles(2026, 11, 24, 13, 30)


def test_a_day_ends_when_its_last_window_does() -> None:
    office = Office("America/Los_Angeles", {1: ((13 * 60, 24 * 60), (9 * 60, 12 * 60))})

    assert office.closing(TUESDAY) == los_angeles(2026, 11, 25)


def test_a_closed_day_ends_at_midnight() -> None:
    assert OFFICE.closing(date(2026, 11, 26)) == los_angeles(2026, 11, 27)


def test_the_firms_day_is_that_of_its_zone() -> None:
    assert OFFICE.today(los_angeles(2026, 11, 24, 23, 59)) == TUESDAY


@pytest.mark.parametrize(
    "direction", [on_or_before, on_or_after, lambda day, all_closed: add_workdays(day, 1, all_closed)]
)
def test_a_firm_that_never_works_has_no_working_day(direction: object) -> None:
    with pytest.raises(NeverOpen):
        direction(TUESDAY, lambda _day: True)  # type: ignore[operator]


def test_a_firm_without_hours_promises_nothing() -> None:
    with pytest.raises(NeverOpen):
        Office("America/Los_Angeles", {}).after(NOW, 30)
