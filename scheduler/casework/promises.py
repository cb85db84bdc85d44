"""What a client was promised: that a person calls her, and by when."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.orm import Session

from scheduler.engine.branches import CALL_NOW, WE_WILL_CALL
from scheduler.engine.states import IntakeState
from scheduler.models import Task, db
from scheduler.models.prepared import Prepared

CALL_NOW_TASK = "call_now"
CALL_BACK_TASK = "call_back"
CONFLICT_TASK = "conflict_call"
URGENT_TASK = "call_urgent"
BOOK_TASK = "book_by_phone"
"""She may still choose a time herself, and then nobody need call: no page tells her of these two."""

CUT_OFF_TASK = "cut_off"
GO_ON_TASK = "go_on_asking"
ASKED_IN = (CALL_NOW_TASK, CALL_BACK_TASK, CUT_OFF_TASK, GO_ON_TASK)
"""Calls that are made once all was asked by phone."""

STOPS: dict[str, str] = {
    CALL_NOW_TASK: CALL_NOW,
    CALL_BACK_TASK: WE_WILL_CALL,
    CONFLICT_TASK: WE_WILL_CALL,
}
"""Kind of task to the page that tells the client of it."""


PROMISED = Prepared(
    select(Task.kind, Task.due_at, Task.done_at)
    .where(Task.intake_id == bindparam("intake"), or_(*(Task.kind == kind for kind in STOPS)))
    .order_by(Task.done_at.is_not(None), Task.created_at.desc())
    .limit(1)
)

NOT_CALLED = Prepared(
    update(Task.__table__)  # type: ignore[arg-type]
    .where(
        Task.intake_id == bindparam("intake"),
        or_(Task.kind == URGENT_TASK, Task.kind == BOOK_TASK),
        Task.done_at.is_(None),
    )
    .values(done_at=bindparam("now"))
)

CALLED_FIRST = frozenset({IntakeState.CALL_REQUESTED, IntakeState.CONFLICT_REVIEW})
"""States in which nothing goes on before a person has talked with her, if she was promised a call."""


@dataclass(frozen=True, slots=True)
class Promise:
    """The page that tells it, and the instant by which she is called."""

    stop: str
    by: datetime


def is_kept(intake_id: UUID) -> bool:
    """Whether nobody need call her any more of what she was promised."""
    waits = select(Task.id).where(Task.intake_id == intake_id, Task.kind.in_(STOPS), Task.done_at.is_(None))
    return db.session.scalar(waits.limit(1)) is None


def not_called_to_book(session: Session, intake_id: UUID, now: datetime) -> None:
    """She has a time: nobody need call her for one any more."""
    session.flush()
    NOT_CALLED.write(session, {"intake": intake_id, "now": now})


def promise_of(intake_id: UUID, state: IntakeState) -> Promise | None:
    """The last promise that is not kept yet; where she is to be called first, the last one, kept or not."""
    task = PROMISED.first(db.session(), intake=intake_id)
    if task is None or (task.done_at is not None and state not in CALLED_FIRST):
        return None
    return Promise(STOPS[task.kind], task.due_at)
