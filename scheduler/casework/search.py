"""Keyed hashes by which sealed facts of an intake are found; the key lies outside the database."""

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from scheduler.casework import identities
from scheduler.casework.identities import OTHERS, keyed
from scheduler.engine.answers import Answers
from scheduler.engine.conflicts import Identity
from scheduler.engine.names import Name
from scheduler.models import SearchHash

LAST = 4
"""So many figures of an A-number are searched for by themselves."""


def facts(key: bytes, answers: Answers) -> set[tuple[str, bytes]]:
    """What an intake is found by, as (kind, hash): who asks, the end of her A-number, and the people she named."""
    found = identities.hashes(key, identities.applicant(key, answers))
    for name, _role in identities.others(answers):
        found |= identities.hashes(key, Identity((Name(name),)), OTHERS)
    ending = str(answers.get("a_number") or "")[-LAST:]
    return found | ({("a_last4", keyed(key, "a_last4", ending))} if ending else set())


def index(session: Session, key: bytes, intake_id: UUID, answers: Answers) -> None:
    """Replace the hashes of an intake by those of its answers now."""
    session.execute(delete(SearchHash).where(SearchHash.intake_id == intake_id))
    rows = [SearchHash(intake_id=intake_id, kind=kind, hash=digest) for kind, digest in facts(key, answers)]
    session.add_all(rows)
