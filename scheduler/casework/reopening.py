"""How a request ended is taken back within a day: it goes on where it was, and a person tells her (intake.md §3.3)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.casework import after_call, audit, changes, deciding, open_calls, outbox, referring, tasks, triage
from scheduler.casework.calls_due import NEW_TIME
from scheduler.casework.cases import NotThere, at_the_desk
from scheduler.casework.deciding import TELL_TASK, Decision
from scheduler.casework.firm import firm
from scheduler.casework.kinds import MESSAGE_WAITING
from scheduler.casework.parts import Parts
from scheduler.casework.retention import ASKED
from scheduler.casework.sessions import SignedIn
from scheduler.engine.states import INTAKE_UNDO, UNDO_WITHIN, IntakeState, undo_intake
from scheduler.models import Intake, db

ENDED = frozenset({IntakeState.REFERRED, IntakeState.DECLINED, IntakeState.CONVERTED})
WITHDRAWN = frozenset({IntakeState.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Ended:
    """How a request ended, until when that may be taken back, and whether she has read the letter that said so."""

    state: str
    until: datetime
    is_read: bool


def ended(parts: Parts, who: SignedIn, intake_id: UUID) -> Ended | None:
    """
    What this reader may take back of an intake; None where there is nothing, or a day is over.

    Raises:
        NotThere: It is none that the desk can open.
    """
    intake = at_the_desk(db.session(), intake_id)
    until = intake.changed_at + UNDO_WITHIN
    if _back(intake) is None or INTAKE_UNDO[IntakeState(intake.state)][_was(intake)].isdisjoint(who.roles):
        return None
    return Ended(intake.state, until, _is_read(intake)) if parts.clock.now() < until else None


def reopen(parts: Parts, who: SignedIn, intake_id: UUID, states: Collection[IntakeState]) -> None:
    """
    Take back how an intake ended in one of these states.

    Calls that were cancelled stay so: somebody calls her with another time, or goes on where it was.

    Raises:
        NotThere: It did not end so, or a day is over, or she asked for its deletion, or it is purged.
        Refused: None of her roles may do it.
    """
    changes.in_one_commit(lambda session: _reopen(deciding.begin(session, parts, who, intake_id, states)))


def _reopen(made: Decision) -> None:
    session, intake, now = made.session, made.intake, made.parts.clock.now()
    was = IntakeState(intake.state)
    if _back(intake) is None or now >= intake.changed_at + UNDO_WITHIN:
        raise NotThere
    actor = made.who.one_of(INTAKE_UNDO[was][_was(intake)])
    intake.state = undo_intake(was, _was(intake), actor, now - intake.changed_at)
    referring.take_back(session, intake, now)
    intake.changed_at, intake.ended_from, intake.letter_opened_at = now, None, None
    tasks.finish_all(session, TELL_TASK, intake.id, now)
    outbox.withdraw_all(session, intake, (MESSAGE_WAITING,), "undone")
    _see_to_her(session, made, was)
    audit.record(session, made.parts, made.who.actor, "end_undone", f"intake:{intake.id}", was=was)


def _see_to_her(session: Session, made: Decision, was: IntakeState) -> None:
    """Somebody calls her: she has no time any more, and may have heard that we do not go on."""
    now, intake = made.parts.clock.now(), made.intake
    if was is IntakeState.CONVERTED:
        after_call.not_signed(session, intake, made.answers, now, now.isoformat())
        return
    if open_calls.see_to(session, made.parts, intake):
        return
    due = triage.call_promised(firm(), intake.urgency, now)
    tasks.add(session, NEW_TIME, due_at=due, now=now, intake=intake, again=now.isoformat())


def _was(intake: Intake) -> IntakeState:
    return IntakeState(intake.ended_from or "")


def _back(intake: Intake) -> IntakeState | None:
    """Where it goes back to; None where that is nowhere."""
    state = IntakeState(intake.state)
    if intake.ended_from is None or state not in ENDED | WITHDRAWN or ASKED in intake.flags:
        return None
    return _was(intake) if _was(intake) in INTAKE_UNDO[state] else None


def _is_read(intake: Intake) -> bool:
    return intake.letter_opened_at is not None and intake.letter_opened_at >= intake.changed_at
