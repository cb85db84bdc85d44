"""Rules 8 and 9: who is offered, and who is asked first."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from scheduler.engine.availability import Grid, Person
from scheduler.engine.hours import Hours, Window
from scheduler.engine.intervals import Interval
from scheduler.engine.rules import Ask, LatestStart
from scheduler.engine.teams import (
    Relay,
    Team,
    Wish,
    collective,
    least_loaded,
    offers,
    preferred_first,
    round_robin,
)
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


def interpreter(number: int, begin: int = 540, *, speaks: str = "mam es", **changes: Any) -> Person:
    """Two hours each day, at any minute; the attorney's grid is an hour."""
    return replace(attorney(number, begin, speaks=speaks), grid=Grid(step=7), **changes)


def shown(found: Mapping[int, tuple[Team, ...]]) -> dict[str, list[Any]]:
    """`10:00` to attorneys with the interpreters they can have: of one, or of two who relay."""
    return {
        f"{instant(start):%H:%M}": [(team.attorney, *team.interpreters) for team in teams]
        for start, teams in found.items()
    }


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


def test_the_rules_hold_for_all_of_a_team() -> None:
    found = collective([attorney(1)], [interpreter(8)], ask("mam"), [LatestStart(MONDAY.replace(hour=9))])

    assert shown(found) == {"09:00": [(1, (8,))]}
