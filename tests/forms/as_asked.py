"""Every question as a reader finds it, reduced to what a table can hold."""

import hashlib
from datetime import UTC, date, datetime

from forms.context import PageContext
from forms.fields import Question
from forms.flow import PAGES
from forms.more.flow import PAGES as MORE
from scheduler.words import speaking

MOST = 30
"""A list of more answers comes from a library: countries, years, states."""


def asked() -> dict[str, tuple[str, str, str, str]]:
    """By name: its page, the codes of its answers in Spanish order, the mark of its words in English and in Spanish."""
    english = _in("en")
    return {name: (page, codes, english[name][2], spanish) for name, (page, codes, spanish) in _in("es").items()}


def mark(*words: object) -> str:
    """Another where one letter of them is another."""
    return hashlib.sha256("\0".join(map(str, words)).encode()).hexdigest()[:10]


def _in(language: str) -> dict[str, tuple[str, str, str]]:
    with speaking(language):
        known = PageContext(date(2026, 11, 24), language, now=datetime(2026, 11, 24, 17, tzinfo=UTC))
        pages = [kind(None, known) for kind in (*PAGES, *MORE)]
        return {question.name: _row(page.slug, question) for page in pages for question in page.questions()}


def _row(page: str, question: Question) -> tuple[str, str, str]:
    choices = question.choices if len(question.choices) <= MOST else ()
    codes = " ".join(choice.code for choice in choices)
    return page, codes, mark(question.text, question.hint, *(choice.label for choice in choices))
