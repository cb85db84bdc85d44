"""What triage looks at, and the words its rules are written in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from scheduler.engine import events
from scheduler.engine.answers import Answers, bounds, day_of, is_minor, is_unknown
from scheduler.engine.business import Office
from scheduler.engine.more_questions import ticked_in
from scheduler.engine.one_year import OneYear, OneYearState, one_year
from scheduler.engine.urgency import Level

FOREVER_AGO = 100_000
"""Days: further back than any date the questionnaire takes."""


class Noted(Mapping[str, Any]):
    """Answers that note which of them were looked at."""

    def __init__(self, answers: Answers) -> None:
        """Nothing was looked at so far."""
        self.answers = answers
        self.looked_at: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.looked_at.add(name)
        return self.answers[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.answers)

    def __len__(self) -> int:
        return len(self.answers)


@dataclass(frozen=True)
class Facts:
    """What the rules look at; `slot_before_court` is False where no slot can end 24 hours before the event."""

    answers: Answers = field(repr=False)
    now: datetime
    office: Office
    zones: events.EventZones
    slot_before_court: bool = True

    @cached_property
    def today(self) -> date:
        """The firm-local date."""
        return self.office.today(self.now)

    @cached_property
    def court(self) -> events.Event | None:
        """The earlier of hearing and report time, unless it is over."""
        return next(iter(events.court_events(self.answers, self.zones, self.today)), None)

    @cached_property
    def year(self) -> OneYear | None:
        """Her year, where she was in the United States and said when."""
        span = bounds(self.answers.get("last_arrival_date"))
        if span is None or not was_there(self):
            return None
        return one_year(*span, self.today, self.office.holidays, self.office.closures)

    @property
    def court_in(self) -> int | None:
        """Calendar days until court."""
        return (self.court.day - self.today).days if self.court else None

    def days_to(self, name: str) -> int | None:
        """Calendar days until the answered date, below 0 once it is over; None where it is no date."""
        day = day_of(self.answers.get(name))
        return (day - self.today).days if day else None

    def has(self, name: str, *codes: object) -> bool:
        """Whether the answer is one of the codes."""
        return self.answers.get(name) in codes


Holds = Callable[[Facts], bool]


def has(name: str, *codes: object) -> Holds:
    """True where the answer is one of the codes."""
    return lambda facts: facts.has(name, *codes)


def ticked(name: str, *codes: str) -> Holds:
    """True where one of the codes is among the boxes she ticked."""
    return lambda facts: ticked_in(facts.answers, name, *codes)


def every(*conditions: Holds) -> Holds:
    """True where all are."""
    return lambda facts: all(condition(facts) for condition in conditions)


def some(*conditions: Holds) -> Holds:
    """True where one is."""
    return lambda facts: any(condition(facts) for condition in conditions)


def no(condition: Holds) -> Holds:
    """True where it is not."""
    return lambda facts: not condition(facts)


def court_within(least: int, most: int) -> Holds:
    """The court event is so many calendar days ahead, both included."""
    return lambda facts: facts.court_in is not None and least <= facts.court_in <= most


def ahead(name: str, least: int, most: int) -> Holds:
    """The answered date is so many calendar days ahead, both included; past days are below 0."""

    def holds(facts: Facts) -> bool:
        days = facts.days_to(name)
        return days is not None and least <= days <= most

    return holds


def not_known(name: str) -> Holds:
    """The date is "I do not know"."""
    return lambda facts: is_unknown(facts.answers.get(name))


def no_day(name: str) -> Holds:
    """No day can be said: she does not know it, or there is none yet."""
    return lambda facts: facts.has(name, "unknown", "none")


def order_age(least: int, most: int) -> Holds:
    """The removal order may be so many days old, both included: the latest day it may mean counts."""

    def holds(facts: Facts) -> bool:
        span = bounds(facts.answers.get("removal_order_date"))
        days = (facts.today - min(span[1], facts.today)).days if span else 0
        return facts.has("removal_order", "yes") and least <= days <= most

    return holds


def year(state: OneYearState, *levels: Level) -> Holds:
    """Her year is in that state, at one of the levels."""
    return lambda facts: facts.year is not None and facts.year.state is state and facts.year.level in levels


def was_there(facts: Facts) -> bool:
    """She is or was in the United States."""
    return facts.has("ever_in_us", "in_us", "sent_back", "left")


def arrival_unknown(facts: Facts) -> bool:
    """She was there and no day of arrival is known."""
    return was_there(facts) and bounds(facts.answers.get("last_arrival_date")) is None


def only_year_known(facts: Facts) -> bool:
    """Her arrival is known to the year and no better."""
    arrival = facts.answers.get("last_arrival_date")
    return isinstance(arrival, dict) and not arrival.get("m")


def minor(facts: Facts) -> bool:
    """She may be under 18."""
    return is_minor(facts.answers, facts.today)


def unsafe(facts: Facts) -> bool:
    """Somebody may see the device or the phone."""
    return facts.has("device_safe", "no", "not_sure") or facts.has("phone_shared", "shared_unsafe")


def wishes_interpreter(facts: Facts) -> bool:
    """She said who her interpreter must not be."""
    return facts.has("interpreter_needed", "yes") and bool(facts.answers.get("interpreter_avoid"))


def near(facts: Facts) -> bool:
    """An event is within 36 hours, or so close that no slot can end a day before it."""
    crowded = not facts.slot_before_court and court_within(0, 7)(facts)
    return crowded or events.is_near(facts.answers, facts.zones, facts.now, facts.today)


def missed_calls(least: int) -> Holds:
    """She did not come to so many calls; those that came to nothing for another cause are not among them."""
    return lambda facts: int(facts.answers.get("no_shows") or 0) >= least


def elsewhere(facts: Facts) -> bool:
    """She said that she is in another country than the United States."""
    return facts.has("current_country", "MX", "OTHER")


def hearing_open(facts: Facts) -> bool:
    """Nobody knows her next court date."""
    moved = facts.has("missed_hearing", "changed", "went") and (facts.days_to("next_hearing_date") or 0) < 0
    return moved or not_known("next_hearing_date")(facts)
