"""The short address of texts: it asks who is there, and then leads to the client's own page, or to a new time."""

from flask import Flask, redirect
from flask.typing import ResponseReturnValue

from scheduler.casework import links, new_time
from scheduler.casework.new_time import Return
from scheduler.casework.visits import NoSuchPage, Visit, visit
from scheduler.web import locale, proving, staying
from scheduler.web.parts import parts
from scheduler.web.views import waiting_letter


def register(app: Flask) -> None:
    app.add_url_rule("/s/<code>", "short.ask", ask)
    app.add_url_rule("/s/<code>", "short.answer", answer, methods=["POST"])


def ask(code: str) -> ResponseReturnValue:
    """Who is there? A browser that has just proved it goes on at once."""
    try:
        seen = _look(code)
    except NoSuchPage:
        return waiting_letter.instead(code)
    return redirect(_behind(seen), 303) if proving.is_proven(seen) else proving.ask(code, seen)


def answer(code: str) -> ResponseReturnValue:
    """Open what lies behind it, whose long address stands nowhere in the page that asked."""
    seen = _look(code)
    return proving.answer(code, seen, _behind(seen))


def _look(code: str) -> Visit | Return:
    try:
        seen: Visit | Return = visit(parts(), code, links.SHORT)
    except NoSuchPage:
        seen = new_time.visit(parts(), code, links.AGAIN_SHORT)
    staying.stay(code, seen.stays, seen.subject, under=staying.SHORT)
    locale.prefer(seen.intake.locale)
    return seen


def _behind(seen: Visit | Return) -> str:
    """Her own page; where there is no time any more, the page on which she chooses a new one."""
    if isinstance(seen, Return):
        return f"/c/{new_time.token_of(parts(), seen)}/new-time"
    return f"/c/{links.token_of(parts(), seen.consultation)}"
