"""By which clock an event is meant: the zone of its name, one that the calendar describes, the day of a change."""

from datetime import date

import pytest

from scheduler.engine.intervals import Interval
from scheduler.engine.invitation.busy import Home, NotACalendar, Owner, busy
from scheduler.engine.stays import Stay
from tests.builders.busy import ANA, AT_TEN, WINTER, read, stretches
from tests.builders.ics import EASTERN, FAR, calendar, event, span


@pytest.mark.parametrize(
    ("zone", "expected"),
    [pytest.param(EASTERN, AT_TEN, id="New York"), pytest.param(FAR, ["12-01 01:00 to 12-01 02:00"], id="far away")],
)
def test_two_calendars_may_mean_another_zone_by_the_same_name(zone: list[str], expected: list[str]) -> None:
    by_name = event("DTSTART;TZID=Customized Time Zone:20261201T100000", "DURATION:PT1H")
    busy([calendar(EASTERN, by_name)], ANA, WINTER)

    assert read(zone, by_name) == expected


def test_a_described_zone_of_a_known_name_goes_by_the_name() -> None:
    """Old descriptions of Mexico still have a summer time."""
    old = [line.replace("Customized Time Zone", "America/Mexico_City") for line in EASTERN]
    summer = span("2026-07-01", "2026-07-03")

    found = read(old, event("DTSTART;TZID=America/Mexico_City:20260701T100000", "DURATION:PT1H"), within=summer)

    assert found == ["07-01 16:00 to 07-01 17:00"]


SPRING = span("2027-03-12", "2027-03-17")
AUTUMN = span("2026-10-30", "2026-11-04")


@pytest.mark.parametrize("tzid", ["America/New_York", "Customized Time Zone"])
@pytest.mark.parametrize(
    ("begin", "within", "expected"),
    [
        pytest.param("20270313T023000", SPRING, "03-13 07:30", id="the day before"),
        pytest.param("20270314T013000", SPRING, "03-14 06:30", id="before the gap"),
        pytest.param("20270314T023000", SPRING, "03-14 07:30", id="in the gap by the clock before it"),
        pytest.param("20270314T033000", SPRING, "03-14 07:30", id="after the gap"),
        pytest.param("20261101T003000", AUTUMN, "11-01 04:30", id="before what is shown twice"),
        pytest.param("20261101T013000", AUTUMN, "11-01 05:30", id="the first of two alike"),
        pytest.param("20261101T023000", AUTUMN, "11-01 07:30", id="after what is shown twice"),
    ],
)
def test_on_a_day_of_the_clocks_change(tzid: str, begin: str, within: Interval, expected: str) -> None:
    found = read(EASTERN, event(f"DTSTART;TZID={tzid}:{begin}", "DURATION:PT30M"), within=within)

    assert [one[:11] for one in found] == [expected]


def test_a_length_is_exact_across_a_change_of_the_clock() -> None:
    found = read(event("DTSTART;TZID=America/New_York:20261031T230000", "DURATION:PT6H"), within=AUTUMN)

    assert found == ["11-01 03:00 to 11-01 09:00"]


def test_a_repeated_one_keeps_its_wall_time_and_its_exact_length() -> None:
    lines = ("DTSTART;TZID=America/New_York:20261030T230000", "DTEND;TZID=America/New_York:20261031T050000")

    found = read(event(*lines, "RRULE:FREQ=DAILY;COUNT=3"), within=AUTUMN)

    assert found == ["10-31 03:00 to 10-31 09:00", "11-01 03:00 to 11-01 09:00", "11-02 04:00 to 11-02 10:00"]


def test_a_day_of_the_clocks_change_has_23_or_25_hours() -> None:
    found = read(event("DTSTART;VALUE=DATE:20261031", "RRULE:FREQ=DAILY;COUNT=3"), within=AUTUMN)

    assert found == ["10-31 07:00 to 11-01 07:00", "11-01 07:00 to 11-02 08:00", "11-02 08:00 to 11-03 08:00"]


def test_a_whole_day_is_that_of_where_she_is() -> None:
    stay = Stay(date(2026, 12, 1), date(2026, 12, 2), "America/New_York")
    owner = Owner(Home("America/Los_Angeles", (stay,)), "ana@firm.example")

    found = read(event("DTSTART;VALUE=DATE:20261130", "RRULE:FREQ=DAILY;COUNT=3"), owner=owner)

    assert found == ["11-30 08:00 to 12-01 08:00", "12-01 05:00 to 12-02 05:00", "12-02 05:00 to 12-03 05:00"]


def described(*changes: tuple[str, str]) -> str:
    zone = list(EASTERN)
    for old, new in changes:
        zone = [line.replace(old, new) for line in zone]
    return calendar(zone, event("DTSTART;TZID=Customized Time Zone:20261201T100000", "DURATION:PT1H"))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(described(("YEARLY", "SECONDLY")), id="repeated every second"),
        pytest.param(described(("YEARLY", "YEARLY;COUNT=3")), id="counted"),
        pytest.param(described(("1SU", "9XX")), id="a weekday that is none"),
        pytest.param(described(("-0400", "four")), id="an offset that is none"),
        pytest.param(described(("16010101T020000", "16019901T020000")), id="a day that is none"),
        pytest.param(described(("16010101T020000", "once")), id="a begin that is none"),
        pytest.param(described(("STANDARD", "X"), ("DAYLIGHT", "X")), id="empty"),
    ],
)
def test_a_zone_that_means_nothing_is_not_guessed_at(text: str) -> None:
    with pytest.raises(NotACalendar):
        busy([text], ANA, WINTER)


def test_a_zone_that_changed_by_dates_and_until_a_year() -> None:
    text = described(
        ("DTSTART:16010101T020000", "DTSTART:20070101T020000"),
        ("RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11", "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11;UNTIL=20201101T060000Z"),
        ("RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", "RDATE:20260308T020000"),
    )

    assert stretches(busy([text], ANA, WINTER)) == ["12-01 14:00 to 12-01 15:00"]
