"""Clock times at her place: what her clock shows now, and the times it might show instead."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from forms.context import Answers, Choice
from scheduler.engine.gazetteer import CITIES, MEXICO_CITY, MX_STATES, US_STATES, by_country, country_zones, zones_of
from scheduler.words import _

NOON, EVENING, DAWN = 12, 19, 6


def spoken_time(moment: datetime) -> str:
    """The wall time of a local datetime on a 12-hour clock, with its part of the day in words."""
    clock = f"{moment.hour % 12 or 12}:{moment.minute:02d}"
    if moment.hour < DAWN:
        return _("{clock} at night", clock=clock)
    if moment.hour < NOON:
        return _("{clock} in the morning", clock=clock)
    if moment.hour < EVENING:
        return _("{clock} in the afternoon", clock=clock)
    return _("{clock} in the evening", clock=clock)


def local_time(answers: Answers, now: datetime) -> str:
    """What the clock most likely shows where she is, in words."""
    return spoken_time(now.astimezone(ZoneInfo(_likeliest(answers))))


def place_key(answers: Answers) -> str:
    """The place she named, to tell whether a clock time was shown for it."""
    names = ("current_country", "us_state", "mx_city", "mx_state", "other_country")
    return "/".join(str(answers.get(name) or "") for name in names).strip("/")


def zones_around(answers: Answers) -> tuple[str, ...]:
    """Every zone of her country, those of her place first; of all the world where she named none."""
    country = answers.get("current_country")
    if country == "MX":
        around: Iterable[str] = _mexican()
    elif country == "US":
        around = _american()
    elif country == "OTHER" and answers.get("other_country"):
        around = country_zones(str(answers["other_country"]))
    else:
        around = (*_mexican(), *_american(), *(zone for zones in by_country().values() for zone in zones))
    return tuple(dict.fromkeys((*(zones_of(answers) or ()), *around)))


def clock_choices(zones: Iterable[str], now: datetime) -> tuple[Choice, ...]:
    """One zone for each different clock time there is now, the earliest first."""
    times: dict[datetime, str] = {}
    for zone in zones:
        times.setdefault(now.astimezone(ZoneInfo(zone)).replace(tzinfo=None), zone)
    return tuple(Choice(times[time], spoken_time(time)) for time in sorted(times))


def _likeliest(answers: Answers) -> str:
    return next(iter(zones_of(answers) or ()), MEXICO_CITY)


def _mexican() -> tuple[str, ...]:
    return (*(zone for zone, _name in CITIES.values()), *(zone for zones in MX_STATES.values() for zone in zones))


def _american() -> tuple[str, ...]:
    return tuple(zone for zones in US_STATES.values() for zone in zones)
