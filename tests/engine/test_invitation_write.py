from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from scheduler.engine.invitation.write import (
    BriefWords,
    Invited,
    NotAMeeting,
    NotAnAddress,
    cancel,
    lines_of,
    publish,
    request,
    summary_of,
)
from scheduler.engine.wording import banned_words
from tests.engine.invitations import (
    ANA,
    BRIEF,
    EVERY_OBJECT,
    MEETING,
    NASTY,
    Writer,
    check_content_lines,
    event_of,
    lines,
)

DESCRIPTION = (
    r"DESCRIPTION:https://citas.neutral.example/b/7K4MQ2XD\nClient's time: Tue 1 Dec\, 9:00 am (Tijuana)"
    r"\nMode: phone\nInterpreter: no\nClient contact: see brief"
)
NASTY += ";,\\\":' ñ😀" + "é" * 90


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
