"""She can be reached as before: what somebody of the firm stopped, by mistake or for good cause, begins anew."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduler.casework import announcing, audit, changes, links, purging
from scheduler.casework.cases import NotThere, at_the_desk
from scheduler.casework.changes import Change
from scheduler.casework.correcting import STANDING
from scheduler.casework.documents import open_answers
from scheduler.casework.keyring import KeyGone
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.silencing import CALL_TRUSTED, FIND_HER
from scheduler.casework.triage_runs import LOOKED_AT, Run
from scheduler.engine.answers import Answers
from scheduler.engine.marks import UNREACHABLE
from scheduler.engine.safe_contact import MANUAL
from scheduler.engine.states import Actor
from scheduler.models import ClientLink, Intake, Task


class Why(StrEnum):
    """From where somebody of the firm knows that she can be reached."""

    BY_MISTAKE = "by_mistake"
    PHONE_BACK = "phone_back"
    RELEASED = "released"
    SPOKE_TO_HER = "spoke_to_her"


class NotSilenced(Exception):
    """Nothing was stopped; nothing is changed."""


@dataclass(frozen=True, slots=True)
class ReachAgain:
    """Write to this client as before, and why that is safe."""

    intake_id: UUID
    why: Why


def reach_again(parts: Parts, who: SignedIn, request: ReachAgain) -> None:
    """
    Take the marks away, mint new links to her times, plan their reminders anew, end the search for her.

    Her old links stay dead, no browser opens her answers again, and letters that were dropped are not sent.

    Raises:
        NotThere: It is none that the desk can open.
        NotSilenced: Nothing was stopped.
    """
    changes.in_one_commit(lambda session: _reach_again(session, parts, who, request))


def _reach_again(session: Session, parts: Parts, who: SignedIn, request: ReachAgain) -> None:
    calls = purging.lock(session, parts, request.intake_id, STANDING, Actor.RECEPTIONIST, who.id)
    intake = at_the_desk(session, request.intake_id, lock=True)
    marks = sorted(UNREACHABLE.intersection(intake.flags))
    if not marks:
        raise NotSilenced(intake.id)
    try:
        answers = open_answers(parts, intake)
    except KeyGone:
        raise NotThere from None
    intake.flags = [flag for flag in intake.flags if flag not in UNREACHABLE and flag != MANUAL]
    if intake.state in LOOKED_AT:
        Run(session, parts, intake, answers, parts.clock.now()).look()
    _end_the_search(session, parts, who, intake)
    _forget_ways_back(session, intake)
    for call in calls:
        _lead_to(call, answers)
    facts = {"why": request.why, "was": ",".join(marks)}
    audit.record(session, parts, who.actor, "messages_begun_again", f"intake:{intake.id}", **facts)


def _lead_to(call: Change, answers: Answers) -> None:
    """New links to a time that still stands, and reminders of it that carry them."""
    call.refuse_if_changed()
    call.session.add_all(ClientLink(**link) for link in links.mint(call.parts, call.consultation))
    announcing.reminded_anew(call.session, call.parts, call.consultation, call.intake, answers)


def _end_the_search(session: Session, parts: Parts, who: SignedIn, intake: Intake) -> None:
    """Nobody calls whom she trusts because of it; should it happen once more, it is a task once more."""
    now = parts.clock.now()
    for task in session.scalars(
        select(Task).where(Task.intake_id == intake.id, Task.kind.in_((CALL_TRUSTED, FIND_HER)))
    ):
        task.dedupe = f"{task.dedupe}:{now.isoformat()}"
        if task.done_at is None:
            task.done_at, task.done_by = now, who.id


def _forget_ways_back(session: Session, intake: Intake) -> None:
    """Of links to a new time the ended ones go, so that the next letter carries one of its own."""
    ended = (ClientLink.purpose.in_(links.LEAD_BACK), ClientLink.revoked_at.is_not(None))
    session.execute(delete(ClientLink).where(ClientLink.intake_id == intake.id, *ended))
