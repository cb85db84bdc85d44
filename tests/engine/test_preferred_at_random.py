"""Rule 9 with preferences, once more: whoever beats all others comes first, and so on; nobody is left out."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.engine.availability import Person
from scheduler.engine.hours import Hours
from scheduler.engine.teams import least_loaded, preferred_first, round_robin

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
HOURS = Hours("UTC", {})
NUMBERS = st.integers(1, 9)
NAMES = st.sets(NUMBERS)
WAITED = st.none() | st.integers(0, 3).map(lambda days: datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=days))
TEAMS = st.dictionaries(NUMBERS, WAITED, max_size=9).map(
    lambda team: [Person(number, HOURS, last_assigned=last) for number, last in team.items()]
)
PREFERRED = st.lists(NAMES.map(frozenset), max_size=3)
LOADS = st.dictionaries(NUMBERS, st.integers(0, 2))


def beats(one: Person, other: Person, preferred: list[frozenset[int]], loads: dict[int, int] | None) -> bool:
    """One wish after the other, then who has fewer calls, then who has waited longer, then the lower number."""
    for wished in preferred:
        if (one.number in wished) != (other.number in wished):
            return one.number in wished
    if loads is not None and loads.get(one.number, 0) != loads.get(other.number, 0):
        return loads.get(one.number, 0) < loads.get(other.number, 0)
    if one.last_assigned != other.last_assigned:
        return one.last_assigned is None or (
            other.last_assigned is not None and one.last_assigned < other.last_assigned
        )
    return one.number < other.number


def by_trying(team: list[Person], preferred: list[frozenset[int]], loads: dict[int, int] | None) -> list[int]:
    """The place of each is how many beat her."""
    places = {
        one.number: sum(beats(other, one, preferred, loads) for other in team if other is not one) for one in team
    }
    return sorted(places, key=lambda number: places[number])


@given(team=TEAMS, preferred=PREFERRED, loads=LOADS)
def test_with_the_least_loaded(team: list[Person], preferred: list[frozenset[int]], loads: dict[int, int]) -> None:
    found = preferred_first(least_loaded(team, loads), preferred)

    assert [one.number for one in found] == by_trying(team, preferred, loads)


@given(team=TEAMS, preferred=PREFERRED)
def test_with_turns(team: list[Person], preferred: list[frozenset[int]]) -> None:
    found = preferred_first(round_robin(team), preferred)

    assert [one.number for one in found] == by_trying(team, preferred, None)
