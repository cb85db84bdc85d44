"""When what is repeated takes its time, and an instance of it that is otherwise."""

import pytest

from scheduler.engine.intervals import Interval
from tests.builders.busy import AT_TEN, TEN, WINTER, read
from tests.builders.ics import event, span


def days(*lines: str, within: Interval = WINTER, begin: str = "20261124T180000Z") -> list[str]:
    """The days of the span on which an event of an hour takes place."""
    found = read(event(f"DTSTART:{begin}", "DURATION:PT1H", *lines), within=within)
    return [one[:5] for one in found]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(("RRULE:FREQ=DAILY;COUNT=3",), ["11-24", "11-25", "11-26"], id="so many times"),
        pytest.param(("RRULE:FREQ=DAILY;UNTIL=20261101T000000Z",), [], id="until before it began"),
        pytest.param(("RRULE:FREQ=DAILY;UNTIL=20261126",), ["11-24", "11-25", "11-26"], id="until a day"),
        pytest.param(("RRULE:FREQ=DAILY;UNTIL=20261126T180000Z",), ["11-24", "11-25", "11-26"], id="until an instant"),
        pytest.param(("RRULE:FREQ=DAILY;UNTIL=20261126T175900Z",), ["11-24", "11-25"], id="and not a minute longer"),
        pytest.param(("RRULE:FREQ=DAILY;UNTIL=20261126T180000",), ["11-24", "11-25", "11-26"], id="by its own clock"),
        pytest.param(("RRULE:FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4",), ["11-24", "11-26", "12-01", "12-03"], id="weekdays"),
        pytest.param(("RRULE:FREQ=MONTHLY;BYDAY=-1TU",), ["11-24"], id="the last Tuesday of the month"),
        pytest.param(("RRULE:FREQ=YEARLY",), ["11-24"], id="every year"),
        pytest.param(
            ("RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20261125T180000Z"),
            ["11-24", "11-26"],
            id="what is left out counts",
        ),
        pytest.param(
            ("RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20261125,20261126"), ["11-24"], id="days are left out"
        ),
        pytest.param(
            ("RRULE:FREQ=DAILY;COUNT=2", "EXDATE;TZID=America/New_York:20261125T130000"),
            ["11-24"],
            id="what is left out is an instant, by whatever clock",
        ),
        pytest.param(("RDATE:20261130T180000Z,20261202T180000Z",), ["11-24", "11-30", "12-02"], id="days by name"),
        pytest.param(("RDATE;VALUE=PERIOD:20261130T180000Z/PT1H",), ["11-24", "11-30"], id="a period by name"),
        pytest.param(("RDATE;VALUE=DATE:20261130",), ["11-24", "11-30"], id="a day by name"),
        pytest.param(
            ("RRULE:FREQ=DAILY;COUNT=2", "RDATE:20261125T180000Z"), ["11-24", "11-25"], id="twice named is once there"
        ),
        pytest.param(("RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=1",), ["11-24", "11-25"], id="the first one is always there"),
        pytest.param(("RRULE:FREQ=DAILY;BYHOUR=18,20;COUNT=3",), ["11-24", "11-24", "11-25"], id="twice a day"),
        pytest.param(("RRULE: freq=daily ; count=2 ;",), ["11-24", "11-25"], id="spaces and small letters"),
    ],
)
def test_a_repeated_event_takes_its_time_each_time(lines: tuple[str, ...], expected: list[str]) -> None:
    assert days(*lines) == expected


@pytest.mark.parametrize(
    ("begin", "rule", "expected"),
    [
        pytest.param(
            "20100105T180000Z", "FREQ=WEEKLY;INTERVAL=2", ["12-01", "12-15"], id="every other week since long"
        ),
        pytest.param(
            "20100101T180000Z", "FREQ=DAILY;INTERVAL=10", ["12-03", "12-13", "12-23"], id="every tenth day since long"
        ),
        pytest.param("20100105T180000Z", "FREQ=MONTHLY;BYMONTHDAY=24", ["11-24"], id="each month since long"),
        pytest.param("16040712T180000Z", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1", ["12-01"], id="a birthday of Apple's"),
        pytest.param(
            "20100101T180000Z",
            "FREQ=DAILY;COUNT=6179",
            ["11-24", "11-25", "11-26", "11-27", "11-28", "11-29", "11-30", "12-01"],
            id="counted since long",
        ),
    ],
)
def test_a_series_that_began_long_ago_goes_on_in_step(begin: str, rule: str, expected: list[str]) -> None:
    found = days(f"RRULE:{rule}", begin=begin, within=span("2026-11-24", "2026-12-24"))

    assert found == expected


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        pytest.param(":20261202T150000Z", "12-02 15:00 to 12-02 16:00", id="in UTC"),
        pytest.param(";TZID=America/Tijuana:20261202T070000", "12-02 15:00 to 12-02 16:00", id="by another clock"),
        pytest.param(";VALUE=PERIOD:20261202T150000Z/PT3H", "12-02 15:00 to 12-02 18:00", id="of another length"),
        pytest.param(
            ";VALUE=PERIOD:20261202T150000Z/20261202T153000Z", "12-02 15:00 to 12-02 15:30", id="to another end"
        ),
    ],
)
def test_a_time_that_is_named_is_by_its_own_clock(named: str, expected: str) -> None:
    assert read(event(*TEN, f"RDATE{named}")) == [*AT_TEN, expected]


WEEKLY = ("DTSTART:20261124T180000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=4")
LATER = ("DTSTART:20261201T200000Z", "DURATION:PT2H")


def changed(*lines: str, of: str = ":20261201T180000Z") -> list[str]:
    """A weekly event at 18:00, and an instance of it that is otherwise."""
    found = read(event(*WEEKLY), event(f"RECURRENCE-ID{of}", *lines))
    return [one.replace(":00 to ", "-").removesuffix(":00") for one in found]


FIRST, THIRD, FOURTH = "11-24 18-11-24 19", "12-08 18-12-08 19", "12-15 18-12-15 19"


@pytest.mark.parametrize(
    ("of", "lines", "expected"),
    [
        pytest.param(":20261201T180000Z", LATER, [FIRST, "12-01 20-12-01 22", THIRD, FOURTH], id="later and longer"),
        pytest.param(
            ";TZID=America/New_York:20261201T130000",
            LATER,
            [FIRST, "12-01 20-12-01 22", THIRD, FOURTH],
            id="by a clock",
        ),
        pytest.param(";VALUE=DATE:20261201", LATER, [FIRST, "12-01 20-12-01 22", THIRD, FOURTH], id="by its day"),
        pytest.param(
            ":20261201T180000Z", ("STATUS:CANCELLED", *LATER), [FIRST, THIRD, FOURTH], id="it does not happen"
        ),
        pytest.param(
            ":20261201T180000Z", ("TRANSP:TRANSPARENT", *LATER), [FIRST, THIRD, FOURTH], id="it takes no time"
        ),
        pytest.param(
            ":20261201T180000Z",
            ("DTSTART:20270301T180000Z", "DURATION:PT1H"),
            [FIRST, THIRD, FOURTH],
            id="moved out of the span",
        ),
        pytest.param(
            ";RANGE=THISANDFUTURE:20261201T180000Z",
            LATER,
            [FIRST, "12-01 20-12-01 22", "12-08 20-12-08 22", "12-15 20-12-15 22"],
            id="it and all that follow",
        ),
        pytest.param(
            ";RANGE=THISANDFUTURE:20261201T180000Z", ("STATUS:CANCELLED", *LATER), [FIRST], id="none from then on"
        ),
        pytest.param(
            ";RANGE=THISANDFUTURE:20261208T180000Z",
            ("DTSTART;VALUE=DATE:20261209", "DURATION:P1D"),
            [FIRST, "12-01 18-12-01 19", "12-09 08-12-10 08", "12-16 08-12-17 08"],
            id="whole days from then on",
        ),
    ],
)
def test_an_instance_may_be_otherwise(of: str, lines: tuple[str, ...], expected: list[str]) -> None:
    assert changed(*lines, of=of) == expected


def test_the_newest_change_of_an_instance_counts() -> None:
    new = event("RECURRENCE-ID:20261201T180000Z", "SEQUENCE:3", *LATER)
    old = event("RECURRENCE-ID:20261201T180000Z", "SEQUENCE:2", "DTSTART:20261202T200000Z", "DURATION:PT2H")

    assert [one[:5] for one in read(event(*WEEKLY), new, old)] == ["11-24", "12-01", "12-08", "12-15"]


def test_a_change_may_come_without_its_event() -> None:
    assert read(event("RECURRENCE-ID:20261201T180000Z", *LATER)) == ["12-01 20:00 to 12-01 22:00"]


def test_a_change_that_takes_time_in_a_series_that_takes_none() -> None:
    assert len(read(event(*WEEKLY, "TRANSP:TRANSPARENT"), event("RECURRENCE-ID:20261201T180000Z", *LATER))) == 1


def test_events_without_a_uid_are_each_their_own() -> None:
    assert len(read(event(*WEEKLY, uid=""), event(*TEN, uid=""))) == 5
