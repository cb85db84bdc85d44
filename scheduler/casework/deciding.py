"""A person decides on the names of an intake: it is heard, or it is not, and everybody who waits is told."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.casework import (
    announcing,
    audit,
    cancelling,
    changes,
    conflict_confirming,
    promising,
    slot_holds,
    slots,
    tasks,
    triage,
    waiting_letters,
)
from scheduler.casework.calls_due import NEW_TIME
from scheduler.casework.cases import NotThere
from scheduler.casework.changes import Change
from scheduler.casework.documents import open_answers
from scheduler.casework.firm import firm
from scheduler.casework.keyring import KeyGone
from scheduler.casework.open_calls import DECIDE
from scheduler.casework.parts import Parts
from scheduler.casework.promises import CONFLICT_TASK
from scheduler.casework.sealing import place, seal, unseal
from scheduler.casework.sending import CRITICAL
from scheduler.casework.sessions import SignedIn
from scheduler.casework.wanted import wanted_with
from scheduler.engine.answers import Answers
from scheduler.engine.conflicts import Status
from scheduler.engine.safe_contact import way
from scheduler.engine.states import (
    APPOINTED,
    TAKES_TIME,
    Actor,
    ConsultationState,
    IntakeState,
    move_consultation,
    move_intake,
)
from scheduler.models import ConflictReview, Consultation, Intake, Task

TELL_TASK = "tell_declined"
OVERDUE_TASK = "conflict_overdue"
REOPENED_TASK = "names_reopened"
DECLINED = "declined"

UNDECIDED = frozenset({IntakeState.CONFLICT_REVIEW})
STANDS = (ConsultationState.BOOKED, ConsultationState.CONFIRMED)

WHILE_THERE = timedelta(hours=20)
"""Who is declined is told within this: a day later nobody knows her number any more (intake.md §5.4)."""


class NoNote(Exception):
    """Whoever decides says in a few words why; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on one intake, its row locked, in a transaction that is open."""

    session: Session = field(repr=False)
    parts: Parts = field(repr=False)
    who: SignedIn
    intake: Intake = field(repr=False)
    answers: Answers = field(repr=False)
    calls: list[Change] = field(repr=False)


def clear(parts: Parts, who: SignedIn, intake_id: UUID, note: str) -> None:
    """
    Nothing speaks against hearing her: a tentative time is booked and its attorney invited, else she is called.

    Where she who decides is an attorney, she has confirmed it too.

    Raises:
        NotThere: It is none that waits for a decision, or it is purged.
        NoNote: The note is missing.
    """
    changes.in_one_commit(lambda session: _clear(begin(session, parts, who, intake_id), note))


def decline(parts: Parts, who: SignedIn, intake_id: UUID, note: str) -> None:
    """
    The firm may not hear her: her times are let go, what she told is purged within a day, a person tells her.

    Raises:
        NotThere: It is none that waits for a decision, or it is purged.
        NoNote: The note is missing.
    """
    changes.in_one_commit(lambda session: _decline(begin(session, parts, who, intake_id), note))


def begin(
    session: Session, parts: Parts, who: SignedIn, intake_id: UUID, states: Collection[IntakeState] = UNDECIDED
) -> Decision:
    """
    Lock the attorneys' rows, then the intake's.

    Raises:
        NotThere: There is none in one of these states, or it is purged.
    """
    coming = select(Consultation.id).where(
        Consultation.intake_id == intake_id, Consultation.state.in_(TAKES_TIME & APPOINTED)
    )
    ids = session.scalars(coming.order_by(Consultation.attorney, Consultation.id)).all()
    calls = [changes.begin(session, parts, one, Actor.SYSTEM, who.id) for one in ids]
    for number in sorted({number for call in calls for number in call.consultation.people}):
        slots.lock(session, number)
    intake = session.get(Intake, intake_id, with_for_update=True)
    if intake is None or intake.state not in states:
        raise NotThere
    try:
        return Decision(session, parts, who, intake, open_answers(parts, intake), calls)
    except KeyGone:
        raise NotThere from None


def _clear(made: Decision, note: str) -> None:
    _write(made, IntakeState.CLEARED, Status.CLEAR, note)
    conflict_confirming.note(made.session, made.parts, made.who, made.intake.id)
    for call in made.calls:
        if call.state is ConsultationState.TENTATIVE:
            _confirm(made, call)
    if not any(call.state in STANDS for call in made.calls):
        _call_her(made)
    chain(made)


def _confirm(made: Decision, call: Change) -> None:
    """What was tentative is booked; a time that went by while we looked is made good by a person."""
    call.refuse_if_changed()
    consultation = call.consultation
    if consultation.starts_at <= call.now:
        _task(made, NEW_TIME, consultation)
        return
    call.note(move_consultation(call.state, ConsultationState.BOOKED, Actor.SYSTEM), consultation.starts_at, None)
    announcing.confirmed(made.session, made.parts, consultation, made.intake, made.answers)


def _call_her(made: Decision) -> None:
    """She was promised a call and has no time yet: that call stays to be made, or is to be made once more."""
    open_call = select(Task.id).where(
        Task.intake_id == made.intake.id, Task.kind.in_((CONFLICT_TASK, NEW_TIME)), Task.done_at.is_(None)
    )
    if made.session.scalar(open_call) is None:
        _task(made, NEW_TIME)
    promising.please_call(made.session, made.parts, made.intake, made.answers)
    if made.intake.urgency in CRITICAL:
        want = wanted_with(made.intake, made.answers, made.parts.clock.now())
        slot_holds.keep_on(made.session, made.parts, want)


def _decline(made: Decision, note: str) -> None:
    _write(made, IntakeState.DECLINED_CONFLICT, Status.CONFLICT, note)
    let_go(made, TELL_TASK)
    if way(made.answers, made.intake.flags) is not None:
        waiting_letters.keep(made.session, made.parts, made.intake, made.answers)
    chain(made)


def let_go(made: Decision, tell: str) -> None:
    """
    Nothing comes of it: her times are free, all that was to do is done, and a person tells her, whom a letter helps.

    Raises:
        Refused: A call is going on.
    """
    for call in made.calls:
        over = move_consultation(call.state, ConsultationState.CANCELLED_FIRM, Actor.ATTORNEY)
        cancelling.end(call, over, made.answers, DECLINED)
    session, now = made.session, made.parts.clock.now()
    slots.free_own(session, made.intake.id, now)
    tasks.finish_every(session, made.intake.id, now)
    _task(made, tell)
    promising.message_waiting(made.session, made.parts, made.intake, made.answers)


def _write(made: Decision, state: IntakeState, status: Status, note: str) -> None:
    """The intake's next state, and by whom and why, of which the why is sealed."""
    intake, now = made.intake, made.parts.clock.now()
    intake.state = move_intake(IntakeState(intake.state), state, Actor.CONFLICTS)
    intake.conflict_status, intake.changed_at = status, now
    review = keep_note(made, note)
    review.decided_at, review.decided_by, review.decision = now, made.who.id, status
    for kind in (OVERDUE_TASK, DECIDE, REOPENED_TASK):
        tasks.finish_all(made.session, kind, intake.id, now)


def keep_note(made: Decision, note: str) -> ConflictReview:
    """
    Why it was decided, or taken back, sealed; what was written before stands within it.

    Raises:
        NoNote: Nothing was written.
    """
    note = " ".join(note.split())
    if not note:
        raise NoNote
    intake_id = made.intake.id
    review = made.session.get_one(ConflictReview, intake_id)
    key, where = made.parts.keyring.open(intake_id), place("conflict_review", "note", intake_id)
    before = {"before": unseal(review.note, key, where)} if review.note is not None else {}
    review.note = seal({"note": note} | before, key, where)
    return review


def _task(made: Decision, kind: str, consultation: Consultation | None = None) -> None:
    now = made.parts.clock.now()
    due = triage.call_promised(firm(), made.intake.urgency, now)
    due = min(due, now + WHILE_THERE) if kind == TELL_TASK else due
    again = now.isoformat()
    tasks.add(made.session, kind, due_at=due, now=now, intake=made.intake, consultation=consultation, again=again)


def chain(made: Decision) -> None:
    """Add to the audit what state it is in now and how far her calls have come, as the last act."""
    calls = {str(call.consultation.id): call.consultation.state for call in made.calls}
    subject = f"intake:{made.intake.id}"
    audit.record(made.session, made.parts, made.who.actor, f"intake_{made.intake.state}", subject, calls=calls)
