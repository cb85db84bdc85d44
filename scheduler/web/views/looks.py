"""Who opened many clients' answers within an hour, or at night: for those who answer for it; never whose they were."""

from flask import Flask, g, render_template
from flask.typing import ResponseReturnValue

from scheduler.casework import desk, looks
from scheduler.casework.access import Permission
from scheduler.casework.looks import Why
from scheduler.web import desk_words
from scheduler.web.parts import parts
from scheduler.words import _l

WORDS: dict[Why, object] = {
    Why.MANY: _l("more than 20 within an hour"),
    Why.CLOSED: _l("while the office was closed"),
}


def register(app: Flask) -> None:
    app.add_url_rule("/admin/looks", "looks.list", show)


def show() -> ResponseReturnValue:
    """The alarms, the newest first."""
    words = {"rows": looks.alarms(parts()), "words": WORDS, "say": desk_words}
    counts = desk.counts(parts()) if g.staff.may(Permission.SEE_DESK) else None
    return render_template("admin/looks.html", door="looks", counts=counts, **words)
