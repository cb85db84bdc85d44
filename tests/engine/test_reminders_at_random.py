"""Over random safe hours, zones and silences no message leaves when it may not."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.engine.hours import Hours, Window, open_minutes
from scheduler.engine.intervals import Interval
from scheduler.engine.reminders import MOST, Call, plan
from scheduler.engine.zones import minute_of, wall

windows = st.builds(Window, st.integers(0, 1439), st.integers(0, 1440))
weeks = st.dictionaries(st.integers(0, 6), st.lists(windows, max_size=2).map(tuple))
zones = st.sampled_from(["America/Tijuana", "America/Mexico_City", "America/Havana", "Europe/Madrid", "Asia/Kolkata"])
FIRST_MINUTE = minute_of(datetime(2026, 10, 1, tzinfo=UTC))
starts = st.integers(FIRST_MINUTE, FIRST_MINUTE + 200 * 1440)


@settings(deadline=None, max_examples=200)
@given(starts, st.floats(0, 14 * 1440), weeks, zones, st.lists(st.tuples(starts, st.integers(1, 2880))))
def test_whatever_the_hours_no_message_leaves_when_it_may_not(
    start: int, ahead: float, week: dict[int, tuple[Window, ...]], zone: str, quiet: list[tuple[int, int]]
) -> None:
    silence = tuple(Interval(begin, begin + length) for begin, length in quiet)
    safe = Hours(zone, week)
    now = start - ahead

    messages = plan(Call(start, safe, silence, "video"), now=now)

    assert len({(message.kind, message.due_at) for message in messages}) == len(messages) <= MOST
    for message in messages:
        assert now <= message.due_at < message.not_after <= start + (10 if message.kind == "join" else 0)
        assert message.due_at <= start
        assert open_minutes(safe, Interval(message.due_at, message.not_after)) == [
            Interval(message.due_at, message.not_after)
        ]
        assert not any(one.start < message.not_after and message.due_at < one.end for one in silence)
        days = {"remind_24h": 1, "remind_2h": 0, "join": 0}.get(message.kind)
        assert days is None or (wall(zone, start)[0] - wall(zone, message.due_at)[0]).days == days
