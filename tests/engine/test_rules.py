"""Rule 6: limits to the second, all inclusive except the end of the span."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.engine.hours import Hours, Window
from scheduler.engine.intervals import Interval
from scheduler.engine.rules import (
    Ask,
    Blackout,
    EmptySlot,
    EventMargin,
    Horizon,
    LatestStart,
    MinimumNotice,
    Rule,
    SafeHours,
    Span,
    permitted,
)
from scheduler.engine.zones import instant, minute_of
from tests.engine.minute_by_minute import Limits, within

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = (timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours", "days"))
LENGTH = 45


def allows(rule: Rule, start: datetime, now: datetime = NOON) -> bool:
    span = Interval(minute_of(NOON - 40 * DAY), minute_of(NOON + 40 * DAY))
    minute = minute_of(start)
    assert instant(minute) == start
    allowed = any(low <= minute < high for low, high in permitted(Ask(now, span, LENGTH), [rule]))
    assert said_by_the_clock(rule, now, start) in {allowed, None}
    return allowed


def said_by_the_clock(rule: Rule, now: datetime, start: datetime) -> bool | None:
    """What the second solver makes of the same limit, in datetimes; None where it knows no such limit."""
    minute, never = minute_of(start), -(minute_of(NOON))
    match rule:
        case MinimumNotice(notice):
            return within(Limits(now, notice), minute, LENGTH)
        case Horizon(days):
            return within(Limits(now, never, horizon_days=days), minute, LENGTH)
        case LatestStart(latest):
            return within(Limits(now, never, latest=latest), minute, LENGTH)
        case EventMargin(event, margin):
            return within(Limits(now, never, event=event, margin=margin), minute, LENGTH)
        case Blackout(closed):
            return within(Limits(now, never, blackout=closed), minute, LENGTH)
    return None


@pytest.mark.parametrize(
    ("rule", "now", "first"),
    [
        pytest.param(MinimumNotice(120), NOON, NOON + 2 * HOUR, id="exactly the notice is enough"),
        pytest.param(MinimumNotice(120), NOON + SECOND, NOON + 2 * HOUR + MINUTE, id="a second less is not"),
        pytest.param(
            MinimumNotice(120), NOON + timedelta(microseconds=1), NOON + 2 * HOUR + MINUTE, id="nor a microsecond"
        ),
        pytest.param(MinimumNotice(0), NOON, NOON, id="without notice a slot can start now"),
        pytest.param(Span(NOON, NOON + DAY), NOON, NOON, id="the span's start is in it"),
        pytest.param(Span(NOON + SECOND, NOON + DAY), NOON, NOON + MINUTE, id="a second later its minute is out"),
    ],
)
def test_the_first_permitted_start_is_exact(rule: Rule, now: datetime, first: datetime) -> None:
    assert (allows(rule, first - MINUTE, now), allows(rule, first, now)) == (False, True)


@pytest.mark.parametrize(
    ("rule", "now", "last"),
    [
        pytest.param(Horizon(30), NOON, NOON + 30 * DAY, id="exactly the horizon is inside"),
        pytest.param(Horizon(30), NOON - SECOND, NOON + 30 * DAY - MINUTE, id="a second beyond is not"),
        pytest.param(Span(NOON, NOON + HOUR), NOON, NOON + HOUR - MINUTE, id="the span's end is not in it"),
        pytest.param(Span(NOON, NOON + HOUR + SECOND), NOON, NOON + HOUR, id="a second later it is"),
        pytest.param(LatestStart(NOON), NOON, NOON, id="the see-by instant itself is in time"),
        pytest.param(LatestStart(NOON - SECOND), NOON, NOON - MINUTE, id="a second too late"),
        pytest.param(EventMargin(NOON), NOON, NOON - DAY - 45 * MINUTE, id="the slot ends 24 hours before the event"),
        pytest.param(EventMargin(NOON - SECOND), NOON, NOON - DAY - 46 * MINUTE, id="a second less is too little"),
        pytest.param(EventMargin(NOON, 0), NOON, NOON - 45 * MINUTE, id="without a margin it ends as the event begins"),
    ],
)
def test_the_last_permitted_start_is_exact(rule: Rule, now: datetime, last: datetime) -> None:
    assert (allows(rule, last, now), allows(rule, last + MINUTE, now)) == (True, False)


@pytest.mark.parametrize("end", [NOON + 20 * SECOND, NOON + 10 * SECOND, NOON - HOUR])
def test_a_span_without_a_whole_minute_permits_nothing(end: datetime) -> None:
    assert Span(NOON + 10 * SECOND, end).narrow(Ask(NOON, Interval(0, 1), LENGTH)) == []


SAFE = SafeHours(Hours("America/Mexico_City", dict.fromkeys(range(6), (Window(540, 720), Window(735, 780)))))


@pytest.mark.parametrize(
    ("hour", "minute", "fits"),
    [
        pytest.param(15, 0, True, id="it begins at nine there"),
        pytest.param(14, 59, False, id="a minute before nine"),
        pytest.param(17, 15, True, id="it ends when the window does"),
        pytest.param(17, 16, False, id="it would end a minute later"),
        pytest.param(18, 0, False, id="between two windows"),
        pytest.param(18, 15, True, id="it fills the second window"),
    ],
)
def test_the_whole_slot_lies_in_the_clients_safe_hours(hour: int, minute: int, fits: bool) -> None:
    assert allows(SAFE, NOON.replace(hour=hour, minute=minute)) is fits


def test_no_start_fits_a_safe_window_shorter_than_the_slot() -> None:
    short = SafeHours(Hours("America/Mexico_City", dict.fromkeys(range(7), (Window(540, 584),))))

    assert not allows(short, NOON.replace(hour=15))


@pytest.mark.parametrize(
    ("shift", "fits"),
    [
        pytest.param(-45, True, id="it ends where the closed stretch begins"),
        pytest.param(-44, False, id="its last minute is closed"),
        pytest.param(0, False, id="it begins in it"),
        pytest.param(59, False, id="its first minute is the last closed one"),
        pytest.param(60, True, id="it begins where the closed stretch ends"),
    ],
)
def test_a_slot_touches_no_minute_of_a_blackout(shift: int, fits: bool) -> None:
    hour = Blackout((Interval(minute_of(NOON), minute_of(NOON) + 60),))

    assert allows(hour, NOON + shift * MINUTE) is fits


def test_without_blackouts_all_starts_are_permitted() -> None:
    assert allows(Blackout(()), NOON)


def test_rules_narrow_together() -> None:
    ask = Ask(NOON, Interval(minute_of(NOON), minute_of(NOON) + 600), LENGTH)

    allowed = permitted(ask, [MinimumNotice(60), LatestStart(NOON + 3 * HOUR)])

    assert allowed == [(minute_of(NOON) + 60, minute_of(NOON) + 181)]


def test_a_slot_has_a_length() -> None:
    with pytest.raises(EmptySlot):
        Ask(NOON, Interval(0, 1), 0)
