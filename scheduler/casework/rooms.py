"""Video rooms: the attorney's own fixed address, or one at random for a consultation; never in a message."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select

from scheduler.casework.firm import FirmView
from scheduler.casework.parts import Parts
from scheduler.casework.sealing import place, seal, unseal
from scheduler.models import Consultation, Person, db

BEFORE = timedelta(minutes=10)
"""The room's address is shown from then on, until the call ends."""

VIDEO = "video"
RANDOM_BYTES = 16
RANDOM = "{random}"


def furnish(parts: Parts, consultation: Consultation) -> None:
    """Seal the random part of the room's address into a new consultation; its attorney may change, this stays."""
    key = parts.keyring.open(consultation.intake_id)
    name = secrets.token_urlsafe(RANDOM_BYTES)
    consultation.room = seal({"random": name}, key, place("consultation", "room", consultation.id))


def open_room(parts: Parts, firm: FirmView, consultation: Consultation, now: datetime) -> str | None:
    """The address of the room while its door is open; None before, after, and where there is no room."""
    if consultation.call_mode != VIDEO or not consultation.starts_at - BEFORE <= now < consultation.ends_at:
        return None
    return address(parts, firm, consultation)


def address(parts: Parts, firm: FirmView, consultation: Consultation) -> str | None:
    """The address of the room: the attorney's own, else the firm's pattern; None where neither is set up."""
    own = db.session.scalar(select(Person.room_url).where(Person.number == consultation.attorney))
    pattern = str(firm.settings.get("video_pattern") or "")
    if own or RANDOM not in pattern:
        return own
    key = parts.keyring.open(consultation.intake_id)
    sealed = unseal(consultation.room, key, place("consultation", "room", consultation.id))
    return pattern.replace(RANDOM, str(sealed["random"])) if sealed else None
