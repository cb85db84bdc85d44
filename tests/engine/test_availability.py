"""Rules 3 and 5: buffers, and the whole slot is open."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.engine.availability import Grid, NegativeBuffer, Person, protected
from scheduler.engine.intervals import Interval
from scheduler.engine.rules import Ask
from scheduler.engine.zones import instant
from tests.builders.days import ask, daily, shown, utc
from tests.engine.both import starts


@pytest.mark.parametrize(
    ("taken", "before", "after", "expected"),
    [
        pytest.param([], 0, 0, "09:00 09:30 10:00 10:30 11:00 11:30", id="nothing is taken"),
        pytest.param([(600, 630)], 0, 0, "09:00 09:30 10:30 11:00 11:30", id="back to back is no clash"),
        pytest.param([(601, 629)], 0, 0, "09:00 09:30 10:30 11:00 11:30", id="a booking inside the slot"),
        pytest.param([(599, 600)], 0, 0, "09:00 10:00 10:30 11:00 11:30", id="one minute of it is enough"),
        pytest.param([(600, 630)], 5, 0, "09:00 09:30 11:00 11:30", id="time before the slot must be free"),
        pytest.param([(600, 630)], 0, 5, "09:00 10:30 11:00 11:30", id="time after it too"),
        pytest.param([(595, 635)], 5, 5, "09:00 11:00 11:30", id="the old buffers and the new ones add up"),
        pytest.param([(480, 535)], 5, 0, "09:00 09:30 10:00 10:30 11:00 11:30", id="a buffer need not be working time"),
        pytest.param([(480, 536)], 5, 0, "09:30 10:00 10:30 11:00 11:30", id="but it must be free"),
        pytest.param([(630, 660), (540, 660), (600, 610)], 0, 0, "11:00 11:30", id="in any order, over each other"),
    ],
)
def test_a_slot_and_its_buffers_touch_nothing_taken(
    taken: list[tuple[int, int]], before: int, after: int, expected: str
) -> None:
    day = utc("2026-06-01")
    stretches = [Interval(day + start, day + end) for start, end in taken]
    person = Person(1, daily((540, 720)), stretches, before, after, Grid(step=30))

    found = starts(person, ask("2026-06-01"))

    assert shown(found) == expected


def test_a_booking_takes_whole_minutes_rounded_outwards() -> None:
    start = datetime(1970, 1, 1, 10, 0, 59, tzinfo=UTC)

    taken = protected(start, start + timedelta(minutes=30), 5, 10)

    assert taken == Interval(595, 641)


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        pytest.param(60, "09:00 10:00", id="it fits into the window to the minute"),
        pytest.param(61, "09:00", id="a minute more does not at the end"),
        pytest.param(181, "", id="it is longer than the window"),
    ],
)
def test_the_whole_slot_is_open(length: int, expected: str) -> None:
    person = Person(1, daily((540, 660), (720, 721)), grid=Grid(step=60))

    found = starts(person, ask("2026-06-01", length))

    assert shown(found) == expected


def test_a_slot_may_end_after_the_span_but_not_start_at_its_end() -> None:
    span = Interval(utc("2026-06-01T09:00"), utc("2026-06-01T10:00"))
    person = Person(1, daily((540, 720)), grid=Grid(step=30))

    found = starts(person, Ask(instant(span.start), span, 60))

    assert shown(found) == "09:00 09:30"


def test_rules_that_leave_nothing_leave_no_start() -> None:
    question = ask("2026-06-01")

    found = starts(Person(1, daily((540, 720))), question, latest=question.now - timedelta(days=1))

    assert found == []


@pytest.mark.parametrize(("before", "after"), [(-1, 0), (0, -1)])
def test_buffers_never_take_time_away(before: int, after: int) -> None:
    with pytest.raises(NegativeBuffer):
        Person(1, daily(), before=before, after=after)
