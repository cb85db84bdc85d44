"""Rule 8 once more, minute by minute: who can be there together, by trying everybody with everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import TypeAlias

from scheduler.engine.availability import Person
from scheduler.engine.intervals import Interval
from scheduler.engine.teams import Wish
from tests.engine.minute_by_minute import Limits, free, starts

Together: TypeAlias = tuple[int, frozenset[tuple[int, ...]], frozenset[int]]
"""An attorney, the choices of interpreters, and the others of ours who were asked for."""


@dataclass(frozen=True)
class Meeting:
    """Who is asked together: by language and skills, and as the wish says."""

    attorneys: Sequence[Person]
    interpreters: Sequence[Person]
    seconds: Sequence[Person]
    language: str
    skills: frozenset[str]
    wish: Wish

    def may_be(self, people: Sequence[Person]) -> list[Person]:
        return [one for one in people if one.number not in self.wish.screened]


def teams(meeting: Meeting, limits: Limits, span: Interval, length: int) -> dict[int, set[Together]]:
    """At every start the attorneys who have it, with everybody who can be there too."""
    found: dict[int, set[Together]] = {}
    beside = [*meeting.may_be(meeting.interpreters), *meeting.may_be(meeting.seconds)]
    room = {one.number: set(free(one, limits, span, length, on_grid=False)) for one in beside}
    for attorney in meeting.may_be(meeting.attorneys):
        if meeting.skills <= attorney.skills:
            for start in starts(attorney, limits, span, length):
                there = {number for number, minutes in room.items() if start in minutes} - {attorney.number}
                choices, others = between(attorney, there, meeting), seconds(there, meeting)
                if choices and (others or meeting.wish.second is None):
                    found.setdefault(start, set()).add((attorney.number, choices, others))
    return found


def seconds(there: set[int], meeting: Meeting) -> frozenset[int]:
    wanted = meeting.wish.second
    able = {one.number for one in meeting.seconds if wanted is not None and wanted <= one.skills}
    return frozenset(able & there)


def between(attorney: Person, there: set[int], meeting: Meeting) -> frozenset[tuple[int, ...]]:
    """All who can stand between client and attorney; two of them only where no one can alone."""
    talking = [one for one in meeting.interpreters if one.number in there]
    through = [relay.through for relay in meeting.wish.relays if relay.language == meeting.language]
    first = [one for one in talking if meeting.language in one.languages]
    if not through:
        return frozenset((one.number,) for one in first)
    alone = frozenset((one.number,) for one in first if one.languages & attorney.languages)
    pairs = frozenset(
        (one.number, other.number)
        for one, other in permutations(talking, 2)
        if meeting.language in one.languages
        and through[0] in one.languages
        and through[0] in other.languages
        and other.languages & attorney.languages
    )
    return alone or pairs
