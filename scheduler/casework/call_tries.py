"""Calls in vain, written down at the desk; what each leads to is in the same commit."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scheduler.casework import audit, silencing, triage
from scheduler.casework.cases import NotThere
from scheduler.casework.desk import CALLS
from scheduler.casework.documents import open_answers
from scheduler.casework.firm import firm
from scheduler.casework.keyring import KeyGone
from scheduler.casework.open_calls import GO_ON
from scheduler.casework.parts import Parts
from scheduler.casework.reach import reach
from scheduler.casework.sealing import place, seal, unseal
from scheduler.casework.sessions import SignedIn
from scheduler.casework.silencing import Silence
from scheduler.casework.slots import SILENTLY
from scheduler.casework.telling import telling
from scheduler.casework.transaction import writing
from scheduler.casework.triage_runs import LOOKED_AT
from scheduler.engine.answers import Answers
from scheduler.engine.calls import Cause, Tried, is_given_up, unanswered
from scheduler.engine.marks import Unreachable
from scheduler.engine.states import Actor, IntakeState, move_intake
from scheduler.engine.urgency import Level
from scheduler.models import CallTry, Intake, Staff, Task, db

LONGEST_WAIT = timedelta(days=8)
"""Every week has a safe hour."""


@dataclass(frozen=True, slots=True)
class InVain:
    """Somebody called this client, and it came to nothing."""

    intake_id: UUID
    cause: Cause


@dataclass(frozen=True, slots=True)
class Shown:
    """One such call as the desk sees it; `by` is one of ours, `counts` whether it was made in a safe hour."""

    at: datetime
    by: str = field(repr=False)
    cause: str = field(repr=False)
    counts: bool


@dataclass(frozen=True, slots=True)
class Trying:
    """One intake whose client was called by one of ours, its row locked, in a transaction that is open."""

    session: Session = field(repr=False)
    parts: Parts = field(repr=False)
    who: SignedIn
    intake: Intake = field(repr=False)
    answers: Answers = field(repr=False)
    now: datetime

    @property
    def level(self) -> Level:
        return Level(self.intake.urgency or Level.N)

    def write(self, cause: Cause, consultation_id: UUID | None) -> None:
        """Write the call down; whether it counts is by her own clock."""
        zone = triage.her_place(self.answers, self.now).zone
        row = CallTry(
            id=uuid4(),
            intake_id=self.intake.id,
            consultation_id=consultation_id,
            at=self.now,
            by=self.who.id,
            safe=reach(self.answers, self.intake.flags, zone, self.now).now,
        )
        key = self.parts.keyring.open(self.intake.id)
        row.cause = seal({"cause": cause}, key, place("call_try", "cause", row.id))
        self.session.add(row)
        self.session.flush()

    def next_call(self) -> datetime:
        """When she is called again: as soon as her level asks for, in an hour that is safe for her."""
        due = triage.call_promised(firm(), self.level, self.now)
        told = telling(self.session, self.parts, self.intake, self.answers)
        return told.safe_from(due, due + LONGEST_WAIT) or due

    def put_off(self) -> None:
        """The calls that were due by now come back when she is to be called again."""
        until = self.next_call()
        due = (
            Task.intake_id == self.intake.id,
            Task.kind.in_((*CALLS, GO_ON)),
            Task.done_at.is_(None),
            Task.due_at < until,
        )
        self.session.execute(update(Task).where(*due).values(due_at=until), execution_options=SILENTLY)
        self.session.expire_all()


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
        tried.write(request.cause, None)
        tries = tries_of(session, parts, tried.intake.id, None)
        is_over = tried.intake.state == IntakeState.CALL_REQUESTED and is_given_up(tries, tried.level)
        if not is_over:
            tried.put_off()
        subject = f"intake:{tried.intake.id}"
        audit.record(session, parts, who.actor, "call_tried", subject, unanswered=unanswered(tries))
        if is_over:
            _let_go(tried)
    return is_over


def begin(session: Session, parts: Parts, who: SignedIn, intake_id: UUID) -> Trying:
    """
    Lock an intake and open it.

    Raises:
        NotThere: There is none that can still be called.
    """
    intake = session.scalar(select(Intake).where(Intake.id == intake_id).with_for_update())
    if intake is None or intake.state not in LOOKED_AT:
        raise NotThere
    try:
        return Trying(session, parts, who, intake, open_answers(parts, intake), parts.clock.now())
    except KeyGone:
        raise NotThere from None


def tries_of(session: Session, parts: Parts, intake_id: UUID, consultation_id: UUID | None) -> list[Tried]:
    """The calls in vain about one booked time of an intake, or about none, by time."""
    mine = select(CallTry).where(CallTry.intake_id == intake_id, CallTry.consultation_id == consultation_id)
    return opened(parts, session.scalars(mine.order_by(CallTry.at)).all())


def opened(parts: Parts, rows: Sequence[CallTry]) -> list[Tried]:
    """
    Rows of one intake with their causes.

    Raises:
        KeyGone: It was purged.
    """
    return [Tried(row.at, _cause(parts, row), row.safe) for row in rows]


def shown(parts: Parts, intake_id: UUID) -> list[Shown]:
    """All calls in vain to the client of an intake, the last one first."""
    mine = select(CallTry, Staff.name).join(Staff, Staff.id == CallTry.by).where(CallTry.intake_id == intake_id)
    rows = db.session.execute(mine.order_by(CallTry.at.desc())).all()
    return [Shown(row.at, name, _cause(parts, row), row.safe) for row, name in rows if row.cause is not None]


def _cause(parts: Parts, row: CallTry) -> Cause:
    key = parts.keyring.open(row.intake_id)
    return Cause(unseal(row.cause, key, place("call_try", "cause", row.id))["cause"])


def _let_go(tried: Trying) -> None:
    """She asked to be called and three times nobody answered: it is over, and her days begin to run."""
    intake, session = tried.intake, tried.session
    intake.state = move_intake(IntakeState(intake.state), IntakeState.WITHDRAWN, Actor.SYSTEM)
    intake.changed_at = tried.now
    mine = update(Task).where(Task.intake_id == intake.id, Task.done_at.is_(None))
    session.execute(mine.values(done_at=tried.now), execution_options=SILENTLY)
    audit.record(session, tried.parts, Actor.SYSTEM, "intake_withdrawn", f"intake:{intake.id}", delete=False)
