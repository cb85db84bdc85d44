"""Long lists of choices: countries, states, languages; named in the reader's language and sorted in its order."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import phonenumbers
from babel import Locale

from forms.context import Choice, PageContext
from forms.states import MX_STATE_NAMES, US_STATE_NAMES
from scheduler.engine.courts import Venue
from scheduler.words import _, _l, _lp

NOT_ISO = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"])
"""Two-letter codes that Babel names and ISO 3166-1 does not."""

NO_COUNTRY = "XX"
ISO_CODE = re.compile("[A-Z]{2}")
NEIGHBOURS = ("MX", "US")
NOT_KNOWN = Choice("unknown", _l("I do not know"))

LANGUAGES: tuple[Choice, ...] = (
    Choice("es", _l("Spanish")),
    Choice("en", _l("English")),
    Choice("ht", _l("Haitian Creole")),
    Choice("pt", _l("Portuguese")),
    Choice("fr", _l("French")),
    Choice("quc", _l("K’iche’")),
    Choice("mam", _l("Mam")),
    Choice("kek", _l("Q’eqchi’")),
    Choice("kjb", _l("Q’anjob’al")),
    Choice("ixl", _l("Ixil")),
    Choice("cab", _l("Garifuna")),
    Choice("miq", _l("Miskito")),
    Choice("qu", _l("Quechua / Kichwa")),
    Choice("ar", _l("Arabic")),
    Choice("ru", _l("Russian")),
    Choice("zh", _l("Chinese")),
    Choice("fa", _l("Farsi / Dari")),
    Choice("ase", _l("American Sign Language")),
    Choice("mfs", _l("Mexican Sign Language")),
    Choice("other", _l("Another language")),
)
LANGUAGES_FIRST = ("es", "en", "ht", "pt")

OWN_NAMES = {
    "es": "Español",
    "en": "English",
    "ht": "Kreyòl",
    "pt": "Português",
    "fr": "Français",
    "ar": "العربية",
    "ru": "Русский",
    "zh": "中文",
    "fa": "فارسی / دری",
}
"""What those call their language who may not read its name in the language of the page."""


def in_order(text: str) -> str:
    """The text without accents and capitals, to sort by."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign)).casefold()


def alphabetical(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """The choices in the order of their words in the language spoken now."""
    return tuple(sorted(choices, key=lambda choice: in_order(str(choice.label))))


@lru_cache(maxsize=16)
def iso_countries(locale: str) -> tuple[Choice, ...]:
    """The 249 countries of ISO 3166-1 by name."""
    named = ((str(code), str(name)) for code, name in Locale.parse(locale).territories.items())
    return alphabetical(Choice(code, name) for code, name in named if ISO_CODE.fullmatch(code) and code not in NOT_ISO)


@lru_cache(maxsize=16)
def countries_to_call(locale: str) -> tuple[Choice, ...]:
    """Countries with their calling code, those of most callers first."""
    numbered = tuple(
        Choice(choice.code, f"{choice.label} +{code}")
        for choice in iso_countries(locale)
        if (code := phonenumbers.country_code_for_region(choice.code))
    )
    return _first(numbered, NEIGHBOURS)


def nationalities(context: PageContext) -> tuple[Choice, ...]:
    """Every country, and the answer that it is none or not known."""
    return (Choice(NO_COUNTRY, _("No country / not sure")), *iso_countries(context.locale))


NOT_ELSEWHERE = frozenset({"MX", "US", "AS", "GU", "MP", "PR", "UM", "VI"})


def countries_elsewhere(context: PageContext) -> tuple[Choice, ...]:
    """Every country but Mexico and the United States with its territories, which have questions of their own."""
    return tuple(choice for choice in iso_countries(context.locale) if choice.code not in NOT_ELSEWHERE)


def languages(context: PageContext) -> tuple[Choice, ...]:
    """The language of the page, then those asked for most, then the others by name, then another one; in own words."""
    offered = context.firm.languages or LANGUAGES
    last = tuple(choice for choice in offered if choice.code == "other")
    named = alphabetical(choice for choice in offered if choice not in last)
    return (*map(_by_its_own_name, _first(named, (context.locale, *LANGUAGES_FIRST))), *last)


def _by_its_own_name(choice: Choice) -> Choice:
    """Its own name, and in brackets that of the page's language where it is another: typed, it is found by its own."""
    own, here = OWN_NAMES.get(choice.code), str(choice.label)
    return choice if own in {None, here} else Choice(choice.code, f"{own} ({here})")


def us_states(_context: PageContext) -> tuple[Choice, ...]:
    """The states and territories by name, and that she does not know."""
    named = alphabetical(Choice(code, name) for code, name in US_STATE_NAMES.items())
    return (*named, NOT_KNOWN)


def mx_states(_context: PageContext) -> tuple[Choice, ...]:
    """The 32 states of Mexico by name."""
    return alphabetical(Choice(code, name) for code, name in MX_STATE_NAMES.items())


def courts(context: PageContext) -> tuple[Choice, ...]:
    """The immigration courts, those of the border first, and that she does not know or that it is another."""
    return (NOT_KNOWN, *_venues(context.firm.venues.courts, context), Choice("other", _lp("feminine", "Other")))


def ports(context: PageContext) -> tuple[Choice, ...]:
    """The crossings, and that it is another or that she does not know."""
    return (*_venues(context.firm.venues.ports, context), Choice("other", _l("Other")), NOT_KNOWN)


def _venues(venues: Iterable[Venue], context: PageContext) -> Iterable[Choice]:
    return (Choice(venue.code, venue.name(context.locale)) for venue in venues)


def _first(choices: tuple[Choice, ...], codes: Iterable[str]) -> tuple[Choice, ...]:
    """The choices with some of them moved to the front."""
    by_code = {choice.code: choice for choice in choices}
    front = [code for code in dict.fromkeys(codes) if code in by_code]
    return (*(by_code[code] for code in front), *(choice for choice in choices if choice.code not in front))
