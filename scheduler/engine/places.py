"""From the place she named to her time zone, the name of its hour, and the clocks she may choose from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from scheduler.engine.answers import Answers
from scheduler.engine.gazetteer import (
    CANCUN,
    CITIES,
    JUAREZ,
    MAZATLAN,
    MEXICO_CITY,
    Zones,
    asks_local_time,
    by_country,
    country_zones,
    zones_of,
)

DERIVED = "derived"
CHOSEN = "chosen"

NAMES: Mapping[str, str] = MappingProxyType(
    {
        JUAREZ: "Ciudad Juárez",
        MEXICO_CITY: "Mexico City",
        MAZATLAN: "Mazatlán",
        CANCUN: "Cancún",
    }
)
"""Zones whose city is not written as in the IANA id."""

SMS_NAMES: Mapping[str, str] = MappingProxyType({JUAREZ: "Cd. Juarez", MEXICO_CITY: "Ciudad capital"})
"""The same for texts: GSM-7, at most 14 characters, no word that says where she is going or from what country."""

NAMELESS = "prefer_not"
NEARBY = ("MX", "US", "GT")


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where her clock is.

    `label` names its hour on our pages and is a msgid; `sms_label` names it in everything sent. Both are None where she
    would not say where she is: then it is "your time". `local_time` is her wall clock now, `HH:MM`.
    """

    zone: str
    source: str
    ask_local_time: bool
    label: str | None = field(repr=False)
    sms_label: str | None = field(repr=False)
    country: str | None = field(repr=False)
    local_time: str


def derive(answers: Answers, now: datetime, *, fallback: str = MEXICO_CITY) -> Place:
    """Her place by `intake.md` 1.5; `fallback` is the zone assumed while she has named none."""
    zones = zones_of(answers) or ()
    country = country_of(answers)
    chosen = _chosen(answers, country)
    zone = chosen or next(iter(zones), _usual_zone(country, fallback))
    city = str(answers.get("mx_city")) if answers.get("current_country") == "MX" and not chosen else ""
    silent = NAMELESS in (answers.get("current_country"), answers.get("mx_city"))
    return Place(
        zone=zone,
        source=CHOSEN if chosen else DERIVED,
        ask_local_time=asks_local_time(answers),
        label=None if silent else _label(zone, city),
        sms_label=None if silent else _sms_label(zone, city),
        country=country,
        local_time=_clock(zone, now),
    )


def country_of(answers: Answers) -> str | None:
    """ISO 3166-1 alpha-2 of where she is; None where she would not say or has not said."""
    country = answers.get("current_country")
    named = answers.get("other_country") if country == "OTHER" else country
    return None if named in (None, "", NAMELESS) else str(named)


def clock_choices(country: str | None, now: datetime, *, near: Zones = ()) -> list[tuple[str, str]]:
    """
    The clocks that are right somewhere in the country now: (zone, `HH:MM`), from west to east, one for each hour.

    Of zones that agree today the first of `near` stands for all, else tzdata's first. Without a country the whole world
    is offered.
    """
    by_offset: dict[float, str] = {}
    for zone in (*near, *_choosable(country)):
        offset = now.astimezone(ZoneInfo(zone)).utcoffset()
        by_offset.setdefault(offset.total_seconds() if offset else 0, zone)
    return [(zone, _clock(zone, now)) for _offset, zone in sorted(by_offset.items())]


def is_choosable(country: str | None, zone: str) -> bool:
    """Whether the zone is one of the country's (of any, where there is none): what a submitted choice must be."""
    return zone in _choosable(country)


def _choosable(country: str | None) -> Zones:
    own = country_zones(country) if country else ()
    if own:
        return own
    nearby = tuple(zone for code in NEARBY for zone in country_zones(code))
    return (*nearby, *(zone for zones in by_country().values() for zone in zones if zone not in nearby))


def _chosen(answers: Answers, country: str | None) -> str | None:
    zone = str(answers.get("time_zone_choice") or "")
    return zone if answers.get("local_time_ok") == "no" and is_choosable(country, zone) else None


def _usual_zone(country: str | None, fallback: str) -> str:
    """Most people's zone in a country of which she named no part."""
    return next(iter(country_zones(country)), fallback) if country else fallback


def _label(zone: str, city: str) -> str:
    return CITIES[city][1] if city in CITIES else NAMES.get(zone, _tail(zone))


def zone_name(zone: str) -> str:
    """What messages call the hour of a zone whose city we do not know."""
    return _sms_label(zone, "")


def _sms_label(zone: str, city: str) -> str:
    return "Nogales" if city == "nogales" else SMS_NAMES.get(zone, _tail(zone))


def _tail(zone: str) -> str:
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def _clock(zone: str, now: datetime) -> str:
    return now.astimezone(ZoneInfo(zone)).time().isoformat("minutes")
