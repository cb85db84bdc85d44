"""A client wants no more help, and perhaps that nothing of her is kept: she tells the desk, which does it at once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.casework import audit, cancelling, changes, purging, retention, tasks
from scheduler.casework.cases import at_the_desk
from scheduler.casework.changes import Change
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.engine.retention import Record
from scheduler.engine.states import (
    OPEN_INTAKES,
    Actor,
    ConsultationState,
    IntakeState,
    move_consultation,
    move_intake,
)
from scheduler.models import Intake

OFF = ConsultationState.CANCELLED_CLIENT
REASON = "withdrawn"


@dataclass(frozen=True, slots=True)
class Withdraw:
    """She wants no more help; where `delete` is true, nothing of her shall be kept beyond today."""

    intake_id: UUID
    delete: bool = False


def withdraw(parts: Parts, who: SignedIn, request: Withdraw) -> bool:
    """
    Withdraw an intake with all that is booked for it, and purge it if she asks for it; whether it was purged.

    A legal hold stops the purge, which follows when the hold ends.

    Raises:
        NotThere: There is none that the desk can open.
        Refused: It has become a client's file, or this is not who may.
    """
    is_purged = changes.in_one_commit(lambda session: _withdraw(session, parts, who, request))
    if is_purged:
        purging.finish(parts, request.intake_id)
    return is_purged


def _withdraw(session: Session, parts: Parts, who: SignedIn, request: Withdraw) -> bool:
    calls = purging.lock(session, parts, request.intake_id, purging.TO_COME, Actor.RECEPTIONIST, who.id)
    intake = at_the_desk(session, request.intake_id, lock=True)
    _end(session, parts, intake, calls)
    if request.delete:
        intake.flags = sorted({*intake.flags, retention.ASKED})
        if not retention.is_held(session, intake.id):
            purging.empty(session, parts, intake, (), Record.WITHDRAWN, who.actor)
            return True
    audit.record(session, parts, who.actor, "intake_withdrawn", f"intake:{intake.id}", delete=request.delete)
    return False


def _end(session: Session, parts: Parts, intake: Intake, calls: list[Change]) -> None:
    """Whatever is open of it is over; what was over already keeps its state."""
    now: datetime = parts.clock.now()
    answers = purging.answers_left(parts, intake)
    for call in calls:
        cancelling.end(call, move_consultation(call.state, OFF, Actor.RECEPTIONIST), answers, REASON)
    state = IntakeState(intake.state)
    if state in OPEN_INTAKES or state is IntakeState.CONVERTED:
        intake.ended_from = state
        intake.state = move_intake(state, IntakeState.WITHDRAWN, Actor.RECEPTIONIST)
        intake.changed_at = now
    tasks.finish_every(session, intake.id, now)
