"""Invitations as an attorney's mailbox gets them, read by two parsers that must agree."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from typing import Any

import icalendar
import vobject

from tests.builders.jobs import wait_until
from tests.channels.servers import Sink


@dataclass(frozen=True, slots=True)
class Invitation:
    """What both parsers read."""

    method: str
    uid: str
    sequence: int
    start: datetime
    end: datetime
    summary: str


def invitations(sink: Sink, count: int) -> list[Invitation]:
    """So many of them, as they arrive."""
    wait_until(lambda: len(_calendars(sink)) >= count)
    return [_read(content) for content in _calendars(sink)]


def _calendars(sink: Sink) -> list[bytes]:
    mails = [message_from_bytes(bytes(one.original_content or b"")) for one in list(sink.envelopes)]
    parts = [part for mail in mails for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return [content for part in parts if isinstance(content := part.get_payload(decode=True), bytes)]


def _read(content: bytes) -> Invitation:
    calendar = icalendar.Calendar.from_ical(content)
    event: Any = calendar.walk("VEVENT")[0]
    first = Invitation(
        method=str(calendar["METHOD"]),
        uid=str(event["UID"]),
        sequence=int(event["SEQUENCE"]),
        start=event["DTSTART"].dt,
        end=event["DTEND"].dt,
        summary=str(event["SUMMARY"]),
    )
    other = vobject.readOne(content.decode())
    second = Invitation(
        method=other.method.value,
        uid=other.vevent.uid.value,
        sequence=int(other.vevent.sequence.value),
        start=other.vevent.dtstart.value,
        end=other.vevent.dtend.value,
        summary=other.vevent.summary.value,
    )
    assert first == second
    return first
