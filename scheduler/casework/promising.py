"""What a client without a time reads: that we call, that she call, that a message waits; in the caller's commit."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from scheduler.casework import links, outbox
from scheduler.casework.kinds import MESSAGE_WAITING, PLEASE_CALL, WE_CALL
from scheduler.casework.outbox import CLIENT, New
from scheduler.casework.parts import Parts
from scheduler.casework.telling import telling
from scheduler.engine.answers import Answers
from scheduler.engine.safe_contact import way
from scheduler.models import Intake

A_DAY = timedelta(days=1)
"""A message that found no safe hour for so long is left to the person who calls anyway."""


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


def please_call(session: Session, parts: Parts, intake: Intake, answers: Answers) -> None:
    """Nothing stands in her way any more: she calls, or is called, for a time."""
    _soon(session, parts, intake, answers, PLEASE_CALL)


def message_waiting(
    session: Session, parts: Parts, intake: Intake, answers: Answers, within: timedelta = A_DAY
) -> bool:
    """
    A message waits behind a link that asks who she is, for 30 days; whether she is written that it does.

    `within` is how long a safe hour is waited for: longer where nobody calls her anyway.
    """
    if way(answers, intake.flags) is None:
        return False
    links.renew(session, parts, intake.id)
    return _soon(session, parts, intake, answers, MESSAGE_WAITING, within)


def _soon(  # noqa: PLR0917 - what, to whom, within what
    session: Session, parts: Parts, intake: Intake, answers: Answers, kind: str, within: timedelta = A_DAY
) -> bool:
    """At her next safe hour, if there is one in time and she may be written to; whether it is so."""
    told = telling(session, parts, intake, answers)
    until = told.now + within
    due_at = told.safe_from(told.now, until)
    if due_at is None or way(answers, intake.flags) is None:
        return False
    letter = New(kind, CLIENT, due_at, told.now.isoformat(), {}, {}, not_after=until)
    outbox.put(session, parts, letter, intake=intake)
    return True
