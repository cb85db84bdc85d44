"""When she is told that she may answer more: soon, at a safe hour, and only while the call is more than a day away."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.engine.hours import Hours, Window
from scheduler.engine.intervals import Interval
from scheduler.engine.reminders import MOST, Call, Planned, finish, plan
from scheduler.engine.zones import minute_of

TIJUANA = "America/Tijuana"
NINE_TO_SIX = Hours(TIJUANA, dict.fromkeys(range(7), (Window(9 * 60, 18 * 60),)))
MORNING = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
"""Tuesday, nine in the morning there."""

NIGHT = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)


def call(start: datetime, *silence: Interval, mode: str = "phone") -> Call:
    return Call(start=minute_of(start), safe=NINE_TO_SIX, silence=silence, mode=mode)


def due(found: list[Planned]) -> list[int]:
    return [one.due_at for one in found]


@pytest.mark.parametrize(
    ("now", "start", "expected"),
    [
        pytest.param(MORNING, timedelta(days=5), timedelta(minutes=30), id="half an hour later"),
        pytest.param(NIGHT, timedelta(days=5), timedelta(hours=12), id="in the morning"),
        pytest.param(MORNING, timedelta(hours=25), timedelta(minutes=30), id="the call is a day and an hour away"),
        pytest.param(MORNING, timedelta(hours=24, minutes=30), None, id="it would leave less than a day before"),
        pytest.param(NIGHT, timedelta(hours=30), None, id="no safe hour comes early enough"),
        pytest.param(MORNING, timedelta(hours=3), None, id="the call is today"),
    ],
)
def test_it_leaves_at_the_first_safe_minute_after_half_an_hour(
    now: datetime, start: timedelta, expected: timedelta | None
) -> None:
    found = finish(call(now + start), now=now.timestamp() / 60)

    assert due(found) == ([] if expected is None else [minute_of(now + expected)])


def test_after_a_day_it_leaves_no_more() -> None:
    silence = Interval(minute_of(MORNING), minute_of(MORNING) + 24 * 60)

    assert finish(call(MORNING + timedelta(days=5), silence), now=MORNING.timestamp() / 60) == []


@pytest.mark.parametrize(
    ("counted", "kinds"),
    [
        pytest.param(2, {"finish", "remind_72h", "remind_24h", "remind_2h"}, id="all six"),
        pytest.param(3, {"remind_72h", "remind_24h", "remind_2h"}, id="it goes first"),
        pytest.param(4, {"remind_24h", "remind_2h"}, id="then the reminder three days before"),
        pytest.param(MOST, set(), id="nothing is left"),
    ],
)
def test_where_there_are_more_than_six_it_goes_first(counted: int, kinds: set[str]) -> None:
    later = call(MORNING + timedelta(days=7, hours=5))
    others = finish(later, now=MORNING.timestamp() / 60)

    planned = plan(later, now=MORNING.timestamp() / 60, counted=counted, others=others)

    assert {one.kind for one in planned} == kinds
