"""A decision on names is taken back within a day: whoever decides looks anew, and what has gone out already is said."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from scheduler.casework import audit, changes, conflict_confirming, deciding, outbox, tasks, triage, waiting_letters
from scheduler.casework.calls_due import NEW_TIME
from scheduler.casework.cases import NotThere
from scheduler.casework.deciding import REOPENED_TASK, STANDS, TELL_TASK, Decision
from scheduler.casework.desk import PAGE
from scheduler.casework.firm import firm
from scheduler.casework.kinds import FINISH, MESSAGE_WAITING, PLEASE_CALL
from scheduler.casework.parts import Parts
from scheduler.casework.promises import CONFLICT_TASK
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.engine.conflicts import Status
from scheduler.engine.retention import RULES, Record
from scheduler.engine.states import (
    UNDO_WITHIN,
    Actor,
    ConsultationState,
    IntakeState,
    Refused,
    undo_intake,
)
from scheduler.models import ConflictReview, Consultation, Intake, Outbox, Task, db

DECIDED = (IntakeState.CLEARED, IntakeState.DECLINED_CONFLICT)
"""What a decision on names has made of an intake."""

OF_A_DECISION = frozenset({PLEASE_CALL, MESSAGE_WAITING, FINISH})
"""What she is told because it was decided; letters of a time that stands are as true as before."""


class IsHeard(Exception):
    """She is being heard just now: first it is said what became of the call; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision that may still be taken back, until then."""

    id: UUID
    ref: str
    state: str
    decided_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Out:
    """What has left already since it was decided, or may have: a kind of letter, or that a person told her."""

    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Look:
    """A decision that may still be taken back, and what cannot be called back any more."""

    decided: Decided
    out: tuple[Out, ...] = field(repr=False)


def decided(parts: Parts, *conditions: ColumnElement[bool]) -> tuple[Decided, ...]:
    """What was decided within the last day and is not purged, the latest in front; at most 200."""
    wanted = (
        select(ConflictReview.intake_id, Intake.ref, Intake.state, ConflictReview.decided_at)
        .join(Intake, Intake.id == ConflictReview.intake_id)
        .where(
            ConflictReview.decided_at > parts.clock.now() - UNDO_WITHIN,
            Intake.state.in_(DECIDED),
            *conditions,
        )
        .order_by(ConflictReview.decided_at.desc(), ConflictReview.intake_id)
        .limit(PAGE)
    )
    found = [
        Decided(one, ref, state, at, _until(state, at)) for one, ref, state, at in db.session.execute(wanted) if at
    ]
    return tuple(row for row in found if parts.clock.now() < row.until)


def look(parts: Parts, who: SignedIn, intake_id: UUID) -> Look:
    """
    What taking back this decision can still mend; that somebody looked is written down.

    Raises:
        NotThere: It is none that may be taken back.
    """
    found = decided(parts, Intake.id == intake_id)
    if not found:
        raise NotThere
    gone = tuple(_out(intake_id, found[0].decided_at))
    with writing() as session:
        audit.record(session, parts, who.actor, "undo_looked_at", f"intake:{intake_id}", out=len(gone))
    return Look(found[0], gone)


def undo(parts: Parts, who: SignedIn, intake_id: UUID, note: str) -> None:
    """
    The names wait for a decision again: a time that is booked stays, and nobody hears or reads her until then.

    Raises:
        NotThere: It is none that may be taken back, or a day is over, or it is purged.
        NoNote: The reason is missing.
        IsHeard: The call is going on.
    """
    changes.in_one_commit(lambda session: _undo(deciding.begin(session, parts, who, intake_id, DECIDED), note))


def _until(state: str, decided_at: datetime) -> datetime:
    """Until when it may be taken back: what she told must still be there."""
    purged = RULES[Record.DECLINED_CONFLICT].kept if state == IntakeState.DECLINED_CONFLICT else UNDO_WITHIN
    return decided_at + min(UNDO_WITHIN, purged)


def _undo(made: Decision, note: str) -> None:
    was = _reopen(made, note)
    session, intake, now = made.session, made.intake, made.parts.clock.now()
    conflict_confirming.take_back(session, intake.id)
    outbox.withdraw_all(session, intake, OF_A_DECISION, "undone")
    waiting_letters.take_back(session, intake.id)
    for kind in (TELL_TASK, NEW_TIME):
        tasks.finish_all(session, kind, intake.id, now)
    _see_to_her(made)
    calls = {str(call.consultation.id): call.consultation.state for call in made.calls}
    audit.record(session, made.parts, made.who.actor, "decision_undone", f"intake:{intake.id}", was=was, calls=calls)


def _reopen(made: Decision, note: str) -> str:
    """The intake waits for a decision as on its first day; the state that it was in."""
    intake, now = made.intake, made.parts.clock.now()
    review, was = made.session.get(ConflictReview, intake.id), IntakeState(intake.state)
    if review is None or review.decided_at is None or now >= _until(was, review.decided_at):
        raise NotThere
    if any(call.state is ConsultationState.IN_PROGRESS for call in made.calls):
        raise IsHeard
    try:
        back = undo_intake(was, IntakeState.CONFLICT_REVIEW, Actor.CONFLICTS, now - review.decided_at)
    except Refused:
        raise NotThere from None
    deciding.keep_note(made, note)
    intake.state, intake.conflict_status, intake.changed_at = back, Status.REVIEW, now
    review.decided_at = review.decided_by = review.decision = None
    review.opened_at, review.due_at = now, triage.names_decided(firm(), intake.urgency, now)
    return was


def _see_to_her(made: Decision) -> None:
    """The desk knows that a booked call waits for the names; who has none is called by when it is decided."""
    booked: list[Consultation | None] = [call.consultation for call in made.calls if call.state in STANDS]
    review = made.session.get_one(ConflictReview, made.intake.id)
    is_called = select(Task.id).where(
        Task.intake_id == made.intake.id, Task.kind == CONFLICT_TASK, Task.done_at.is_(None)
    )
    for consultation in booked or ([None] if made.session.scalar(is_called.limit(1)) is None else []):
        kind = CONFLICT_TASK if consultation is None else REOPENED_TASK
        tasks.add(
            made.session,
            kind,
            due_at=review.due_at,
            now=review.opened_at,
            intake=made.intake,
            consultation=consultation,
            again=review.opened_at.isoformat(),
        )


def _out(intake_id: UUID, since: datetime) -> list[Out]:
    session: Session = db.session()
    letters = session.scalars(
        select(Outbox).where(Outbox.intake_id == intake_id, Outbox.created_at >= since).order_by(Outbox.created_at)
    )
    left = [Out(row.kind, row.settled_at or row.created_at) for row in letters if outbox.has_left(row)]
    told = select(Task.done_at).where(
        Task.intake_id == intake_id, Task.kind == TELL_TASK, Task.created_at >= since, Task.done_at.is_not(None)
    )
    return left + [Out(TELL_TASK, at) for at in session.scalars(told) if at is not None]
