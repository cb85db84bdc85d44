"""Leave now: what was not sent is deleted, and the browser is taken to a page that says nothing."""

import logging
from contextlib import suppress

from flask import Flask, current_app, g, make_response, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from scheduler.casework import helping, leaving
from scheduler.casework.firm import firm
from scheduler.casework.links import digest
from scheduler.web import staying
from scheduler.web.apply import DRAFT, HELPER, draft_token, forget_everybody
from scheduler.web.parts import parts
from scheduler.web.security import csrf

log = logging.getLogger(__name__)

PATH = "/x"
CLEAR = '"cache", "storage"'
OF, MARK = "of", 12
"""The field by which a page says of which intake it was drawn, and how long its mark is."""

NEUTRAL = "https://weather.com/"
"""Where the firm has named no page for leaving."""


def register(app: Flask) -> None:
    app.add_url_rule(PATH, "leave.left", left)
    app.add_url_rule(PATH, "leave.leave", leave, methods=["POST"])
    csrf.exempt(leave)
    app.context_processor(lambda: {"leave_url": neutral_site(), "drawn_of": drawn_of()})


def leave() -> ResponseReturnValue:
    """Delete the draft and the cookie; whatever is missing, old or broken, she leaves."""
    token, helper = draft_token() or _drawn_here(), str(session.get(HELPER, ""))
    session.clear()
    response = make_response(redirect(PATH, 303))
    response.headers["Clear-Site-Data"] = CLEAR
    config = current_app.config
    response.delete_cookie(
        config["SESSION_COOKIE_NAME"], secure=config["SESSION_COOKIE_SECURE"], httponly=True, samesite="Lax"
    )
    try:
        leaving.leave(parts(), token)
        if helper:
            helping.forget(parts(), helper)
    except (SQLAlchemyError, OSError) as problem:
        log.error("a draft could not be deleted: %s", type(problem).__name__)  # noqa: TRY400 (its words may repeat an answer)
    return response


def drawn_of() -> str:
    """A mark of the intake that a page is drawn of; empty where it is of none."""
    return _mark(str(session[DRAFT])) if g.get("draft") is not None and DRAFT in session else ""


def _drawn_here() -> str:
    """The token of the intake that the page before her was drawn of, though nobody touched it for too long."""
    token = str(session.get(DRAFT, ""))
    with suppress(HTTPException):
        return token if token and request.form.get(OF, "") == _mark(token) else ""
    return ""


def _mark(token: str) -> str:
    return digest(token).hex()[:MARK]


def left() -> ResponseReturnValue:
    """An empty page that goes elsewhere at once; what this browser no longer opens it forgets here."""
    if DRAFT in session and not draft_token():
        forget_everybody()
    staying.forget_if_over()
    headers = {"Refresh": f"0; url={neutral_site()}", "Clear-Site-Data": CLEAR}
    return render_template("intake/leave.html"), 200, headers


def neutral_site() -> str:
    """The firm's page for leaving in the reader's country, as far as her browser's language names one."""
    try:
        sites = firm().settings.get("neutral_site", {})
    except SQLAlchemyError:
        sites = {}
    country = (request.accept_languages.best or "").partition("-")[2].upper()
    return str(sites.get(country) or sites.get("") or NEUTRAL)
