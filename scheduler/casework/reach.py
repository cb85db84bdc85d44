"""Whether a client may be called now, and whether a message may be left."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from scheduler.engine.answers import Answers
from scheduler.engine.hours import open_minutes
from scheduler.engine.intervals import Interval
from scheduler.engine.marks import UNREACHABLE
from scheduler.engine.safe_contact import MANUAL, is_private, safe_hours
from scheduler.engine.zones import DAY, instant, minute_of

LOOK_AHEAD = 8 * DAY
"""Minutes: every week has a safe hour."""

MESSAGES = frozenset({"neutral", "with_name"})


@dataclass(frozen=True, slots=True)
class Reach:
    """
    How she can be called. `after`: the instant from which it is safe, None where it is safe now.

    Without a number that is still hers nobody calls; without `messages` nothing is left on a voice mail or with
    another person.
    """

    number: bool
    after: datetime | None
    messages: bool

    @property
    def now(self) -> bool:
        """Whether it is safe to call at once."""
        return self.number and self.after is None


def reach(answers: Answers, flags: Collection[str], zone: str, now: datetime) -> Reach:
    """What her contact answers say about a call at `now`, by her own clock in `zone`."""
    minute = minute_of(now)
    safe = open_minutes(safe_hours(answers, zone), Interval(minute, minute + LOOK_AHEAD))
    first = safe[0].start
    after = None if first <= minute else instant(first)
    is_hers = bool(answers.get("contact_phone")) and not UNREACHABLE.intersection(flags)
    return Reach(is_hers, after, _may_leave_message(answers, flags))


def _may_leave_message(answers: Answers, flags: Collection[str]) -> bool:
    return is_private(answers) and MANUAL not in flags and answers.get("can_leave_message") in MESSAGES
