"""Clock times at her place: what her clock shows now, and the times it might show instead."""

from datetime import datetime

from forms.context import Answers, Choice
from scheduler.engine.gazetteer import zones_of
from scheduler.engine.places import clock_choices, country_of, derive, is_choosable
from scheduler.words import _, part_of_day, twelve


def spoken_time(clock: str) -> str:
    """A wall time `HH:MM` on a 12-hour clock, with its part of the day in words."""
    hour, minute = map(int, clock.split(":"))
    return _("{clock} {part}", clock=f"{twelve(hour)}:{minute:02}", part=part_of_day(hour, minute))


def local_time(answers: Answers, now: datetime) -> str:
    """The wall time `HH:MM` where she most likely is."""
    return derive({**answers, "local_time_ok": None}, now).local_time


def place_key(answers: Answers) -> str:
    """The place she named, to tell whether a clock time was shown for it."""
    names = ("current_country", "us_state", "mx_city", "mx_state", "other_country")
    return "/".join(str(answers.get(name) or "") for name in names).strip("/")


def clocks_around(answers: Answers, now: datetime) -> tuple[Choice, ...]:
    """One zone for each clock time there is in her country now, in words."""
    offered = clock_choices(country_of(answers), now, near=zones_of(answers) or ())
    return tuple(Choice(zone, spoken_time(clock)) for zone, clock in offered)


def is_around(answers: Answers, zone: str) -> bool:
    """Whether the zone is one of her country's, shown or not."""
    return is_choosable(country_of(answers), zone)
