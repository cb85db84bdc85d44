"""Calls in vain: which of them count, and when there were enough."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.engine import calls
from scheduler.engine.calls import Cause, Tried, is_given_up, is_missed, is_no_show, unanswered
from scheduler.engine.urgency import Level

NOON = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
N, S, B, X = Cause.NOT_REACHED, Cause.NOT_SAFE, Cause.AT_THE_BRIDGE, Cause.OUR_FAULT
OTHERS = [cause for cause in Cause if cause is not N]


def tries(*causes: Cause, apart: int = 60, safe: bool = True) -> list[Tried]:
    """Calls with these causes, so many minutes apart."""
    return [Tried(NOON + timedelta(minutes=apart * at), cause, safe) for at, cause in enumerate(causes)]


@pytest.mark.parametrize(
    ("made", "count"),
    [
        pytest.param([], 0, id="none"),
        pytest.param(tries(N, N, N), 3, id="three"),
        pytest.param(tries(N, N, N, apart=10), 3, id="ten minutes apart is apart"),
        pytest.param(tries(N, N, N, apart=9), 2, id="the second came too soon"),
        pytest.param(tries(N, N, N, apart=0), 1, id="sent three times over"),
        pytest.param(tries(N, N, N, safe=False), 0, id="in hours that are not safe for her"),
        pytest.param(tries(N, N, S, N), 1, id="she was reached meanwhile"),
        pytest.param(tries(N, B), 0, id="she is at the bridge"),
        pytest.param(tries(N, N, N)[::-1], 3, id="in whatever order they are read"),
    ],
)
def test_calls_that_nobody_answered_are_counted_in_safe_hours_and_since_she_was_reached(
    made: list[Tried], count: int
) -> None:
    assert unanswered(made) == count


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("count", [0, 2, 3, 4])
def test_after_three_calls_the_system_lets_go_of_nobody_who_is_urgent(count: int, level: Level) -> None:
    is_over = is_given_up(tries(*[N] * count), level)

    assert is_over == (count >= 3 and level in (Level.U3, Level.N))


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("place", range(4))
def test_one_call_of_another_cause_and_she_has_not_missed_it(place: int, other: Cause) -> None:
    made = tries(*[N] * place, other, *[N] * (3 - place))

    assert (is_missed(made), is_no_show(made)) == (False, False)


@pytest.mark.parametrize(
    ("made", "missed"),
    [
        pytest.param(tries(N, N, N), True, id="three"),
        pytest.param(tries(N, N), False, id="two"),
        pytest.param(tries(N, N, N, safe=False), False, id="none of them in a safe hour"),
        pytest.param([], False, id="nobody called"),
    ],
)
def test_she_has_missed_it_after_three_calls_in_safe_hours(made: list[Tried], missed: bool) -> None:
    assert is_missed(made) == missed


def test_without_the_safe_hours_calls_at_night_would_count(monkeypatch: pytest.MonkeyPatch) -> None:
    at_night = tries(N, N, N, safe=False)
    guarded = unanswered(at_night)
    monkeypatch.setattr(Tried, "safe", True)

    assert (guarded, unanswered(at_night)) == (0, 3)


def test_without_the_levels_somebody_urgent_would_be_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    guarded = is_given_up(tries(N, N, N), Level.U1)
    monkeypatch.setattr(calls, "CALLED", frozenset())

    assert (guarded, is_given_up(tries(N, N, N), Level.U1)) == (False, True)
