"""What cannot wait: the level of an intake, by when she must be seen, and why. Staff see it, she never does."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from scheduler.engine import events
from scheduler.engine.answers import Answers
from scheduler.engine.business import Office
from scheduler.engine.intervals import Interval
from scheduler.engine.one_year import DeadlineBasis, OneYear, deadline_basis
from scheduler.engine.triage_facts import Facts, minor
from scheduler.engine.triage_rules import RULES, Rule
from scheduler.engine.urgency import Level, Notice, due, highest

VERSION = "5"
"""Stored with every outcome; raised whenever a rule changes."""

EVERYBODY = Rule("everybody", Level.N, lambda _facts: True)
"""Nobody waits longer than a normal case; counted from the first run."""

STAFF = "staff"
"""The reason of a level that a person of the firm set."""

BASE = 45
CHILD = 60
QUARTER = 15


@dataclass(frozen=True, slots=True)
class Judged:
    """The level that a person of the firm set, and when; it stands in place of every line that held by then."""

    level: Level
    at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What one run found.

    Instants are UTC. `since` is to be stored and given back: each line's first instant. `silence` is sorted and
    disjoint; `min_notice` and `length` are minutes. `reasons` are rule ids and sealed with the confidential answers.
    """

    urgency: Level
    must_be_seen_by: datetime
    reasons: tuple[str, ...] = field(repr=False)
    flags: tuple[str, ...]
    tasks: tuple[str, ...]
    event_at: datetime | None
    silence: tuple[Interval, ...]
    min_notice: int
    length: int
    year: OneYear | None = field(repr=False)
    basis: DeadlineBasis = field(repr=False)
    since: Mapping[str, datetime] = field(repr=False)
    version: str = VERSION

    @property
    def call_now(self) -> bool:
        """Whether a date is so near that she must be telephoned (T28)."""
        return "T28" in self.reasons


def triage(
    answers: Answers,
    now: datetime,
    office: Office,
    zones: events.EventZones,
    *,
    since: Mapping[str, datetime] | None = None,
    seen_by: datetime | None = None,
    slot_before_court: bool = True,
    notice: Notice | None = None,
    judged: Judged | None = None,
    changed: Collection[str] = (),
) -> Outcome:
    """
    Look at the answers (as `branches.kept` leaves them) at `now`.

    `since` and `seen_by` are those of the run before: it is never set later, unless `seen_by` is left out where a
    person corrected a fact or lowers the level. What holds or was `changed` since somebody `judged` counts as well.

    Raises:
        NeverOpen: The office does not open for months.
    """
    facts = Facts(answers, now, office, zones, slot_before_court)
    holding = [rule for rule in (EVERYBODY, *RULES) if rule.holds(facts)]
    began = _began(facts, holding, since or {}, judged, changed)
    level, due_by = _weighed(facts, holding, began, judged)
    return Outcome(
        urgency=level,
        must_be_seen_by=min(due_by, seen_by or due_by),
        reasons=_distinct([*(rule.id for rule in holding if rule is not EVERYBODY), *([STAFF] if judged else [])]),
        flags=_distinct(flag for rule in holding for flag in rule.flags),
        tasks=_distinct(task for rule in holding for task in rule.tasks),
        event_at=facts.court.at if facts.court else None,
        silence=tuple(events.silence(answers, zones, facts.today)),
        min_notice=(notice or Notice()).of(level, interpreter_needed=needs_interpreter(answers)),
        length=slot_length(interpreter=needs_interpreter(answers), child=minor(facts)),
        year=facts.year,
        basis=deadline_basis(answers),
        since=began,
    )


def slot_length(*, interpreter: bool, child: bool = False, joint: bool = False, base: int = BASE) -> int:
    """Minutes of a consultation: longer for a child or several people, half as long again with an interpreter."""
    least = max(base, CHILD) if child or joint else base
    return -(-(least * 3 // 2 if interpreter else least) // QUARTER) * QUARTER


def needs_interpreter(answers: Answers) -> bool:
    """Whether an interpreter must be on the call."""
    return answers.get("interpreter_needed") == "yes"


def _began(
    facts: Facts,
    holding: Iterable[Rule],
    since: Mapping[str, datetime],
    judged: Judged | None,
    changed: Collection[str],
) -> dict[str, datetime]:
    """Since when each line holds: from now on where it looks at what was `changed`, which nobody has judged."""
    began = {rule.key: since.get(rule.key, facts.now) for rule in holding if rule.level}
    if judged and changed:
        over = (rule for rule in holding if rule.level and began[rule.key] <= judged.at)
        began |= {rule.key: facts.now for rule in over if not rule.looks_at(facts).isdisjoint(changed)}
    return began


def _weighed(
    facts: Facts, holding: Iterable[Rule], began: Mapping[str, datetime], judged: Judged | None
) -> tuple[Level, datetime]:
    """The highest level and the earliest due time of what counts: what a person set, and each line that began later."""
    counting = [rule for rule in holding if not (judged and began.get(rule.key, judged.at) <= judged.at)]
    levels = [rule.level for rule in counting if rule.level]
    dues = [instant for rule in counting if (instant := rule.seen_by(facts, began.get(rule.key, facts.now)))]
    if judged:
        levels, dues = [*levels, judged.level], [*dues, due(judged.level, judged.at, facts.office)]
    return highest(levels), min(dues)


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
