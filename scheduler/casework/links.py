"""Secret addresses of clients: made here, kept as hashes, found again (intake.md §4.1 no. 8)."""

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduler.casework.parts import Parts
from scheduler.casework.sealing import place, seal, unseal
from scheduler.models import ClientLink, Consultation, db

AFTER_THE_CALL = timedelta(hours=2)
MANAGE, SHORT = "manage", "short"
AGAIN, AGAIN_SHORT = "again", "again_short"
"""Purposes: a consultation's own page, and a new time after it; each by a long token, and by a short one for texts."""

LEAD_BACK = frozenset({AGAIN, AGAIN_SHORT})

AGAIN_LIVES = timedelta(days=30)
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
    """A new code of 80 bits, as 16 small letters and digits."""
    return _as_short(secrets.token_bytes(SHORT_BYTES))


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


def renew(session: Session, parts: Parts, intake_id: UUID) -> None:
    """
    Let the intake's links to a new time live for 30 days from now; make them if there are none.

    What they say is derived from the intake's own key, so that it goes with the key and is kept nowhere.

    Raises:
        KeyGone: It was purged.
    """
    now, purposes = parts.clock.now(), (AGAIN, AGAIN_SHORT)
    hers = (ClientLink.intake_id == intake_id, ClientLink.purpose.in_(purposes))
    session.execute(delete(ClientLink).where(*hers, ClientLink.expires_at <= now))
    standing = session.scalars(select(ClientLink).where(*hers)).all()
    for link in standing or [ClientLink(id=uuid4(), purpose=purpose, intake_id=intake_id) for purpose in purposes]:
        link.sha256, link.expires_at = digest(_derived(parts, link)), now + AGAIN_LIVES
        session.add(link)


def again(parts: Parts, intake_id: UUID, purpose: str) -> str:
    """The token of the intake's link to a new time."""
    link = select(ClientLink).where(ClientLink.intake_id == intake_id, ClientLink.purpose == purpose)
    return _derived(parts, db.session.scalars(link).one())


def new_time(parts: Parts, intake_id: UUID, *, is_text: bool) -> str:
    """The full address of the page on which she chooses a new time; texts carry the short one."""
    if is_text:
        return f"{parts.base_url}/s/{again(parts, intake_id, AGAIN_SHORT)}"
    return f"{parts.base_url}/c/{again(parts, intake_id, AGAIN)}"


def _derived(parts: Parts, link: ClientLink) -> str:
    said = f"client_link:{link.purpose}:{link.id}".encode()
    secret = hmac.digest(parts.keyring.open(link.intake_id), said, "sha256")
    return _as_short(secret[:SHORT_BYTES]) if link.purpose == AGAIN_SHORT else _as_long(secret)


def _as_long(secret: bytes) -> str:
    """As letters, digits, - and _ (RFC 4648 §5)."""
    return base64.urlsafe_b64encode(secret).decode("ascii").rstrip("=")


def _as_short(secret: bytes) -> str:
    """As small letters and digits (RFC 4648 §6)."""
    return base64.b32encode(secret).decode("ascii").lower()


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
