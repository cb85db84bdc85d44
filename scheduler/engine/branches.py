"""Which pages and which questions these answers lead to; what is hidden is deleted, not kept."""

from collections.abc import Collection
from datetime import date
from typing import Any, TypeAlias

from scheduler.engine.again import AGAIN, AskAgain
from scheduler.engine.answers import Answers, given
from scheduler.engine.more_questions import MORE_QUESTIONS
from scheduler.engine.questions import COMPANIONS, QUESTIONS, STAFF_LANGUAGES, UNASKED, Asking, Question

PAGES = ("safety", "who", "language", "contact", "about", "where", "arrival", "dates", "names", "notices", "time")
"""The order in which everybody is asked."""

ALL = (*QUESTIONS, *MORE_QUESTIONS)
"""Part A and Part B: one who is asked the second has answered the first."""

TIPS = "tips"
ASK_FIRST = "ask-first"
CALL_NOW = "call-now"
WE_WILL_CALL = "we-will-call"
DONE = "done"


Spoken: TypeAlias = Collection[str]
"""Codes of the languages the firm's own people speak."""


class UnknownPage(Exception):
    """There is no page of that name; the address was not ours."""


def fields_of(page: str) -> tuple[str, ...]:
    """Every question the page can ever ask, in order."""
    return tuple(question.name for question in _on(page))


def asked(page: str, answers: Answers, today: date, *, staff_languages: Spoken = STAFF_LANGUAGES) -> tuple[str, ...]:
    """The questions of the page that these answers ask, in order; give them with the page's own answers merged in."""
    asking = _asking(answers, today, staff_languages)
    return tuple(question.name for question in _on(page) if question.shown(asking))


def required(page: str, answers: Answers, today: date, *, staff_languages: Spoken = STAFF_LANGUAGES) -> tuple[str, ...]:
    """Those asked that must be answered before the page lets her go on."""
    return _required(page, _asking(answers, today, staff_languages))


def kept(answers: Answers, today: date, *, staff_languages: Spoken = STAFF_LANGUAGES) -> dict[str, Any]:
    """
    The answers without hidden ones and without names nobody asked, and with what is stored unasked.

    Its own result comes back unchanged.
    """
    return dict(_asking(answers, today, staff_languages).answers)


def saved(
    page: str, before: Answers, posted: Answers, today: date, *, staff_languages: Spoken = STAFF_LANGUAGES
) -> dict[str, Any]:
    """
    The answers after the page was posted: its fields replaced, hidden ones gone, and marks set where she stands by it.

    `posted` has the page's fields and what stands beside them; a field that it lacks, or that is None, is taken away.
    """
    stood = dict.fromkeys(_open_marks(page, _asking(before, today, staff_languages)), True)
    own = fields_of(page)
    others = {name: value for name, value in before.items() if name not in own}
    said = {name: value for name, value in {**others, **posted}.items() if value is not None}
    return kept({**said, **stood}, today, staff_languages=staff_languages)


def notes(page: str, answers: Answers, today: date, *, staff_languages: Spoken = STAFF_LANGUAGES) -> tuple[str, ...]:
    """Codes of the notes with which the page is shown once more (`AGAIN`), mostly none."""
    return _notes(page, _asking(answers, today, staff_languages))


def is_complete(page: str, answers: Answers, today: date, *, staff_languages: Spoken = STAFF_LANGUAGES) -> bool:
    """Whether every required question is answered and nothing is to be asked again."""
    return _complete(page, _asking(answers, today, staff_languages))


def first_incomplete(answers: Answers, today: date, *, staff_languages: Spoken = STAFF_LANGUAGES) -> str | None:
    """The first page that still wants something; None when all of them, the time too, are done."""
    asking = _asking(answers, today, staff_languages)
    return next((page for page in PAGES if not _complete(page, asking)), None)


def is_reachable(page: str, answers: Answers, today: date, *, staff_languages: Spoken = STAFF_LANGUAGES) -> bool:
    """
    Whether she may open the page: it is not behind the first one that wants something. Stops are `stop_before`'s.

    Raises:
        UnknownPage: There is no such page.
    """
    first = first_incomplete(answers, today, staff_languages=staff_languages)
    return _place(page) <= (len(PAGES) if first is None else _place(first))


def stop_after(page: str, answers: Answers, *, call_now: bool = False) -> str | None:
    """The stop this page leads to instead of the next page; `call_now`: an event is within 36 hours (T28)."""
    if page == "who" and answers.get("filler_role") != "self" and answers.get("client_agrees") == "no":
        return ASK_FIRST
    if page == "dates" and call_now:
        return CALL_NOW
    return WE_WILL_CALL if page == "notices" and answers.get("conflict_people_any") == "prefer_call" else None


def stop_before(page: str, answers: Answers, *, call_now: bool = False) -> str | None:
    """
    The stop that stands between the start and the page, if any.

    Raises:
        UnknownPage: There is no such page.
    """
    stops = (stop_after(earlier, answers, call_now=call_now) for earlier in PAGES[: _place(page)])
    return next((stop for stop in stops if stop), None)


def next_page(
    page: str,
    answers: Answers,
    today: date,
    *,
    call_now: bool = False,
    staff_languages: Spoken = STAFF_LANGUAGES,
) -> str:
    """
    Where a page that was answered leads: on, to itself with a note, to the tips, to a stop, or to `done`.

    Raises:
        UnknownPage: There is no such page.
    """
    if page == PAGES[0] and device_unsafe(answers):
        return TIPS
    following = (
        page if notes(page, answers, today, staff_languages=staff_languages) else (*PAGES, DONE)[_place(page) + 1]
    )
    return stop_after(page, answers, call_now=call_now) or following


def previous_page(page: str, answers: Answers) -> str | None:
    """
    Where "Back" leads; None on the first page.

    Raises:
        UnknownPage: There is no such page.
    """
    if page == TIPS:
        return PAGES[0]
    if page == PAGES[1] and device_unsafe(answers):
        return TIPS
    place = _place(page)
    return PAGES[place - 1] if place else None


def device_unsafe(answers: Answers) -> bool:
    """Whether she said that somebody may see this device, or is not sure."""
    return answers.get("device_safe") in ("not_sure", "no")


def _place(page: str) -> int:
    """The page's place in the order; the tips belong to the first page."""
    if page == TIPS:
        return 0
    if page not in PAGES:
        raise UnknownPage(page)
    return PAGES.index(page)


def _on(page: str) -> tuple[Question, ...]:
    return tuple(question for question in ALL if question.page == page)


def _asking(answers: Answers, today: date, staff_languages: Spoken) -> Asking:
    """What is left of the answers when each is looked at in the light of those kept before it."""
    staying: dict[str, Any] = {}
    asking = Asking(staying, today, staff_languages)
    for question in ALL:
        staying |= {name: answers[name] for name, stays in COMPANIONS.items() if name in answers and stays(asking)}
        if question.shown(asking):
            staying |= {question.name: answers[question.name]} if question.name in answers else {}
        elif question.name in UNASKED and UNASKED[question.name][0](asking):
            staying[question.name] = UNASKED[question.name][1]
    staying |= {again.mark: True for again in AGAIN if answers.get(again.mark) and again.open(asking)}
    return asking


def _required(page: str, asking: Asking) -> tuple[str, ...]:
    return tuple(question.name for question in _on(page) if question.shown(asking) and question.required(asking))


def _complete(page: str, asking: Asking) -> bool:
    return not _notes(page, asking) and all(given(asking.answers.get(name)) for name in _required(page, asking))


def _again(page: str) -> tuple[AskAgain, ...]:
    return tuple(again for again in AGAIN if again.page == page)


def _open_marks(page: str, asking: Asking) -> tuple[str, ...]:
    return tuple(again.mark for again in _again(page) if again.stands and again.open(asking))


def _notes(page: str, asking: Asking) -> tuple[str, ...]:
    return tuple(again.mark for again in _again(page) if again.is_due(asking))
