"""The pages of Part B that ask this client anything, in order."""

from collections.abc import Collection
from datetime import date

from scheduler.engine import branches
from scheduler.engine.answers import Answers
from scheduler.engine.branches import Spoken
from scheduler.engine.more_questions import MORE_PAGES, MORE_QUESTIONS
from scheduler.engine.questions import STAFF_LANGUAGES

NAMES = frozenset(question.name for question in MORE_QUESTIONS)


def pages(
    answers: Answers, today: date, *, staff_languages: Spoken = STAFF_LANGUAGES, off: Collection[str] = ()
) -> tuple[str, ...]:
    """The pages that ask her something; `off` are questions that the firm does not ask."""
    asked = ((page, branches.asked(page, answers, today, staff_languages=staff_languages)) for page in MORE_PAGES)
    return tuple(page for page, names in asked if not set(names) <= set(off))


def after(page: str, open_pages: tuple[str, ...]) -> str | None:
    """The page that follows, None after the last."""
    later = MORE_PAGES[MORE_PAGES.index(page) + 1 :]
    return next((one for one in later if one in open_pages), None)


def before(page: str, open_pages: tuple[str, ...]) -> str | None:
    """The page before, None on the first."""
    earlier = MORE_PAGES[: MORE_PAGES.index(page)]
    return next((one for one in reversed(earlier) if one in open_pages), None)


def saved(
    page: str, known: Answers, posted: Answers, today: date, *, staff_languages: Spoken = STAFF_LANGUAGES
) -> dict[str, object]:
    """
    All answers after a page of Part B was posted; those of Part A and what is stored beside them stay as they are.

    `posted` has the page's fields only; one that it lacks counts as taken away.
    """
    staying = branches.saved(page, known, posted, today, staff_languages=staff_languages)
    merged = {**known, **{name: posted[name] for name in branches.fields_of(page) if name in posted}}
    return {name: value for name, value in merged.items() if name not in NAMES or name in staying}
