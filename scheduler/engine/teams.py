"""Who can take a slot, and who of them takes it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from scheduler.engine.availability import Person, starts_within
from scheduler.engine.rules import Ask, Rule, permitted
from scheduler.engine.zones import EPOCH


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
