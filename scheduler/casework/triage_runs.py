"""A run of triage on a stored intake: what it found is filed with it, and what it asks of the desk becomes tasks."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from scheduler.casework import audit, tasks, triage
from scheduler.casework.documents import open_answers, seal_answers
from scheduler.casework.firm import FirmView, firm
from scheduler.casework.keyring import KeyGone
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import end_reading, writing
from scheduler.engine.answers import Answers
from scheduler.engine.states import APPOINTED, Actor, IntakeState
from scheduler.engine.triage import Outcome
from scheduler.engine.urgency import Level
from scheduler.models import Consultation, Intake, db

AT_NIGHT = 2
"""The firm's hour from which everybody is looked at anew, because dates come closer (intake.md §2.1)."""

LOOKED_AT = (IntakeState.CALL_REQUESTED, IntakeState.SUBMITTED, IntakeState.CONFLICT_REVIEW, IntakeState.CLEARED)
EARLIER = "find_earlier_slot"
AT_ONCE = frozenset({"safety_call", "locate_person"})
"""Tasks that are due when a call of that level is; the others by the end of the next business day."""


@dataclass(frozen=True, slots=True)
class Run:
    """One look at an intake with its answers at one instant, inside a transaction that is already open."""

    session: Session = field(repr=False)
    parts: Parts = field(repr=False)
    intake: Intake = field(repr=False)
    answers: Answers = field(repr=False)
    now: datetime

    def look(self, changed: Collection[str] = ()) -> Outcome:
        """See what the answers mean now, and file it; a level that a person set does not cover what was `changed`."""
        outcome = triage.assess_again(firm(), self.intake, self.answers, self.now, changed)
        self.file(outcome)
        return outcome

    def file(self, outcome: Outcome) -> None:
        """What the queue needs in clear; why it is urgent is sealed; what a person must do becomes tasks."""
        triage.store(self.intake, outcome)
        self.intake.triaged_on = firm().today(self.now)
        seal_answers(self.parts, self.intake, {**self.answers, **triage.sealed(outcome)})
        for kind in outcome.tasks:
            self._ask(kind, outcome.urgency if kind in AT_ONCE else Level.N)
        for late in self._booked_after(outcome.must_be_seen_by):
            self._ask(EARLIER, outcome.urgency, late)

    def _ask(self, kind: str, level: Level, late: Consultation | None = None) -> None:
        due_at = triage.call_promised(firm(), level, self.now)
        again = f"{level}:{late.sequence}" if late is not None else ""
        tasks.add(self.session, kind, due_at=due_at, now=self.now, intake=self.intake, consultation=late, again=again)

    def _booked_after(self, seen_by: datetime) -> list[Consultation]:
        """What is booked for her after she must be seen, so that a person looks for an earlier time."""
        late = select(Consultation).where(
            Consultation.intake_id == self.intake.id,
            Consultation.state.in_(APPOINTED),
            Consultation.starts_at > max(seen_by, self.now),
        )
        return list(self.session.scalars(late))


def nightly(parts: Parts) -> int:
    """Look at everybody who was not looked at on the firm's day, once it is 2 in the morning there; how many."""
    house, now = firm(), parts.clock.now()
    if now.astimezone(ZoneInfo(house.zone)).hour < AT_NIGHT:
        return 0
    due = _not_seen_today(house, now)
    return sum(_look_again(parts, intake_id, now) for intake_id in due)


def _not_seen_today(house: FirmView, now: datetime) -> list[UUID]:
    before = or_(Intake.triaged_on.is_(None), Intake.triaged_on < house.today(now))
    found = list(db.session.scalars(select(Intake.id).where(Intake.state.in_(LOOKED_AT), before)))
    end_reading()
    return found


def _look_again(parts: Parts, intake_id: UUID, now: datetime) -> bool:
    """One intake in a transaction of its own; False where it is over or gone by now."""
    with writing() as session:
        intake = session.scalar(select(Intake).where(Intake.id == intake_id).with_for_update())
        if intake is None or intake.state not in LOOKED_AT:
            return False
        try:
            answers = open_answers(parts, intake)
        except KeyGone:
            return False
        before = (intake.urgency, intake.must_be_seen_by)
        Run(session, parts, intake, answers, now).look()
        if (intake.urgency, intake.must_be_seen_by) != before:
            audit.record(session, parts, Actor.SYSTEM, "triage", f"intake:{intake.id}", urgency=intake.urgency)
    return True
