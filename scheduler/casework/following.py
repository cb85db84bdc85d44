"""What follows a booking in its own commit: its history, a link of the audit, and what a person must do."""

from typing import Any

from sqlalchemy.orm import Session

from scheduler.casework import audit, calls_due, earlier, openings, tasks, triage
from scheduler.casework.desk_booking import ByDesk
from scheduler.casework.parts import Parts
from scheduler.casework.wanted import Wanted
from scheduler.engine.states import Actor, ConsultationState, move_consultation
from scheduler.models import Consultation, Intake

HELD = ConsultationState.HELD
NO_SHOWS = "no_shows"
"""Stands among her answers once a call with her did not take place."""


def chain(session: Session, parts: Parts, consultation: Consultation, by: ByDesk | None) -> None:
    """Add it to the audit, as the last act."""
    warned = {} if by is None else {"warned": sorted(by.warned)}
    audit.record(
        session,
        parts,
        _actor(by),
        f"consultation_{consultation.state}",
        f"consultation:{consultation.id}",
        attorney=consultation.attorney,
        start=consultation.starts_at.isoformat(),
        mode=consultation.call_mode,
        **warned,
    )


def history(consultation: Consultation, by: ByDesk | None) -> list[dict[str, Any]]:
    """A booking without a hold passes through `held` in the same commit."""
    why = by.reason or None if by is not None else None
    moves = (
        (None, move_consultation(None, HELD, Actor.CLIENT), _actor(by)),
        (HELD, consultation.state, Actor.SYSTEM),
    )
    return [
        {
            "consultation_id": consultation.id,
            "at": consultation.booked_at,
            "actor": actor,
            "old_state": old,
            "new_state": new,
            "new_start": consultation.starts_at,
            "reason": why,
        }
        for old, new, actor in moves
    ]


def see_to(session: Session, want: Wanted, intake: Intake, consultation: Consultation, by: ByDesk | None) -> None:
    """What a person must still do, and what nobody need do any more."""
    if want.interpreter and consultation.interpreter is None:
        due = min(consultation.starts_at, triage.call_promised(want.firm, want.outcome.urgency, want.now))
        tasks.add(session, "find_interpreter", due_at=due, now=want.now, intake=intake, consultation=consultation)
    if consultation.starts_at > want.outcome.must_be_seen_by:
        openings.promise_call(session, want, intake, want.outcome.urgency)
    elif by is not None:
        earlier.found(session, intake.id, want.now)
    if NO_SHOWS in want.answers:
        for kind in calls_due.NO_SHOW_CALLS:
            tasks.finish_all(session, kind, intake.id, want.now)


def _actor(by: ByDesk | None) -> str:
    return Actor.CLIENT if by is None else by.actor
