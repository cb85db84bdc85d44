"""What an intake asks for: who can take the call, how long it is, and which starts are right for her."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.casework import triage
from scheduler.casework.documents import open_answers
from scheduler.casework.firm import FirmView, firm, firm_anew
from scheduler.casework.parts import Parts
from scheduler.engine.answers import Answers
from scheduler.engine.availability import Person as Bookable
from scheduler.engine.conflicts import Status
from scheduler.engine.intervals import Interval
from scheduler.engine.marks import CALLS_TO_BOOK
from scheduler.engine.places import Place
from scheduler.engine.questions import STAFF_LANGUAGES
from scheduler.engine.reserve import Reserve
from scheduler.engine.rules import (
    Ask,
    Blackout,
    EventMargin,
    Horizon,
    LatestStart,
    MinimumNotice,
    Rule,
    SafeHours,
)
from scheduler.engine.safe_contact import safe_hours
from scheduler.engine.states import IntakeState
from scheduler.engine.teams import GENDERS, Relay
from scheduler.engine.triage import BASE, Outcome, needs_interpreter, slot_length
from scheduler.engine.urgency import Level
from scheduler.engine.zones import DAY, minute_of
from scheduler.models import Intake

HORIZON = 30
EVENT_MARGIN = 24
HOUR = 60
CHILD = "child_protocol"
THROUGH = "es"
"""Into this language whatever is spoken is interpreted, unless the firm says otherwise."""

URGENT = frozenset({Level.E, Level.U1})
"""Levels to which reserved time is open (intake.md §2.2)."""

SPOKEN_INSTEAD = {"no_speaks_es": "es", "no_speaks_en": "en"}


class NotBookable(Exception):
    """This intake chooses no time: it was not sent, a person calls first, or it is over."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    What is asked for at one instant; `rules` are all but the see-by time, `length` is minutes.

    `screened` are the numbers of those who may not hear her, whatever is free; `second` is one of ours who must be on
    the call too. Interpreters turn `spoken` into what the attorney speaks, by `relay` where no one can alone. `reserve`
    is kept for the urgent. Staff may `bend` what holds for people, and no see-by time is in their way; `busy` is, by
    number, time that is taken later in the same transaction. Who was warned of other calendars asks without `imports`,
    and for one attorney `only`. Who looks for somebody to sit beside an attorney asks for `paralegals` as well.
    """

    intake_id: UUID
    now: datetime
    firm: FirmView = field(repr=False)
    answers: Answers = field(repr=False)
    outcome: Outcome = field(repr=False)
    place: Place = field(repr=False)
    languages: frozenset[str]
    length: int
    rules: tuple[Rule, ...] = field(repr=False)
    spoken: str
    relay: Relay
    reserve: Reserve | None = None
    interpreting: bool | None = None
    second: int | None = None
    screened: frozenset[int] = frozenset()
    busy: Mapping[int, tuple[Interval, ...]] = field(default_factory=dict)
    bend: Callable[[Bookable], Bookable] | None = None
    only: int | None = None
    imports: bool = True
    paralegals: bool = False

    @property
    def in_time(self) -> LatestStart:
        """She must be seen by then."""
        return LatestStart(self.outcome.must_be_seen_by)

    @property
    def interpreter(self) -> bool:
        """Whether an interpreter must be on the call, by her answers unless staff says otherwise."""
        return needs_interpreter(self.answers) if self.interpreting is None else self.interpreting

    @property
    def rather(self) -> str | None:
        """A woman or a man with whom she would rather talk: it orders who is free, and leaves nobody out."""
        return next((code for code in self.answers.get("call_needs") or () if code in GENDERS), None)

    @property
    def skills(self) -> frozenset[str]:
        """What her attorney must be trained in: with a child, whatever the firm has named (intake.md §2.5)."""
        return self.firm.child_skills if CHILD in self.outcome.flags else frozenset()

    @property
    def ours(self) -> frozenset[str]:
        """The languages of the firm itself."""
        return ours(self.firm)

    @property
    def length_interpreted(self) -> int:
        """Minutes that it takes with an interpreter."""
        return _length(self.firm, self.outcome, interpreter=True)

    def ask(self, span: Interval | None = None) -> Ask:
        """The engine's question, for starts in the span, or for all until the horizon."""
        return Ask(self.now, span or self.span, self.length, is_urgent=self.outcome.urgency in URGENT)

    @property
    def span(self) -> Interval:
        """From now to the horizon, that minute included."""
        first = minute_of(self.now)
        return Interval(first, first + horizon(self.firm) * DAY + 2)


def wanted(parts: Parts, intake: Intake, now: datetime, *, is_booked: bool = False) -> Wanted:
    """
    What this intake asks for now; with `is_booked` only another time, so that nobody need call first.

    Raises:
        NotBookable: A person calls her first, or it is not open.
        KeyGone: It was purged.
    """
    if not is_open(intake, is_booked=is_booked):
        raise NotBookable(intake.state)
    return wanted_with(intake, open_answers(parts, intake), now)


def seen_anew(session: Session, want: Wanted) -> Wanted:
    """The same under the locks: days that were closed and people who were screened off since it was read."""
    off = session.scalar(select(Intake.screened_off).where(Intake.id == want.intake_id))
    return replace(want, firm=firm_anew(), screened=frozenset(off or ()))


def is_open(intake: Intake, *, is_booked: bool = False) -> bool:
    """
    Whether she chooses a time herself: once the names are clear, or for the time being where nothing was found.

    Who did not come twice is called for a new one (T25).
    """
    if CALLS_TO_BOOK in intake.flags and not is_booked:
        return False
    if intake.state == IntakeState.CONFLICT_REVIEW:
        return is_booked or is_tentative(intake)
    return intake.state == IntakeState.CLEARED


def is_tentative(intake: Intake) -> bool:
    """Whether what she books is hers only once a person has cleared the names."""
    return intake.state == IntakeState.CONFLICT_REVIEW and intake.conflict_status == Status.PENDING


def wanted_by_all(house: FirmView, now: datetime) -> tuple[Ask, tuple[Rule, ...]]:
    """What somebody ordinary asks for who lives by the firm's clock: for the start page."""
    first = minute_of(now)
    ask = Ask(now, Interval(first, first + horizon(house) * DAY + 2), base_length(house))
    notice = MinimumNotice(triage.usual_notice(house).of(Level.N, interpreter_needed=False))
    return ask, (notice, Horizon(horizon(house)), SafeHours(safe_hours({}, house.zone)))


def horizon(house: FirmView) -> int:
    """How many times 24 hours ahead the firm books."""
    return int(house.settings.get("horizon_days", HORIZON))


def base_length(house: FirmView) -> int:
    """Minutes of an ordinary consultation."""
    return int(house.settings.get("base_length", BASE))


def relay(house: FirmView, spoken: str) -> Relay:
    """Into what somebody interprets a language whom another must follow."""
    return Relay(spoken, str(house.settings.get("relay_languages", {}).get(spoken, THROUGH)))


def reserve(house: FirmView) -> Reserve | None:
    """The slots of each attorney's day that are kept for the urgent; None where the firm keeps none."""
    count = int(house.settings.get("reserved_slots", 0))
    return Reserve(count, base_length(house)) if count > 0 else None


def ours(house: FirmView) -> frozenset[str]:
    """The languages in which the firm's own people take calls."""
    return frozenset(house.settings.get("staff_languages") or STAFF_LANGUAGES)


def languages(house: FirmView, answers: Answers) -> frozenset[str]:
    """The languages of which her attorney must speak one; with an interpreter any of the firm's own."""
    spoken = str(answers.get("spoken_language") or "")
    instead = SPOKEN_INSTEAD.get(str(answers.get("interpreter_needed")))
    if spoken in ours(house):
        return frozenset({spoken})
    return frozenset({instead}) if instead else ours(house)


def wanted_with(intake: Intake, answers: Answers, now: datetime) -> Wanted:
    """What an intake with these answers asks for, whether it may choose a time yet or not."""
    house = firm()
    outcome, place = triage.assess_again(house, intake, answers, now), triage.her_place(answers, now)
    spoken = str(answers.get("spoken_language") or "")
    return Wanted(
        intake_id=intake.id,
        now=now,
        firm=house,
        answers=answers,
        outcome=outcome,
        place=place,
        languages=languages(house, answers),
        length=_length(house, outcome, interpreter=needs_interpreter(answers)),
        rules=(
            MinimumNotice(outcome.min_notice),
            Horizon(horizon(house)),
            *_around_the_event(house, outcome),
            SafeHours(safe_hours(answers, place.zone)),
        ),
        spoken=spoken,
        relay=relay(house, spoken),
        reserve=reserve(house),
        screened=frozenset(intake.screened_off),
    )


def _around_the_event(house: FirmView, outcome: Outcome) -> list[Rule]:
    """A slot ends a day before court; the hearing's day and the hours before the report are silent."""
    margin = int(house.settings.get("event_margin_hours", EVENT_MARGIN)) * HOUR
    rules: list[Rule] = [EventMargin(outcome.event_at, margin)] if outcome.event_at else []
    return [*rules, Blackout(outcome.silence)] if outcome.silence else rules


def _length(house: FirmView, outcome: Outcome, *, interpreter: bool) -> int:
    return slot_length(interpreter=interpreter, child=CHILD in outcome.flags, base=base_length(house))
