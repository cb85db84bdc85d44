"""Rule 4: starts lie on a grid, by the wall clock or by the window."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from scheduler.engine.availability import Grid, GridKind, GridWithoutStep, Person
from scheduler.engine.intervals import Interval
from scheduler.engine.rules import Ask
from scheduler.engine.zones import DAY, instant
from tests.builders.days import ask, daily, shown, utc
from tests.engine.both import starts

NEW_YORK = "America/New_York"
WINDOW = GridKind.WINDOW


@pytest.mark.parametrize(
    ("zone", "windows", "grid", "expected"),
    [
        pytest.param("UTC", (550, 660), Grid(step=30), "09:30 10:00 10:30", id="the wall grid ignores when she begins"),
        pytest.param("UTC", (550, 660), Grid(step=30, offset=10), "09:10 09:40 10:10", id="it can be moved"),
        pytest.param("UTC", (550, 660), Grid(step=30, offset=70), "09:10 09:40 10:10", id="by more than its step"),
        pytest.param("UTC", (550, 660), Grid(WINDOW, 30), "09:10 09:40 10:10", id="the window grid begins with her"),
        pytest.param("UTC", (550, 660), Grid(WINDOW, 30, 5), "09:15 09:45 10:15", id="or some minutes after"),
        pytest.param("UTC", (550, 660), Grid(WINDOW, 30, 35), "09:15 09:45 10:15", id="by more than its step"),
        pytest.param("Asia/Kathmandu", (540, 600), Grid(step=30), "03:15 03:45", id="the wall is hers, 5:45 ahead"),
        pytest.param("UTC", (540, 720), Grid(step=50), "09:10 10:00 10:50", id="steps of 50 begin anew at midnight"),
        pytest.param("UTC", (540, 720), Grid(step=2000), "", id="a step longer than the day has its midnight only"),
        pytest.param("UTC", (540, 720), Grid(step=2000, offset=600), "10:00", id="and the offset after it"),
    ],
)
def test_starts_lie_on_the_grid(zone: str, windows: tuple[int, int], grid: Grid, expected: str) -> None:
    person = Person(1, daily(windows, zone=zone), grid=grid)

    found = starts(person, ask("2026-06-01"))

    assert shown(found) == expected


@pytest.mark.parametrize(
    ("zone", "day", "grid", "expected"),
    [
        pytest.param(NEW_YORK, "2026-03-08", Grid(step=60), "06:00 07:00", id="1:00, then 3:00"),
        pytest.param(NEW_YORK, "2026-11-01", Grid(step=60), "05:00 06:00 07:00 08:00", id="1:00 comes twice"),
        pytest.param(
            NEW_YORK, "2026-11-01", Grid(step=90), "05:30 06:30 08:00", id="by the clock: 1:30, 1:30 and 3:00"
        ),
        pytest.param(NEW_YORK, "2026-11-01", Grid(WINDOW, 90), "05:00 06:30 08:00", id="by minutes since 1:00"),
        pytest.param("Australia/Lord_Howe", "2026-04-04", Grid(step=60), "14:00 15:30 16:30", id="half an hour back"),
        pytest.param("Australia/Lord_Howe", "2026-10-03", Grid(step=60), "14:30 16:00", id="2:00 does not exist there"),
    ],
)
def test_the_grid_goes_by_the_wall_clock_on_the_day_of_a_change(zone: str, day: str, grid: Grid, expected: str) -> None:
    person = Person(1, daily((60, 240), zone=zone), grid=grid)
    local_night = replace(ask(day), span=Interval(utc(day), utc(day) + 18 * 60))

    found = starts(person, local_night)

    assert shown(found) == expected


@pytest.mark.parametrize(
    "taken", [pytest.param([(540, 547)], id="a booking at its start"), pytest.param([(500, 547)], id="one before it")]
)
def test_bookings_and_the_span_never_move_a_window_grid(taken: list[tuple[int, int]]) -> None:
    day = utc("2026-06-01")
    person = Person(1, daily((540, 720)), [Interval(day + a, day + b) for a, b in taken], grid=Grid(WINDOW, 40))

    found = starts(person, Ask(instant(day), Interval(day + 550, day + 800), 30))

    assert shown(found) == "09:40 10:20 11:00"


def test_a_window_grid_that_began_yesterday_goes_on_after_midnight() -> None:
    person = Person(1, daily((1390, 90)), grid=Grid(WINDOW, 40))

    found = starts(person, ask("2026-06-01"))

    assert shown(found) == "00:30 23:10 23:50"


def june(minute: int) -> datetime:
    """An instant of 1 June, or of a day after it."""
    return instant(utc("2026-06-01") + minute)


CLOSED = (Interval(utc("2026-06-01T10:00"), utc("2026-06-01T10:30")),)


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        pytest.param({}, "09:00 09:30 10:00 10:30 11:00", id="no limits"),
        pytest.param({"notice": 60}, "10:00 10:30 11:00", id="an hour's notice from nine"),
        pytest.param({"horizon_days": 1}, "09:00 09:30 10:00 10:30 11:00", id="the horizon is beyond"),
        pytest.param({"latest": june(630)}, "09:00 09:30 10:00 10:30", id="the latest start is one of them"),
        pytest.param({"latest": june(629)}, "09:00 09:30 10:00", id="a minute earlier it is not"),
        pytest.param({"event": june(720 + DAY), "margin": DAY}, "09:00 09:30 10:00 10:30 11:00", id="24 hours before"),
        pytest.param({"event": june(719 + DAY), "margin": DAY}, "09:00 09:30 10:00 10:30", id="a minute short of it"),
        pytest.param({"blackout": CLOSED}, "09:00 10:30 11:00", id="a closed half hour"),
        pytest.param({"safe": daily((570, 690))}, "09:30 10:00 10:30", id="the client's safe hours hold all of it"),
    ],
)
def test_limits_leave_the_grid_where_it_is(limits: dict[str, Any], expected: str) -> None:
    day = utc("2026-06-01")
    person = Person(1, daily((540, 720)), grid=Grid(step=30))

    found = starts(person, Ask(instant(day + 540), Interval(day, day + DAY), 60), **limits)

    assert shown(found) == expected


def test_a_grid_has_a_step() -> None:
    with pytest.raises(GridWithoutStep):
        Grid(step=0)
