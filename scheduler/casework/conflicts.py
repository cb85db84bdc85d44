"""May the firm hear this intake? Cleared by itself where nothing speaks against it, else left to a person."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from scheduler.casework import audit, conflict_search, floods, tasks, triage
from scheduler.casework.conflict_search import Question
from scheduler.casework.firm import firm
from scheduler.casework.parts import Parts
from scheduler.engine.answers import Answers
from scheduler.engine.conflicts import Status, Why, why_review
from scheduler.engine.marks import TRAPPED
from scheduler.engine.states import Actor, IntakeState, move_intake
from scheduler.models import ConflictReview, Intake

AUTO_CLEAR = "auto_clear"
"""The firm's setting that an intake with no hit is cleared by itself."""

BY_PHONE = "prefer_call"
NAMES_AGAIN = "names_again"


@dataclass(frozen=True, slots=True)
class Screening:
    """
    What the check of an intake has found, before anything of it is written; `due_at` is when a person decides.

    Where too many come at once (`flooded`), or a field was filled that no person sees, nothing is cleared by itself.
    """

    intake: Intake = field(repr=False)
    why: Why | None
    returning: bool
    now: datetime
    due_at: datetime
    flooded: bool

    @property
    def status(self) -> Status:
        """Whether she books, books for the time being, or is called."""
        if self.why is None:
            return Status.CLEAR
        return Status.PENDING if self.why is Why.NOT_AUTOMATIC else Status.REVIEW


def screen(session: Session, parts: Parts, intake: Intake, answers: Answers) -> Screening:
    """Check the names of an intake that is being sent, in the caller's transaction."""
    house, now, flooded = firm(), parts.clock.now(), floods.flooded(session, parts)
    found = conflict_search.search(session, parts, conflict_search.questions(parts, answers), own=intake.id)
    why = why_review(
        is_hit=bool(found.hits),
        by_phone=answers.get("conflict_people_any") == BY_PHONE,
        auto_clear=bool(house.settings.get(AUTO_CLEAR)) and not flooded and TRAPPED not in (intake.flags or ()),
    )
    due_at = triage.names_decided(house, intake.urgency, now)
    return Screening(intake, why, found.returning, now, due_at, flooded=flooded)


def settle(session: Session, parts: Parts, screening: Screening) -> None:
    """Clear the intake, or put it on the list of those who decide: the last act of the caller's transaction."""
    intake, why = screening.intake, screening.why
    intake.conflict_status = screening.status
    following = IntakeState.CLEARED if why is None else IntakeState.CONFLICT_REVIEW
    intake.state = move_intake(IntakeState(intake.state), following, Actor.SYSTEM)
    facts: dict[str, object] = {"returning": screening.returning}
    if why is not None:
        review = ConflictReview(intake_id=intake.id, why=why, opened_at=screening.now, due_at=screening.due_at)
        session.add(review)
        facts |= {"why": why, "due": screening.due_at.isoformat()}
    audit.record(session, parts, Actor.SYSTEM, f"intake_{following}", f"intake:{intake.id}", **facts)


def check_again(session: Session, parts: Parts, intake: Intake, wanted: Sequence[Question]) -> None:
    """Who is known of only after the check is looked for too; where somebody is like that a person decides."""
    if wanted and conflict_search.search(session, parts, wanted, own=intake.id).hits:
        now = parts.clock.now()
        due = triage.names_decided(firm(), intake.urgency, now)
        tasks.add(session, NAMES_AGAIN, due_at=due, now=now, intake=intake, again=now.isoformat())
