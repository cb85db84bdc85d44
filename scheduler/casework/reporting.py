"""What became of a call is said by a person, never by a clock: it has begun, ended, broken off, not taken place."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.casework import (
    after_call,
    after_no_show,
    audit,
    calls_due,
    changes,
    outbox,
    seats,
    silencing,
    slots,
    tasks,
    triage,
)
from scheduler.casework.after_call import Next
from scheduler.casework.assigned import is_confirmed
from scheduler.casework.cases import UNSEEN, NotConfirmed, NotThere
from scheduler.casework.changes import Change, NoSuchConsultation
from scheduler.casework.firm import firm
from scheduler.casework.kinds import FINISH, OF_A_TIME
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.silencing import Silence
from scheduler.casework.trying import Trying, begin
from scheduler.engine import business
from scheduler.engine.calls import NO_FOLLOW_UP, Broken, Cause, Letter, Result, may_be_said
from scheduler.engine.marks import Unreachable
from scheduler.engine.states import (
    CONSULTATION_NEXT,
    TAKES_TIME,
    Actor,
    ConsultationState,
    IntakeState,
    Refused,
    move_consultation,
)
from scheduler.models import Consultation, Task, db

UNREPORTED, COME_BACK, CONFIRM = "call_unreported", "come_back", calls_due.CALL_TO_CONFIRM
ASKED = (UNREPORTED, CONFIRM)
"""Questions that are answered once it is said what became of the call."""

_C = ConsultationState
THROUGH = {_C.COMPLETED: _C.IN_PROGRESS, _C.INTERRUPTED: _C.IN_PROGRESS}
"""Who says at once how a call has ended says that it has begun, too."""

SAID = (_C.CONFIRMED, _C.IN_PROGRESS, _C.COMPLETED, _C.INTERRUPTED, _C.NO_SHOW, _C.FOLLOW_UP, _C.CLOSED)
SEEN = frozenset(IntakeState) - UNSEEN

AFTERWARDS = (_C.COMPLETED, _C.FOLLOW_UP, _C.CLOSED)
"""Of a call that took place."""

LATEST_BACK = timedelta(days=365)
"""Nobody comes back later: as long as somebody has it before him, nothing of hers is deleted."""


class TooEarly(Exception):
    """So soon after the beginning of the call, or before it, that cannot be said; nothing was changed."""


class NotSaid(Exception):
    """What came of the call, why it broke off, or when somebody comes back to her is missing; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Report:
    """
    This consultation has come to that state.

    `result`, `following` and `back_on` belong to one that is completed, `broken` to one that broke off, `cause` to one
    that did not take place. A `letter` belongs to one that took place, at the latest when it is closed.
    """

    consultation_id: UUID
    state: ConsultationState
    result: Result | None = None
    back_on: date | None = None
    broken: Broken | None = None
    cause: Cause | None = None
    following: Next | None = None
    letter: Letter | None = None

    @property
    def is_followed(self) -> bool:
        """Whether somebody comes back to her."""
        return self.state is _C.COMPLETED and self.result not in NO_FOLLOW_UP

    @property
    def reason(self) -> str | None:
        """The code that stands in its history."""
        return self.result or self.broken or self.cause


def report(parts: Parts, who: SignedIn, request: Report) -> Consultation:
    """
    Say what became of a call; what was said already changes nothing.

    A call that came to nothing for another cause than that nobody answered is no no-show: it keeps its state, and a
    person finds another time with her. None begins before an attorney has confirmed the names; one that took place all
    the same is said as it was.

    Raises:
        NotConfirmed: It was to begin before that.
        NotThere: There is none, or it is purged.
        Refused: From where it stands it does not come there, or not by her.
        TooEarly: That cannot be said yet.
        NotSaid: Something that belongs to it is missing.
        NoLetter: It is to be closed, and she has no letter.
    """
    _refuse_missing(request, firm().today(parts.clock.now()))
    if request.cause is Cause.DETAINED:
        _silence(parts, who, request.consultation_id)
    try:
        return changes.in_one_commit(lambda session: _report(session, parts, who, request))
    except NoSuchConsultation:
        raise NotThere from None


def _silence(parts: Parts, who: SignedIn, consultation_id: UUID) -> None:
    """Before anything else nothing automatic is sent to her any more."""
    intake_id = db.session.scalar(select(Consultation.intake_id).where(Consultation.id == consultation_id))
    if intake_id is None:
        raise NotThere
    silencing.silence(parts, who, Silence(intake_id, Unreachable.DETAINED))


def _refuse_missing(request: Report, today: date) -> None:
    by_state = {
        _C.COMPLETED: request.result and request.following,
        _C.INTERRUPTED: request.broken,
        _C.NO_SHOW: request.cause,
    }
    if by_state.get(request.state, request) is None:
        raise NotSaid
    if request.is_followed and not _is_whole(request, today):
        raise NotSaid


def _is_whole(request: Report, today: date) -> bool:
    following, day = request.following, request.back_on
    is_next_said = following is not None and following.step is not None and following.by is not None
    return is_next_said and request.letter is not None and day is not None and day - today <= LATEST_BACK


def _report(session: Session, parts: Parts, who: SignedIn, request: Report) -> Consultation:
    change = changes.begin(session, parts, request.consultation_id, Actor.SYSTEM, who.id)
    consultation = change.consultation
    if change.state is request.state:
        return consultation
    steps = _steps(change.state, request.state, who)
    if not may_be_said(request.state, consultation.starts_at, change.now):
        raise TooEarly
    slots.lock_all(session, consultation.people)
    change.refuse_if_changed()
    if request.state is _C.IN_PROGRESS and not is_confirmed(change.intake):
        raise NotConfirmed(consultation.intake_id)
    tried = begin(session, parts, who, consultation.intake_id, SEEN)
    if request.cause is not None:
        tried.write(request.cause, consultation)
    if request.cause in (None, Cause.NOT_REACHED):
        for step in steps:
            change.note(step, consultation.starts_at, request.reason if step is request.state else None)
    _settle(change)
    _follow(change, tried, request)
    if request.state in AFTERWARDS:
        _afterwards(change, tried, request)
    audit.record(session, parts, who.actor, f"consultation_{consultation.state}", f"consultation:{consultation.id}")
    return consultation


def _steps(old: ConsultationState, new: ConsultationState, who: SignedIn) -> list[ConsultationState]:
    """
    The states it passes through, each a move that one of her roles may make.

    Raises:
        Refused: There is no such way for her.
    """
    through = THROUGH.get(new)
    way = [through, new] if through is not None and old is not through else [new]
    for step in way:
        move_consultation(old, step, who.one_of(CONSULTATION_NEXT[old].get(step, ())))
        old = step
    return way


def allowed(who: SignedIn, state: str) -> frozenset[ConsultationState]:
    """What somebody with her roles can say of a call that has come so far."""
    return frozenset(one for one in SAID if _may(who, ConsultationState(state), one))


def _may(who: SignedIn, old: ConsultationState, new: ConsultationState) -> bool:
    try:
        return old is not new and bool(_steps(old, new, who))
    except Refused:
        return False


def _settle(change: Change) -> None:
    """What was asked about it is answered; once it is over its time is free, and nobody is reminded of it."""
    session, one = change.session, change.consultation
    asked = (Task.consultation_id == one.id, Task.kind.in_(ASKED), Task.done_at.is_(None))
    for task in session.scalars(select(Task).where(*asked)):
        task.done_at = change.now
    if change.state not in TAKES_TIME:
        seats.leave(session, one.id)
        outbox.withdraw(session, one, OF_A_TIME | {FINISH}, "over")
        calls_due.forget(session, one, change.now)


def _follow(change: Change, tried: Trying, request: Report) -> None:
    if request.cause is not None:
        after_no_show.follow(tried, change.consultation, request.cause)
        if change.state is _C.NO_SHOW:
            after_no_show.ask_again(tried, change.consultation)
    elif request.state is _C.INTERRUPTED:
        _task(change, tried, calls_due.CALL_BROKEN, tried.next_call(same_day=True))
    elif request.is_followed and request.back_on is not None and request.following is not None:
        _task(change, tried, COME_BACK, _morning(request.back_on, change.now), request.following.by)


def _afterwards(change: Change, tried: Trying, request: Report) -> None:
    """Her letter; whom we refer or do not take has hers where that is done."""
    is_ending = request.result in NO_FOLLOW_UP
    row = after_call.note(tried, change.consultation, request.following, None if is_ending else request.letter)
    if request.state is _C.CLOSED:
        after_call.refuse_without_letter(tried, row)


def _task(change: Change, tried: Trying, kind: str, due_at: datetime, caller: UUID | None = None) -> None:
    one = change.consultation
    tasks.add(change.session, kind, due_at=due_at, now=change.now, intake=tried.intake, consultation=one, caller=caller)


def _morning(day: date, now: datetime) -> datetime:
    """When the firm begins on that working day, or the last one before it, or the next one where that is over."""
    house, closed = firm(), triage.office(firm(), now).is_closed
    before = business.on_or_before(day, closed)
    day = before if before >= house.today(now) else business.on_or_after(day, closed)
    return datetime.combine(day, time(int(house.settings.get("opens", 540)) // 60), ZoneInfo(house.zone))
