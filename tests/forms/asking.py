"""Words for asking: pages with typed values, on a Tuesday in November 2026."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from forms.base import IntakePage, Typed
from forms.context import PageContext
from forms.flow import BY_SLUG, PAGES
from forms.more.flow import BY_SLUG as MORE

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 17, 12, tzinfo=UTC)

EARLIER: dict[str, Any] = {
    "device_safe": "yes",
    "immediate_danger": "no",
    "filler_role": "family",
    "client_agrees": "yes",
    "spoken_language": "es",
    "contact_channel": "whatsapp",
    "contact_phone": "+526641234567",
    "current_country": "MX",
    "mx_city": "tijuana",
    "ever_in_us": "sent_back",
    "waiting_in_mexico_program": "yes_papers",
}
"""Answers of somebody whom every page asks much."""


def context(locale: str = "es", **answers: Any) -> PageContext:
    """What a page knows; without answers, those of EARLIER."""
    return PageContext(today=TODAY, locale=locale, answers=answers or EARLIER, now=NOW)


def typed(**values: str | Iterable[str]) -> Typed:
    """What a browser sends; `__` in a name stands for the hyphen before a part."""
    return Typed(
        {name.replace("__", "-"): [value] if isinstance(value, str) else list(value) for name, value in values.items()}
    )


def post(slug: str, values: Typed, known: PageContext | None = None) -> IntakePage:
    """A page after its values were sent, checked."""
    page = (BY_SLUG | MORE)[slug](values, known or context())
    page.validate()
    return page


def inputs_of(page: IntakePage) -> list[str]:
    """The names of all its inputs."""
    return [question.name + part for question in page.questions() for part in question.parts]


def every_input() -> list[tuple[str, str]]:
    """Page and name of each input there is."""
    return [(page.slug, name) for page in PAGES for name in inputs_of(page(None, context()))]
