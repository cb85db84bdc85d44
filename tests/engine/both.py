"""What the sweep and the search minute by minute find: they must agree before a table is looked at."""

from typing import Any

from scheduler.engine import availability
from scheduler.engine import hours as hours_of_engine
from scheduler.engine.availability import Person
from scheduler.engine.hours import Hours
from scheduler.engine.intervals import Interval
from scheduler.engine.rules import Ask, Blackout, EventMargin, Horizon, LatestStart, MinimumNotice, Rule, SafeHours
from tests.engine import minute_by_minute as slow
from tests.engine.minute_by_minute import Limits


def rules_of(limits: Limits) -> list[Rule]:
    """The same limits as rules of the engine."""
    rules: list[Rule] = [MinimumNotice(limits.notice), Blackout(limits.blackout)]
    if limits.horizon_days is not None:
        rules.append(Horizon(limits.horizon_days))
    if limits.latest is not None:
        rules.append(LatestStart(limits.latest))
    if limits.event is not None:
        rules.append(EventMargin(limits.event, limits.margin))
    if limits.safe is not None:
        rules.append(SafeHours(limits.safe))
    return rules


def starts(person: Person, ask: Ask, **limits: Any) -> list[int]:
    """The starts from now on, within these limits, of which both say that they are all."""
    facts = Limits(ask.now, urgent=ask.is_urgent, **limits)

    found = availability.starts(person, ask, rules_of(facts))

    assert slow.starts(person, facts, ask.span, ask.length) == found
    return found


def open_minutes(hours: Hours, span: Interval) -> list[Interval]:
    """The open runs of the span, of which both say that they are all."""
    is_open = slow.open_of(hours)

    found = hours_of_engine.open_minutes(hours, span)

    assert slow.minutes_of(found) == {minute for minute in range(span.start, span.end) if is_open(minute)}
    return found
