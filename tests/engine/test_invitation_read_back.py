"""Two libraries read every calendar object as it was meant, whatever was typed into it."""

from dataclasses import replace
from datetime import timedelta

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.engine.invitation import write
from scheduler.engine.invitation.write import (
    plain_line,
    request,
)
from tests.engine.invitations import (
    ANA,
    EVERY_OBJECT,
    MEETING,
    NASTY,
    Writer,
    check_content_lines,
    event_of,
)


@EVERY_OBJECT
def test_icalendar_reads_back_what_was_meant(written: Writer, method: str) -> None:
    content = written(MEETING)

    event = event_of(content)
    assert icalendar.Calendar.from_ical(content)["METHOD"] == method
    assert event.errors == []
    assert (event["UID"], event["SEQUENCE"]) == (MEETING.uid, 1)
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (MEETING.start, MEETING.end)
    assert event.decoded("DTSTAMP") == MEETING.stamp
    assert event["SUMMARY"] == MEETING.summary
    assert event["ORGANIZER"] == "mailto:citas@neutral.example"


@EVERY_OBJECT
def test_vobject_reads_back_what_was_meant(written: Writer, method: str) -> None:
    calendar = vobject.readOne(written(MEETING).decode())

    event = calendar.vevent
    assert calendar.method.value == method
    assert (event.uid.value, event.sequence.value) == (MEETING.uid, "1")
    assert (event.dtstart.value, event.dtend.value) == (MEETING.start, MEETING.end)
    assert event.dtstamp.value == MEETING.stamp
    assert event.summary.value == MEETING.summary
    assert event.organizer.value == "mailto:citas@neutral.example"
    assert event.organizer.params["CN"] == ["Citas LEU"]


def test_both_readers_find_the_one_attendee_without_a_name() -> None:
    content = request(MEETING, ANA)

    attendee, other = event_of(content)["ATTENDEE"], vobject.readOne(content.decode()).vevent.attendee
    assert attendee == other.value == "mailto:ana@firm.example"
    assert {name: [value] for name, value in attendee.params.items()} == other.params
    assert "CN" not in attendee.params


def test_both_readers_find_the_alarm() -> None:
    content = request(MEETING, ANA)

    (alarm,) = event_of(content).walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(minutes=-15)
    assert vobject.readOne(content.decode()).vevent.valarm.trigger.value == timedelta(minutes=-15)


@EVERY_OBJECT
def test_nothing_that_is_typed_makes_a_line_of_its_own(written: Writer, method: str) -> None:
    hostile = replace(MEETING, summary=NASTY, alias=NASTY, uid=NASTY)

    attendees, alarms = (0 if method == "PUBLISH" else 1), (1 if method == "REQUEST" else 0)
    check_content_lines(written(hostile), attendees, alarms)


def test_the_check_of_content_lines_has_power(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "plain_line", lambda text: text.replace("\ud800", ""))

    with pytest.raises(AssertionError):
        check_content_lines(request(replace(MEETING, summary=NASTY), ANA), attendees=1, alarms=1)


def test_what_is_typed_in_link_and_lines_makes_no_line_of_its_own() -> None:
    check_content_lines(request(MEETING, replace(ANA, link=NASTY, lines=(NASTY, NASTY))), attendees=1, alarms=1)


def test_both_readers_read_hostile_text_alike() -> None:
    content = request(replace(MEETING, summary=NASTY, alias=NASTY), ANA)

    ours, other = event_of(content), vobject.readOne(content.decode()).vevent
    assert ours["SUMMARY"] == other.summary.value == plain_line(NASTY)


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_text_survives_as_one_line(summary: str, alias: str) -> None:
    content = request(replace(MEETING, summary=summary, alias=alias), ANA)

    check_content_lines(content, attendees=1, alarms=1)
    assert event_of(content)["SUMMARY"] == plain_line(summary)
