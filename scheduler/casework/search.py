"""Keyed hashes by which sealed facts are found; the key lies outside the database."""

import hmac
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from scheduler.engine.names import PREFIX, sound, tokens
from scheduler.models import SearchHash


def keyed(key: bytes, kind: str, text: str) -> bytes:
    """The HMAC-SHA-256 of one fact of one kind."""
    return hmac.digest(key, f"{kind}:{text}".encode("utf-8", "surrogatepass"), "sha256")


def facts(answers: Mapping[str, Any]) -> set[tuple[str, str]]:
    """The searchable facts of an intake as (kind, text): name tokens, sounds, beginnings, phone, e-mail, A-number."""
    found = {
        ("phone", str(answers.get("contact_phone") or "")),
        ("email", str(answers.get("contact_email") or "").casefold()),
        ("a_number", str(answers.get("a_number") or "")),
        ("a_last4", str(answers.get("a_number") or "")[-4:]),
    }
    for token in _name_tokens(answers):
        found |= {("name", token), ("sound", sound(token)), ("start", token[:PREFIX])}
    return {(kind, text) for kind, text in found if text}


def _name_tokens(answers: Mapping[str, Any]) -> Iterable[str]:
    for field in ("given_names", "family_names"):
        yield from tokens(str(answers.get(field) or ""))


def index(session: Session, key: bytes, intake_id: UUID, answers: Mapping[str, Any]) -> None:
    """Replace the hashes of an intake by those of its answers now."""
    session.execute(delete(SearchHash).where(SearchHash.intake_id == intake_id))
    rows = [SearchHash(intake_id=intake_id, kind=kind, hash=keyed(key, kind, text)) for kind, text in facts(answers)]
    session.add_all(rows)
