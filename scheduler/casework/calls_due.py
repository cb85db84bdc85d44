"""Calls by a person in place of letters that may not be written."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.casework import tasks
from scheduler.models import Consultation, Intake, Task

CALL_CLIENT, CALL_TO_CONFIRM = "call_client", "call_to_confirm"
CALL_NO_SHOW, CALL_BROKEN, NEW_TIME, CALL_TO_BOOK = "call_no_show", "call_broken", "offer_new_time", "call_to_book"
NO_SHOW_CALLS = (CALL_NO_SHOW, CALL_BROKEN, NEW_TIME, CALL_TO_BOOK)
"""Calls to somebody whose call did not take place or broke off."""


def add(
    session: Session,
    letter: str,
    *,
    due_at: datetime,
    now: datetime,
    intake: Intake,
    consultation: Consultation | None,
    again: str,
) -> None:
    """A task to tell her by phone, from `due_at` on, what this letter would have told."""
    tasks.add(
        session,
        CALL_CLIENT,
        due_at=due_at,
        now=now,
        intake=intake,
        consultation=consultation,
        again=f"{letter}:{again}",
    )


def forget(session: Session, consultation: Consultation, now: datetime) -> None:
    """Tick off the calls about a time that is none any more."""
    still = select(Task).where(
        Task.consultation_id == consultation.id,
        Task.kind.in_((CALL_CLIENT, CALL_TO_CONFIRM)),
        Task.done_at.is_(None),
    )
    for task in session.scalars(still):
        tasks.finish(session, task.id, None, now)
