"""A browser is done with an intake: what was not sent is deleted, or only this browser lets go of it."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.casework import audit
from scheduler.casework.intake import remove
from scheduler.casework.links import digest
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.answers import Answers
from scheduler.engine.safe_contact import is_private
from scheduler.engine.states import IntakeState
from scheduler.models import Intake

ON_SCREEN = timedelta(minutes=60)
ON_SCREEN_UNSAFE = timedelta(minutes=15)
"""A browser opens an intake so long after its last request (intake.md §1.2), and where others may see it."""


def stays_on_screen(answers: Answers) -> timedelta:
    """How long a browser that nobody touches goes on showing these answers."""
    return ON_SCREEN if is_private(answers) else ON_SCREEN_UNSAFE


def leave(parts: Parts, token: str) -> None:
    """Delete a draft with its key; what was sent stays, but no cookie opens it. Without an intake nothing happens."""
    with writing() as session:
        intake = _of(session, token)
        if intake is None:
            return
        if intake.state != IntakeState.DRAFT:
            _let_go(session, parts, intake)
            return
        remove(session, parts, intake, "intake_left")


def step_away(parts: Parts, token: str) -> None:
    """Keep everything, a draft too, but no cookie opens it any more. Without an intake nothing happens."""
    with writing() as session:
        intake = _of(session, token)
        if intake is not None:
            _let_go(session, parts, intake)


def _of(session: Session, token: str) -> Intake | None:
    return session.scalar(select(Intake).where(Intake.draft_hash == digest(token)).with_for_update())


def _let_go(session: Session, parts: Parts, intake: Intake) -> None:
    intake.draft_hash = None
    audit.record(session, parts, "client", "browser_left", f"intake:{intake.id}")
