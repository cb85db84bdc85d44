"""What the pages of the application share: this browser's intake, where it stands, and what its forms must know."""

from datetime import timedelta
from math import ceil
from typing import TypeVar

from flask import g, session

from forms.base import QuestionForm
from forms.context import FirmLists, PageContext
from scheduler.casework import intake
from scheduler.casework.firm import firm
from scheduler.casework.intake import Draft, first_open_page, staff_languages
from scheduler.casework.leaving import ON_SCREEN_UNSAFE, stays_on_screen
from scheduler.casework.rejections import Rejected
from scheduler.engine.answers import Answers
from scheduler.engine.branches import PAGES
from scheduler.web.parts import parts
from scheduler.words import locale

Drawn = TypeVar("Drawn", bound=QuestionForm)

DRAFT, UNTIL, KNOWS_LITTLE = "draft", "until", "knows_little"
"""The token that opens this browser's intake, and the instant from which it opens nothing, unless she goes on."""

HELPER = "helper"
"""The token of a helper's list, where she helps several people from this browser."""


def draft_token() -> str:
    """What opens this browser's intake; empty where it has none, or was left alone for too long."""
    return str(session.get(DRAFT, "")) if seconds_left() else ""


def seconds_left() -> int:
    """How long this browser's intake stays open without another request; 0 where there is none."""
    left = float(session.get(UNTIL, 0)) - parts().clock.now().timestamp()
    return max(0, ceil(left)) if DRAFT in session else 0


def this_draft() -> Draft | None:
    """This browser's intake; whoever asks for it is still there."""
    token = draft_token()
    draft = intake.find(parts(), token) if token else None
    if draft is not None:
        _stay(stays_on_screen(draft.answers))
        g.draft = draft
    return draft


def begin_draft() -> None:
    """Give this browser a new, empty intake."""
    open_here(intake.begin(parts(), locale()))


def open_here(token: str, *, knows_little: bool = False) -> None:
    """
    Let this browser open the intake of the token; until its answers are looked at it may be unsafe here.

    Where it `knows_little`, nothing was answered in it, and no page shows it what was.
    """
    session[DRAFT] = token
    session.pop(KNOWS_LITTLE, None)
    if knows_little:
        session[KNOWS_LITTLE] = True
    _stay(ON_SCREEN_UNSAFE)


def forget_draft() -> None:
    """The browser's intake is no longer its own."""
    for name in (DRAFT, UNTIL, KNOWS_LITTLE):
        session.pop(name, None)


def what_it_knows(draft: Draft) -> Answers:
    """The answers that this browser may see before anything is typed into a form."""
    return {} if knows_little() else draft.answers


def knows_little() -> bool:
    """Whether nothing of its intake was answered in this browser, which came to it by a link and a proof."""
    return bool(session.get(KNOWS_LITTLE))


def forget_everybody() -> None:
    """Neither an intake nor a helper's list is this browser's own any more."""
    forget_draft()
    session.pop(HELPER, None)


def _stay(time: timedelta) -> None:
    session[UNTIL] = ceil((parts().clock.now() + time).timestamp())
    g.idle = int(time.total_seconds())


def address(page: str) -> str:
    """Where a page, a stop, the times or the end are found."""
    return f"/apply/{page}"


def standing(draft: Draft | None) -> str:
    """The address where she goes on: the first page that wants something, the call she waits for, or the times."""
    if draft is None:
        return address(PAGES[0])
    if draft.promise is not None:
        return address(draft.promise.stop)
    if not draft.is_open:
        return address("time")
    house = firm()
    return address(first_open_page(draft.answers, house.today(parts().clock.now()), staff_languages(house)))


def drawn(kind: type[Drawn], page: str, known: PageContext, rejected: Rejected | None) -> Drawn:
    """The form of a page with her answers; as it was typed where that page was refused and waits to be shown again."""
    if rejected is not None and rejected.page == page:
        return kind.rebuilt(rejected.raw, known, rejected.messages)
    return kind(None, known)


def context(answers: Answers) -> PageContext:
    """What a form must know besides what was typed."""
    now, house = parts().clock.now(), firm()
    return PageContext(
        today=house.today(now),
        locale=locale(),
        answers=answers,
        firm=FirmLists(
            staff_languages=staff_languages(house),
            venues=house.venues,
            off=house.questions_off,
            own=house.own_questions,
        ),
        now=now,
    )
