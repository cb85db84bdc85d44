"""The letter to her whom the firm cannot take: no reason, and places where she may ask (intake.md §4.6)."""

from collections.abc import Mapping
from datetime import datetime

from flask import render_template
from markupsafe import Markup

from scheduler.casework import facts, when
from scheduler.casework.facts import HELP
from scheduler.casework.firm import firm
from scheduler.casework.referring import Referral
from scheduler.web.in_language import in_each
from scheduler.web.parts import parts


def page(deleted_on: datetime, referral: Referral | None = None, action: str = "") -> str:
    """The letter, in the language of the page; who is referred says there, by a form to `action`, what is shared."""
    return render_template("client/not_taken.html", referral=referral, action=action, **words(deleted_on))


def letters(deleted_on: datetime, referral: Referral | None = None) -> Mapping[str, Markup]:
    """The same as parts of a page, by language."""
    return in_each("client/not_taken_words.html", lambda: {"referral": referral, **words(deleted_on)})


def words(deleted_on: datetime) -> dict[str, object]:
    """What it says: until which day of the firm's what she told is there, and who else may help."""
    return {"date": when.day(firm().today(deleted_on)), "places": list(facts.of_kind(parts(), HELP).values())}
