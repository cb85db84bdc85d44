"""Secret addresses of clients: made here, kept as hashes, found again (intake.md §4.1 no. 8)."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.casework.parts import Parts
from scheduler.casework.sealing import place, seal, unseal
from scheduler.models import ClientLink, Consultation, db

AFTER_THE_CALL = timedelta(hours=2)
MANAGE = "manage"


def digest(token: str) -> bytes:
    """What is stored of a token: its SHA-256."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def mint(parts: Parts, consultation: Consultation) -> dict[str, Any]:
    """
    A link to a consultation's own page by a new token of 256 bits: what its row holds, for the caller's transaction.

    The token itself is sealed into the consultation.
    """
    token = secrets.token_urlsafe(32)
    key = parts.keyring.open(consultation.intake_id)
    consultation.link = seal({"token": token}, key, place("consultation", "link", consultation.id))
    return {
        "sha256": digest(token),
        "purpose": MANAGE,
        "intake_id": consultation.intake_id,
        "consultation_id": consultation.id,
        "expires_at": consultation.ends_at + AFTER_THE_CALL,
    }


def token_of(parts: Parts, consultation: Consultation) -> str:
    """The token of a consultation's own page, from its sealed copy."""
    key = parts.keyring.open(consultation.intake_id)
    return str(unseal(consultation.link, key, place("consultation", "link", consultation.id))["token"])


def own_page(parts: Parts, consultation: Consultation) -> str:
    """The full address of a consultation's own page."""
    return f"{parts.base_url}/c/{token_of(parts, consultation)}"


def extend(session: Session, consultation: Consultation) -> None:
    """Let the links of a consultation live until after its new time."""
    for link in session.scalars(select(ClientLink).where(ClientLink.consultation_id == consultation.id)):
        link.expires_at = consultation.ends_at + AFTER_THE_CALL


def find(parts: Parts, token: str) -> ClientLink | None:
    """The living link of a token; None for one that never was, has ended or was revoked."""
    link = db.session.scalar(select(ClientLink).where(ClientLink.sha256 == digest(token)))
    if link is None or link.revoked_at is not None or link.expires_at <= parts.clock.now():
        return None
    return link
