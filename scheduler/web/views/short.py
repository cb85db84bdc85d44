"""The short address of texts: it asks who is there, and then leads to the client's own page."""

from flask import Flask, redirect
from flask.typing import ResponseReturnValue

from scheduler.casework import links
from scheduler.casework.visits import Visit, visit
from scheduler.web import locale, proving
from scheduler.web.parts import parts


def register(app: Flask) -> None:
    app.add_url_rule("/s/<code>", "short.ask", ask)
    app.add_url_rule("/s/<code>", "short.answer", answer, methods=["POST"])


def ask(code: str) -> ResponseReturnValue:
    """Who is there? A browser that has just proved it goes on at once."""
    seen = _look(code)
    return redirect(_own_page(seen), 303) if proving.is_proven(seen) else proving.ask(code, seen)


def answer(code: str) -> ResponseReturnValue:
    """Open her own page, whose long address stands nowhere in the page that asked."""
    seen = _look(code)
    return proving.answer(code, seen, _own_page(seen))


def _look(code: str) -> Visit:
    seen = visit(parts(), code, links.SHORT)
    locale.prefer(seen.intake.locale)
    return seen


def _own_page(seen: Visit) -> str:
    return f"/c/{links.token_of(parts(), seen.consultation)}"
