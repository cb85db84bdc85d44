"""What the pages of facts say of codes, languages and days."""

from collections.abc import Mapping
from datetime import date

from babel import Locale
from babel.dates import format_date

from scheduler.web.desk_words import said
from scheduler.words import _l, locale

__all__ = ["FACT_FIELDS", "FACT_KINDS", "day", "said", "tongue"]

FACT_KINDS: Mapping[str, object] = {
    "text": _l("Text"),
    "hotline": _l("Telephone number"),
    "site": _l("Web site"),
    "list": _l("List"),
    "help": _l("Place of help"),
    "days": _l("Number of days"),
}
FACT_FIELDS: Mapping[str, object] = {
    "number": _l("Number"),
    "days": _l("Days"),
    "url": _l("Address on the web, with https"),
    "city": _l("City"),
    "name": _l("Name"),
    "phone": _l("Telephone"),
    "hours": _l("Hours"),
    "spoken": _l("Languages"),
    "en": _l("the text in English"),
    "es": _l("the text in Spanish"),
}


def tongue(code: str) -> str:
    """A language's own name for itself."""
    return str(Locale.parse(code).get_display_name(code)).capitalize()


def day(of: date) -> str:
    """A day without its weekday."""
    return format_date(of, "medium", locale=locale())
