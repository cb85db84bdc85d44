import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.engine.invitation import write
from scheduler.engine.invitation.write import (
    Brief,
    BriefWords,
    Invited,
    Meeting,
    NotAMeeting,
    NotAnAddress,
    cancel,
    lines_of,
    plain_line,
    publish,
    request,
    summary_of,
)
from scheduler.engine.wording import banned_words

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
DESCRIPTION = (
    r"DESCRIPTION:https://citas.neutral.example/b/7K4MQ2XD\nClient's time: Tue 1 Dec\, 9:00 am (Tijuana)"
    r"\nMode: phone\nInterpreter: no\nClient contact: see brief"
)
NASTY = "Ana\r\nATTENDEE:mailto:e@x.test\nBEGIN:VALARM\rX\x00\x0b\x0c\x1f\x7f\x85\u2028URL:z\u2029\ud800"
NASTY += ";,\\\":' ñ😀" + "é" * 90


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


def test_the_whole_request_is_this() -> None:
    assert lines(request(MEETING, ANA)) == [
        "BEGIN:VCALENDAR",
        "PRODID:-//Cita//Invitations//EN",
        "VERSION:2.0",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "UID:9f86d081884c7d659a2feaa0c55ad015@neutral.example",
        "SEQUENCE:1",
        "DTSTAMP:20261124T183005Z",
        "DTSTART:20261201T170000Z",
        "DTEND:20261201T174500Z",
        "SUMMARY:Call 7K4MQ2XD · U1 · es",
        'ORGANIZER;CN="Citas LEU":mailto:citas@neutral.example',
        "STATUS:CONFIRMED",
        "CLASS:PRIVATE",
        "TRANSP:OPAQUE",
        "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:ana@firm.example",
        DESCRIPTION,
        "LOCATION:https://citas.neutral.example/b/7K4MQ2XD",
        "URL:https://citas.neutral.example/b/7K4MQ2XD",
        "X-MICROSOFT-DISALLOW-COUNTER:FALSE",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Call 7K4MQ2XD · U1 · es",
        "TRIGGER:-PT15M",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_the_whole_file_for_the_client_is_this() -> None:
    assert lines(publish(replace(MEETING, summary="Cita", sequence=0))) == [
        "BEGIN:VCALENDAR",
        "PRODID:-//Cita//Invitations//EN",
        "VERSION:2.0",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "UID:9f86d081884c7d659a2feaa0c55ad015@neutral.example",
        "SEQUENCE:0",
        "DTSTAMP:20261124T183005Z",
        "DTSTART:20261201T170000Z",
        "DTEND:20261201T174500Z",
        "SUMMARY:Cita",
        'ORGANIZER;CN="Citas LEU":mailto:citas@neutral.example',
        "STATUS:CONFIRMED",
        "CLASS:PRIVATE",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_a_cancellation_repeats_the_request_without_alarm_and_counter() -> None:
    asked, taken_back = lines(request(MEETING, ANA)), lines(cancel(MEETING, ANA))

    left_out = {"BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15M", "END:VALARM", "X-MICROSOFT-DISALLOW-COUNTER:FALSE"}
    left_out.add(f"DESCRIPTION:{MEETING.summary}")
    changed = {"METHOD:REQUEST": "METHOD:CANCEL", "STATUS:CONFIRMED": "STATUS:CANCELLED"}
    assert taken_back == [changed.get(line, line) for line in asked if line not in left_out]


def test_a_cancellation_needs_a_raised_sequence() -> None:
    with pytest.raises(NotAMeeting):
        cancel(replace(MEETING, sequence=0), ANA)


def test_an_interpreter_gets_no_alarm() -> None:
    interpreter = replace(ANA, address="mam@words.example", alarm=False)

    check_content_lines(request(MEETING, interpreter), attendees=1, alarms=0)


def test_an_answer_on_record_is_repeated() -> None:
    written = request(MEETING, replace(ANA, partstat="ACCEPTED"))

    assert event_of(written)["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"


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


def test_an_interpreter_on_the_call_is_told_in_summary_and_description() -> None:
    brief, words = replace(BRIEF, interpreter=True), BriefWords()

    assert summary_of(brief, words) == "Call 7K4MQ2XD · U1 · es+int"
    assert "Interpreter: yes" in lines_of(brief, words)


def test_the_words_may_be_those_of_another_language() -> None:
    spanish = BriefWords(summary="Llamada {what}", interpreter="Intérprete: {answer}", no="no")

    assert summary_of(BRIEF, spanish) == "Llamada 7K4MQ2XD · U1 · es"
    assert "Intérprete: no" in lines_of(BRIEF, spanish)


@EVERY_OBJECT
def test_no_object_holds_a_banned_word(written: Writer, method: str) -> None:
    assert banned_words("\n".join(lines(written(MEETING)))) == []


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


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("Ana <ana@firm.example>", id="with a name"),
        pytest.param(" ana@firm.example", id="a space before it"),
        pytest.param("ana@firm.example\r\nATTENDEE:mailto:e@x.test", id="a second line"),
        pytest.param("ana@firm.example,eva@firm.example", id="two"),
        pytest.param("mailto:ana@firm.example", id="with its scheme"),
        pytest.param("ana\x00@firm.example", id="a control character"),
        pytest.param("ana", id="no domain"),
        pytest.param("", id="nothing"),
    ],
)
def test_only_a_bare_address_is_invited_or_invites(address: str) -> None:
    with pytest.raises(NotAnAddress):
        Invited(address, BRIEF.link)
    with pytest.raises(NotAnAddress):
        replace(MEETING, organizer=address)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"end": MEETING.start}, id="no length"),
        pytest.param({"end": MEETING.start - timedelta(minutes=1)}, id="it ends before it begins"),
        pytest.param({"sequence": -1}, id="a sequence below none"),
        pytest.param({"start": datetime(2026, 12, 1, 9, 0)}, id="a start without a zone"),  # noqa: DTZ001
        pytest.param({"stamp": datetime(2026, 12, 1, 9, 0)}, id="a stamp without a zone"),  # noqa: DTZ001
    ],
)
def test_a_meeting_cannot_contradict_itself(wrong: dict[str, int | datetime]) -> None:
    with pytest.raises(NotAMeeting):
        replace(MEETING, **wrong)  # type: ignore[arg-type]


def test_the_invited_address_is_not_shown_in_logs() -> None:
    assert "ana@" not in repr(ANA)
