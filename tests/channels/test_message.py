import email
import re
from dataclasses import replace
from email import policy
from email.message import EmailMessage, Message, MIMEPart

import icalendar
import pytest

from scheduler.channels.message import build
from scheduler.channels.port import Mail, Stage, Undeliverable
from tests.channels.letters import INVITATION, INVITING, PLAIN

LINE_ENDS = [
    "\r\nBcc: e@x.test",
    "\nBcc: e@x.test",
    "\rBcc: e@x.test",
    "\u2028",
    "\u2029",
    "\x85",
    "\x00",
    "\x0b",
    "\x1f",
]


def read(mail: Mail) -> EmailMessage:
    message = email.message_from_bytes(build(mail), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def tree(part: MIMEPart) -> object:
    kind = part.get_content_type()
    return {kind: [tree(child) for child in part.iter_parts()]} if part.is_multipart() else kind


def content(part: Message) -> bytes:
    decoded = part.get_payload(decode=True)
    assert isinstance(decoded, bytes)
    return decoded


def test_a_mail_to_a_client_has_two_alternatives() -> None:
    assert tree(read(PLAIN)) == {"multipart/alternative": ["text/plain", "text/html"]}


def test_an_invitation_has_the_shape_that_calendars_expect() -> None:
    assert tree(read(INVITING)) == {
        "multipart/mixed": [
            {"multipart/alternative": ["text/plain", "text/html", "text/calendar"]},
            "application/ics",
        ]
    }


def test_the_calendar_part_names_its_method_and_is_no_attachment() -> None:
    part = next(part for part in read(INVITING).walk() if part.get_content_type() == "text/calendar")

    assert dict(part["Content-Type"].params) == {"charset": "UTF-8", "method": "REQUEST", "component": "VEVENT"}
    assert part["Content-Transfer-Encoding"] == "base64"
    assert part["Content-Disposition"] is None


def test_the_attached_copy_holds_the_same_bytes() -> None:
    parts = [part for part in read(INVITING).walk() if part.get_content_type() in {"text/calendar", "application/ics"}]

    assert [content(part) for part in parts] == [INVITATION, INVITATION]
    assert parts[1].get_filename() == "invite.ics"
    assert parts[1].get_content_disposition() == "attachment"


def test_a_calendar_reads_the_invitation_out_of_the_mail() -> None:
    part = next(part for part in read(INVITING).walk() if part.get_content_type() == "text/calendar")

    (event,) = icalendar.Calendar.from_ical(content(part)).walk("VEVENT")
    assert event["ATTENDEE"] == f"mailto:{read(INVITING)['To']}"
    assert event["ORGANIZER"] == f"mailto:{read(INVITING)['From'].addresses[0].addr_spec}"


def test_the_headers_stand_once_and_are_these() -> None:
    assert list(read(INVITING).items())[:8] == [
        ("From", "Citas LEU <citas@neutral.example>"),
        ("To", "ana@firm.example"),
        ("Subject", "Call 7K4MQ2XD"),
        ("Date", "Tue, 24 Nov 2026 18:30:00 +0000"),
        ("Message-ID", "<5891b5b522d5df086d0ff0b110fbd9d2@neutral.example>"),
        ("In-Reply-To", "<00000000000000000000000000000000@neutral.example>"),
        ("References", "<00000000000000000000000000000000@neutral.example>"),
        ("Auto-Submitted", "auto-generated"),
    ]
    assert sorted(set(read(INVITING).keys())) == sorted(read(INVITING).keys())


def test_a_first_mail_answers_none() -> None:
    assert {"In-Reply-To", "References", "Bcc", "Precedence", "List-Id"}.isdisjoint(read(PLAIN).keys())


def test_every_line_is_short_ascii_with_crlf() -> None:
    lines = build(INVITING).split(b"\r\n")

    assert all(len(line) <= 998 and line.isascii() for line in lines)
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", build(INVITING))


def test_accents_arrive_in_subject_and_both_bodies() -> None:
    message = read(PLAIN)
    plain, html = message.iter_parts()

    assert message["Subject"] == PLAIN.subject
    assert "miércoles" in content(plain).decode()
    assert "miércoles" in content(html).decode()


def test_a_second_try_has_the_same_bytes() -> None:
    assert build(INVITING) == build(replace(INVITING))


def test_a_message_id_at_a_long_domain_stays_in_one_piece() -> None:
    long = f"<5891b5b522d5df086d0ff0b110fbd9d2@{'neutral-' * 7}.{'a' * 60}.example>"

    written = build(replace(PLAIN, message_id=long, in_reply_to=long))

    assert written.count(long.encode()) == 3


@pytest.mark.parametrize("ending", [pytest.param(ending, id=ascii(ending)) for ending in LINE_ENDS])
@pytest.mark.parametrize("place", ["to", "sender", "sender_name", "subject", "message_id", "in_reply_to"])
def test_no_header_takes_a_second_line(place: str, ending: str) -> None:
    broken = replace(PLAIN, in_reply_to=PLAIN.message_id)
    value = getattr(broken, place)

    with pytest.raises(Undeliverable) as refused:
        build(replace(broken, **{place: value[:3] + ending + value[3:]}))

    assert refused.value.stage is Stage.WRITE


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("josé@mail.example", id="another script, which few servers take"),
        pytest.param("a@mail.example, b@mail.example", id="two"),
        pytest.param("<a@mail.example>", id="in brackets"),
        pytest.param("a b@mail.example", id="a space"),
        pytest.param("nobody", id="no domain"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_mail_goes_to_one_bare_address(address: str) -> None:
    with pytest.raises(Undeliverable):
        build(replace(PLAIN, to=address))


@pytest.mark.parametrize("place", ["subject", "plain", "html"])
def test_half_a_character_is_refused_and_raises_nothing_else(place: str) -> None:
    with pytest.raises(Undeliverable):
        build(replace(PLAIN, **{place: "a\ud800b"}))  # type: ignore[arg-type]


def test_a_percent_encoded_line_end_stays_text() -> None:
    assert read(replace(PLAIN, subject="Ana%0d%0aBcc: e@x.test"))["Subject"] == "Ana%0d%0aBcc: e@x.test"


def test_a_long_subject_is_folded_and_arrives_whole() -> None:
    subject = "Su cita, " + "mañana " * 200 + "x" * 1200

    message = read(replace(PLAIN, subject=subject))

    assert message["Subject"] == subject
    assert "Bcc" not in message


def test_nobody_is_named_where_letters_are_logged() -> None:
    shown = repr(PLAIN) + repr(INVITING)

    assert not re.search("lucia|ana@|Hola|Su cita|Call|VCALENDAR", shown)
