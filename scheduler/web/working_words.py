"""What the pages of hours say of codes, weekdays and windows."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from itertools import starmap
from zoneinfo import available_timezones

from babel.dates import format_skeleton, get_day_names
from babel.units import format_unit

from scheduler.casework.firm_words import BOUNDS
from scheduler.casework.working import Night
from scheduler.engine.intervals import Pair
from scheduler.engine.zones import DAY
from scheduler.web.desk_words import Words
from scheduler.words import _, _l, locale

__all__ = [
    "BOUNDS",
    "GENDERS",
    "KINDS",
    "NUMBERS",
    "WRONG",
    "day",
    "meant",
    "over_midnight",
    "spoken",
    "weekdays",
    "zones",
]

AREAS = frozenset({"Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"})
"""What the name of a zone begins with that is named for a place."""

KINDS: Words = {"attorney": _l("Attorney"), "paralegal": _l("Paralegal"), "interpreter": _l("Interpreter")}
GENDERS: Words = {"woman": _l("A woman"), "man": _l("A man")}
NUMBERS: Words = {
    "buffer_before": _l("Minutes kept free before a call"),
    "buffer_after": _l("Minutes kept free after a call"),
    "grid_step": _l("A call can begin every so many minutes"),
    "grid_offset": _l("Minutes after the hour at which the first begins"),
    "daily_cap": _l("Most calls in a day (empty: no limit)"),
    "weekly_cap": _l("Most calls in a week (empty: no limit)"),
}
WRONG: Words = {
    "hours": _l("Write hours such as 9:00-12:30, 13:30-17:00. A day begins at 0:00 and ends at 24:00."),
    "day": _l("Write a day."),
    "days": _l("The last day is before the first."),
    "zone": _l("There is no such time zone. Write one such as America/Tijuana."),
    "overlap": _l("On one of these days somebody is in another zone already. A day has one zone."),
    "many": _l("There are 50 journeys already. Remove some first."),
    "stay": _l("This journey is not there any more."),
    "person": _l("There is nobody of this number."),
    "reason": _l("Write why, in at most 60 letters."),
    "languages": _l("Choose at least one language."),
    "number": _l("One of the numbers cannot be."),
    "name": _l("Write a name, and choose attorney, paralegal or interpreter."),
    "gender": _l("Choose a woman, a man, or not said."),
    "email": _l("Write an address that nobody else of the firm has."),
}


def weekdays() -> Mapping[int, str]:
    """Their names from Monday (0) on."""
    return {day: str(name) for day, name in sorted(get_day_names("wide", locale=locale()).items())}


def spoken(windows: Sequence[Pair]) -> str:
    """Windows as they are written: `9:00-12:30, 22:00-2:00`."""
    return ", ".join(starmap(_window, windows))


def day(on: date) -> str:
    """A day with its year, `Mon, Nov 30, 2026`."""
    return format_skeleton("yMMMEd", on, locale=locale())


@cache
def zones() -> tuple[str, ...]:
    """Every zone that is named for a place, to choose from while typing."""
    return tuple(sorted(name for name in available_timezones() if name.partition("/")[0] in AREAS))


def over_midnight(window: Night) -> str:
    """A window that ends on the next day as somebody would say it: `9:00 to 5:00 the next morning: 20 hours`."""
    _day, start, end = window
    words = {"begin": _clock(start), "end": _clock(end), "length": _length(DAY + end - start)}
    if end <= DAY // 2:
        return _("{begin} to {end} the next morning: {length}", **words)
    return _("{begin} to {end} the next day: {length}", **words)


def meant(window: Night) -> str | None:
    """What may have been meant by it: the same hours with an end in the afternoon; None where that cannot be."""
    _day, start, end = window
    return _window(start, end + DAY // 2) if start < end + DAY // 2 <= DAY else None


def night(said: str) -> Night:
    """
    A window over midnight as a form sends it back.

    Raises:
        ValueError: It is none.
    """
    weekday, start, end = map(int, said.split("."))
    return weekday, start, end


def _length(minutes: int) -> str:
    """`20 hours`, `3 hours, 30 minutes`."""
    parts = ((minutes // 60, "duration-hour"), (minutes % 60, "duration-minute"))
    return ", ".join(format_unit(number, unit, locale=locale()) for number, unit in parts if number)


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def _window(start: int, end: int) -> str:
    return "-".join(map(_clock, (start, end)))
