"""An intake reaches the firm: sent with the notices, by her or by who asked her by phone, or because she is called."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from scheduler.casework import (
    audit,
    conflicts,
    duplicates,
    floods,
    openings,
    outbox,
    promising,
    search,
    slot_holds,
    tasks,
    triage,
)
from scheduler.casework.conflicts import Screening
from scheduler.casework.firm import firm
from scheduler.casework.kinds import WE_CALL
from scheduler.casework.parts import Parts
from scheduler.casework.promises import (
    ASKED_IN,
    BOOK_TASK,
    CALL_BACK_TASK,
    CALL_NOW_TASK,
    CONFLICT_TASK,
    STOPS,
    URGENT_TASK,
)
from scheduler.casework.triage_runs import Run
from scheduler.casework.wanted import wanted_with
from scheduler.engine import branches
from scheduler.engine.answers import Answers
from scheduler.engine.calls import CALLED
from scheduler.engine.conflicts import Status
from scheduler.engine.states import Actor, IntakeState, move_intake
from scheduler.engine.triage import Outcome
from scheduler.engine.urgency import Level, unbooked_by
from scheduler.models import Intake

LAST = "notices"
TIME = "time"
WATCHED = frozenset({"dates", LAST})
"""Pages after which a date within hours sends her to the telephone."""

CRITICAL = frozenset({Level.E, Level.U1})
"""Levels at which a person calls whoever sends her answers, whatever else is to be done (intake.md §2.2)."""


@dataclass(frozen=True, slots=True)
class Sending:
    """
    One intake with its answers at one instant, inside a transaction that is already open.

    `actor` sends it, `by` is her name in the chain of what was done: the client, or one of the staff for her.
    """

    session: Session = field(repr=False)
    parts: Parts = field(repr=False)
    intake: Intake = field(repr=False)
    answers: Answers = field(repr=False)
    now: datetime
    actor: Actor = Actor.CLIENT
    by: str = "client"

    def after_page(self, page: str, following: str) -> str:
        """What follows a saved page once the urgency is looked at as well; `following` is by the branches alone."""
        if page not in WATCHED:
            return following
        is_sent = page == LAST and following in (TIME, branches.WE_WILL_CALL)
        outcome = triage.assess(firm(), self.answers, self.now)
        if not is_sent and not outcome.call_now:
            return following
        self._file(outcome)
        if is_sent:
            return self._send(outcome)
        self._promise(CALL_NOW_TASK, self._call_by(outcome))
        self._move(IntakeState.CALL_REQUESTED)
        return STOPS[CALL_NOW_TASK]

    def ask_for_call(self) -> None:
        """She wants to be called instead: a task with a promised time; a draft waits for that call as it is."""
        outcome = triage.assess_again(firm(), self.intake, self.answers, self.now)
        self._file(outcome)
        self._promise(CALL_BACK_TASK, self._call_by(outcome))
        if self.intake.state == IntakeState.DRAFT:
            self._move(IntakeState.CALL_REQUESTED)
        else:
            audit.record(self.session, self.parts, self.by, "call_asked", f"intake:{self.intake.id}")

    def by_phone(self) -> None:
        """All was asked in the call she was promised, which is made by that; the desk books her, or calls once more."""
        outcome = triage.assess_again(firm(), self.intake, self.answers, self.now)
        self._file(outcome)
        for made in ASKED_IN:
            tasks.finish_all(self.session, made, self.intake.id, self.now)
        outbox.withdraw_all(self.session, self.intake, (WE_CALL,), "called")
        screening = self._screened()
        self._submit(screening, outcome, _calls(screening.status, outcome) or [BOOK_TASK])

    def _send(self, outcome: Outcome) -> str:
        """Everything is answered: the names are checked; the times follow, or the page that says who calls."""
        screening = self._screened()
        calls = [CALL_NOW_TASK] if outcome.call_now else _calls(screening.status, outcome)
        if not STOPS.keys() & set(calls) and floods.has_enough(self.session, self.parts, self.intake, self.answers):
            calls = [CALL_BACK_TASK]
        return self._submit(screening, outcome, calls)

    def _screened(self) -> Screening:
        """What the check of the names has found; where too many are sent at once, the desk hears of it."""
        screening = conflicts.screen(self.session, self.parts, self.intake, self.answers)
        if screening.flooded:
            floods.alarm(self.session, self.now)
        return screening

    def _submit(self, screening: Screening, outcome: Outcome, calls: list[str]) -> str:
        """It is sent, with these calls to make, and cleared or left to a person; the page that follows."""
        for kind in calls:
            self._promise(kind, screening.due_at if kind == CONFLICT_TASK else self._call_by(outcome, kind))
        following = next((STOPS[kind] for kind in calls if kind in STOPS), TIME)
        if following == TIME:
            openings.promise_where_late(self.session, wanted_with(self.intake, self.answers, self.now), self.intake)
        if CONFLICT_TASK in calls and outcome.urgency in CRITICAL:
            slot_holds.keep_quietly(self.session, self.parts, wanted_with(self.intake, self.answers, self.now))
        self._move(IntakeState.SUBMITTED)
        conflicts.settle(self.session, self.parts, screening)
        return following

    def _file(self, outcome: Outcome) -> None:
        """What the queue needs in clear, what the search needs as hashes; why it is urgent is sealed."""
        self.intake.language = self.answers.get("spoken_language")
        self.intake.zone = triage.her_place(self.answers, self.now).zone
        Run(self.session, self.parts, self.intake, self.answers, self.now).file(outcome)
        search.index(self.session, self.parts.keyring.firm("search"), self.intake.id, self.answers)
        duplicates.mark(self.session, self.parts, self.intake, self.answers)

    def _call_by(self, outcome: Outcome, kind: str = "") -> datetime:
        house = firm()
        unbooked = unbooked_by(outcome.urgency, self.now, triage.office(house, self.now))
        return unbooked if kind == URGENT_TASK and unbooked else triage.call_promised(house, outcome.urgency, self.now)

    def _promise(self, kind: str, due: datetime) -> None:
        today = firm().today(self.now).isoformat()
        tasks.add(self.session, kind, due_at=due, now=self.now, intake=self.intake, again=today)
        if kind in STOPS:
            promising.we_call(self.session, self.parts, self.intake, self.answers, by=due, again=f"{kind}:{today}")

    def _move(self, state: IntakeState) -> None:
        """Take the intake to its next state, the last act of the transaction."""
        self.intake.state = move_intake(IntakeState(self.intake.state), state, self.actor)
        if state is IntakeState.SUBMITTED:
            self.intake.submitted_at = self.now
        subject = f"intake:{self.intake.id}"
        audit.record(self.session, self.parts, self.by, f"intake_{state}", subject, urgency=self.intake.urgency)


def _calls(status: Status, outcome: Outcome) -> list[str]:
    """The kinds of tasks by which a person must call, or must unless she takes a time; may be none."""
    if status is Status.REVIEW:
        return [CONFLICT_TASK, URGENT_TASK] if outcome.urgency in CRITICAL else [CONFLICT_TASK]
    return [URGENT_TASK] if outcome.urgency in CALLED else []
