"""Calls that somebody must say something about: what became of them, and whether who may not come will come."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, cast, exists, or_, select
from sqlalchemy.orm import Session, aliased

from scheduler.casework import audit, tasks
from scheduler.casework.calls_due import NEW_TIME
from scheduler.casework.documents import open_documents
from scheduler.casework.keyring import KeyGone
from scheduler.casework.parts import Parts
from scheduler.casework.reporting import CONFIRM, UNREPORTED
from scheduler.casework.telling import telling
from scheduler.casework.transaction import end_reading, keep, writing
from scheduler.engine.calls import ASKED_AFTER, CALLED
from scheduler.engine.documents import Document
from scheduler.engine.marks import MISSED_ONE
from scheduler.engine.states import Actor, ConsultationState
from scheduler.models import Consultation, Intake, Staff, Task, db

_C = ConsultationState
ANSWERED_BY = timedelta(hours=20)
"""Before the call: four hours after she was asked, a day before it (intake.md §4.4), and has not answered."""

BOOKED_BEFORE = timedelta(hours=26)
"""So long ahead it was booked if she was asked at all."""


def ask(parts: Parts) -> int:
    """Ask the attorneys about calls of which nobody has said anything, the desk about those who have not answered."""
    return _ask(parts, UNREPORTED, _unreported(parts.clock.now())) + _ask(
        parts, CONFIRM, _unanswered(parts.clock.now())
    )


def _unreported(now: datetime) -> ColumnElement[bool]:
    began = and_(Consultation.state.in_((_C.BOOKED, _C.CONFIRMED)), Consultation.starts_at <= now - ASKED_AFTER)
    runs_on = and_(Consultation.state == _C.IN_PROGRESS, Consultation.ends_at <= now - ASKED_AFTER)
    return and_(or_(began, runs_on), ~_task(UNREPORTED), ~_task(NEW_TIME))


def _unanswered(now: datetime) -> ColumnElement[bool]:
    """Urgent, or once she did not come: she is called and asked; anew where it was another time of which she was."""
    other = aliased(Consultation)
    before = exists().where(other.intake_id == Consultation.intake_id, other.state == _C.NO_SHOW)
    merged = cast(Intake.flags, String).contains(MISSED_ONE)
    coming = and_(Consultation.starts_at > now, Consultation.starts_at <= now + ANSWERED_BY)
    return and_(
        Consultation.state == _C.BOOKED,
        coming,
        or_(before, merged, Intake.urgency.in_(CALLED)),
        ~exists().where(
            Task.consultation_id == Consultation.id,
            Task.kind == CONFIRM,
            or_(Task.done_at.is_(None), Task.created_at > now - ANSWERED_BY),
        ),
    )


def _task(kind: str) -> ColumnElement[bool]:
    return exists().where(Task.consultation_id == Consultation.id, Task.kind == kind, Task.done_at.is_(None))


def _ask(parts: Parts, kind: str, whose: ColumnElement[bool]) -> int:
    calls = select(Consultation.id).join(Intake, Intake.id == Consultation.intake_id).where(whose)
    found = list(db.session.scalars(calls))
    end_reading()
    return sum(_ask_about(parts, kind, whose, one) for one in found)


def _ask_about(parts: Parts, kind: str, whose: ColumnElement[bool], consultation_id: UUID) -> bool:
    """In a transaction of its own; False where somebody said something meanwhile, or it need not be asked."""
    now = parts.clock.now()
    with writing() as session:
        intake_id = session.scalar(select(Consultation.intake_id).where(Consultation.id == consultation_id))
        keep(session, intake_id)
        mine = select(Consultation).join(Intake, Intake.id == Consultation.intake_id)
        call = session.scalar(mine.where(Consultation.id == consultation_id, whose))
        if call is None or (kind == CONFIRM and call.starts_at - call.booked_at < BOOKED_BEFORE):
            return False
        intake = session.get_one(Intake, call.intake_id)
        due_at = now if kind == UNREPORTED else _when(session, parts, intake, call)
        if due_at is None:
            return False
        caller = _attorney(session, call) if kind == UNREPORTED else None
        again = f"{call.sequence}:{now.isoformat()}"
        tasks.add(session, kind, due_at=due_at, now=now, intake=intake, consultation=call, again=again, caller=caller)
        audit.record(session, parts, Actor.SYSTEM, kind, f"consultation:{call.id}")
    return True


def _when(session: Session, parts: Parts, intake: Intake, call: Consultation) -> datetime | None:
    """Her next safe hour before the call."""
    try:
        answers = open_documents(parts, intake, Document.CONTACT, Document.PLACE)
    except KeyGone:
        return None
    told = telling(session, parts, intake, answers, call.client_zone)
    return told.safe_from(told.now, call.starts_at)


def _attorney(session: Session, call: Consultation) -> UUID | None:
    """The sign-in of the attorney whose call it is, if she has one."""
    hers = select(Staff.id, Staff.roles).where(Staff.person == call.attorney, Staff.active).order_by(Staff.id)
    return next((row.id for row in session.execute(hers) if "attorney" in row.roles), None)
