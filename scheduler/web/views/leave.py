"""Leave now: what was not sent is deleted, and the browser is taken to a page that says nothing."""

import logging

from flask import Flask, current_app, make_response, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from scheduler.casework import helping, leaving
from scheduler.casework.firm import firm
from scheduler.web import staying
from scheduler.web.apply import DRAFT, HELPER, draft_token, forget_everybody
from scheduler.web.parts import parts
from scheduler.web.security import csrf

log = logging.getLogger(__name__)

PATH = "/x"
CLEAR = '"cache", "storage"'
NEUTRAL = "https://weather.com/"
"""Where the firm has named no page for leaving."""


def register(app: Flask) -> None:
    app.add_url_rule(PATH, "leave.left", left)
    app.add_url_rule(PATH, "leave.leave", leave, methods=["POST"])
    csrf.exempt(leave)
    app.context_processor(lambda: {"leave_url": neutral_site()})


def leave() -> ResponseReturnValue:
    """Delete the draft and the cookie; whatever is missing, old or broken, she leaves."""
    token, helper = draft_token(), str(session.get(HELPER, ""))
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
