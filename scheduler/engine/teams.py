"""Who can take a slot, and who of them takes it."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from scheduler.engine.availability import Person, free_within, starts_within
from scheduler.engine.intervals import Pair
from scheduler.engine.rules import Ask, Rule, permitted
from scheduler.engine.zones import EPOCH

GENDERS = frozenset({"woman", "man"})
"""With whom somebody may rather talk: codes of the answer, and what may be said of one of the firm."""


def offers(persons: Iterable[Person], ask: Ask, rules: Iterable[Rule] = ()) -> dict[int, tuple[int, ...]]:
    """Every start that somebody fitting has free, in order of time, with the numbers of those people, lowest first."""
    allowed = permitted(ask, rules)
    found: dict[int, list[int]] = {}
    for person in sorted((one for one in persons if fits(one, ask)), key=_number):
        for start in starts_within(person, ask, allowed):
            found.setdefault(start, []).append(person.number)
    return {start: tuple(found[start]) for start in sorted(found)}


def fits(person: Person, ask: Ask) -> bool:
    """Whether the person speaks the language and has all the skills that are asked for."""
    return ask.skills <= person.skills and (ask.language is None or ask.language in person.languages)


@dataclass(frozen=True, slots=True)
class Relay:
    """
    Who interprets `language` does so into `through`, such as Mam into Spanish.

    Where an interpreter and the attorney have no language in common, a second interpreter goes on from `through`.
    """

    language: str
    through: str


@dataclass(frozen=True, slots=True)
class Wish:
    """
    What is asked of a team beside language and skills.

    `second` are the skills of another attorney or a paralegal who is to be there too; None asks for nobody. `screened`
    are the numbers of those who may never be. `preferred` puts people first and leaves nobody out: each set counts
    before the ones after it.
    """

    relays: tuple[Relay, ...] = ()
    second: frozenset[str] | None = None
    screened: frozenset[int] = frozenset()
    preferred: tuple[frozenset[int], ...] = ()


@dataclass(frozen=True, slots=True)
class Team:
    """
    An attorney who can start, and who can be with her then: the preferred first, then by number.

    One entry of `interpreters` is one choice: the number of one, or those of two who relay, the client's first.
    `seconds` is empty where nobody else is asked for.
    """

    attorney: int
    interpreters: tuple[tuple[int, ...], ...]
    seconds: tuple[int, ...] = ()


def collective(
    attorneys: Iterable[Person],
    interpreters: Iterable[Person],
    ask: Ask,
    rules: Iterable[Rule] = (),
    *,
    wish: Wish = Wish(),
    seconds: Iterable[Person] = (),
) -> dict[int, tuple[Team, ...]]:
    """
    Every start at which an attorney, an interpreter and whoever else is asked for can be there, in order of time.

    The grid is the attorney's. The attorney has the skills, an interpreter the language; no interpreter is among the
    attorneys or the `seconds`.
    """
    allowed = permitted(ask, rules)
    able = [one for one in _wished(attorneys, wish) if ask.skills <= one.skills]
    offered = {one.number: starts_within(one, ask, allowed) for one in able}
    starts = sorted(set().union(*offered.values()))
    talking = _free_at(starts, _wished(interpreters, wish), ask, allowed)
    others = _free_at(starts, () if wish.second is None else _with(wish.second, _wished(seconds, wish)), ask, allowed)
    found: dict[int, list[Team]] = {start: [] for start in starts}
    for attorney in able:
        for start in offered[attorney.number]:
            choices = _choices(attorney, talking[start], ask.language, wish.relays)
            beside = tuple(one.number for one in others[start] if one.number != attorney.number)
            if choices and (beside or wish.second is None):
                found[start].append(Team(attorney.number, choices, beside))
    return {start: tuple(teams) for start, teams in found.items() if teams}


def _wished(people: Iterable[Person], wish: Wish) -> list[Person]:
    """Those who may be there at all, the preferred first, then by number."""
    may_be = sorted((one for one in people if one.number not in wish.screened), key=_number)
    return preferred_first(may_be, wish.preferred)


def _with(skills: frozenset[str], people: Iterable[Person]) -> list[Person]:
    return [one for one in people if skills <= one.skills]


def _free_at(
    starts: Sequence[int], people: Iterable[Person], ask: Ask, allowed: Sequence[Pair]
) -> dict[int, list[Person]]:
    """Who of them could start at each of the sorted starts, in their order."""
    found: dict[int, list[Person]] = {start: [] for start in starts}
    for person in people:
        for low, high in free_within(person, ask, allowed):
            for start in starts[bisect_left(starts, low) : bisect_left(starts, high)]:
                found[start].append(person)
    return found


def _choices(
    attorney: Person, free: Sequence[Person], language: str | None, relays: Iterable[Relay]
) -> tuple[tuple[int, ...], ...]:
    """The interpreters who can stand between the client and the attorney: one each, or two where no one can alone."""
    speaking = [one for one in free if language is None or language in one.languages]
    relay = next((one for one in relays if one.language == language), None)
    if relay is None:
        return tuple((one.number,) for one in speaking)
    alone = tuple((one.number,) for one in speaking if _understand(one, attorney))
    return alone or tuple(
        (one.number, other.number)
        for one in speaking
        for other in free
        if one is not other and {relay.through} <= one.languages & other.languages and _understand(other, attorney)
    )


def _understand(interpreter: Person, attorney: Person) -> bool:
    return not interpreter.languages.isdisjoint(attorney.languages)


def preferred_first(people: Iterable[Person], preferred: Sequence[frozenset[int]]) -> list[Person]:
    """The same people: who is in the first set before who is not, then by the second; else in their order."""
    return sorted(people, key=lambda one: [one.number not in wished for wished in preferred])


def least_loaded(candidates: Iterable[Person], loads: Mapping[int, int]) -> list[Person]:
    """
    The candidates for a start: fewest bookings in its week first, then longest without one, then lowest number.

    `loads` counts by number the bookings in the ISO week of the start, by the person's own calendar.
    """
    return sorted(candidates, key=lambda one: (loads.get(one.number, 0), *_waiting(one)))


def round_robin(candidates: Iterable[Person]) -> list[Person]:
    """The candidates: longest without an assignment first, never at all before that, then lowest number."""
    return sorted(candidates, key=_waiting)


def _waiting(person: Person) -> tuple[bool, datetime, int]:
    return person.last_assigned is not None, person.last_assigned or EPOCH, person.number


def _number(person: Person) -> int:
    return person.number
