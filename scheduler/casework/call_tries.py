"""A call in vain is written down at the desk; what it leads to is in the same commit."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select

from scheduler.casework import after_no_show, audit, silencing, tasks
from scheduler.casework.calls_due import CALL_NO_SHOW
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.silencing import Silence
from scheduler.casework.transaction import writing
from scheduler.casework.trying import Trying, begin, tries_of
from scheduler.engine.calls import Cause, is_given_up, unanswered
from scheduler.engine.marks import Unreachable
from scheduler.engine.states import Actor, ConsultationState, IntakeState, move_intake
from scheduler.models import Consultation, Task

WHILE_IT_RUNS = timedelta(hours=2)
FIXED = (ConsultationState.BOOKED, ConsultationState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class InVain:
    """Somebody called this client, and it came to nothing."""

    intake_id: UUID
    cause: Cause


def in_vain(parts: Parts, who: SignedIn, request: InVain) -> bool:
    """
    Write a call down that came to nothing; True where the system lets go of her after it.

    Of somebody who is detained nothing automatic is sent from before it is written down.

    Raises:
        NotThere: There is none that can still be called.
    """
    if request.cause is Cause.DETAINED:
        silencing.silence(parts, who, Silence(request.intake_id, Unreachable.DETAINED))
    with writing() as session:
        tried = begin(session, parts, who, request.intake_id)
        about = _about(tried)
        tried.write(request.cause, about)
        tries = tries_of(session, parts, tried.intake.id, about)
        is_over = tried.intake.state == IntakeState.CALL_REQUESTED and is_given_up(tries, tried.level)
        if about is not None:
            after_no_show.follow(tried, about, request.cause)
        elif not is_over:
            tried.put_off()
        subject = f"intake:{tried.intake.id}"
        audit.record(session, parts, who.actor, "call_tried", subject, unanswered=unanswered(tries))
        if is_over:
            _let_go(tried)
    return is_over


def _about(tried: Trying) -> Consultation | None:
    """The booked time that the call was about: one that should run now, or one that did not take place."""
    runs = (
        Consultation.state.in_(FIXED),
        Consultation.starts_at <= tried.now,
        Consultation.ends_at > tried.now - WHILE_IT_RUNS,
    )
    missed = Consultation.id.in_(
        select(Task.consultation_id).where(
            Task.intake_id == tried.intake.id, Task.kind == CALL_NO_SHOW, Task.done_at.is_(None)
        )
    )
    mine = select(Consultation).where(Consultation.intake_id == tried.intake.id, or_(missed, and_(*runs)))
    return tried.session.scalar(mine.order_by(Consultation.starts_at.desc()).limit(1))


def _let_go(tried: Trying) -> None:
    """She asked to be called and three times nobody answered: it is over, and her days begin to run."""
    intake, session = tried.intake, tried.session
    intake.ended_from = intake.state
    intake.state = move_intake(IntakeState(intake.state), IntakeState.WITHDRAWN, Actor.SYSTEM)
    intake.changed_at = tried.now
    tasks.finish_every(session, intake.id, tried.now)
    audit.record(session, tried.parts, Actor.SYSTEM, "intake_withdrawn", f"intake:{intake.id}", delete=False)
