"""Too many at once, too many by one contact, too quick for a person: nobody is refused, but a person looks."""

from datetime import datetime, timedelta

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from scheduler.casework import identities, tasks
from scheduler.casework.firm import firm
from scheduler.casework.parts import Parts
from scheduler.casework.promises import STOPS
from scheduler.engine.answers import Answers
from scheduler.engine.marks import MACHINE, TRAPPED, with_marks
from scheduler.engine.states import TAKES_TIME, IntakeState
from scheduler.models import Consultation, Intake, SearchHash, Task

SETTING, USUAL = "flood_per_hour", 60
"""The firm's setting of how many are sent in an hour before it is a flood."""

HOUR = timedelta(hours=1)
MOST_OPEN = 2
"""Bookings that one phone or address may have open; who asks for more is called."""

MOST_OF_A_SHELTER = 30
"""So many may have it where that is the phone of somebody who helps through her work: a whole shelter asks by it."""

QUICKEST = timedelta(seconds=20)
"""Nobody reads and answers all pages in less."""

FLOOD_TASK = "flood"
BOOKS = (IntakeState.SUBMITTED, IntakeState.CONFLICT_REVIEW, IntakeState.CLEARED)


def flooded(session: Session, parts: Parts) -> bool:
    """Whether so many were sent within the last hour that a person looks at each before an attorney is invited."""
    since = parts.clock.now() - HOUR
    asked = and_(Intake.state == IntakeState.CALL_REQUESTED, Intake.changed_at > since)
    sent = select(func.count(Intake.id)).where(or_(Intake.submitted_at > since, asked))
    return (session.scalar(sent) or 0) >= int(firm().settings.get(SETTING, USUAL))


def alarm(session: Session, now: datetime) -> None:
    """Tell the desk of a flood, once an hour."""
    tasks.add(session, FLOOD_TASK, due_at=now, now=now, again=now.strftime("%Y-%m-%dT%H"))


def has_enough(session: Session, parts: Parts, intake: Intake, answers: Answers) -> bool:
    """Whether others with her phone or address hold, or may still take, as many times as one contact may."""
    key, now = parts.keyring.firm("search"), parts.clock.now()
    wanted = [
        and_(SearchHash.kind == kind, SearchHash.hash == identities.keyed(key, kind, said))
        for kind, said in _contacts(answers)
    ]
    if not wanted:
        return False
    same = select(SearchHash.intake_id).where(or_(*wanted), SearchHash.intake_id != intake.id)
    any_time = exists().where(Consultation.intake_id == Intake.id)
    to_come = any_time.where(Consultation.state.in_(TAKES_TIME), Consultation.ends_at > now)
    called = exists().where(Task.intake_id == Intake.id, Task.kind.in_(STOPS))
    is_open = or_(to_come, and_(Intake.state.in_(BOOKS), ~any_time, ~called))
    return (session.scalar(select(func.count(Intake.id)).where(Intake.id.in_(same), is_open)) or 0) >= _most(answers)


def marked(intake: Intake, *, trapped: bool, now: datetime) -> list[str]:
    """The flags of an intake that is sent; `trapped`: a field was filled that no person sees."""
    if trapped:
        return with_marks(intake.flags or (), [MACHINE, TRAPPED])
    if now - intake.created_at < QUICKEST:
        return with_marks(intake.flags or (), [MACHINE])
    return intake.flags


def _most(answers: Answers) -> int:
    by_helper = answers.get("filler_role") == "advocate" and answers.get("contact_channel") == "helper"
    return MOST_OF_A_SHELTER if by_helper else MOST_OPEN


def _contacts(answers: Answers) -> list[tuple[str, str]]:
    said = {
        "phone": str(answers.get("contact_phone") or ""),
        "email": str(answers.get("contact_email") or "").casefold(),
    }
    return [(kind, text) for kind, text in said.items() if text]
