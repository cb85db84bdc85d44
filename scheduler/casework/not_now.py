"""She cannot talk when the call comes: another time, or a person calls back; it is never held against her."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from scheduler.casework import audit, tasks, triage
from scheduler.casework.firm import firm
from scheduler.casework.moving import MoveTo, move
from scheduler.casework.parts import Parts
from scheduler.casework.promises import CALL_BACK_TASK
from scheduler.casework.transaction import keep, writing
from scheduler.engine.states import Actor
from scheduler.models import Consultation, Intake, Task

OFFERED = 3
"""So many of the next times are shown: she has no time to read."""


def postpone(parts: Parts, consultation_id: UUID, start: datetime) -> Consultation:
    """
    Move the call to another time; it is not counted among her moves.

    Raises:
        NotOffered: The time was never offered to her.
        SlotTaken: Somebody was quicker.
        NotBookable: The intake is closed.
        Refused: The call runs or is over.
    """
    return move(parts, MoveTo(consultation_id, start, Actor.CLIENT, not_now=True))


def call_back(parts: Parts, consultation_id: UUID) -> datetime:
    """Put a call-back on the desk's list, once for this time of the call, and say by when it is promised."""
    now = parts.clock.now()
    with writing() as session:
        intake = session.get_one(Intake, session.get_one(Consultation, consultation_id).intake_id)
        keep(session, intake.id)
        consultation = session.get_one(Consultation, consultation_id, with_for_update=True)
        again = consultation.starts_at.isoformat()
        due = triage.call_promised(firm(), intake.urgency, now)
        kept = select(Task.due_at).where(Task.dedupe == f"{CALL_BACK_TASK}:{consultation.id}:{again}")
        promised = session.scalar(kept)
        if promised is not None:
            return promised
        consultation.not_now_at = now
        tasks.add(session, CALL_BACK_TASK, due_at=due, now=now, intake=intake, consultation=consultation, again=again)
        audit.record(session, parts, Actor.CLIENT, "not_now", f"consultation:{consultation.id}", due=due.isoformat())
    return due
