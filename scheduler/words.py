"""gettext for everybody: Babel catalogs, a locale ContextVar, lazy strings; used by forms, letters and web alike."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import LazyProxy, NullTranslations, Translations

SOURCE = "en"
FIRST = "es"
NOON, EVENING = 12, 19
_FOLDER = Path(__file__).resolve().parent.parent / "translations"
_spoken: ContextVar[str] = ContextVar("spoken", default=FIRST)


@cache
def languages() -> tuple[str, ...]:
    """The languages there are, the clients' first: Spanish, English, then each further folder of translations."""
    folders = sorted(path.parent.parent.name for path in _FOLDER.glob("*/LC_MESSAGES/messages.po"))
    return tuple(dict.fromkeys([FIRST, SOURCE, *folders]))


def locale() -> str:
    """The language spoken now, as a code such as `es`."""
    return _spoken.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language inside this block; one that we do not have becomes the clients' first."""
    token = _spoken.set(language if language in languages() else FIRST)
    try:
        yield
    finally:
        _spoken.reset(token)


@cache
def _catalog(language: str) -> NullTranslations:
    """A language's translations, read from its .po file; the source language has none."""
    path = _FOLDER / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        catalog = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled)


def _(message: str, **values: object) -> str:
    """The message in the language spoken now, its `{name}` places filled when values are given."""
    text = str(_catalog(locale()).gettext(message)) if message else ""
    return text.format(**values) if values else text


def _p(context: str, message: str, **values: object) -> str:
    """The same for a message that needs another wording in this context."""
    text = str(_catalog(locale()).upgettext(context, message))
    return text.format(**values) if values else text


def _n(one: str, many: str, count: int, **values: object) -> str:
    """The message for this count, with `{count}` filled."""
    return str(_catalog(locale()).ngettext(one, many, count)).format(count=count, **values)


def _l(message: str) -> LazyProxy:
    """A message that is looked up whenever it is read, for texts declared at import."""
    return LazyProxy(_, message, enable_cache=False)


def _lp(context: str, message: str) -> LazyProxy:
    """A lazy message with a context."""
    return LazyProxy(_p, context, message, enable_cache=False)


def twelve(hour: int) -> int:
    """What a twelve-hour clock shows at an hour of the day, 0 to 23."""
    return hour % NOON or NOON


def part_of_day(hour: int, minute: int) -> str:
    """The part of the day: until noon, which has its own word; in Spanish the night from seven has one as well."""
    if hour < NOON:
        return _p("until noon", "am")
    if (hour, minute) == (NOON, 0):
        return _("noon")
    return _p("afternoon", "pm") if hour < EVENING else _p("from seven", "pm")
