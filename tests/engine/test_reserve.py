"""What is kept for the urgent: the last free slots of each local day, until the day before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from scheduler.engine.availability import Grid, GridKind, Person
from scheduler.engine.hours import Hours, Window
from scheduler.engine.intervals import Interval
from scheduler.engine.reserve import EmptyReserve, Reserve
from scheduler.engine.rules import Ask
from scheduler.engine.stays import Stay
from scheduler.engine.zones import DAY, instant, minute_of
from tests.engine.both import starts

LONG_BEFORE = datetime(2026, 6, 1, tzinfo=UTC)
MONDAY = minute_of(datetime(2026, 6, 8, tzinfo=UTC))
SECOND = timedelta(seconds=1)


def attorney(reserve: Reserve, *taken: tuple[int, int], zone: str = "UTC", step: int = 30, **changes: object) -> Person:
    """Nine to twelve, every day; what is taken are minutes from Monday's first."""
    hours = Hours(zone, dict.fromkeys(range(7), (Window(540, 720),)))
    stretches = [Interval(MONDAY + low, MONDAY + high) for low, high in taken]
    return Person(1, hours, stretches, grid=Grid(step=step), reserve=reserve, **changes)  # type: ignore[arg-type]


def shown(found: Sequence[int]) -> str:
    return " ".join(f"{instant(one):%H:%M}" for one in found)


def monday(length: int = 30, now: datetime = LONG_BEFORE, *, is_urgent: bool = False) -> Ask:
    return Ask(now, Interval(MONDAY, MONDAY + DAY), length, is_urgent=is_urgent)


ONE, TWO = Reserve(1, 30), Reserve(2, 30)


@pytest.mark.parametrize(
    ("person", "length", "expected"),
    [
        pytest.param(attorney(ONE), 30, "09:00 09:30 10:00 10:30 11:00", id="the last slot is kept"),
        pytest.param(attorney(TWO), 30, "09:00 09:30 10:00 10:30", id="the last two"),
        pytest.param(attorney(Reserve(9, 30)), 30, "", id="a day that holds fewer is kept whole"),
        pytest.param(attorney(ONE, (690, 720)), 30, "09:00 09:30 10:00 10:30", id="once it is booked, the one before"),
        pytest.param(
            attorney(ONE, (600, 720)), 30, "09:00", id="of what is still free: most of the day is gone already"
        ),
        pytest.param(attorney(ONE, (570, 720)), 30, "", id="the last one that is left"),
        pytest.param(attorney(ONE, (540, 720)), 30, "", id="of a full day nothing is left to keep"),
        pytest.param(
            attorney(TWO, (660, 690)), 30, "09:00 09:30 10:00", id="what is taken between two of them is no slot"
        ),
        pytest.param(attorney(ONE), 60, "09:00 09:30 10:00 10:30", id="a longer call must end before it"),
        pytest.param(attorney(Reserve(1, 60)), 30, "09:00 09:30 10:00 10:30", id="or a shorter one before a longer"),
        pytest.param(attorney(Reserve(2, 45)), 30, "09:00 09:30", id="two of 45 on a grid of 30 are 10:15 to 12:00"),
        pytest.param(attorney(ONE, before=10), 30, "09:00 09:30 10:00 10:30", id="its buffer before is kept too"),
        pytest.param(attorney(ONE, after=10), 30, "09:00 09:30 10:00 10:30", id="and one's own after"),
        pytest.param(
            attorney(TWO, before=10), 30, "09:00 09:30", id="two with a buffer between them are 10:30 and 11:30"
        ),
        pytest.param(attorney(ONE, daily_cap=1, counted=[MONDAY]), 30, "", id="a day at its cap has nothing at all"),
    ],
)
def test_the_last_free_slots_of_a_day_are_as_good_as_booked(person: Person, length: int, expected: str) -> None:
    assert shown(starts(person, monday(length))) == expected


def test_the_urgent_are_offered_them() -> None:
    offered = starts(attorney(ONE), monday(is_urgent=True))

    assert shown(offered) == "09:00 09:30 10:00 10:30 11:00 11:30"


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        pytest.param(timedelta(hours=24), "11:00", id="24 hours before it is still kept"),
        pytest.param(timedelta(hours=24) - SECOND, "11:00 11:30", id="a second later it is anybody's"),
    ],
)
def test_a_slot_is_released_a_day_before_it_starts(before: timedelta, expected: str) -> None:
    now = instant(MONDAY + 690) - before

    offered = starts(attorney(ONE), replace(monday(now=now), span=Interval(MONDAY + 660, MONDAY + DAY)))

    assert shown(offered) == expected


def test_it_does_not_matter_which_part_of_the_day_is_asked_for() -> None:
    morning = replace(monday(), span=Interval(MONDAY + 540, MONDAY + 660))

    offered = starts(attorney(ONE), morning)

    assert shown(offered) == "09:00 09:30 10:00 10:30"


@pytest.mark.parametrize(
    ("zone", "window", "expected"),
    [
        pytest.param("America/Tijuana", (1080, 1320), "01:00 02:00 03:00", id="her evening lies in two days of UTC"),
        pytest.param(
            "UTC", (1380, 120), "00:00 01:00", id="a day's last is before midnight, in the night that follows"
        ),
    ],
)
def test_a_day_is_one_of_the_persons_calendar(zone: str, window: tuple[int, int], expected: str) -> None:
    hours = Hours(zone, dict.fromkeys(range(7), (Window(*window),)))
    person = Person(1, hours, grid=Grid(step=60), reserve=Reserve(1, 60))

    offered = starts(person, replace(monday(60), span=Interval(MONDAY, MONDAY + 720)))

    assert shown(offered) == expected


def test_of_the_hour_that_comes_twice_the_later_one_is_kept() -> None:
    hours = Hours("America/New_York", {}, {date(2026, 11, 1): (Window(60, 120),)})
    person = Person(1, hours, grid=Grid(step=60), reserve=Reserve(1, 60))
    span = Interval(*(minute_of(datetime(2026, 11, day, tzinfo=UTC)) for day in (1, 2)))

    offered = starts(person, Ask(LONG_BEFORE, span, 60))

    assert shown(offered) == "05:00"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2026, 6, 8), "00:00 01:00", id="it is spent in Tokyo, and the last slot is that of Tokyo"),
        pytest.param(date(2026, 1, 5), "09:00 10:00", id="another one was, long ago"),
    ],
)
def test_a_day_keeps_its_own_wherever_it_is_spent(day: date, expected: str) -> None:
    hours = Hours("UTC", dict.fromkeys(range(7), (Window(540, 720),)), stays=(Stay(day, day, "Asia/Tokyo"),))
    person = Person(1, hours, grid=Grid(step=60), reserve=Reserve(1, 60))

    offered = starts(person, monday(60))

    assert shown(offered) == expected


def test_the_reserve_follows_a_window_grid() -> None:
    person = replace(attorney(Reserve(1, 30)), grid=Grid(GridKind.WINDOW, 40))

    assert shown(starts(person, monday())) == "09:00 09:40 10:20"


@pytest.mark.parametrize(("count", "length"), [(0, 45), (1, 0)])
def test_a_reserve_keeps_something(count: int, length: int) -> None:
    with pytest.raises(EmptyReserve):
        Reserve(count, length)
