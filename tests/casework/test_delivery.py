"""What is due leaves once, over real SMTP, in the words of its reader; what is stale or unsafe does not."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import icalendar
import pytest
import vobject
from flask import Flask
from sqlalchemy import select, update

from config import Settings
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.delivery import deliver_one
from scheduler.casework.documents import open_answers, seal_answers
from scheduler.casework.moving import Cancel, MoveTo, cancel, move
from scheduler.casework.outbox import Delivery
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.channels.port import Channel, Mail
from scheduler.models import Consultation, Intake, Outbox, Task, db
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.mail import mailing_to
from tests.channels.servers import Sink
from tests.conftest import Hands, on_both

WEDNESDAY_TEN = datetime(2026, 12, 2, 18, 0, tzinfo=UTC)
FRIDAY_NOON = datetime(2026, 12, 4, 20, 0, tzinfo=UTC)
EMAIL: dict[str, Any] = {"contact_channel": "email", "contact_email": "rosa@mail.example", "contact_phone": None}
IMPATIENT = Delivery(lease=0, first_pause=0, longest_pause=0)


class Died(BaseException):
    """The process ends here, as far as this test goes."""


@dataclass
class Dying:
    """A way out whose caller does not live to write down that the letter left."""

    way: Channel[Mail]

    def send(self, letter: Mail) -> None:
        self.way.send(letter)
        raise Died

    def forget(self, row: UUID) -> None:
        self.way.forget(row)


@dataclass
class Watching:
    """A way out that looks whether anything is being read or written while it is called."""

    seen: list[bool] = field(default_factory=list)

    def send(self, _letter: Mail) -> None:
        self.seen.append(db.session().in_transaction())

    def forget(self, row: UUID) -> None:
        """It keeps nothing."""


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture
def settings(tmp_path: Any, databases: Any, database_kind: str, hands: Hands, sink: Sink) -> Iterator[Settings]:
    where = {"database_url": databases.url(database_kind), "clock_file": hands.file}
    with mailing_to(sink, tmp_path / "var", **where) as settings:
        yield settings


def drain(parts: Parts, delivery: Delivery = IMPATIENT, most: int = 50) -> int:
    """Deliver until nothing is due; how many rows were claimed."""
    for count in range(most):
        if not deliver_one(parts, delivery):
            return count
    return most


def mails(sink: Sink) -> list[EmailMessage]:
    parsed = [message_from_bytes(bytes(one.original_content or b""), policy=policy.default) for one in sink.envelopes]
    assert all(isinstance(one, EmailMessage) for one in parsed)
    return parsed


def to(sink: Sink, address: str) -> list[EmailMessage]:
    return [mail for mail in mails(sink) if mail["To"] == address]


def calendar(mail: EmailMessage) -> bytes:
    (content,) = [part.get_payload(decode=True) for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert isinstance(content, bytes)
    return content


def event(mail: EmailMessage) -> Any:
    (found,) = icalendar.Calendar.from_ical(calendar(mail)).walk("VEVENT")
    return found


def words(mail: EmailMessage, kind: str = "plain") -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def a_booking(app: Flask, parts: Parts, start: datetime = WEDNESDAY_TEN, **answers: Any) -> Consultation:
    a_firm(app).with_attorney("Ana", zone="America/New_York", hours="9:00-18:00")
    return book(parts, BookSlot(an_intake(app, **{**EMAIL, **answers}).id, start, "phone"))


def states(app: Flask) -> dict[str, str]:
    db.session.rollback()
    return {row.kind: row.state for row in db.session.scalars(select(Outbox))}


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


@on_both
def test_what_waits_when_a_call_is_cancelled_is_not_sent(app: Flask, parts: Parts, sink: Sink, hands: Hands) -> None:
    consultation = a_booking(app, parts)
    drain(parts)
    cancel(parts, Cancel(consultation.id))
    drain(parts)
    sent = len(sink.envelopes)

    hands.set(FRIDAY_NOON)
    drain(parts)

    assert len(sink.envelopes) == sent
    assert {state for kind, state in states(app).items() if kind.startswith("remind")} == {"dropped"}


@on_both
def test_a_reminder_of_a_cancelled_call_is_dropped_even_where_it_was_left(
    app: Flask, parts: Parts, sink: Sink, hands: Hands
) -> None:
    """Power: the withdrawal of reminders is undone, and the second look at sending still stops them."""
    consultation = a_booking(app, parts)
    drain(parts)
    cancel(parts, Cancel(consultation.id))
    drain(parts)
    sent = len(sink.envelopes)
    with writing() as session:
        session.execute(update(Outbox).where(Outbox.kind.startswith("remind")).values(state="waiting"))

    hands.set(WEDNESDAY_TEN - timedelta(hours=23))
    drain(parts)

    assert len(sink.envelopes) == sent


def test_the_day_before_she_is_reminded(app: Flask, parts: Parts, sink: Sink, hands: Hands) -> None:
    a_booking(app, parts)
    hands.set(WEDNESDAY_TEN - timedelta(hours=24))

    drain(parts)

    assert to(sink, "rosa@mail.example")[-1]["Subject"] == "Mañana, 10:00 de la mañana"


def test_a_reminder_that_was_held_up_too_long_is_dropped(app: Flask, parts: Parts, sink: Sink, hands: Hands) -> None:
    a_booking(app, parts)
    drain(parts)

    hands.set(WEDNESDAY_TEN + timedelta(minutes=1))
    drain(parts)

    assert len(sink.envelopes) == 2
    assert {row.result for row in db.session.scalars(select(Outbox)) if row.kind.startswith("remind")} == {"too_late"}


@on_both
@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"device_safe": "not_sure"}, id="the device is not safe any more"),
        pytest.param({"phone_shared": "shared_unsafe"}, id="others see the phone"),
        pytest.param({"may_write": "no"}, id="she took her permission back"),
        pytest.param({"contact_channel": "call"}, id="only calls"),
    ],
)
def test_safety_is_looked_at_again_when_a_letter_leaves(
    app: Flask, parts: Parts, sink: Sink, change: dict[str, Any]
) -> None:
    consultation = a_booking(app, parts)
    with writing() as session:
        intake = session.get_one(Intake, consultation.intake_id)
        seal_answers(parts, intake, {**open_answers(parts, intake), **change})

    drain(parts)

    assert to(sink, "rosa@mail.example") == []
    assert states(app)["booked"] == "withheld"
    assert "call_client" in set(db.session.scalars(select(Task.kind)))


def test_the_manual_flag_stops_letters_that_wait(app: Flask, parts: Parts, sink: Sink) -> None:
    consultation = a_booking(app, parts)
    with writing() as session:
        session.get_one(Intake, consultation.intake_id).flags = ["manual_contact"]

    drain(parts)

    assert to(sink, "rosa@mail.example") == []


def test_a_text_goes_where_texts_go(app: Flask, parts: Parts, settings: Settings, sink: Sink) -> None:
    a_booking(app, parts, contact_channel="sms", contact_phone="+526641234567", contact_email=None)

    drain(parts)

    (text,) = (settings.data / "texts").glob("*.json")
    assert "Citas LEU: su cita: mie 2 dic 10:00 am (hora de Tijuana). Ver o cambiar: http" in text.read_text()
    assert [mail["To"] for mail in mails(sink)] == ["ana@firm.example"]


@on_both
def test_while_the_server_is_down_the_booking_stands_and_the_mail_goes_when_it_is_back(
    app: Flask, parts: Parts, sink: Sink
) -> None:
    sink.refusals["mail"] = "421 closed"
    consultation = a_booking(app, parts)
    drain(parts, most=4)

    del sink.refusals["mail"]
    drain(parts)

    assert again(Consultation, consultation.id).state == "booked"
    assert len(to(sink, "ana@firm.example")) == len(to(sink, "rosa@mail.example")) == 1


@on_both
def test_a_letter_that_had_left_when_the_process_died_leaves_once_more_with_the_same_bytes(
    app: Flask, parts: Parts, sink: Sink
) -> None:
    a_booking(app, parts)
    for _ in range(2):
        with pytest.raises(Died):
            deliver_one(replace(parts, mail=Dying(parts.mail)), IMPATIENT)

    drain(parts)

    contents = [bytes(one.original_content or b"") for one in sink.envelopes]
    assert len(set(contents)) == 2
    assert all(contents.count(one) >= 2 for one in set(contents[:2]))


@pytest.mark.parametrize(
    ("answer", "stage"),
    [pytest.param("550 no such user", "rcpt", id="the address"), pytest.param("554 spam", "dot", id="the letter")],
)
def test_what_is_refused_for_good_is_shown_at_the_desk(
    app: Flask, parts: Parts, sink: Sink, answer: str, stage: str
) -> None:
    sink.refusals[stage] = answer
    a_booking(app, parts)

    drain(parts)

    assert {states(app)["invitation"], states(app)["booked"]} == {"failed"}
    assert list(db.session.scalars(select(Task.kind))).count("letter_failed") == 2


def test_what_could_not_be_sent_for_three_days_is_shown_at_the_desk(app: Flask, parts: Parts, sink: Sink) -> None:
    sink.refusals["rcpt"] = "451 later"
    a_booking(app, parts)

    drain(parts, Delivery(lease=0, first_pause=0, longest_pause=0, give_up=0), most=20)

    assert {states(app)["invitation"], states(app)["booked"]} == {"failed"}


def test_a_letter_that_cannot_be_written_holds_up_no_other(app: Flask, parts: Parts, sink: Sink) -> None:
    a_booking(app, parts)
    with writing() as session:
        session.execute(update(Outbox).where(Outbox.kind == "invitation").values(facts={"attorney": 1, "sequence": 0}))

    drain(parts, Delivery())

    assert [mail["To"] for mail in mails(sink)] == ["rosa@mail.example"]


def test_no_transaction_is_open_while_a_letter_is_on_its_way(app: Flask, parts: Parts) -> None:
    a_booking(app, parts)
    watching = Watching()

    deliver_one(replace(parts, mail=watching), IMPATIENT)

    assert watching.seen == [False]


def test_a_purged_intake_is_written_about_no_more(app: Flask, parts: Parts, sink: Sink) -> None:
    consultation = a_booking(app, parts)
    parts.keyring.destroy(consultation.intake_id)

    drain(parts)

    assert to(sink, "rosa@mail.example") == []
    assert states(app)["booked"] == "dropped"


def test_news_waits_for_her_safe_hours(app: Flask, parts: Parts, sink: Sink, hands: Hands) -> None:
    hands.set(datetime(2026, 11, 25, 4, 0, tzinfo=UTC))
    a_booking(app, parts)
    drain(parts)
    at_night = len(to(sink, "rosa@mail.example"))

    hands.set(datetime(2026, 11, 25, 17, 0, tzinfo=UTC))
    drain(parts)

    assert (at_night, len(to(sink, "rosa@mail.example"))) == (0, 1)
