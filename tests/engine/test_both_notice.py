"""A rule that the engine forgets is noticed by the second solver: each is taken away, and a row of a table fails."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from scheduler.engine import availability, hours, rules, stays
from scheduler.engine.availability import Grid, GridKind, Person
from scheduler.engine.hours import Hours, Window
from scheduler.engine.intervals import Interval, Pair
from scheduler.engine.reserve import Reserve
from scheduler.engine.rules import Ask
from scheduler.engine.zones import DAY, Segment, instant, minute_of, when_the_clock_reads
from tests.engine.both import starts

FALL_BACK = minute_of(datetime(2026, 11, 1, tzinfo=UTC))
NIGHT = dict.fromkeys(range(7), (Window(0, 180),))
AWAY = (stays.Stay(date(2026, 11, 1), date(2026, 11, 1), "Europe/Madrid"),)
HOLIDAY = frozenset({date(2026, 11, 1)})


def asked(person: Person, **limits: Any) -> list[int]:
    return starts(person, Ask(instant(FALL_BACK), Interval(FALL_BACK, FALL_BACK + 2 * DAY), 30), **limits)


def somebody(home: Hours | None = None, taken: Sequence[Interval] = (), **changes: Any) -> Person:
    return Person(1, home or Hours("America/New_York", NIGHT), taken, **{"grid": Grid(step=30), **changes})


def nothing(*_said: Any, **_more: Any) -> list[Any]:
    return []


def only_the_first(walls: Sequence[Pair], pieces: Sequence[Segment]) -> list[Pair]:
    """A clock that never goes back."""
    return when_the_clock_reads(walls, pieces[:1])


def into_the_holiday(self: Hours, first: int, last: int) -> list[Pair]:
    return [(day * DAY + low, day * DAY + high) for day in range(first, last + 1) for low, high in self._week[0]]


def cells_of_utc(grid: Grid, _pieces: Sequence[Segment]) -> list[tuple[int, int, int]]:
    return [(FALL_BACK, FALL_BACK + 2 * DAY, grid.offset + 7)]


def at_home(home: str, _stays: tuple[stays.Stay, ...]) -> list[stays.Leg]:
    return [stays.Leg(home)]


def all_that_is_open(free: Sequence[Pair], _cut: Sequence[Pair]) -> list[Pair]:
    return list(free)


def all_of_it(ask: Ask, _rules: Any) -> list[Pair]:
    return [(ask.span.start, ask.span.end)]


@dataclass(frozen=True)
class Forgotten:
    """What stands where and does what instead; and whose starts it is seen in."""

    where: object
    name: str
    instead: Callable[..., Any]
    person: Person = field(default_factory=somebody)
    limits: dict[str, Any] = field(default_factory=dict)


ALMOST_ALWAYS = Hours("UTC", dict.fromkeys(range(7), (Window(1390, 1380),)))
HALF_AN_HOUR = (Interval(FALL_BACK + 300, FALL_BACK + 330),)
FORGOTTEN = [
    pytest.param(Forgotten(hours, "when_the_clock_reads", only_the_first), id="the hour that comes twice"),
    pytest.param(
        Forgotten(Hours, "walls", into_the_holiday, somebody(Hours("UTC", NIGHT, holidays=HOLIDAY))), id="a holiday"
    ),
    pytest.param(Forgotten(hours, "legs", at_home, somebody(Hours("UTC", NIGHT, stays=AWAY))), id="a stay"),
    pytest.param(Forgotten(availability, "_wall_cells", cells_of_utc), id="the grid of her wall"),
    pytest.param(
        Forgotten(availability, "whole_runs", hours.leg_runs, somebody(ALMOST_ALWAYS, grid=Grid(GridKind.WINDOW, 45))),
        id="where an open run began",
    ),
    pytest.param(
        Forgotten(availability, "_capped", nothing, somebody(daily_cap=1, counted=[FALL_BACK + 300])), id="a cap"
    ),
    pytest.param(
        Forgotten(availability, "_reserved", nothing, somebody(reserve=Reserve(1, 30, until=0))), id="the reserve"
    ),
    pytest.param(
        Forgotten(availability, "without", all_that_is_open, somebody(taken=HALF_AN_HOUR, before=5)), id="a booking"
    ),
    pytest.param(Forgotten(rules, "merged", nothing, limits={"blackout": HALF_AN_HOUR}), id="a blackout"),
    pytest.param(Forgotten(availability, "permitted", all_of_it, limits={"notice": 400}), id="every limit"),
]


@pytest.mark.parametrize("forgotten", FORGOTTEN)
def test_what_the_engine_forgets_is_noticed(monkeypatch: pytest.MonkeyPatch, forgotten: Forgotten) -> None:
    monkeypatch.setattr(forgotten.where, forgotten.name, forgotten.instead)
    person = replace(forgotten.person, hours=replace(forgotten.person.hours))

    with pytest.raises(AssertionError):
        asked(person, **forgotten.limits)


@pytest.mark.parametrize("forgotten", FORGOTTEN)
def test_while_nothing_is_forgotten_they_agree(forgotten: Forgotten) -> None:
    found = asked(forgotten.person, **forgotten.limits)

    assert found


@pytest.fixture(autouse=True)
def no_hours_kept() -> Iterator[None]:
    hours._runs.cache_clear()
    yield
    hours._runs.cache_clear()
