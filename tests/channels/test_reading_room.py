"""Calendars of others are read in a process of their own, and nothing in them takes ours along."""

import subprocess
from datetime import date
from time import monotonic

import pytest

from scheduler.channels import reading_room
from scheduler.channels.calendars import Fault, NotRead
from scheduler.channels.reading_room import Question, read
from scheduler.engine.intervals import Interval
from scheduler.engine.invitation.busy import Busy, Home, Owner
from scheduler.engine.stays import Stay
from tests.builders.ics import EASTERN, calendar, event, span

AWAY = Stay(date(2026, 12, 1), date(2026, 12, 2), "America/New_York")
ANA = Owner(Home("America/Los_Angeles", (AWAY,)), "ana@firm.example")
SPAN = span("2026-11-24", "2027-01-24")
TEN = ("DTSTART:20261201T150000Z", "DURATION:PT1H")
LONG_AGO = ("DTSTART:19000101T150000Z", "DURATION:PT1H")


def asked(*texts: str) -> Question:
    return Question(tuple(text.encode() for text in texts), ANA, SPAN)


def test_what_is_found_comes_back_as_it_was_found() -> None:
    found = read(asked(calendar(event(*TEN, uid="ñ@x")), calendar(event("DTSTART;VALUE=DATE:20261201", title="Busy"))))

    midnight = SPAN.start + 7 * 1440
    assert found == [
        Busy("ñ@x", False, (Interval(midnight + 900, midnight + 960),)),
        Busy("one@elsewhere", True, (Interval(midnight + 300, midnight + 300 + 1440),)),
    ]


def test_a_question_is_read_as_it_was_put() -> None:
    question = asked("ñ", "")

    assert Question.of_bytes(question.as_bytes()) == question


def a_week(number: int) -> list[str]:
    return event(*LONG_AGO, "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=9999999", uid=str(number))


BOMBS = [
    pytest.param(calendar(event(*LONG_AGO, "RRULE:FREQ=SECONDLY")), {Fault.TOO_MUCH}, id="every second since 1900"),
    pytest.param(
        calendar(
            event(
                *TEN,
                "RDATE:"
                + ",".join(f"202612{n % 28 + 1:02}T{n % 24:02}{n % 60:02}{n % 59:02}Z" for n in range(110_000)),
            )
        ),
        {Fault.TOO_MUCH},
        id="a hundred thousand dates",
    ),
    pytest.param(calendar(*[a_week(number) for number in range(5000)]), {Fault.TOO_MUCH}, id="5,000 long series"),
    pytest.param(
        calendar(event(*LONG_AGO, "RRULE:FREQ=DAILY;COUNT=5;BYMONTH=2;BYMONTHDAY=31", uid="x")),
        {None, Fault.TOO_MUCH},
        id="a day that never comes",
    ),
    pytest.param(calendar(event(*TEN, "DESCRIPTION:" + "x" * 2_000_000)), {None}, id="a line of 2 MB"),
    pytest.param(calendar(event(*TEN, "DESCRIPTION:" + "\r\n ".join("x" * 20_000))), {None}, id="20,000 folds"),
    pytest.param(calendar(event(*TEN, "X-A" + ';P="a:b"' * 200_000 + ":x")), {None}, id="200,000 parameters"),
    pytest.param(calendar(["BEGIN:VTIMEZONE"] * 30_000), {Fault.NOT_A_CALENDAR}, id="zones in zones"),
    pytest.param(calendar(EASTERN * 2000, event(*TEN)), {None}, id="2,000 zones"),
    pytest.param("\0" * 2_000_000, {Fault.NOT_A_CALENDAR}, id="nothing, 2 MB of it"),
    pytest.param("<html>" + "<p>" * 100_000, {Fault.NOT_A_CALENDAR}, id="a page"),
]


@pytest.mark.parametrize(("text", "expected"), BOMBS)
def test_a_bomb_is_put_out_in_time(text: str, expected: set[Fault | None]) -> None:
    began, fault = monotonic(), None

    try:
        read(asked(text))
    except NotRead as failure:
        fault = failure.fault

    assert fault in expected
    assert monotonic() - began < 15


def test_a_process_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_room, "PATIENCE", 0.01)

    with pytest.raises(NotRead):
        read(asked(calendar()))


def test_memory_has_an_end() -> None:
    """Without its limit the process would take what there is."""
    program = "from scheduler.channels.reading_room_worker import confine; confine(); x = bytearray(10**9)"
    command = (*reading_room.COMMAND[:-2], "-c", program)

    done = subprocess.run(command, capture_output=True, check=False, cwd=reading_room.ROOT, env={})

    assert b"MemoryError" in done.stderr
