"""A consultation is cancelled: its time is free at once, its page is dead, and nobody urgent is left alone."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from scheduler.casework import announcing, changes, seats, slots, tasks, triage
from scheduler.casework.calls_due import NEW_TIME
from scheduler.casework.changes import CANCELLED, Change
from scheduler.casework.documents import open_answers
from scheduler.casework.firm import firm
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import keep
from scheduler.engine.answers import Answers
from scheduler.engine.calls import CALLED
from scheduler.engine.states import Actor, ConsultationState, move_consultation
from scheduler.models import ClientLink, Consultation


class NoOffer(Exception):
    """The firm cancels only with somebody named who will call her with another time."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """
    There shall be no consultation; `reason` is a code, staff is named by its id.

    Where the firm itself cancels (`by_firm`), `caller` is the one of the staff who calls her with another time.
    """

    consultation_id: UUID
    actor: Actor = Actor.CLIENT
    staff_id: UUID | None = None
    by_firm: bool = False
    reason: str | None = None
    caller: UUID | None = None


def cancel(parts: Parts, request: Cancel) -> Consultation:
    """
    Cancel a consultation, and let go of its time; what is cancelled already stays as it is.

    Raises:
        NoSuchConsultation: There is none.
        Refused: It is over, or this actor may not cancel it.
        NoOffer: The firm cancels and names nobody who will call.
        KeyGone: It was purged.
    """
    return changes.in_one_commit(lambda session: _cancel(session, parts, request))


def _cancel(session: Session, parts: Parts, request: Cancel) -> Consultation:
    change = changes.begin(session, parts, request.consultation_id, request.actor, request.staff_id)
    consultation = change.consultation
    if change.state in CANCELLED:
        return consultation
    over = ConsultationState.CANCELLED_FIRM if request.by_firm else ConsultationState.CANCELLED_CLIENT
    state = move_consultation(change.state, over, request.actor)
    if request.by_firm and request.caller is None:
        raise NoOffer(consultation.id)
    answers = open_answers(parts, change.intake)
    slots.lock_all(session, consultation.people)
    end(change, state, answers, request.reason)
    _call_her(change, request)
    change.chain("consultation_cancelled", state=state, reason=request.reason)
    return consultation


def end(change: Change, state: ConsultationState, answers: Answers, reason: str | None = None) -> None:
    """
    Let go of its time and tell whom it concerns, in a transaction that has locked the rows of all whose time it takes.

    Raises:
        ChangedMeanwhile: Somebody else was quicker.
    """
    change.refuse_if_changed()
    keep(change.session, change.intake.id)
    _let_go(change)
    change.next_version()
    change.note(state, change.consultation.starts_at, reason)
    by: Literal["client", "firm"] = "client" if state is ConsultationState.CANCELLED_CLIENT else "firm"
    announcing.cancelled(change.session, change.parts, change.consultation, change.intake, answers, by=by)


def _let_go(change: Change) -> None:
    """Free its time, and end its links."""
    mine = change.consultation.id
    seats.leave(change.session, mine)
    ended = update(ClientLink).where(ClientLink.consultation_id == mine, ClientLink.revoked_at.is_(None))
    change.session.execute(ended.values(revoked_at=change.now))


def _call_her(change: Change, request: Cancel) -> None:
    """Whom the firm has cancelled gets another time from a named person; who is urgent is called to keep one."""
    kind = NEW_TIME if request.by_firm else "keep_a_time"
    if not request.by_firm and change.intake.urgency not in CALLED:
        return
    tasks.add(
        change.session,
        kind,
        due_at=triage.call_promised(firm(), change.intake.urgency, change.now),
        now=change.now,
        intake=change.intake,
        consultation=change.consultation,
        caller=request.caller,
    )
