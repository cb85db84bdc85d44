"""Attorney and interpreter, and a second of ours: offered together or not at all."""

from typing import Any

import pytest

from scheduler.engine.availability import Person
from scheduler.engine.intervals import Interval
from scheduler.engine.rules import LatestStart
from scheduler.engine.teams import (
    Relay,
    Wish,
    collective,
)
from scheduler.engine.zones import instant
from tests.builders.teams import MONDAY, START, ask, attorney, interpreter, shown

MAM = Relay("mam", "es")


@pytest.mark.parametrize(
    ("attorneys", "interpreters", "expected"),
    [
        pytest.param(
            [attorney(1)], [interpreter(8)], {"09:00": [(1, (8,))], "10:00": [(1, (8,))]}, id="both are there"
        ),
        pytest.param([attorney(1)], [interpreter(8, 600)], {"10:00": [(1, (8,))]}, id="only when both are"),
        pytest.param([attorney(1)], [interpreter(8, 601)], {}, id="and for the whole call"),
        pytest.param([attorney(1)], [interpreter(8, speaks="quc es")], {}, id="an interpreter of another language"),
        pytest.param([attorney(1)], [], {}, id="nobody interprets"),
        pytest.param([], [interpreter(8)], {}, id="no attorney"),
        pytest.param([attorney(1, knows="")], [interpreter(8)], None, id="an attorney without the skill"),
        pytest.param(
            [attorney(1, 540), attorney(2, 600)],
            [interpreter(8, 600), interpreter(9, 540)],
            {"09:00": [(1, (9,))], "10:00": [(1, (8,), (9,)), (2, (8,), (9,))], "11:00": [(2, (8,))]},
            id="everybody who is free is named",
        ),
        pytest.param(
            [attorney(1)],
            [interpreter(8, taken=[Interval(START + 540, START + 541)])],
            {"10:00": [(1, (8,))]},
            id="an interpreter has bookings",
        ),
        pytest.param(
            [attorney(1)],
            [interpreter(8, after=10, taken=[Interval(START + 660, START + 700)])],
            {"09:00": [(1, (8,))]},
            id="and buffers",
        ),
        pytest.param(
            [attorney(1)], [interpreter(8, daily_cap=1, counted=[START + 60])], {}, id="and caps, reached today"
        ),
    ],
)
def test_attorney_and_interpreter_are_offered_together_or_not_at_all(
    attorneys: list[Person], interpreters: list[Person], expected: dict[str, list[Any]] | None
) -> None:
    question = ask("mam", *(["asylum"] if expected is None else []))

    found = collective(attorneys, interpreters, question)

    assert shown(found) == (expected or {})


@pytest.mark.parametrize(
    ("speaks", "interpreters", "expected"),
    [
        pytest.param("en", [(8, "mam es"), (9, "es en")], [(8, 9)], id="Mam to Spanish, Spanish to English"),
        pytest.param("es", [(8, "mam es"), (9, "es en")], [(8,)], id="the attorney speaks Spanish: one is enough"),
        pytest.param("en", [(7, "mam en"), (8, "mam es"), (9, "es en")], [(7,)], id="one alone is better than two"),
        pytest.param("en", [(8, "mam es")], [], id="nobody goes on from Spanish"),
        pytest.param("en", [(8, "mam"), (9, "es en")], [], id="nobody comes to Spanish"),
        pytest.param("en", [(9, "es en")], [], id="nobody speaks Mam"),
        pytest.param("en", [(6, "mam es"), (8, "mam es"), (9, "es en")], [(6, 9), (8, 9)], id="each who can begin"),
        pytest.param(
            "en", [(8, "mam es"), (9, "mam es fr"), (5, "fr en")], [], id="the relay is through Spanish alone"
        ),
    ],
)
def test_a_rare_language_is_relayed_where_nobody_can_alone(
    speaks: str, interpreters: list[tuple[int, str]], expected: list[tuple[int, ...]]
) -> None:
    people = [interpreter(number, speaks=spoken) for number, spoken in interpreters]

    found = collective([attorney(1, speaks=speaks)], people, ask("mam"), wish=Wish(relays=(MAM, Relay("quc", "fr"))))

    assert [choice for teams in found.values() for choice in teams[0].interpreters] == expected * 2


def test_without_a_relay_whoever_has_the_language_interprets() -> None:
    found = collective([attorney(1, speaks="en")], [interpreter(8, speaks="mam")], ask("mam"))

    assert shown(found) == {"09:00": [(1, (8,))], "10:00": [(1, (8,))]}


def test_without_a_language_any_interpreter_will_do() -> None:
    found = collective([attorney(1, 600)], [interpreter(8)], ask())

    assert shown(found) == {"10:00": [(1, (8,))]}


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        pytest.param(Wish(), {"09:00": [], "10:00": []}, id="nobody else is asked for"),
        pytest.param(Wish(second=frozenset()), {"09:00": [3], "10:00": [3, 4]}, id="anybody else of ours"),
        pytest.param(Wish(second=frozenset({"minors"})), {"10:00": [4]}, id="somebody with a skill"),
        pytest.param(Wish(second=frozenset({"tax"})), {}, id="nobody has it"),
        pytest.param(
            Wish(second=frozenset(), preferred=(frozenset({4}),)), {"09:00": [3], "10:00": [4, 3]}, id="rather her"
        ),
    ],
)
def test_a_second_of_ours_is_there_too(wish: Wish, expected: dict[str, list[int]]) -> None:
    first = attorney(1, knows="minors")
    beside = [first, attorney(3), attorney(4, 600, knows="minors")]

    found = collective([first], [interpreter(8)], ask("mam"), wish=wish, seconds=beside)

    assert {f"{instant(start):%H:%M}": list(teams[0].seconds) for start, teams in found.items()} == expected


@pytest.mark.parametrize(
    ("screened", "expected"),
    [
        pytest.param({1}, [(2, (8,), (9,))], id="an attorney"),
        pytest.param({8}, [(1, (9,)), (2, (9,))], id="an interpreter"),
        pytest.param({1, 2}, [], id="every attorney, then nobody is offered"),
    ],
)
def test_who_is_screened_off_is_never_there(screened: set[int], expected: list[Any]) -> None:
    wish = Wish(screened=frozenset(screened), preferred=(frozenset(screened),))

    found = collective([attorney(1), attorney(2)], [interpreter(8), interpreter(9)], ask("mam"), wish=wish)

    assert shown(found).get("09:00", []) == expected


def test_who_is_screened_off_is_no_second_either() -> None:
    wish = Wish(second=frozenset(), screened=frozenset({3}))

    found = collective([attorney(1)], [interpreter(8)], ask("mam"), wish=wish, seconds=[attorney(3)])

    assert found == {}


def test_the_rules_hold_for_all_of_a_team() -> None:
    found = collective([attorney(1)], [interpreter(8)], ask("mam"), [LatestStart(MONDAY.replace(hour=9))])

    assert shown(found) == {"09:00": [(1, (8,))]}
