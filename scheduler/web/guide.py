"""The guide to the call: a list to read or print, with the firm's facts of today in it."""

from typing import Any

from flask import render_template

from scheduler.casework import facts
from scheduler.casework.facts import HELP, HOTLINE, SITE, TEXT, FactView
from scheduler.casework.firm import firm
from scheduler.engine.answers import Answers
from scheduler.engine.more_questions import SAW_MEXICO
from scheduler.engine.questions import Asking
from scheduler.web.parts import parts


def guide(answers: Answers, back_url: str) -> str:
    """The page; what is true only of those who wait in Mexico is said to them alone."""
    texts, hotlines, sites = (facts.of_kind(parts(), kind) for kind in (TEXT, HOTLINE, SITE))
    words = {"texts": texts, "hotlines": hotlines, "sites": sites, "cities": _by_city(), "back_url": back_url}
    asking = Asking(answers, firm().today(parts().clock.now()))
    return render_template("client/guide.html", waits_in_mexico=SAW_MEXICO(asking), **words)


def _by_city() -> list[tuple[str, list[FactView]]]:
    """Places of help under the names of their cities; she opens the one she wants."""
    cities: dict[str, Any] = {}
    for place in facts.of_kind(parts(), HELP).values():
        cities.setdefault(place.value["city"], []).append(place)
    return sorted(cities.items())
