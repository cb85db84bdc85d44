"""A booked call did not take place: she is called again, written to where that is safe, and never blamed."""

from datetime import timedelta

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from scheduler.casework import links, outbox, reminding
from scheduler.casework.calls_due import CALL_NO_SHOW, NEW_TIME
from scheduler.casework.kinds import AFTER_NO_SHOW, MISSED, REBOOK
from scheduler.casework.merging import MISSED as COUNTED
from scheduler.casework.merging import MISSED_BEFORE
from scheduler.casework.outbox import New
from scheduler.casework.telling import about
from scheduler.casework.triage_runs import Run
from scheduler.casework.trying import Trying, tries_of
from scheduler.casework.visits import NOT_NOW_BEFORE
from scheduler.casework.wanted import is_open
from scheduler.engine.calls import CALLED, Cause, is_missed, is_no_show
from scheduler.engine.marks import CALLS_TO_BOOK
from scheduler.engine.reminders import MOST
from scheduler.engine.safe_contact import way
from scheduler.engine.states import APPOINTED, OPEN_INTAKES, TAKES_TIME, ConsultationState
from scheduler.models import Consultation, Intake, Outbox

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
NO_SHOW = ConsultationState.NO_SHOW


def follow(tried: Trying, consultation: Consultation, cause: Cause) -> None:
    """What one more call in vain about a booked time leads to, in the caller's transaction."""
    if consultation.state == NO_SHOW:
        _count(tried)
    if cause is not Cause.NOT_REACHED:
        _reached(tried, consultation)
    elif consultation.state == NO_SHOW:
        _not_reached(tried, consultation)


def ask_again(tried: Trying, consultation: Consultation) -> None:
    """A day later she is asked once whether she still wants one, unless a person calls her for it."""
    if not _is_called(tried.intake) and len(reminding.left(tried.told, consultation)) < MOST:
        _write(tried, consultation, REBOOK, A_DAY)


def is_true(session: Session, row: Outbox, intake: Intake, consultation: Consultation) -> bool:
    """Whether such a letter still tells the truth: no other time since, and whom a person calls is not left to it."""
    since = and_(Consultation.state.in_(APPOINTED), Consultation.starts_at > consultation.starts_at)
    to_come = Consultation.state.in_(TAKES_TIME & APPOINTED)
    has_time = exists().where(Consultation.intake_id == intake.id, or_(since, to_come))
    if consultation.state != NO_SHOW or intake.state not in OPEN_INTAKES or session.scalar(select(has_time)):
        return False
    return row.kind == MISSED or not _is_called(intake)


def _is_called(intake: Intake) -> bool:
    """Whether a person calls her until she has a time: where it is urgent, or where she chooses none herself (T25)."""
    return intake.urgency in CALLED or CALLS_TO_BOOK in intake.flags


def _count(tried: Trying) -> None:
    """To how many calls she did not come, among her sealed answers; triage looks at it (T25)."""
    mine = select(Consultation).where(Consultation.intake_id == tried.intake.id, Consultation.state == NO_SHOW)
    calls = tried.session.scalars(mine).all()
    tries = (tries_of(tried.session, tried.parts, tried.intake.id, one) for one in calls if not _said_so(one))
    count = int(tried.answers.get(MISSED_BEFORE) or 0) + sum(is_no_show(each) for each in tries)
    Run(tried.session, tried.parts, tried.intake, {**tried.answers, COUNTED: count}, tried.now).look()


def _said_so(consultation: Consultation) -> bool:
    """Whether she had told us that she could not talk then: that is never held against her."""
    said = consultation.not_now_at
    return said is not None and said >= consultation.starts_at - NOT_NOW_BEFORE


def _reached(tried: Trying, consultation: Consultation) -> None:
    """It was not for want of answering: no letter says so, and a person finds another time with her."""
    outbox.withdraw(tried.session, consultation, AFTER_NO_SHOW, "reached")
    tried.finish(CALL_NO_SHOW, consultation)
    tried.call_again(NEW_TIME, consultation, tried.next_call())


def _not_reached(tried: Trying, consultation: Consultation) -> None:
    """She is called again on the same day; after three calls she is written, and only the urgent are called on."""
    if is_missed(tries_of(tried.session, tried.parts, tried.intake.id, consultation)):
        if not _has_left(tried.session, consultation, REBOOK):
            _write(tried, consultation, MISSED, timedelta())
        if not tried.is_urgent:
            tried.finish(CALL_NO_SHOW, consultation)
            return
    tried.call_again(CALL_NO_SHOW, consultation, tried.next_call(same_day=True))


def _write(tried: Trying, consultation: Consultation, kind: str, after: timedelta) -> None:
    """At her next safe hour from then on, within a week, if she may be written to; else nobody but a person calls."""
    told, since = tried.told, tried.now + after
    until = since + A_WEEK
    due_at = told.safe_from(since, until)
    if due_at is None or way(tried.answers, tried.intake.flags) is None:
        return
    links.renew(tried.session, tried.parts, tried.intake.id)
    letter: New = about(told, consultation, kind, due_at, until, offers=is_open(tried.intake))
    outbox.put(tried.session, tried.parts, letter, intake=tried.intake, consultation=consultation)


def _has_left(session: Session, consultation: Consultation, kind: str) -> bool:
    sent = select(Outbox).where(Outbox.consultation_id == consultation.id, Outbox.kind == kind)
    return any(outbox.has_left(row) for row in session.scalars(sent))
