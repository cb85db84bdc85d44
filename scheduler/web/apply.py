"""What the pages of the application share: this browser's intake, and the context its forms are built with."""

from flask import session

from forms.context import PageContext
from scheduler.casework import intake
from scheduler.casework.firm import firm
from scheduler.casework.intake import Draft
from scheduler.engine.answers import Answers
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


def context(answers: Answers) -> PageContext:
    """What a form must know besides what was typed."""
    now = parts().clock.now()
    return PageContext(today=firm().today(now), locale=locale(), answers=answers, now=now)
