"""A meeting, whom it invites, and what every calendar object must keep to."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest

from scheduler.engine.invitation.write import (
    Brief,
    BriefWords,
    Invited,
    Meeting,
    cancel,
    lines_of,
    publish,
    request,
    summary_of,
)

BRIEF = Brief(
    ref="7K4MQ2XD",
    level="U1",
    language="es",
    interpreter=False,
    client_time="Tue 1 Dec, 9:00 am (Tijuana)",
    mode="phone",
    link="https://citas.neutral.example/b/7K4MQ2XD",
)
MEETING = Meeting(
    uid="9f86d081884c7d659a2feaa0c55ad015@neutral.example",
    sequence=1,
    stamp=datetime(2026, 11, 24, 18, 30, 5, tzinfo=UTC),
    start=datetime(2026, 12, 1, 9, 0, tzinfo=ZoneInfo("America/Tijuana")),
    end=datetime(2026, 12, 1, 9, 45, tzinfo=ZoneInfo("America/Tijuana")),
    summary=summary_of(BRIEF, BriefWords()),
    organizer="citas@neutral.example",
    alias="Citas LEU",
)
ANA = Invited("ana@firm.example", BRIEF.link, lines_of(BRIEF, BriefWords()))

Writer = Callable[[Meeting], bytes]
EVERY_OBJECT = pytest.mark.parametrize(
    ("written", "method"),
    [
        pytest.param(lambda meeting: request(meeting, ANA), "REQUEST", id="request"),
        pytest.param(lambda meeting: cancel(meeting, ANA), "CANCEL", id="cancel"),
        pytest.param(publish, "PUBLISH", id="publish"),
    ],
)
NASTY = "Ana\r\nATTENDEE:mailto:e@x.test\nBEGIN:VALARM\rX\x00\x0b\x0c\x1f\x7f\x85\u2028URL:z\u2029\ud800"


def event_of(content: bytes) -> icalendar.Component:
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return event


def lines(content: bytes) -> list[str]:
    """The content lines, unfolded."""
    return content.decode().replace("\r\n ", "").split("\r\n")[:-1]


def check_content_lines(content: bytes, attendees: int, alarms: int) -> None:
    """What security.md D3 asks of every object, whatever was typed."""
    assert content.endswith(b"\r\n")
    assert not re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)|(?<!\r)\n", content)
    assert not re.search("[\x80-\x9f\u2028\u2029\ufeff]", content.decode())
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert [line for line in lines(content) if not re.match(r"[A-Z0-9-]+[;:]", line)] == []
    names = [re.split("[;:]", line)[0] for line in lines(content)]
    assert names.count("ORGANIZER") == 1
    assert names.count("ATTENDEE") == attendees
    assert names.count("ATTACH") == 0
    assert names.count("URL") == attendees
    assert lines(content).count("BEGIN:VALARM") == alarms
