"""Secret addresses of clients: made here, kept as hashes, found again (intake.md §4.1 no. 8)."""

import base64
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
MANAGE, SHORT = "manage", "short"
SHORT_BYTES = 10
"""80 bits: 16 letters of base 32, which fit into a text; so what they open asks who is there."""


def digest(token: str) -> bytes:
    """What is stored of a token: its SHA-256."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def mint(parts: Parts, consultation: Consultation) -> list[dict[str, Any]]:
    """
    The links to a consultation's own page: by a new token of 256 bits, and by a short code for texts.

    Returns what their rows hold, for the caller's transaction; token and code are sealed into the consultation.
    """
    token, short = secrets.token_urlsafe(32), new_short()
    key = parts.keyring.open(consultation.intake_id)
    consultation.link = seal({"token": token, "short": short}, key, place("consultation", "link", consultation.id))
    return [_row(consultation, MANAGE, token), _row(consultation, SHORT, short)]


def new_short() -> str:
    """A new code of 80 bits, as 16 small letters and digits (RFC 4648 §6)."""
    return base64.b32encode(secrets.token_bytes(SHORT_BYTES)).decode("ascii").lower()


def _row(consultation: Consultation, purpose: str, token: str) -> dict[str, Any]:
    return {
        "sha256": digest(token),
        "purpose": purpose,
        "intake_id": consultation.intake_id,
        "consultation_id": consultation.id,
        "expires_at": consultation.ends_at + AFTER_THE_CALL,
    }


def token_of(parts: Parts, consultation: Consultation) -> str:
    """The token of a consultation's own page, from its sealed copy."""
    return _sealed(parts, consultation, "token")


def short_of(parts: Parts, consultation: Consultation) -> str:
    """The code of a consultation's address in texts, from its sealed copy."""
    return _sealed(parts, consultation, "short")


def _sealed(parts: Parts, consultation: Consultation, name: str) -> str:
    key = parts.keyring.open(consultation.intake_id)
    return str(unseal(consultation.link, key, place("consultation", "link", consultation.id))[name])


def own_page(parts: Parts, consultation: Consultation) -> str:
    """The full address of a consultation's own page."""
    return f"{parts.base_url}/c/{token_of(parts, consultation)}"


def in_texts(parts: Parts, consultation: Consultation) -> str:
    """The full address that texts carry: it asks who is there before it leads to the own page."""
    return f"{parts.base_url}/s/{short_of(parts, consultation)}"


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
