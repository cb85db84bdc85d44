"""Rules 3, 4, 5 and 7: buffers, the grid and the caps of one person."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from scheduler.engine.availability import Grid, GridKind, GridWithoutStep, NegativeBuffer, Person, protected
from scheduler.engine.hours import Hours, Window
from scheduler.engine.intervals import Interval
from scheduler.engine.rules import Ask
from scheduler.engine.zones import DAY, instant, minute_of
from tests.engine.both import starts

NEW_YORK = "America/New_York"
WINDOW = GridKind.WINDOW


def utc(text: str) -> int:
    return minute_of(datetime.fromisoformat(text).replace(tzinfo=UTC))


def daily(*windows: tuple[int, int], zone: str = "UTC") -> Hours:
    return Hours(zone, dict.fromkeys(range(7), tuple(Window(*one) for one in windows)))


def ask(day: str, length: int = 30, days: int = 1) -> Ask:
    start = utc(day)
    return Ask(instant(start), Interval(start, start + days * DAY), length)


def shown(found: list[int], form: str = "%H:%M") -> str:
    return " ".join(f"{instant(one):{form}}" for one in found)


@pytest.mark.parametrize(
    ("taken", "before", "after", "expected"),
    [
        pytest.param([], 0, 0, "09:00 09:30 10:00 10:30 11:00 11:30", id="nothing is taken"),
        pytest.param([(600, 630)], 0, 0, "09:00 09:30 10:30 11:00 11:30", id="back to back is no clash"),
        pytest.param([(601, 629)], 0, 0, "09:00 09:30 10:30 11:00 11:30", id="a booking inside the slot"),
        pytest.param([(599, 600)], 0, 0, "09:00 10:00 10:30 11:00 11:30", id="one minute of it is enough"),
        pytest.param([(600, 630)], 5, 0, "09:00 09:30 11:00 11:30", id="time before the slot must be free"),
        pytest.param([(600, 630)], 0, 5, "09:00 10:30 11:00 11:30", id="time after it too"),
        pytest.param([(595, 635)], 5, 5, "09:00 11:00 11:30", id="the old buffers and the new ones add up"),
        pytest.param([(480, 535)], 5, 0, "09:00 09:30 10:00 10:30 11:00 11:30", id="a buffer need not be working time"),
        pytest.param([(480, 536)], 5, 0, "09:30 10:00 10:30 11:00 11:30", id="but it must be free"),
        pytest.param([(630, 660), (540, 660), (600, 610)], 0, 0, "11:00 11:30", id="in any order, over each other"),
    ],
)
def test_a_slot_and_its_buffers_touch_nothing_taken(
    taken: list[tuple[int, int]], before: int, after: int, expected: str
) -> None:
    day = utc("2026-06-01")
    stretches = [Interval(day + start, day + end) for start, end in taken]
    person = Person(1, daily((540, 720)), stretches, before, after, Grid(step=30))

    found = starts(person, ask("2026-06-01"))

    assert shown(found) == expected


def test_a_booking_takes_whole_minutes_rounded_outwards() -> None:
    start = datetime(1970, 1, 1, 10, 0, 59, tzinfo=UTC)

    taken = protected(start, start + timedelta(minutes=30), 5, 10)

    assert taken == Interval(595, 641)


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        pytest.param(60, "09:00 10:00", id="it fits into the window to the minute"),
        pytest.param(61, "09:00", id="a minute more does not at the end"),
        pytest.param(181, "", id="it is longer than the window"),
    ],
)
def test_the_whole_slot_is_open(length: int, expected: str) -> None:
    person = Person(1, daily((540, 660), (720, 721)), grid=Grid(step=60))

    found = starts(person, ask("2026-06-01", length))

    assert shown(found) == expected


def test_a_slot_may_end_after_the_span_but_not_start_at_its_end() -> None:
    span = Interval(utc("2026-06-01T09:00"), utc("2026-06-01T10:00"))
    person = Person(1, daily((540, 720)), grid=Grid(step=30))

    found = starts(person, Ask(instant(span.start), span, 60))

    assert shown(found) == "09:00 09:30"


def test_rules_that_leave_nothing_leave_no_start() -> None:
    question = ask("2026-06-01")

    found = starts(Person(1, daily((540, 720))), question, latest=question.now - timedelta(days=1))

    assert found == []


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


@pytest.mark.parametrize(("before", "after"), [(-1, 0), (0, -1)])
def test_buffers_never_take_time_away(before: int, after: int) -> None:
    with pytest.raises(NegativeBuffer):
        Person(1, daily(), before=before, after=after)
