"""What a calendar means where two readers may differ: versions, days of the clock, floating times, names of ours."""

from datetime import date

import pytest

from scheduler.engine.intervals import Interval
from scheduler.engine.invitation.busy import Busy, Home, Owner, busy
from scheduler.engine.invitation.identity import EXCHANGE, MARK, named_in, new_uid
from scheduler.engine.stays import Stay
from scheduler.engine.zones import instant
from tests.builders.ics import EASTERN, calendar, event, span

US = "citas@firm.example"
AWAY = Stay(date(2026, 12, 1), date(2026, 12, 2), "America/New_York")
ANA = Owner(Home("America/Los_Angeles", (AWAY,)), "ana@firm.example", US)
YEAR = span("2026-10-01", "2027-10-10")
OURS = "0123456789abcdef0123456789abcdef@citas.example"


def read(*parts: list[str] | str, owner: Owner = ANA, within: Interval = YEAR) -> str:
    """Every stretch: `12-01 15:00-16:00`, or `12-01 15:00-12-02 05:00`."""
    every = sorted(each for one in busy([calendar(*parts)], owner, within) for each in one.stretches)
    return ", ".join(map(shown, every))


def shown(one: Interval) -> str:
    begin, end = instant(one.start), instant(one.end)
    return f"{begin:%m-%d %H:%M}-{end:{'%H:%M' if end.date() == begin.date() else '%m-%d %H:%M'}}"


NOON = ("DTSTART:20261203T120000Z", "DURATION:PT1H")
LATER = ("DTSTART:20261204T120000Z", "DURATION:PT1H")


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param(
            (event("SEQUENCE:0", *NOON), event("SEQUENCE:1", *LATER)), "12-04 12:00-13:00", id="moved: the old is over"
        ),
        pytest.param(
            (event("SEQUENCE:1", *LATER), event("SEQUENCE:0", *NOON)), "12-04 12:00-13:00", id="whichever stands first"
        ),
        pytest.param(
            (event("SEQUENCE:0", *NOON), event("SEQUENCE:1", "STATUS:CANCELLED", *NOON)), "", id="cancelled since"
        ),
        pytest.param(
            (event("SEQUENCE:1", "STATUS:CANCELLED", *NOON), event("SEQUENCE:2", *NOON)),
            "12-03 12:00-13:00",
            id="taken up again since",
        ),
        pytest.param(
            (event(*NOON), event(*LATER)),
            "12-03 12:00-13:00, 12-04 12:00-13:00",
            id="two of one name and version: nothing is lost",
        ),
        pytest.param(
            (event("SEQUENCE:3", *NOON, "RRULE:FREQ=DAILY;COUNT=2"), event("RECURRENCE-ID:20261204T120000Z", *LATER)),
            "12-03 12:00-13:00, 12-04 12:00-13:00",
            id="an instance has versions of its own",
        ),
        pytest.param(
            (event("SEQUENCE:" + "9" * 5000, *NOON), event("SEQUENCE:-1", *LATER)),
            "12-03 12:00-13:00",
            id="a version that is no number of this world",
        ),
    ],
)
def test_of_an_event_only_its_newest_version_counts(parts: tuple[list[str], ...], expected: str) -> None:
    assert read(*parts) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ("DTSTART;TZID=America/New_York:20261031T120000", "DURATION:P1D"),
            "10-31 16:00-11-01 17:00",
            id="a day of the clock has 25 hours in autumn",
        ),
        pytest.param(
            ("DTSTART;TZID=America/New_York:20261031T120000", "DURATION:PT24H"),
            "10-31 16:00-11-01 16:00",
            id="24 hours are 24 hours",
        ),
        pytest.param(
            ("DTSTART;TZID=America/New_York:20270313T120000", "DURATION:P1DT1H"),
            "03-13 17:00-03-14 17:00",
            id="a day of the clock has 23 hours in spring, and an hour",
        ),
        pytest.param(
            ("DTSTART;TZID=Customized Time Zone:20261031T120000", "DURATION:P1D"),
            "10-31 16:00-11-01 17:00",
            id="by a clock that the calendar describes",
        ),
        pytest.param(
            ("DTSTART;TZID=America/New_York:20261030T120000", "DURATION:P1D", "RRULE:FREQ=DAILY;INTERVAL=2;COUNT=2"),
            "10-30 16:00-10-31 16:00, 11-01 17:00-11-02 17:00",
            id="each time by the clock of that day",
        ),
        pytest.param(
            (
                "DTSTART;TZID=America/New_York:20261001T120000",
                "DURATION:P1D",
                "RDATE;TZID=America/New_York:20261031T120000",
            ),
            "10-01 16:00-10-02 16:00, 10-31 16:00-11-01 17:00",
            id="a time that is named",
        ),
        pytest.param(
            (*NOON, "RDATE;VALUE=PERIOD;TZID=America/New_York:20261031T120000/P1D"),
            "10-31 16:00-11-01 17:00, 12-03 12:00-13:00",
            id="a period that is named",
        ),
        pytest.param(("DTSTART;VALUE=DATE:20261031", "DURATION:PT48H"), "10-31 07:00-11-02 08:00", id="whole days"),
        pytest.param(
            ("DTSTART;TZID=Australia/Lord_Howe:20261003T230000", "DURATION:P1D"),
            "10-03 12:30-10-04 12:00",
            id="half an hour less at Lord Howe",
        ),
    ],
)
def test_a_day_of_a_length_is_one_of_the_clock(lines: tuple[str, ...], expected: str) -> None:
    assert read(EASTERN, event(*lines)) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param("DTSTART:20261130T100000", "11-30 18:00-19:00", id="at home"),
        pytest.param("DTSTART:20261201T100000", "12-01 15:00-16:00", id="where she is on that day"),
        pytest.param("DTSTART;TZID=Nowhere/Land:20261202T100000", "12-02 15:00-16:00", id="so is an unknown zone"),
        pytest.param("DTSTART:20261203T100000", "12-03 18:00-19:00", id="home again"),
        pytest.param("DTSTART;TZID=Europe/Madrid:20261201T100000", "12-01 09:00-10:00", id="a zone is a zone"),
        pytest.param("DTSTART:20270314T023000", "03-14 10:30-11:30", id="in the gap, by the clock before it"),
        pytest.param("DTSTART:20261101T013000", "11-01 08:30-09:30", id="the first of two alike"),
    ],
)
def test_a_time_of_no_zone_is_by_the_clock_beside_her(lines: str, expected: str) -> None:
    assert read(event(lines, "DURATION:PT1H")) == expected


def test_a_floating_series_goes_where_she_goes() -> None:
    found = read(event("DTSTART:20261130T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=4"))

    assert found == "11-30 18:00-19:00, 12-01 15:00-16:00, 12-02 15:00-16:00, 12-03 18:00-19:00"


def one(*lines: str, **words: str) -> Busy:
    (found,) = busy([calendar(event(*NOON, *lines, **words))], ANA, YEAR)
    return found


@pytest.mark.parametrize(
    ("line", "title", "expected"),
    [
        pytest.param(f"ORGANIZER;CN=Citas:mailto:{US}", "Call T1", True, id="we invite"),
        pytest.param(f"ORGANIZER:MAILTO:{US.upper()}", "Call T1", True, id="in Exchange's letters"),
        pytest.param("ORGANIZER:mailto:eva@firm.example", "Call T1", False, id="somebody else invites"),
        pytest.param("ORGANIZER:", "Call T1", False, id="nobody invites"),
        pytest.param("CLASS:PRIVATE", "Busy", True, id="nothing but its times"),
        pytest.param("CLASS:PRIVATE", "Ocupado", True, id="the same in Spanish"),
        pytest.param("CLASS:PRIVATE", "Out of Office", True, id="as Outlook publishes it"),
        pytest.param("CLASS:PRIVATE", "Dentist", False, id="it says what it is"),
    ],
)
def test_what_is_known_by_its_times_alone(line: str, title: str, expected: bool) -> None:
    assert one(line, title=title).by_times is expected


def test_where_our_own_address_is_not_known_nobody_invites_as_we_do() -> None:
    owner = Owner(ANA.home, ANA.email)

    (found,) = busy([calendar(event("ORGANIZER:mailto:", *NOON))], owner, YEAR)

    assert found.by_times is False


def exchange(uid: str) -> str:
    """As MS-OXOCAL has it: class, instance, created, eight of nothing, how long what follows is, and that."""
    inner = MARK + uid.encode() + b"\0"
    return (EXCHANGE + "00" * 20 + len(inner).to_bytes(4, "little").hex() + inner.hex()).upper()


@pytest.mark.parametrize(
    "uid",
    [
        pytest.param(OURS, id="as it was sent"),
        pytest.param(exchange(OURS), id="as Exchange keeps it"),
        pytest.param(exchange(OURS).lower(), id="in small letters"),
        pytest.param(OURS.upper(), id="in capitals"),
        pytest.param(f"{OURS}_R20261201T180000Z", id="with something after it"),
        pytest.param(f"import-{OURS}", id="with something before it"),
    ],
)
def test_our_name_is_found_however_it_was_rewritten(uid: str) -> None:
    found = named_in(uid)

    assert OURS in found or any(name.startswith(OURS) for name in found)
    assert named_in(one(uid=uid).uid) == found


@pytest.mark.parametrize(
    "uid",
    [
        pytest.param("", id="none"),
        pytest.param(EXCHANGE + "00" * 20 + "10000000" + "ab" * 16, id="a meeting of Exchange's own"),
        pytest.param(EXCHANGE + "no hexadecimal", id="no name of Exchange's at all"),
        pytest.param("7f5a1c3e@google.com", id="another's"),
    ],
)
def test_nobody_else_s_name_is_taken_for_ours(uid: str) -> None:
    assert named_in(uid) == (uid,)


def test_each_new_name_is_one_that_is_found() -> None:
    uid = new_uid("citas.example")

    assert named_in(exchange(uid))[-1] == uid
