"""What is due leaves once, over real SMTP, in the words of its reader."""

from datetime import UTC, datetime, timedelta

import vobject
from flask import Flask

from config import Settings
from scheduler.casework.moving import Cancel, MoveTo, cancel, move
from scheduler.casework.parts import Parts
from scheduler.models import Intake
from tests.builders.firm import again
from tests.casework.delivery.post import (
    FRIDAY_NOON,
    WEDNESDAY_TEN,
    a_booking,
    calendar,
    drain,
    event,
    mails,
    states,
    to,
    words,
)
from tests.channels.servers import Sink
from tests.conftest import Hands, on_both


@on_both
def test_a_booking_reaches_the_attorney_and_the_client(app: Flask, parts: Parts, sink: Sink) -> None:
    a_booking(app, parts)

    drain(parts)

    assert sorted(mail["To"] for mail in mails(sink)) == ["ana@firm.example", "rosa@mail.example"]
    assert {kind for kind, state in states(app).items() if state == "sent"} == {"invitation", "booked"}


@on_both
def test_nothing_is_sent_twice(app: Flask, parts: Parts, sink: Sink) -> None:
    a_booking(app, parts)
    drain(parts)

    count = drain(parts)

    assert (count, len(sink.envelopes)) == (0, 2)


def test_the_clients_mail_is_in_her_language_and_by_her_clock(app: Flask, parts: Parts, sink: Sink) -> None:
    a_booking(app, parts)

    drain(parts)

    (mail,) = to(sink, "rosa@mail.example")
    assert mail["Subject"] == "Su cita, mié 2 dic 10:00 am"
    assert "Su cita es el miércoles, 2 de diciembre, a las 10:00 de la mañana (hora de Tijuana)." in words(mail)
    assert str(mail["From"]) == "Citas LEU <citas@citas.example>"


def test_both_parsers_read_the_same_invitation(app: Flask, parts: Parts, sink: Sink) -> None:
    consultation = a_booking(app, parts)

    drain(parts)

    (mail,) = to(sink, "ana@firm.example")
    one, other = event(mail), vobject.readOne(calendar(mail).decode()).vevent
    assert (one["UID"], one["SEQUENCE"]) == (consultation.uid, 0) == (other.uid.value, int(other.sequence.value))
    assert one["DTSTART"].dt == other.dtstart.value.astimezone(UTC) == WEDNESDAY_TEN
    assert one["ATTENDEE"] == other.attendee.value == "mailto:ana@firm.example"


def test_the_words_of_an_invitation_hold_all_its_facts_and_no_name(app: Flask, parts: Parts, sink: Sink) -> None:
    consultation = a_booking(app, parts)
    ref = again(Intake, consultation.intake_id).ref

    drain(parts)

    (mail,) = to(sink, "ana@firm.example")
    assert mail["Subject"] == f"Call {ref} · N · es" == event(mail)["SUMMARY"]
    for kind in ("plain", "html"):
        said = words(mail, kind)
        assert "Wednesday, December 2, at 1:00 pm (New York)" in said
        assert all(fact in said for fact in ("1:45 pm", "Wed Dec 2 10:00 am (Tijuana)", f"/b/{ref}"))
        assert "Interpreter: no" in said
    assert not any(name in mail.as_string() for name in ("Rosa", "Hern", "526641234567"))


@on_both
def test_a_move_carries_the_same_uid_the_next_sequence_and_the_first_mails_thread(
    app: Flask, parts: Parts, sink: Sink, hands: Hands
) -> None:
    consultation = a_booking(app, parts)
    drain(parts)
    hands.set(hands.now + timedelta(minutes=5))
    move(parts, MoveTo(consultation.id, FRIDAY_NOON))

    drain(parts)

    first, second = to(sink, "ana@firm.example")
    assert (event(second)["UID"], event(second)["SEQUENCE"]) == (event(first)["UID"], 1)
    assert event(second)["DTSTAMP"].dt > event(first)["DTSTAMP"].dt
    assert second["In-Reply-To"] == first["Message-ID"] != second["Message-ID"]
    assert second["Subject"] == f"Updated: {first['Subject']}"


@on_both
def test_a_cancellation_ends_what_was_sent_last(app: Flask, parts: Parts, sink: Sink) -> None:
    consultation = a_booking(app, parts)
    drain(parts)
    cancel(parts, Cancel(consultation.id))

    drain(parts)

    last = event(to(sink, "ana@firm.example")[-1])
    assert (last["STATUS"], last["SEQUENCE"], last["DTSTART"].dt) == ("CANCELLED", 1, WEDNESDAY_TEN)
    assert b"METHOD:CANCEL" in calendar(to(sink, "ana@firm.example")[-1])
    assert to(sink, "rosa@mail.example")[-1]["Subject"] == "Cita cancelada"


def test_the_day_before_she_is_reminded(app: Flask, parts: Parts, sink: Sink, hands: Hands) -> None:
    a_booking(app, parts)
    hands.set(WEDNESDAY_TEN - timedelta(hours=24))

    drain(parts)

    assert to(sink, "rosa@mail.example")[-1]["Subject"] == "Mañana, 10:00 de la mañana"


def test_a_text_goes_where_texts_go(app: Flask, parts: Parts, settings: Settings, sink: Sink) -> None:
    a_booking(app, parts, contact_channel="sms", contact_phone="+526641234567", contact_email=None)

    drain(parts)

    (text,) = (settings.data / "texts").glob("*.json")
    assert "Citas LEU: su cita: mie 2 dic 10:00 am (hora de Tijuana). Ver o cambiar: http" in text.read_text()
    assert [mail["To"] for mail in mails(sink)] == ["ana@firm.example"]


def test_news_waits_for_her_safe_hours(app: Flask, parts: Parts, sink: Sink, hands: Hands) -> None:
    hands.set(datetime(2026, 11, 25, 4, 0, tzinfo=UTC))
    a_booking(app, parts)
    drain(parts)
    at_night = len(to(sink, "rosa@mail.example"))

    hands.set(datetime(2026, 11, 25, 17, 0, tzinfo=UTC))
    drain(parts)

    assert (at_night, len(to(sink, "rosa@mail.example"))) == (0, 1)
