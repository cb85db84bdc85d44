"""When a person is busy by a calendar that another keeps: hand-made tables, each row with its reason."""

from datetime import UTC, date, datetime

import pytest

from scheduler.engine.intervals import Interval
from scheduler.engine.invitation import busy as module
from scheduler.engine.invitation import lines
from scheduler.engine.invitation.busy import Busy, Home, NotACalendar, Owner, TooMuch, busy
from scheduler.engine.stays import Stay
from tests.builders.ics import EASTERN, FAR, calendar, event, span

ANA = Owner(Home("America/Los_Angeles"), "Ana@firm.example")
WINTER = span("2026-11-24", "2026-12-24")


def said(minute: int) -> str:
    return datetime.fromtimestamp(minute * 60, UTC).strftime("%m-%d %H:%M")


def stretches(found: list[Busy]) -> list[str]:
    every = sorted(stretch for one in found for stretch in one.stretches)
    return [f"{said(one.start)} to {said(one.end)}" for one in every]


def read(*parts: list[str] | str, owner: Owner = ANA, within: Interval = WINTER) -> list[str]:
    return stretches(busy([calendar(*parts)], owner, within))


TEN = ("DTSTART;TZID=America/New_York:20261201T100000", "DTEND;TZID=America/New_York:20261201T110000")
AT_TEN = ["12-01 15:00 to 12-01 16:00"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(TEN, AT_TEN, id="a zone of its name"),
        pytest.param(("DTSTART:20261201T150000Z", "DTEND:20261201T160000Z"), AT_TEN, id="UTC"),
        pytest.param(("DTSTART:20261201T150000Z", "DURATION:PT1H"), AT_TEN, id="a length"),
        pytest.param(("DTSTART:20261201T150000Z", "DURATION:+P0W0DT0H59M60S"), AT_TEN, id="a length of every unit"),
        pytest.param(("DTSTART:20261201T150030Z", "DTEND:20261201T155930Z"), AT_TEN, id="seconds are rounded outwards"),
        pytest.param(("DTSTART:20261201T150000Z",), [], id="no length takes no time"),
        pytest.param(("DTSTART:20261201T150000Z", "DTEND:20261201T150000Z"), [], id="neither does an empty one"),
        pytest.param(("DTSTART:20261201T150000Z", "DURATION:-PT1H"), [], id="nor one that goes back"),
        pytest.param(("DTEND:20261201T150000Z",), [], id="without a begin it is at no time"),
        pytest.param(("DTSTART:20261101T150000Z", "DURATION:PT1H"), [], id="before the span"),
        pytest.param(("DTSTART:20270101T150000Z", "DURATION:PT1H"), [], id="after the span"),
        pytest.param(
            ("DTSTART:20261123T230000Z", "DURATION:PT2H"), ["11-24 00:00 to 11-24 01:00"], id="cut at the span's begin"
        ),
        pytest.param(
            ("DTSTART;VALUE=DATE:20261201",), ["12-01 08:00 to 12-02 08:00"], id="a day is the person's own day"
        ),
        pytest.param(
            ("DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261203"),
            ["12-01 08:00 to 12-03 08:00"],
            id="two days",
        ),
        pytest.param(
            ("DTSTART;VALUE=DATE:20261201", "DURATION:P1W"), ["12-01 08:00 to 12-08 08:00"], id="a week of days"
        ),
        pytest.param(
            ("DTSTART:20261201T100000", "DTEND:20261201T110000"),
            ["12-01 18:00 to 12-01 19:00"],
            id="no zone is the person's own",
        ),
        pytest.param(
            ("DTSTART;TZID=Nowhere/Land:20261201T100000", "DTEND;TZID=Nowhere/Land:20261201T110000"),
            ["12-01 18:00 to 12-01 19:00"],
            id="so is a zone that nobody knows",
        ),
        pytest.param(
            ("DTSTART;TZID=Eastern Standard Time:20261201T100000", "DURATION:PT1H"),
            AT_TEN,
            id="Windows' name of a zone",
        ),
        pytest.param(
            ("DTSTART;TZID=/mozilla.org/20070129_1/America/New_York:20261201T100000", "DURATION:PT1H"),
            AT_TEN,
            id="a maker's prefix",
        ),
        pytest.param(
            ('DTSTART;TZID="America/New_York";X="a:b;c":20261201T100000', "DURATION:PT1H"), AT_TEN, id="quotation marks"
        ),
        pytest.param(("dtstart;tzid=America/New_York:20261201t100000", "duration:PT1H"), AT_TEN, id="small letters"),
        pytest.param(
            ("DTSTART;TZID=America/New_York:2026-12-01T10:00:00.000", "DURATION:PT1H"), AT_TEN, id="dashes and colons"
        ),
        pytest.param(
            ("DTSTART;TZID=America/New_York:20261201T100000", "DTEND;VALUE=DATE:20261202"),
            ["12-01 15:00 to 12-02 05:00"],
            id="an end that is a day is its midnight",
        ),
        pytest.param(
            ("DTSTART:20261201T150000Z", "DTEND:20991201T150000Z"), ["12-01 15:00 to 12-24 00:00"], id="very long"
        ),
    ],
)
def test_one_event_takes_its_time(lines: tuple[str, ...], expected: list[str]) -> None:
    assert read(event(*lines)) == expected


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("STATUS:CANCELLED", id="cancelled"),
        pytest.param("status:Cancelled ", id="cancelled, in other letters"),
        pytest.param("TRANSP:TRANSPARENT", id="takes no time"),
        pytest.param("X-MICROSOFT-CDO-BUSYSTATUS:FREE", id="shown as free"),
        pytest.param("ATTENDEE;CN=Ana;PARTSTAT=DECLINED:MAILTO:ANA@FIRM.EXAMPLE", id="she said no"),
    ],
)
def test_what_takes_no_time_is_free(line: str) -> None:
    assert read(event(*TEN, line)) == []


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("STATUS:TENTATIVE", id="perhaps"),
        pytest.param("TRANSP:OPAQUE", id="takes time"),
        pytest.param("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", id="perhaps, by Outlook"),
        pytest.param("ATTENDEE;PARTSTAT=DECLINED:mailto:eva@firm.example", id="somebody else said no"),
        pytest.param("ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:ana@firm.example", id="she has not answered"),
        pytest.param("BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nSTATUS:CANCELLED\r\nEND:VALARM", id="an alarm is not the event"),
        pytest.param("DESCRIPTION:no colon\r\n STATUS:CANCELLED", id="a folded line is not a line"),
        pytest.param("a line without a mark", id="a line that is none"),
    ],
)
def test_everything_else_takes_its_time(line: str) -> None:
    assert read(event(*TEN, line)) == AT_TEN


def test_the_calendars_own_zone_goes_before_the_persons() -> None:
    found = read("X-WR-TIMEZONE:America/New_York", event("DTSTART:20261201T100000", "DURATION:PT1H"))

    assert found == AT_TEN


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


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(("FREEBUSY:20261201T150000Z/20261201T160000Z",), AT_TEN, id="a period"),
        pytest.param(("FREEBUSY;FBTYPE=BUSY:20261201T150000Z/PT1H",), AT_TEN, id="a length"),
        pytest.param(("FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261201T150000Z/PT1H",), AT_TEN, id="perhaps"),
        pytest.param(("FREEBUSY;FBTYPE=FREE:20261201T150000Z/PT1H",), [], id="free"),
        pytest.param(
            ("FREEBUSY:20261201T150000Z/PT1H,20261202T150000Z/PT1H,",),
            [*AT_TEN, "12-02 15:00 to 12-02 16:00"],
            id="several",
        ),
        pytest.param(("FREEBUSY:20251201T150000Z/PT1H",), [], id="before the span"),
    ],
)
def test_a_free_busy_answer_takes_its_time(lines: tuple[str, ...], expected: list[str]) -> None:
    assert read(["BEGIN:VFREEBUSY", *lines, "END:VFREEBUSY"]) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [pytest.param("Busy", True, id="no more than that"), pytest.param("Dentist", False, id="what it is")],
)
def test_what_shows_no_more_than_its_times_says_so(title: str, expected: bool) -> None:
    found = busy([calendar(event(*TEN, title=title, uid="x" * 700))], ANA, WINTER)

    assert [(one.uid, one.by_times) for one in found] == [("x" * 600, expected)]


def test_an_empty_calendar_and_none_at_all_are_no_busy_time() -> None:
    assert (busy([calendar()], ANA, WINTER), busy([], ANA, WINTER)) == ([], [])


def test_a_byte_order_mark_and_other_line_ends_are_read() -> None:
    text = "\ufeff" + calendar(event(*TEN)).replace("\r\n", "\n")

    assert stretches(busy([text], ANA, WINTER)) == AT_TEN


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("<html>Sign in</html>", id="a page"),
        pytest.param("<html>\r\n" + calendar(event(*TEN)), id="a page in front of it"),
        pytest.param(calendar(event(*TEN)).partition("END:VEVENT")[0], id="cut in an event"),
        pytest.param(calendar(event(*TEN)).removesuffix("END:VCALENDAR\r\n"), id="cut at the end"),
        pytest.param("BEGIN:VEVENT\r\nEND:VEVENT\r\n", id="an event alone"),
        pytest.param("END:VCALENDAR\r\n", id="an end alone"),
        pytest.param(calendar(event("BEGIN:VEVENT", "END:VEVENT")), id="an event in an event"),
        pytest.param(calendar(["BEGIN:X"] * 100), id="very deep"),
        pytest.param(calendar(event("DTSTART:20261399T000000Z")), id="a day that is none"),
        pytest.param(calendar(event("DTSTART:tomorrow")), id="a time that is none"),
        pytest.param(calendar(event("DTSTART:00010101T000000Z")), id="a year before all calendars"),
        pytest.param(calendar(event("DTSTART:20261201T150000Z", "DURATION:1 hour")), id="a length that is none"),
        pytest.param(calendar(event("DTSTART:20261201T150000Z", "DURATION:P999999999D")), id="a length without end"),
        pytest.param(calendar(event(*TEN, "RRULE:FREQ=DAILY;BYDAY=XX")), id="a weekday that is none"),
        pytest.param(calendar(event(*TEN, "RRULE:every day")), id="a rule that is none"),
        pytest.param(calendar(event(*TEN, "RRULE:COUNT=3")), id="a rule without its unit"),
        pytest.param(calendar(event(*TEN, "RRULE:FREQ=DAILY;BYEASTER=1")), id="a part of a rule that nobody knows"),
        pytest.param(calendar(event(*TEN, "RRULE:FREQ=DAILY;INTERVAL=0")), id="steps of nothing"),
        pytest.param(calendar(event(*TEN, "RRULE:FREQ=DAILY;COUNT=-1")), id="fewer than none"),
        pytest.param(calendar(event(*TEN, "RRULE:FREQ=DAILY;BYDAY=" + "MO," * 1000)), id="a rule without end"),
        pytest.param(calendar(event(*TEN, "EXDATE:never")), id="left out, but when"),
    ],
)
def test_what_is_no_calendar_is_not_guessed_at(text: str) -> None:
    with pytest.raises(NotACalendar):
        busy([text], ANA, WINTER)


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


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(calendar(event(*TEN, "RRULE:FREQ=SECONDLY")), id="every second"),
        pytest.param(calendar(event(*TEN, "RRULE:FREQ=MINUTELY;COUNT=2")), id="every minute"),
        pytest.param(calendar(event(*TEN, "RRULE:FREQ=HOURLY")), id="every hour"),
        pytest.param(
            calendar(event(*TEN, "RRULE:FREQ=DAILY;BYMINUTE=" + ",".join(map(str, range(60))))), id="sixty times a day"
        ),
        pytest.param(
            calendar(event(*TEN, "RDATE:" + ",".join(f"20261202T{n // 60:02}{n % 60:02}00Z" for n in range(1100)))),
            id="more than a thousand dates",
        ),
        pytest.param(calendar(*[event(*TEN, uid=str(n)) for n in range(5001)]), id="more than 5,000 events"),
        pytest.param(
            calendar(
                *[
                    event(*TEN, "RRULE:FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))), uid=str(n))
                    for n in range(60)
                ]
            ),
            id="more than 20,000 times in all",
        ),
    ],
)
def test_more_than_a_persons_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(TooMuch):
        busy([text], ANA, span("2026-11-24", "2026-12-20"))


def test_without_its_limit_a_bomb_would_be_counted_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    text = calendar(*[event(*TEN, uid=str(n)) for n in range(5001)])
    monkeypatch.setattr(lines, "MOST_EVENTS", 6000)
    monkeypatch.setattr(module, "MOST_STRETCHES", 30_000)

    assert len(busy([text], ANA, WINTER)) == 5001
