"""Attorneys, interpreters and what is asked of them together."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from scheduler.engine.availability import Grid, Person
from scheduler.engine.hours import Hours, Window
from scheduler.engine.intervals import Interval
from scheduler.engine.rules import Ask
from scheduler.engine.teams import Team
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


def interpreter(number: int, begin: int = 540, *, speaks: str = "mam es", **changes: Any) -> Person:
    """Two hours each day, at any minute; the attorney's grid is an hour."""
    return replace(attorney(number, begin, speaks=speaks), grid=Grid(step=7), **changes)


def shown(found: Mapping[int, tuple[Team, ...]]) -> dict[str, list[Any]]:
    """`10:00` to attorneys with the interpreters they can have: of one, or of two who relay."""
    return {
        f"{instant(start):%H:%M}": [(team.attorney, *team.interpreters) for team in teams]
        for start, teams in found.items()
    }
