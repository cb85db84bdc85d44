"""Somebody who helps several people from one phone: the next one begins with the helper's own answers and no others."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update

from scheduler.casework import audit, intake
from scheduler.casework.confirmation import confirmation
from scheduler.casework.documents import open_documents
from scheduler.casework.firm import firm
from scheduler.casework.intake import TOKEN_BYTES, NoDraft, mine, staff_languages
from scheduler.casework.keyring import KeyGone
from scheduler.casework.links import digest
from scheduler.casework.parts import Parts
from scheduler.casework.promises import promise_of
from scheduler.casework.transaction import writing
from scheduler.engine import branches
from scheduler.engine.answers import Answers
from scheduler.engine.documents import Document
from scheduler.engine.safe_contact import HELPER
from scheduler.engine.states import OPEN_INTAKES, IntakeState
from scheduler.models import Intake, db

HELPERS = frozenset({"family", "advocate", "friend"})
OWN = ("filler_role", "helper_name", "helper_org")
OWN_CONTACT = ("contact_channel", "helper_medium", "contact_phone", "contact_email")
"""The helper's where she is the way to the person; who else sees that phone is asked anew for each."""


@dataclass(frozen=True, slots=True)
class Helped:
    """One person for whom the helper sent the pages: her number and time, or by when a person calls; no answers."""

    ref: str
    starts_at: datetime | None
    call_by: datetime | None
    zone: str
    city: str | None = field(repr=False)


def helps(answers: Answers) -> bool:
    """Whether these pages are filled in for somebody else."""
    return answers.get("filler_role") in HELPERS


def new_list() -> str:
    """The token of a helper's list, for her browser."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def next_person(parts: Parts, token: str, helper: str, locale: str) -> str:
    """
    A new draft with the helper's own answers; what was sent goes on her list, and no browser opens it any more.

    Raises:
        NoDraft: The token opens nothing that a helper has sent.
    """
    with writing() as session:
        sent = mine(session, token)
        own = _own(open_documents(parts, sent, Document.CONTACT))
        if sent.state == IntakeState.DRAFT or not helps(own):
            raise NoDraft
        sent.helper_hash, sent.draft_hash = digest(helper), None
        audit.record(session, parts, "client", "next_person", f"intake:{sent.id}")
    house = firm()
    kept = branches.kept(own, house.today(parts.clock.now()), staff_languages=staff_languages(house))
    return intake.begin(parts, locale, kept)


def helped(parts: Parts, helper: str, last: UUID) -> tuple[Helped, ...]:
    """Whom this helper has sent so far and what is still open, the first first; `last` is not on her list yet."""
    hers = or_(Intake.helper_hash == digest(helper), Intake.id == last)
    theirs = select(Intake).where(hers, Intake.state.in_(OPEN_INTAKES))
    found = db.session.scalars(theirs.order_by(Intake.changed_at)).all()
    rows = (_helped(parts, one.id, one.ref, IntakeState(one.state), one.zone) for one in found)
    return tuple(row for row in rows if row is not None)


def forget(parts: Parts, helper: str) -> None:
    """Let nobody see the list again; those on it stay as they are."""
    with writing() as session:
        listed = update(Intake).where(Intake.helper_hash == digest(helper)).values(helper_hash=None)
        if session.execute(listed.returning(Intake.id)).all():
            audit.record(session, parts, "client", "list_forgotten", "firm:1")


def _own(answers: Mapping[str, Any]) -> dict[str, Any]:
    names = (*OWN, *OWN_CONTACT) if answers.get("contact_channel") == HELPER else OWN
    return {name: answers[name] for name in names if name in answers}


def _helped(parts: Parts, intake_id: UUID, ref: str, state: IntakeState, zone: str | None) -> Helped | None:
    try:
        booked = confirmation(parts, intake_id)
    except KeyGone:
        return None
    if booked is not None:
        return Helped(ref, booked.starts_at, None, booked.zone, booked.city)
    promise = promise_of(intake_id, state)
    return Helped(ref, None, promise.by if promise else None, zone or firm().zone, None)
