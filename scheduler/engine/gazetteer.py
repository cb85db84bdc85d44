"""Which time zones a place has: cities and states of Mexico, states of the United States, other countries by tzdata."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

TIJUANA = "America/Tijuana"
HERMOSILLO = "America/Hermosillo"
JUAREZ = "America/Ciudad_Juarez"
OJINAGA = "America/Ojinaga"
MATAMOROS = "America/Matamoros"
MONTERREY = "America/Monterrey"
MEXICO_CITY = "America/Mexico_City"
CHIHUAHUA = "America/Chihuahua"
MAZATLAN = "America/Mazatlan"
CANCUN = "America/Cancun"

PACIFIC = "America/Los_Angeles"
MOUNTAIN = "America/Denver"
CENTRAL = "America/Chicago"
EASTERN = "America/New_York"
BOISE = "America/Boise"

Zones = tuple[str, ...]


def _each(codes: str, zones: Zones) -> dict[str, Zones]:
    """The same zones for every code of a list written as words."""
    return dict.fromkeys(codes.split(), zones)


CITIES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "tijuana": (TIJUANA, "Tijuana"),
        "mexicali": (TIJUANA, "Mexicali"),
        "nogales": (HERMOSILLO, "Nogales"),
        "ciudad_juarez": (JUAREZ, "Ciudad Juárez"),
        "piedras_negras": (MATAMOROS, "Piedras Negras"),
        "ciudad_acuna": (MATAMOROS, "Ciudad Acuña"),
        "nuevo_laredo": (MATAMOROS, "Nuevo Laredo"),
        "reynosa": (MATAMOROS, "Reynosa"),
        "matamoros": (MATAMOROS, "Matamoros"),
        "monterrey": (MONTERREY, "Monterrey"),
        "mexico_city": (MEXICO_CITY, "Mexico City"),
        "tapachula": (MEXICO_CITY, "Tapachula"),
        "cancun": (CANCUN, "Cancún"),
    }
)
"""`mx_city` to its zone and its name; `other_mx` and `prefer_not` have neither."""

MX_STATES: Mapping[str, Zones] = MappingProxyType(
    {
        **_each(
            "AGU CAM CHP CMX COL DUR GRO GUA HID JAL MEX MIC MOR OAX PUE QUE SLP TAB TLA VER YUC ZAC", (MEXICO_CITY,)
        ),
        **_each("BCS SIN", (MAZATLAN,)),
        **_each("COA NLE TAM", (MONTERREY, MATAMOROS)),
        "BCN": (TIJUANA,),
        "CHH": (CHIHUAHUA, JUAREZ, OJINAGA),
        "NAY": (MAZATLAN, "America/Bahia_Banderas"),
        "ROO": (CANCUN,),
        "SON": (HERMOSILLO,),
    }
)
"""ISO 3166-2:MX without its `MX-`, all 32. First the capital's zone, then those of border or bay strips."""

US_STATES: Mapping[str, Zones] = MappingProxyType(
    {
        **_each("CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV", (EASTERN,)),
        **_each("AL AR IA IL LA MN MO MS OK WI", (CENTRAL,)),
        **_each("CO MT NM UT WY", (MOUNTAIN,)),
        **_each("CA NV WA", (PACIFIC,)),
        **_each("KS ND NE SD TX", (CENTRAL, MOUNTAIN)),
        "AK": ("America/Anchorage", "America/Adak"),
        "AZ": ("America/Phoenix", MOUNTAIN),
        "FL": (EASTERN, CENTRAL),
        "HI": ("Pacific/Honolulu",),
        "ID": (BOISE, PACIFIC),
        "IN": ("America/Indiana/Indianapolis", CENTRAL),
        "KY": ("America/Kentucky/Louisville", CENTRAL),
        "MI": ("America/Detroit", "America/Menominee"),
        "OR": (PACIFIC, BOISE),
        "TN": (CENTRAL, EASTERN),
        "AS": ("Pacific/Pago_Pago",),
        "GU": ("Pacific/Guam",),
        "MP": ("Pacific/Saipan",),
        "PR": ("America/Puerto_Rico",),
        "VI": ("America/St_Thomas",),
    }
)
"""USPS code to its zones, the most people first; `unknown` has none. In Arizona the Navajo Nation keeps summer time."""


_TERRITORIES: Zones = tuple(US_STATES[code][0] for code in ("AS", "GU", "MP", "PR", "VI"))


@cache
def by_country() -> Mapping[str, Zones]:
    """ISO 3166-1 alpha-2 to its zones, in the order of tzdata's zone.tab; a country it does not know is missing."""
    rows = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines()
    table: dict[str, Zones] = {}
    for row in rows:
        if not row.startswith("#"):
            country, _where, zone = row.split("\t")[:3]
            table[country] = (*table.get(country, ()), zone)
    return MappingProxyType(table)


def country_zones(country: str) -> Zones:
    """The zones of a country, empty when tzdata does not know it; the United States with its territories."""
    own = by_country().get(country, ())
    return (*own, *_TERRITORIES) if country == "US" else own


def zones_of(answers: Mapping[str, object]) -> Zones | None:
    """The zones her place may be in, likeliest first; empty where she named none, None while that is not answered."""
    country = answers.get("current_country")
    if country == "MX":
        return _in_mexico(answers)
    if country == "US":
        return _listed(answers.get("us_state"), US_STATES)
    if country == "OTHER":
        other = answers.get("other_country")
        return country_zones(str(other)) if other else None
    return () if country else None


def asks_local_time(answers: Mapping[str, object]) -> bool:
    """Whether the page asks `local_time_ok`: her place has two zones, or none."""
    zones = zones_of(answers)
    return zones is not None and (len(zones) != 1 or answers.get("current_country") == "OTHER")


def _in_mexico(answers: Mapping[str, object]) -> Zones | None:
    city = answers.get("mx_city")
    if city == "other_mx":
        state = answers.get("mx_state")
        return _listed(str(state).removeprefix("MX-") if state else None, MX_STATES)
    if not city:
        return None
    return (CITIES[str(city)][0],) if city in CITIES else ()


def _listed(code: object, table: Mapping[str, Zones]) -> Zones | None:
    return table.get(str(code), ()) if code else None
