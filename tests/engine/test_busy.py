"""When a person is busy by a calendar that another keeps: hand-made tables, each row with its reason."""

import pytest

from scheduler.engine.invitation.busy import busy
from tests.builders.busy import ANA, AT_TEN, TEN, WINTER, read, stretches
from tests.builders.ics import calendar, event


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
