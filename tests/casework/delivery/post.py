"""Words for tests of deliveries: a booking, its letters, and what arrives."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import icalendar
from flask import Flask
from sqlalchemy import select

from scheduler.casework.booking import BookSlot, book
from scheduler.casework.delivery import deliver_one
from scheduler.casework.outbox import Delivery
from scheduler.casework.parts import Parts
from scheduler.models import Consultation, Outbox, db
from tests.builders.firm import a_firm, an_intake
from tests.channels.servers import Sink

WEDNESDAY_TEN = datetime(2026, 12, 2, 18, 0, tzinfo=UTC)
FRIDAY_NOON = datetime(2026, 12, 4, 20, 0, tzinfo=UTC)
EMAIL: dict[str, Any] = {"contact_channel": "email", "contact_email": "rosa@mail.example", "contact_phone": None}
IMPATIENT = Delivery(lease=0, first_pause=0, longest_pause=0)


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
