"""A client who is called: her intake, locked and opened; the calls in vain, written down sealed and read again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.casework import tasks, triage
from scheduler.casework.cases import NotThere
from scheduler.casework.desk import CALLS
from scheduler.casework.documents import open_answers
from scheduler.casework.firm import firm
from scheduler.casework.keyring import KeyGone
from scheduler.casework.parts import Parts
from scheduler.casework.promises import GO_ON_TASK
from scheduler.casework.reach import reach
from scheduler.casework.sealing import place, seal, unseal
from scheduler.casework.sessions import SignedIn
from scheduler.casework.telling import Telling, telling
from scheduler.casework.triage_runs import LOOKED_AT
from scheduler.engine.answers import Answers
from scheduler.engine.calls import CALLED, Cause, Tried
from scheduler.engine.urgency import Level
from scheduler.models import CallTry, Consultation, Intake, Staff, Task, db

LONGEST_WAIT = timedelta(days=8)
"""Every week has a safe hour."""

BEFORE = timedelta(minutes=15)
"""A call so long before the time that is booked is already about it."""

SAME_DAY = 120
"""Office minutes until somebody who did not come is called again."""


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

    def write(self, cause: Cause, consultation: Consultation | None) -> None:
        """Write the call down; whether it counts is by her own clock."""
        zone = triage.her_place(self.answers, self.now).zone
        row = CallTry(
            id=uuid4(),
            intake_id=self.intake.id,
            consultation_id=consultation.id if consultation is not None else None,
            at=self.now,
            by=self.who.id,
            safe=reach(self.answers, self.intake.flags, zone, self.now).now,
        )
        key = self.parts.keyring.open(self.intake.id)
        row.cause = seal({"cause": cause}, key, place("call_try", "cause", row.id))
        self.session.add(row)
        self.session.flush()

    @property
    def is_urgent(self) -> bool:
        """Whether nobody gives her up."""
        return self.level in CALLED

    @property
    def told(self) -> Telling:
        """By which clock, and when, she may be told anything."""
        return telling(self.session, self.parts, self.intake, self.answers)

    def next_call(self, *, same_day: bool = False) -> datetime:
        """When she is called again: as soon as her level asks for, or on the same day; in an hour safe for her."""
        due = triage.call_promised(firm(), self.level, self.now)
        if same_day:
            due = min(due, triage.office(firm(), self.now).after(self.now, SAME_DAY))
        return self.told.safe_from(due, due + LONGEST_WAIT) or due

    def put_off(self) -> None:
        """The calls that were due by now come back when she is to be called again."""
        until = self.next_call()
        due = (Task.intake_id == self.intake.id, Task.kind.in_((*CALLS, GO_ON_TASK)), Task.done_at.is_(None))
        for task in self.session.scalars(select(Task).where(*due, Task.due_at < until)):
            task.due_at = until

    def call_again(self, kind: str, consultation: Consultation, due_at: datetime) -> None:
        """The call of this kind about a booked time comes back then, or is put on the list."""
        calls = self.calls(kind, consultation)
        for task in calls:
            task.due_at = due_at
        if not calls:
            tasks.add(
                self.session,
                kind,
                due_at=due_at,
                now=self.now,
                intake=self.intake,
                consultation=consultation,
                again=self.now.isoformat(),
            )

    def finish(self, kind: str, consultation: Consultation) -> None:
        """Nobody need make the calls of this kind about a booked time any more."""
        for task in self.calls(kind, consultation):
            task.done_at, task.done_by = self.now, self.who.id

    def calls(self, kind: str, consultation: Consultation) -> Sequence[Task]:
        """The open ones."""
        mine = (Task.consultation_id == consultation.id, Task.kind == kind, Task.done_at.is_(None))
        return self.session.scalars(select(Task).where(*mine)).all()


def begin(
    session: Session, parts: Parts, who: SignedIn, intake_id: UUID, states: Collection[str] = LOOKED_AT
) -> Trying:
    """
    Lock an intake in one of these states and open it.

    Raises:
        NotThere: There is none, or it is purged.
    """
    intake = session.scalar(
        select(Intake).where(Intake.id == intake_id).with_for_update().execution_options(populate_existing=True)
    )
    if intake is None or intake.state not in states:
        raise NotThere
    try:
        return Trying(session, parts, who, intake, open_answers(parts, intake), parts.clock.now())
    except KeyGone:
        raise NotThere from None


def tries_of(session: Session, parts: Parts, intake_id: UUID, consultation: Consultation | None = None) -> list[Tried]:
    """The calls in vain about the time that a consultation has now, or about no booked time; in their order."""
    mine = select(CallTry).where(CallTry.intake_id == intake_id)
    if consultation is None:
        mine = mine.where(CallTry.consultation_id.is_(None))
    else:
        mine = mine.where(CallTry.consultation_id == consultation.id, CallTry.at >= consultation.starts_at - BEFORE)
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
