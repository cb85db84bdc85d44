"""Is she still there? Asked before a page is closed that nobody has touched for long (intake.md §1.2)."""

import re
from datetime import timedelta
from typing import Any

from flask import Flask, current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from scheduler.engine.branches import PAGES
from scheduler.web.apply import address, seconds_left, standing, this_draft
from scheduler.web.views.leave import PATH as LEFT

STILL_HERE = address("still-here")
WARNING = timedelta(minutes=2)
PAGE = re.compile(r"[a-z][a-z/-]{1,30}", re.ASCII)


def register(app: Flask) -> None:
    app.add_url_rule(STILL_HERE, "idle.ask", ask)
    app.add_url_rule(STILL_HERE, "idle.stay", stay, methods=["POST"])
    app.context_processor(_idle)


def ask() -> ResponseReturnValue:
    """The question, and how long it stands; to look at it keeps nothing open."""
    return question(seconds_left(), STILL_HERE, _page(request.args))


def question(left: int, action: str, page: str) -> ResponseReturnValue:
    """Is she still there? For so many seconds more, and where the answer goes; to nowhere once it is too late."""
    if not left:
        return redirect(LEFT, 303)
    return render_template("intake/still_here.html", left=left, left_url=LEFT, action=action, page=page)


def stay() -> ResponseReturnValue:
    """She is: back to the page she was on, for as long again."""
    draft, page = this_draft(), _page(request.form)
    if draft is None:
        return redirect(LEFT, 303)
    return redirect(address(page) if page else standing(draft), 303)


def _page(said: Any) -> str:
    """The page she was on, if it is one of ours: no address is made of what somebody sent."""
    page = said.get("page", "")
    rules = {address(page) for page in PAGES} | {rule.rule for rule in current_app.url_map.iter_rules()}
    return page if address(page) in rules else ""


def _idle() -> dict[str, Any]:
    """Where her answers or her time are shown: when the page is closed, when she is asked (in seconds), and where."""
    if "idle" not in g:
        return {}
    under = g.get("idle_under", address(""))
    page, still_here = request.path.removeprefix(under), f"{under}still-here"
    asking = f"{still_here}?page={page}" if PAGE.fullmatch(page) else still_here
    asked_after = g.idle - int(WARNING.total_seconds())
    return {"idle": {"ends": g.idle, "asks": asked_after, "url": asking, "action": still_here}}
