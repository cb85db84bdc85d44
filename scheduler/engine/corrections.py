"""What may be corrected once the answers were sent: how to reach her, where she is, her dates."""

from collections.abc import Collection
from datetime import date
from typing import Any

from scheduler.engine import branches
from scheduler.engine.again import AGAIN
from scheduler.engine.answers import Answers
from scheduler.engine.branches import Spoken
from scheduler.engine.questions import COMPANIONS, STAFF_LANGUAGES

PAGES = ("contact", "where", "dates")
"""Pages of Part A whose facts change while she waits."""

UNSEEN = frozenset({"safe_word", "a_number"})
"""Answers of these pages that are not shown again; they stay unless something is written in their place."""

BESIDE = {"contact": ("wa_id",), "where": ("i_am_detained", "not_my_time")}
"""What a page stores beside its questions."""

URGENT = tuple(name for page in ("where", "dates") for name in branches.fields_of(page))
"""A change of one of these may give her more time, and no level that a person set before covers it; no other does."""

KNOWN_BY = ("contact_phone", "contact_email", "a_number")
"""By a change of one of these she may turn out to be somebody the firm knows."""

DECIDED = frozenset({question.name for question in branches.ALL} | set(COMPANIONS) | {again.mark for again in AGAIN})
"""What the branches keep or take away by themselves."""


class NoSuchFacts(Exception):
    """The page holds nothing that is corrected later."""


def facts_of(page: str) -> tuple[str, ...]:
    """What a page shows of what is stored, in order; an answer that is not shown is only ever replaced on purpose."""
    asked = tuple(name for name in branches.fields_of(page) if name not in UNSEEN)
    return (*asked, *BESIDE.get(page, ()))


def urgent_changes(before: Answers, after: Answers) -> list[str]:
    """Those of the `URGENT` answers that are others than before."""
    return [name for name in URGENT if after.get(name) != before.get(name)]


def saved(
    page: str, known: Answers, posted: Answers, today: date, *, staff_languages: Spoken = STAFF_LANGUAGES
) -> dict[str, Any]:
    """
    All answers after the page was corrected: what hangs on it is hidden or kept, what is stored beside them stays.

    Raises:
        NoSuchFacts: It is none of `PAGES`.
    """
    if page not in PAGES:
        raise NoSuchFacts(page)
    return written_over(page, known, posted, today, unseen=UNSEEN, staff_languages=staff_languages)


def written_over(
    page: str,
    known: Answers,
    posted: Answers,
    today: date,
    *,
    unseen: Collection[str],
    staff_languages: Spoken = STAFF_LANGUAGES,
) -> dict[str, Any]:
    """The same for any page of Part A; what its reader was not shown (`unseen`) stays unless she writes it anew."""
    hidden = {name: known[name] for name in branches.fields_of(page) if name in unseen and name in known}
    said = {**hidden, **{name: value for name, value in posted.items() if value is not None}}
    asked = branches.saved(page, known, said, today, staff_languages=staff_languages)
    beside = {name: value for name, value in known.items() if name not in DECIDED}
    return {**beside, **asked}
