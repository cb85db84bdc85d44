"""A client who is to be called reads that she is, and by when: a row of the outbox, in the caller's commit."""

from datetime import datetime

from sqlalchemy.orm import Session

from scheduler.casework import outbox
from scheduler.casework.kinds import WE_CALL
from scheduler.casework.outbox import CLIENT, New
from scheduler.casework.parts import Parts
from scheduler.casework.telling import telling
from scheduler.engine.answers import Answers
from scheduler.engine.safe_contact import way
from scheduler.models import Intake


def we_call(session: Session, parts: Parts, intake: Intake, answers: Answers, *, by: datetime, again: str) -> None:
    """
    Tell her that a person calls by then, at the next hour that is safe, if that comes before.

    Who may not be written to is told nothing: the call itself is what she is told. `again` tells promises apart.
    """
    told = telling(session, parts, intake, answers)
    due_at = told.safe_from(told.now, by)
    if due_at is None or way(answers, intake.flags) is None:
        return
    facts = {"by": by.isoformat(), "zone": told.zone}
    letter = New(WE_CALL, CLIENT, due_at, again, facts, {"place": told.place}, not_after=by)
    outbox.put(session, parts, letter, intake=intake)
