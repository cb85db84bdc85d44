"""Calls that were tried in vain: why, which of them count, and what three of them lead to (intake.md §3.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from scheduler.engine.states import ConsultationState
from scheduler.engine.urgency import Level

ENOUGH = 3
"""So many calls that nobody answered, and then we stop, unless it is urgent."""

APART = timedelta(minutes=10)
"""A call that follows the one before sooner is not another one."""

NO_SHOW_FROM = timedelta(minutes=10)
"""So long after its beginning a call may be said not to have taken place."""

ASKED_AFTER = timedelta(minutes=20)
"""So long after its beginning the attorney is asked about a call of which nobody has said anything."""

CALLED = frozenset({Level.E, Level.U1, Level.U2})
"""Levels at which nobody is given up: a person calls, as long as it takes."""


EARLIEST = {
    ConsultationState.IN_PROGRESS: -timedelta(minutes=15),
    ConsultationState.COMPLETED: timedelta(),
    ConsultationState.INTERRUPTED: timedelta(),
    ConsultationState.NO_SHOW: NO_SHOW_FROM,
}
"""From when on, by the beginning of a call, it may be said to have come so far."""


class Cause(StrEnum):
    """Why a call came to nothing; only the first may ever be held against her."""

    NOT_REACHED = "not_reached"
    NOT_SAFE = "not_safe"
    AT_THE_BRIDGE = "at_the_bridge"
    DETAINED = "detained"
    MOVED = "moved"
    OUR_FAULT = "our_fault"


class Result(StrEnum):
    """What came of a call that took place."""

    ENGAGE_OFFER = "engage_offer"
    SECOND_CALL = "second_call"
    ADVICE_GIVEN = "advice_given"
    REFER = "refer"
    DECLINE = "decline"
    UNDECIDED = "undecided"


NO_FOLLOW_UP = frozenset({Result.REFER, Result.DECLINE})
"""After these nobody need come back to her; after the others it is said when."""


class Step(StrEnum):
    """What one of ours does next for her, by the day on which somebody comes back to her."""

    CALL_HER = "call_her"
    CHECK_DATES = "check_dates"
    SEE_PAPERS = "see_papers"
    SEND_AGREEMENT = "send_agreement"
    DECIDE = "decide"


class Letter(StrEnum):
    """What she is given after a call: that we are not hers yet, nothing, or an agreement that we sent ourselves."""

    AFTER_CALL = "after_call"
    ENGAGEMENT = "engagement"
    NONE = "none"


class Broken(StrEnum):
    """Why a call did not come to its end."""

    DROPPED = "dropped"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Tried:
    """One call in vain; `safe` is whether it was made in an hour that is safe for her."""

    at: datetime
    cause: Cause
    safe: bool


def unanswered(tries: Sequence[Tried]) -> int:
    """How many calls in safe hours nobody answered since the last one that came to nothing for another cause."""
    count, last = 0, None
    for one in sorted(tries, key=lambda one: one.at):
        if one.cause is not Cause.NOT_REACHED:
            count, last = 0, None
        elif one.safe and (last is None or one.at - last >= APART):
            count, last = count + 1, one.at
    return count


def is_given_up(tries: Sequence[Tried], level: Level) -> bool:
    """Whether the system lets go of somebody who asked to be called: after three calls, and never of the urgent."""
    return level not in CALLED and unanswered(tries) >= ENOUGH


def is_missed(tries: Sequence[Tried]) -> bool:
    """Whether she is written that we could not talk: three calls, and no other cause ever."""
    return is_no_show(tries) and unanswered(tries) >= ENOUGH


def is_no_show(tries: Sequence[Tried]) -> bool:
    """Whether a call that did not take place counts as one to which she did not come."""
    return bool(tries) and all(one.cause is Cause.NOT_REACHED for one in tries)


def may_be_said(state: ConsultationState, starts_at: datetime, now: datetime) -> bool:
    """Whether it is late enough to say that a call has come so far."""
    return state not in EARLIEST or now >= starts_at + EARLIEST[state]
