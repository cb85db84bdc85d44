"""Rules 8 and 9: who is offered, and who is asked first."""

import pytest

from scheduler.engine.availability import Person
from scheduler.engine.rules import Ask, LatestStart
from scheduler.engine.teams import (
    least_loaded,
    offers,
    preferred_first,
    round_robin,
)
from scheduler.engine.zones import instant
from tests.builders.teams import LATELY, LONG_AGO, MONDAY, START, ask, attorney


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


@pytest.mark.parametrize(
    ("preferred", "expected"),
    [
        pytest.param([], [1, 2, 3], id="nobody"),
        pytest.param([{3}], [3, 1, 2], id="a named attorney"),
        pytest.param([{2, 3}], [2, 3, 1], id="the women"),
        pytest.param([{3}, {1, 2}], [3, 1, 2], id="a named one before the women"),
        pytest.param([{3}, {2}], [3, 2, 1], id="the second wish orders who is left"),
        pytest.param([{9}], [1, 2, 3], id="somebody who is not there"),
    ],
)
def test_preferences_order_and_leave_nobody_out(preferred: list[set[int]], expected: list[int]) -> None:
    team = [attorney(number) for number in (1, 2, 3)]

    assert numbers(preferred_first(team, [frozenset(wished) for wished in preferred])) == expected
