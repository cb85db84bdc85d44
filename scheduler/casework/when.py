"""Instants in words: in the language spoken now and by a place's own clock; numbers alone are never enough."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_month_names

from scheduler.words import NOON, _, _l, _n, locale, part_of_day, twelve

CITIES: Mapping[str, object] = {
    "Los Angeles": _l("Los Angeles"),
    "New York": _l("New York"),
    "Indianapolis": _l("Indianapolis"),
    "Mexico City": _l("Mexico City"),
}
"""Cities that name a clock and are called otherwise in another language."""


def city(name: str) -> str:
    """The city that names a clock, as it is called in the language spoken now."""
    return str(CITIES.get(name, name))


def hour(at: datetime, zone: str) -> str:
    """What a twelve-hour clock shows there, with the part of the day: `9:30 de la mañana`."""
    return _("{clock} {part}", clock=clock(at, zone), part=part(at, zone))


def clock(at: datetime, zone: str) -> str:
    """What a twelve-hour clock shows there, `9:30`; say `part` beside it."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{twelve(local.hour)}:{local.minute:02}"


def part(at: datetime, zone: str) -> str:
    """The part of the day there, in words."""
    local = at.astimezone(ZoneInfo(zone))
    return part_of_day(local.hour, local.minute)


def day(on: date) -> str:
    """A day as people say it: `miércoles, 25 de noviembre`."""
    weekday = get_day_names("wide", locale=locale())[on.weekday()]
    month = get_month_names("wide", locale=locale())[on.month]
    return _("{weekday}, {month} {day}", weekday=weekday, day=on.day, month=month)


def day_and_hour(at: datetime, zone: str) -> str:
    """Day and hour there: `miércoles, 25 de noviembre, a las 9:30 de la mañana`."""
    local = at.astimezone(ZoneInfo(zone))
    words = {"day": day(local.date()), "time": hour(at, zone)}
    return _n("{day}, at {time}", "{day}, at {time}", twelve(local.hour), **words)


def now_there(at: datetime, zone: str) -> str:
    """The sentence that lets her check that the clock is hers."""
    local = at.astimezone(ZoneInfo(zone))
    return _n("It is {time} there now.", "It is {time} there now.", twelve(local.hour), time=hour(at, zone))


def latest(at: datetime, zone: str) -> str:
    """Day and hour as they are said after "by": `las 9:30 de la mañana del miércoles, 25 de noviembre`."""
    words = {"that_day": day(at.astimezone(ZoneInfo(zone)).date()), "hour": hour(at, zone)}
    return _n("{that_day}, at {hour}", "{that_day}, at {hour}", hour_number(at, zone), **words)


def short_latest(at: datetime, zone: str) -> str:
    """The same in short, for texts: `las 9:30 am del mié 25 nov`."""
    words = {"that_day": _short_day(at, zone), "hour": short_hour(at, zone)}
    return _n("{that_day} {hour}", "{that_day} {hour}", hour_number(at, zone), **words)


def sentence(text: str) -> str:
    """The text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def short(at: datetime, zone: str) -> str:
    """Day and hour there in 19 characters at most, for subjects and texts: `mié 25 nov 9:30 am`."""
    return f"{_short_day(at, zone)} {short_hour(at, zone)}"


def short_hour(at: datetime, zone: str) -> str:
    """The hour there as texts say it: `9:30 am`."""
    half = "am" if at.astimezone(ZoneInfo(zone)).hour < NOON else "pm"
    return f"{clock(at, zone)} {half}"


def hour_number(at: datetime, zone: str) -> int:
    """The number that a clock's hour is said with, 1 to 12: in Spanish one o'clock is another word than the rest."""
    return twelve(at.astimezone(ZoneInfo(zone)).hour)


def _short_day(at: datetime, zone: str) -> str:
    on = at.astimezone(ZoneInfo(zone)).date()
    weekday = get_day_names("wide", locale=locale())[on.weekday()][:3]
    month = get_month_names("wide", locale=locale())[on.month][:3]
    return _("{weekday} {month} {day}", weekday=weekday, day=on.day, month=month)
