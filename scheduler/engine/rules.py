"""What narrows an ask: each rule answers with the starts it permits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from scheduler.engine.hours import Hours, open_runs
from scheduler.engine.intervals import FOREVER, Interval, Pair, common, intervals, merged, pairs, without
from scheduler.engine.zones import DAY, minute_ceil, minute_of


class EmptySlot(Exception):
    """A consultation of no length was asked for; the firm's setting must be mended."""


@dataclass(frozen=True, slots=True)
class Ask:
    """
    Somebody wants a slot of `length` minutes that starts in `span`.

    `now` is an aware instant, exact to the microsecond. Only people who have all `skills` and speak `language`
    come into question; None asks for no language. For who `is_urgent` reserved time is open too.
    """

    now: datetime
    span: Interval
    length: int
    language: str | None = None
    skills: frozenset[str] = frozenset()
    is_urgent: bool = False

    def __post_init__(self) -> None:
        if self.length < 1:
            raise EmptySlot(f"{self.length} minutes")


class Rule(Protocol):
    """One limit on when a slot may start."""

    def narrow(self, ask: Ask) -> list[Interval]:
        """The starts it permits within the ask's span, or beyond it: sorted, disjoint, may be empty."""
        ...


def permitted(ask: Ask, rules: Iterable[Rule]) -> list[Pair]:
    """The starts of the ask's span that every rule permits: sorted, disjoint, may be empty."""
    allowed = [(ask.span.start, ask.span.end)]
    for rule in rules:
        allowed = common(allowed, pairs(rule.narrow(ask)))
    return allowed


@dataclass(frozen=True, slots=True)
class MinimumNotice:
    """Nobody is booked with less warning than this."""

    minutes: int

    def narrow(self, ask: Ask) -> list[Interval]:
        """From now plus the notice, that instant included, without end."""
        return [Interval(minute_ceil(ask.now + timedelta(minutes=self.minutes)), FOREVER)]


@dataclass(frozen=True, slots=True)
class Horizon:
    """Nobody is booked further ahead than this many times 24 hours."""

    days: int

    def narrow(self, ask: Ask) -> list[Interval]:
        """Until now plus the days, that instant included."""
        return [Interval(-FOREVER, minute_of(ask.now + timedelta(days=self.days)) + 1)]


@dataclass(frozen=True, slots=True)
class Span:
    """The starts asked for by instants: `start` is one of them, `end` is not; the slot may end after `end`."""

    start: datetime
    end: datetime

    def narrow(self, _ask: Ask) -> list[Interval]:
        """The whole minutes of [start, end)."""
        first, end = minute_ceil(self.start), minute_ceil(self.end)
        return [Interval(first, end)] if first < end else []


@dataclass(frozen=True, slots=True)
class LatestStart:
    """The client must be seen by this instant: the slot starts at it or before."""

    latest: datetime

    def narrow(self, _ask: Ask) -> list[Interval]:
        """Until the instant, itself included."""
        return [Interval(-FOREVER, minute_of(self.latest) + 1)]


@dataclass(frozen=True, slots=True)
class EventMargin:
    """The slot ends at least `margin` minutes before an event, such as a hearing."""

    event: datetime
    margin: int = DAY

    def narrow(self, ask: Ask) -> list[Interval]:
        """Until the last start whose slot ends early enough, itself included."""
        return [Interval(-FOREVER, minute_of(self.event) - self.margin - ask.length + 1)]


@dataclass(frozen=True, slots=True)
class SafeHours:
    """The whole slot lies in hours at which the client can be called, by the clock where the client is."""

    hours: Hours

    def narrow(self, ask: Ask) -> list[Interval]:
        """The starts of the span whose slots lie in one unbroken run of those hours."""
        runs = open_runs(self.hours, ask.span.start, ask.span.end + ask.length)
        return intervals((start, end - ask.length + 1) for start, end in runs if end - start >= ask.length)


@dataclass(frozen=True, slots=True)
class Blackout:
    """The slot shares no minute with any of these, such as the day of a hearing. It may end where one begins."""

    closed: tuple[Interval, ...]

    def narrow(self, ask: Ask) -> list[Interval]:
        """All starts but those from which the slot would reach into a closed stretch."""
        cut = merged((one.start - ask.length + 1, one.end) for one in self.closed)
        return intervals(without([(-FOREVER, FOREVER)], cut))
