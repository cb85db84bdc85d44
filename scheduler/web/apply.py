"""What the pages of the application share: this browser's intake, where it stands, and what its forms must know."""

from flask import session

from forms.context import FirmLists, PageContext
from scheduler.casework import intake
from scheduler.casework.firm import firm
from scheduler.casework.intake import Draft, first_open_page, staff_languages
from scheduler.engine.answers import Answers
from scheduler.engine.branches import PAGES
from scheduler.web.parts import parts
from scheduler.words import locale

DRAFT = "draft"


def draft_token() -> str:
    """What opens this browser's intake; empty where it has none."""
    return str(session.get(DRAFT, ""))


def this_draft() -> Draft | None:
    """This browser's intake."""
    token = draft_token()
    return intake.find(parts(), token) if token else None


def begin_draft() -> None:
    """Give this browser a new, empty intake."""
    session[DRAFT] = intake.begin(parts(), locale())


def forget_draft() -> None:
    """The browser's intake is no longer its own."""
    session.pop(DRAFT, None)


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


def context(answers: Answers) -> PageContext:
    """What a form must know besides what was typed."""
    now, house = parts().clock.now(), firm()
    return PageContext(
        today=house.today(now),
        locale=locale(),
        answers=answers,
        firm=FirmLists(staff_languages=staff_languages(house)),
        now=now,
    )
