"""Rules 8 and 9: who is offered, and who is asked first."""

from datetime import UTC, datetime

import pytest

from scheduler.engine.availability import Grid, Person
from scheduler.engine.hours import Hours, Window
from scheduler.engine.intervals import Interval
from scheduler.engine.rules import Ask, LatestStart
from scheduler.engine.teams import least_loaded, offers, round_robin
from scheduler.engine.zones import DAY, instant, minute_of

MONDAY = datetime(2026, 6, 1, tzinfo=UTC)
START = minute_of(MONDAY)
LONG_AGO, LATELY = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)


def attorney(
    number: int,
    begin: int = 540,
    *,
    zone: str = "UTC",
    speaks: str = "es en",
    knows: str = "",
    last: datetime | None = None,
) -> Person:
    week = dict.fromkeys(range(7), (Window(begin, begin + 120),))
    languages, skills = frozenset(speaks.split()), frozenset(knows.split())
    return Person(
        number,
        Hours(zone, week),
        grid=Grid(step=60),
        languages=languages,
        skills=skills,
        last_assigned=last,
    )


def ask(language: str | None = None, *skills: str) -> Ask:
    return Ask(MONDAY, Interval(START, START + DAY), 60, language, frozenset(skills))


def test_each_start_is_offered_with_everybody_who_has_it_free() -> None:
    team = [attorney(7, 600), attorney(2), attorney(5, 540)]

    found = offers(team, ask())

    assert [(f"{instant(start):%H:%M}", numbers) for start, numbers in found.items()] == [
        ("09:00", (2, 5)),
        ("10:00", (2, 5, 7)),
        ("11:00", (7,)),
    ]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param(ask(), {1, 2, 3}, id="nothing special is asked for"),
        pytest.param(ask("es"), {1, 2}, id="the language"),
        pytest.param(ask(None, "asylum"), {2, 3}, id="a skill"),
        pytest.param(ask(None, "asylum", "minors"), {3}, id="all skills, not any"),
        pytest.param(ask("es", "minors"), set(), id="nobody has both"),
    ],
)
def test_only_people_with_the_language_and_all_skills_are_offered(question: Ask, expected: set[int]) -> None:
    team = [attorney(1), attorney(2, knows="asylum"), attorney(3, speaks="en", knows="asylum minors")]

    found = offers(team, question)

    assert {number for numbers in found.values() for number in numbers} == expected


def test_the_rules_hold_for_everybody() -> None:
    found = offers([attorney(1), attorney(2, 600)], ask(), [LatestStart(MONDAY.replace(hour=9))])

    assert found == {START + 540: (1,)}


def numbers(people: list[Person]) -> list[int]:
    return [one.number for one in people]


@pytest.mark.parametrize(
    ("team", "loads", "expected"),
    [
        pytest.param([attorney(1), attorney(2, last=LATELY)], {1: 1}, [2, 1], id="fewest bookings first"),
        pytest.param([attorney(1), attorney(2)], {1: 2, 2: 1}, [2, 1], id="fewer before more"),
        pytest.param([attorney(1, last=LATELY), attorney(2, last=LONG_AGO)], {}, [2, 1], id="then who waits longest"),
        pytest.param([attorney(1, last=LONG_AGO), attorney(2)], {}, [2, 1], id="never assigned waits longest of all"),
        pytest.param([attorney(2), attorney(1)], {}, [1, 2], id="then the lower number"),
    ],
)
def test_the_least_loaded_comes_first(team: list[Person], loads: dict[int, int], expected: list[int]) -> None:
    assert numbers(least_loaded(team, loads)) == expected


def test_round_robin_goes_by_waiting_alone() -> None:
    team = [attorney(4, last=LATELY), attorney(3, last=LONG_AGO), attorney(2), attorney(1)]

    assert numbers(round_robin(team)) == [1, 2, 3, 4]
