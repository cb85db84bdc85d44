"""Nobody is heard before an attorney has looked at the names herself and said so (intake.md §3.2, §6.2)."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduler.casework import audit, conflict_search
from scheduler.casework.access import Permission
from scheduler.casework.cases import NotThere, at_the_desk
from scheduler.casework.conflict_search import Found
from scheduler.casework.documents import open_answers
from scheduler.casework.keyring import KeyGone
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.engine.states import IntakeState
from scheduler.models import ConflictConfirmation, Intake, Staff, db


@dataclass(frozen=True, slots=True)
class Names:
    """The names of an intake, first her own, whom they are like now, and who of us has confirmed that she is heard."""

    id: UUID
    ref: str
    names: tuple[tuple[str, str], ...] = field(repr=False)
    found: Found
    is_cleared: bool
    confirmed_by: str | None = field(repr=False)
    confirmed_at: datetime | None


def look(parts: Parts, who: SignedIn, intake_id: UUID) -> Names:
    """
    The names of an intake, looked for anew; that it was done is written down.

    Raises:
        NotThere: It is none that the desk can open.
    """
    session: Session = db.session()
    intake = at_the_desk(session, intake_id)
    try:
        wanted = conflict_search.questions(parts, open_answers(parts, intake))
    except KeyGone:
        raise NotThere from None
    found = conflict_search.search(session, parts, wanted, own=intake_id)
    by, at = by_whom(intake_id) or (None, None)
    seen = Names(
        id=intake_id,
        ref=intake.ref,
        names=tuple((one.name, one.role) for one in wanted),
        found=found,
        is_cleared=intake.state == IntakeState.CLEARED,
        confirmed_by=by,
        confirmed_at=at,
    )
    with writing() as session:
        audit.record(session, parts, who.actor, "names_viewed", f"intake:{intake_id}", hits=len(found.hits))
    return seen


def confirm(parts: Parts, who: SignedIn, intake_id: UUID) -> None:
    """
    An attorney says that nothing speaks against this call; once said it stands, whoever says it again.

    Raises:
        NotThere: It is none that was cleared, or it is not hers to say.
    """
    with writing() as session:
        intake = session.get(Intake, intake_id, with_for_update=True)
        if intake is None or intake.state != IntakeState.CLEARED or not who.may(Permission.CONFIRM_NAMES):
            raise NotThere
        if note(session, parts, who, intake_id):
            audit.record(session, parts, who.actor, "conflict_confirmed", f"intake:{intake_id}")


def note(session: Session, parts: Parts, who: SignedIn, intake_id: UUID) -> bool:
    """Keep who has confirmed it, in the caller's transaction, where she is an attorney and nobody was before."""
    if not who.may(Permission.CONFIRM_NAMES) or session.get(ConflictConfirmation, intake_id) is not None:
        return False
    session.add(ConflictConfirmation(intake_id=intake_id, confirmed_by=who.id, confirmed_at=parts.clock.now()))
    return True


def take_back(session: Session, intake_id: UUID) -> None:
    """What was confirmed is to be confirmed anew, in the caller's transaction."""
    session.execute(delete(ConflictConfirmation).where(ConflictConfirmation.intake_id == intake_id))


def by_whom(intake_id: UUID) -> tuple[str, datetime] | None:
    """The name of the attorney who has confirmed it, and when; None where nobody has."""
    confirmed = (
        select(Staff.name, ConflictConfirmation.confirmed_at)
        .join(Staff, Staff.id == ConflictConfirmation.confirmed_by)
        .where(ConflictConfirmation.intake_id == intake_id)
    )
    row = db.session.execute(confirmed).first()
    return (row.name, row.confirmed_at) if row is not None else None
