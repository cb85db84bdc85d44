"""The same person twice: whoever has her number, or her name and year of birth; a person decides (intake.md T23)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, false, func, or_, select
from sqlalchemy.orm import Session

from scheduler.casework import audit, identities
from scheduler.casework.access import Role
from scheduler.casework.cases import UNSEEN, NotThere
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.engine.answers import Answers
from scheduler.engine.marks import POSSIBLE_DUPLICATE, with_marks
from scheduler.engine.states import COUNTS, Actor, IntakeState, move_intake
from scheduler.models import Consultation, Intake, SearchHash, db

LOOKED_BACK = timedelta(days=180)
ALONE = ("a_number", "phone")
"""One of these in common is enough; of name and year of birth it must be all."""


class StillBooked(Exception):
    """The newer of the two has a consultation to come: it is moved to the other, or cancelled, first."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Another intake, perhaps of the same person."""

    id: UUID
    ref: str
    created_at: datetime = field(compare=False)


def mark(session: Session, parts: Parts, intake: Intake, answers: Answers) -> None:
    """Flag an intake that may be of somebody who asked before, in the caller's transaction."""
    if _find(session, _hashes(parts, answers), intake.id, parts.clock.now()):
        intake.flags = with_marks(intake.flags, [POSSIBLE_DUPLICATE])


def alike(intake_id: UUID) -> tuple[Alike, ...]:
    """The other intakes by which this one is flagged, the oldest first."""
    intake = db.session.get(Intake, intake_id)
    if intake is None or POSSIBLE_DUPLICATE not in intake.flags:
        return ()
    mine = select(SearchHash.kind, SearchHash.hash).where(SearchHash.intake_id == intake_id)
    hashes = {(row.kind, row.hash) for row in db.session.execute(mine)}
    return _find(db.session(), hashes, intake_id, intake.created_at)


def merge(parts: Parts, who: SignedIn, one: UUID, other: UUID) -> UUID:
    """
    Two intakes are of one person: the older stays, the newer is merged into it; the id of the one that stays.

    Raises:
        NotThere: One of them cannot be opened at the desk, or both are the same.
        Refused: The newer is over already, or this is not who may.
        StillBooked: The newer has a consultation to come.
    """
    with writing() as session:
        wanted = select(Intake).where(Intake.id.in_({one, other}), Intake.state.not_in(UNSEEN))
        found = session.scalars(wanted.order_by(Intake.created_at, Intake.id).with_for_update()).all()
        if len(found) < len((one, other)):
            raise NotThere
        kept, merged = found
        _refuse_booked(session, merged)
        as_whom = next((role for role in (Role.RECEPTIONIST, Role.PARALEGAL) if role in who.roles), who.roles[0])
        merged.state = move_intake(IntakeState(merged.state), IntakeState.MERGED, Actor(as_whom))
        merged.changed_at = parts.clock.now()
        kept.flags = [flag for flag in kept.flags if flag != POSSIBLE_DUPLICATE]
        audit.record(session, parts, who.actor, "intake_merged", f"intake:{merged.id}", into=str(kept.id))
        return kept.id


def _refuse_booked(session: Session, merged: Intake) -> None:
    still = select(Consultation.id).where(Consultation.intake_id == merged.id, Consultation.state.in_(COUNTS))
    if session.scalar(still.limit(1)) is not None:
        raise StillBooked(merged.id)


def _hashes(parts: Parts, answers: Answers) -> set[tuple[str, bytes]]:
    key = parts.keyring.firm("search")
    return identities.hashes(key, identities.applicant(key, answers))


def _find(session: Session, hashes: set[tuple[str, bytes]], own: UUID, now: datetime) -> tuple[Alike, ...]:
    alone = {digest for kind, digest in hashes if kind in ALONE}
    whole = {digest for kind, digest in hashes if kind in {"name", "birth_year"}}
    has_year = any(kind == "birth_year" for kind, _digest in hashes)
    near = and_(SearchHash.kind.in_(("name", "birth_year")), SearchHash.hash.in_(whole))
    everything = select(SearchHash.intake_id).where(near).group_by(SearchHash.intake_id)
    everything = everything.having(func.count() == len(whole) if has_year else false())
    anything = select(SearchHash.intake_id).where(SearchHash.kind.in_(ALONE), SearchHash.hash.in_(alone))
    wanted = select(Intake.id, Intake.ref, Intake.created_at).where(
        Intake.id != own,
        Intake.state.not_in((*UNSEEN, IntakeState.MERGED)),
        Intake.created_at > now - LOOKED_BACK,
        or_(Intake.id.in_(everything), Intake.id.in_(anything)),
    )
    return tuple(Alike(*row) for row in session.execute(wanted.order_by(Intake.created_at)))
