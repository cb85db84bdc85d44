"""The one-year rule of asylum: INA 208(a)(2)(B), 8 CFR 208.4(a)(2)(ii). Works with the earlier, safer reading."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from scheduler.engine.answers import Answers
from scheduler.engine.business import NO_DAYS, Closed, Days, on_or_after, on_or_before
from scheduler.engine.urgency import Level

RUNNING_BANDS = ((14, Level.U1), (45, Level.U2), (120, Level.U3))
"""Days to the safe date, at most, and the level: preparation takes weeks."""
LATE = 90
"""Days over the last day until the level falls."""


class OneYearState(StrEnum):
    """Whether the year is over, on what she told us."""

    RUNNING = "running"
    POSSIBLY_PASSED = "possibly_passed"
    PASSED = "passed"


class DeadlineBasis(StrEnum):
    """From what the year is counted, or that an attorney must say."""

    LAST_ARRIVAL = "last_arrival"
    ATTORNEY_REVIEW = "attorney_review"
    NOT_STARTED = "not_started"


@dataclass(frozen=True, slots=True)
class OneYear:
    """
    The year of one arrival.

    `safe_date` is what triage works with and never rolls forward; `last_day` does, and is for attorneys, to be
    verified. `days_left` counts to the safe date, below 0 once it is over. Nothing of it is ever shown to a client.
    """

    state: OneYearState
    safe_date: date
    last_day: date
    days_left: int
    level: Level


def anniversary(arrival: date) -> date:
    """The same day a year later, the day of arrival being day 0 (Minasyan v. Mukasey); 29 February becomes 28."""
    try:
        return arrival.replace(year=arrival.year + 1)
    except ValueError:
        return date(arrival.year + 1, 2, 28)


def statutory_last_day(arrival: date, holiday: Closed) -> date:
    """The last day to file, rolled forward over weekends and federal holidays; the firm's closures do not move it."""
    return on_or_after(anniversary(arrival), holiday)


def safe_date(arrival: date, closed: Closed) -> date:
    """The working day on or before the day before the anniversary; holidays and the firm's closures are `closed`."""
    return on_or_before(anniversary(arrival) - timedelta(days=1), closed)


def one_year(earliest: date, latest: date, today: date, holidays: Days, closures: Days = NO_DAYS) -> OneYear:
    """
    The year after an arrival between `earliest` and `latest`, both included, looked at on the firm's `today`.

    The band comes from the earliest day; it is `passed` only when even the latest is over.
    """
    safe = safe_date(earliest, lambda day: day in holidays or day in closures)
    last = statutory_last_day(min(latest, today), lambda day: day in holidays)
    left = (safe - today).days
    state = _state(today, safe, last)
    return OneYear(state, safe, last, left, _level(state, left, (today - last).days))


def deadline_basis(answers: Answers) -> DeadlineBasis:
    """From what her year is counted; whoever was sent back, left or came twice needs an attorney's word on it."""
    there = answers.get("ever_in_us")
    if there == "never":
        return DeadlineBasis.NOT_STARTED
    if answers.get("prior_entries") == "yes":
        return DeadlineBasis.ATTORNEY_REVIEW
    if there == "in_us" and answers.get("waiting_in_mexico_program") is None:
        return DeadlineBasis.LAST_ARRIVAL
    return DeadlineBasis.ATTORNEY_REVIEW


def _state(today: date, safe: date, last: date) -> OneYearState:
    if today > last:
        return OneYearState.PASSED
    return OneYearState.POSSIBLY_PASSED if today > safe else OneYearState.RUNNING


def _level(state: OneYearState, left: int, over: int) -> Level:
    if state is OneYearState.PASSED:
        return Level.U2 if over <= LATE else Level.U3
    if state is OneYearState.POSSIBLY_PASSED:
        return Level.U1
    return next((level for most, level in RUNNING_BANDS if left <= most), Level.N)
