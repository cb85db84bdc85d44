"""Words for tests of what became of a call."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from scheduler.casework.after_call import Next
from scheduler.casework.parts import Parts
from scheduler.casework.reporting import Report, report
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.engine.calls import Broken, Cause, Letter, Result, Step
from scheduler.engine.states import ConsultationState
from scheduler.models import Consultation, Outbox, Task, db
from tests.builders.browser import a_booking
from tests.builders.firm import a_firm
from tests.builders.staff import a_login, confirm_names, who_is
from tests.conftest import Hands

START = "2026-11-27T17:00"
"""Friday at nine in the morning, here and where she is."""

MINUTE = timedelta(minutes=1)
SOON = date(2026, 12, 7)
BELONGS: dict[ConsultationState, dict[str, Any]] = {
    ConsultationState.COMPLETED: {"result": Result.ADVICE_GIVEN, "back_on": SOON, "letter": Letter.NONE},
    ConsultationState.INTERRUPTED: {"broken": Broken.DROPPED},
    ConsultationState.NO_SHOW: {"cause": Cause.NOT_REACHED},
    ConsultationState.CLOSED: {"letter": Letter.ENGAGEMENT},
}
"""What belongs to a state that somebody says of a call."""


def somebody(app: Flask, *roles: str) -> SignedIn:
    return who_is(a_login(app, *roles))


def a_call(app: Flask, state: str = "booked", **answers: Any) -> Consultation:
    """A booked call whose names are confirmed, or one that has come to another state."""
    call = a_booking(app, START, **answers)
    confirm_names(app, call.intake_id)
    if state != "booked":
        with writing() as session:
            session.get_one(Consultation, call.id).state = state
    return call


def says(parts: Parts, who: SignedIn, call: Consultation, state: ConsultationState, **changes: Any) -> Consultation:
    """Somebody says that the call has come to that state, with all that belongs to it."""
    following = {"following": Next(True, Step.CALL_HER, who.id)} if state is ConsultationState.COMPLETED else {}
    return report(parts, who, Report(call.id, state, **{**BELONGS.get(state, {}), **following, **changes}))


def talked(app: Flask, parts: Parts, hands: Hands, letter: Letter = Letter.AFTER_CALL, **answers: Any) -> Consultation:
    """Somebody has talked with her, and said which letter she is given."""
    a_firm(app).with_attorney("Ana")
    call = a_call(app, **answers)
    hands.set(call.starts_at + 50 * MINUTE)
    says(parts, somebody(app, "attorney"), call, ConsultationState.COMPLETED, letter=letter)
    return call


def open_tasks(intake_id: UUID) -> dict[str, datetime]:
    """The kinds of what is still to do for an intake, and by when."""
    db.session.rollback()
    rows = db.session.execute(select(Task.kind, Task.due_at).filter_by(intake_id=intake_id, done_at=None))
    return {row.kind: row.due_at for row in rows}


def letters(call: Consultation, *kinds: str) -> list[tuple[str, str]]:
    """Those about a call that are of these kinds, and how far each has come."""
    db.session.rollback()
    mine = select(Outbox).where(Outbox.consultation_id == call.id, Outbox.kind.in_(kinds)).order_by(Outbox.due_at)
    return [(row.kind, row.state) for row in db.session.scalars(mine)]
