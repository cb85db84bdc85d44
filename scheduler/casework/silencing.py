"""Somebody was detained, removed, or her phone was taken: nothing automatic is sent to her from that commit on."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from scheduler.casework import audit, outbox, tasks, triage
from scheduler.casework.cases import NotThere, at_the_desk
from scheduler.casework.documents import open_documents
from scheduler.casework.firm import firm
from scheduler.casework.keyring import KeyGone
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.engine.documents import Document
from scheduler.engine.marks import Unreachable, with_marks
from scheduler.engine.urgency import Level
from scheduler.models import ClientLink, Intake, Outbox

CALL_TRUSTED = "call_trusted"
FIND_HER = "find_her"
"""Where she named nobody whom we may call."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Send this client nothing any more, and why."""

    intake_id: UUID
    why: Unreachable


def silence(parts: Parts, who: SignedIn, request: Silence) -> None:
    """
    Drop every letter that waits for her, end her links, let no browser open her answers, have somebody called.

    Who holds her phone has her links, and may know her year of birth: where no code goes out, that would be enough.

    Raises:
        NotThere: It is none that the desk can open.
    """
    now = parts.clock.now()
    with writing() as session:
        intake = at_the_desk(session, request.intake_id, lock=True)
        try:
            contact = open_documents(parts, intake, Document.CONTACT)
        except KeyGone:
            raise NotThere from None
        intake.flags = with_marks(intake.flags, [request.why])
        intake.draft_hash = None
        _drop_letters(session, intake)
        _end_links(session, intake, now)
        kind = CALL_TRUSTED if contact.get("trusted_person_phone") else FIND_HER
        due_at = triage.call_promised(firm(), min(Level.U1, Level(intake.urgency or Level.N), key=_rank), now)
        tasks.add(session, kind, due_at=due_at, now=now, intake=intake, again=request.why)
        audit.record(session, parts, who.actor, "messages_stopped", f"intake:{intake.id}", why=request.why)


def _rank(level: Level) -> int:
    return level.rank


def _drop_letters(session: Session, intake: Intake) -> None:
    """Also those that were claimed: if they have not left yet, they do not leave when their claim runs out."""
    waiting = (Outbox.intake_id == intake.id, Outbox.reader == outbox.CLIENT, Outbox.state.in_(outbox.UNSETTLED))
    dropped = {"state": outbox.DROPPED, "result": "unreachable", "claim": None, "lease_until": None, "extras": None}
    session.execute(update(Outbox).where(*waiting).values(dropped))


def _end_links(session: Session, intake: Intake, now: datetime) -> None:
    """Those in letters that have left already, too."""
    hers = (ClientLink.intake_id == intake.id, ClientLink.revoked_at.is_(None))
    session.execute(update(ClientLink).where(*hers).values(revoked_at=now))
