"""Is she still there? Asked on her own page, before it is closed."""

from typing import Any

from flask import Flask, current_app, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from scheduler.web import staying
from scheduler.web.views.idle import PAGE, question
from scheduler.web.views.leave import PATH as LEFT

RULE, SHORT = "/c/<token>/still-here", "/s/<code>/still-here"


def register(app: Flask) -> None:
    app.add_url_rule(RULE, "still_here.ask", ask)
    app.add_url_rule(RULE, "still_here.stay", stay, methods=["POST"])
    app.add_url_rule(SHORT, "still_here.ask_short", ask_short)
    app.add_url_rule(SHORT, "still_here.stay_short", stay_short, methods=["POST"])


def ask(token: str) -> ResponseReturnValue:
    """The question, and how long it stands; to look at it keeps nothing open."""
    return question(staying.seconds_left(token), request.path, _page(token, request.args))


def stay(token: str) -> ResponseReturnValue:
    """She is: back to what she was looking at, for as long again."""
    if not staying.stay_on(token):
        return redirect(LEFT, 303)
    page = _page(token, request.form)
    return redirect(f"/c/{token}/{page}" if page else f"/c/{token}", 303)


def ask_short(code: str) -> ResponseReturnValue:
    """The same where she came by a text, and has not proved yet who she is."""
    return question(staying.seconds_left(code), request.path, "")


def stay_short(code: str) -> ResponseReturnValue:
    """She is: the page that asks who she is, for as long again."""
    return redirect(f"/s/{code}" if staying.stay_on(code) else LEFT, 303)


def _page(token: str, said: Any) -> str:
    """What she was looking at, if it is one of ours: no address is made of what somebody sent."""
    page = str(said.get("page", ""))
    if not PAGE.fullmatch(page):
        return ""
    try:
        current_app.url_map.bind("").match(f"/c/{token}/{page}", method="GET")
    except (HTTPException, RequestRedirect):
        return ""
    return page
