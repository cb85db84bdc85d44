"""What a person at the desk must do, by when."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from scheduler.models import Consultation, Intake, Task
from scheduler.models.prepared import Prepared

FINISH = Prepared(
    update(Task.__table__)  # type: ignore[arg-type]
    .where(Task.intake_id == bindparam("intake"), Task.kind == bindparam("of"), Task.done_at.is_(None))
    .values(done_at=bindparam("now"))
)


def add(
    session: Session,
    kind: str,
    *,
    due_at: datetime,
    now: datetime,
    intake: Intake | None = None,
    consultation: Consultation | None = None,
    again: str = "",
    caller: UUID | None = None,
) -> None:
    """
    Put a task on the desk's list, once for its kind and subject.

    Args:
        kind: A code such as `call_back`, `call_urgent`, `find_earlier_slot`, `keep_a_time`, `letter_failed`.
        again: Tells repeated tasks of one kind and subject apart.
        caller: The one of the staff who said that she will do it.
    """
    subject = consultation.id if consultation is not None else intake.id if intake is not None else "firm"
    dedupe = f"{kind}:{subject}:{again}"
    if session.scalar(select(Task.id).where(Task.dedupe == dedupe)) is not None:
        return
    session.add(
        Task(
            dedupe=dedupe,
            kind=kind,
            intake_id=intake.id if intake is not None else None,
            consultation_id=consultation.id if consultation is not None else None,
            due_at=due_at,
            created_at=now,
            caller=caller,
        )
    )


def finish(session: Session, task_id: UUID, staff_id: UUID | None, now: datetime) -> None:
    """Tick a task off."""
    task = session.get(Task, task_id)
    if task is not None and task.done_at is None:
        task.done_at, task.done_by = now, staff_id


def finish_every(session: Session, intake_id: UUID, now: datetime) -> None:
    """Tick off all that is open for an intake, which is over."""
    session.flush()
    session.execute(update(Task).where(Task.intake_id == intake_id, Task.done_at.is_(None)).values(done_at=now))


def finish_all(session: Session, kind: str, intake_id: UUID, now: datetime) -> None:
    """Tick off what is open of one kind for an intake: something else than a person has done it."""
    session.flush()
    FINISH.write(session, {"intake": intake_id, "of": kind, "now": now})
