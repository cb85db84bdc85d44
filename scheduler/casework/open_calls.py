"""Nobody who was promised a call, or a decision, is ever without an open task: each look puts back what is missing."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from scheduler.casework import audit, tasks, triage
from scheduler.casework.firm import firm
from scheduler.casework.parts import Parts
from scheduler.casework.promises import CALLED_FIRST, GO_ON_TASK
from scheduler.casework.transaction import end_reading, writing
from scheduler.engine.states import Actor, IntakeState
from scheduler.models import ConflictReview, Intake, Task, db

DECIDE = "decide_names"
WAITS_FOR = {IntakeState.CALL_REQUESTED: GO_ON_TASK, IntakeState.CONFLICT_REVIEW: DECIDE}
"""What is still to be done with an intake once every other task of it is ticked off."""

_OPEN = exists().where(Task.intake_id == Intake.id, Task.done_at.is_(None))


def see_to(session: Session, parts: Parts, intake: Intake | None) -> bool:
    """Give an intake that waits for us a task, if it has none; whether it had none. In the caller's transaction."""
    session.flush()
    if intake is None or intake.state not in WAITS_FOR:
        return False
    if session.scalar(select(Task.id).where(Task.intake_id == intake.id, Task.done_at.is_(None)).limit(1)) is not None:
        return False
    now, kind = parts.clock.now(), WAITS_FOR[IntakeState(intake.state)]
    tasks.add(session, kind, due_at=_due(session, intake, now), now=now, intake=intake, again=now.isoformat())
    return True


def put_back(parts: Parts) -> int:
    """The look at everybody who waits for us and stands on nobody's list; how many there were."""
    forgotten = select(Intake.id).where(Intake.state.in_(CALLED_FIRST), ~_OPEN)
    found = list(db.session.scalars(forgotten))
    end_reading()
    for intake_id in found:
        with writing() as session:
            intake = session.scalar(select(Intake).where(Intake.id == intake_id).with_for_update())
            if see_to(session, parts, intake):
                audit.record(session, parts, Actor.SYSTEM, "task_put_back", f"intake:{intake_id}")
    return len(found)


def _due(session: Session, intake: Intake, now: datetime) -> datetime:
    review = session.get(ConflictReview, intake.id)
    if review is not None and review.due_at > now:
        return review.due_at
    return triage.call_promised(firm(), intake.urgency, now)
