"""One table that answers every refusal."""

import errno
import logging
from contextlib import suppress
from typing import Any

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from werkzeug.exceptions import HTTPException

from scheduler.casework.calendars import NoSuchCalendar
from scheduler.casework.cases import NotThere
from scheduler.casework.changes import NoSuchConsultation
from scheduler.casework.diary import NoSuchTask, NotHersToDo
from scheduler.casework.facts import NoSuchFact
from scheduler.casework.keyring import KeyGone
from scheduler.casework.proofs import TooManyTries
from scheduler.casework.visits import NoSuchPage
from scheduler.web.access import PUBLIC
from scheduler.web.signing import who

log = logging.getLogger(__name__)

PAGES: dict[type[Exception], tuple[int, str]] = {
    CSRFError: (400, "errors/400.html"),
    KeyGone: (404, "errors/404.html"),
    NoSuchCalendar: (404, "errors/404.html"),
    NoSuchConsultation: (404, "errors/404.html"),
    NoSuchFact: (404, "errors/404.html"),
    NoSuchPage: (404, "errors/404.html"),
    NoSuchTask: (404, "errors/404.html"),
    NotHersToDo: (403, "errors/403.html"),
    NotThere: (404, "errors/404.html"),
    OperationalError: (503, "errors/503.html"),
    TooManyTries: (429, "errors/429.html"),
}
"""A refusal to the status and the page that answer it; none of these pages repeats what was typed."""

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What a disk that is full says of a file: of the database it is an OperationalError."""

STATUSES = frozenset({400, 403, 404, 405, 409, 410, 413, 429, 503})
RETRY_SECONDS = "10"
CLIENT, DESK = "errors/page.html", "errors/desk.html"
"""What stands around the words of an error."""


def register(app: Flask) -> None:
    """Answer refusals, HTTP errors and surprises with pages in the reader's language."""
    for refusal, (status, template) in PAGES.items():
        app.register_error_handler(refusal, _answer(status, template))
    app.register_error_handler(OSError, _disk)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _surprise)


def _answer(status: int, template: str) -> Any:
    def answer(_refusal: Exception) -> ResponseReturnValue:
        headers = {"Retry-After": RETRY_SECONDS} if status == 503 else {}
        return _page(template), status, headers

    return answer


def _disk(problem: OSError) -> ResponseReturnValue:
    """A full disk is no fault of the request: there may be room in a minute."""
    if problem.errno not in NO_ROOM:
        return _surprise(problem)
    log.error("the disk is full at %s", request.endpoint)
    return _page("errors/503.html"), 503, {"Retry-After": RETRY_SECONDS}


def _http(problem: HTTPException) -> ResponseReturnValue:
    code = problem.code or 500
    if code < 400:
        return problem.get_response()
    known = code if code in STATUSES else (400 if code < 500 else 500)
    headers = [pair for pair in problem.get_headers() if pair[0] == "Allow"]
    return _page(f"errors/{known}.html"), code, headers


def _surprise(problem: Exception) -> ResponseReturnValue:
    """Our own fault: logged by its type and place, never with what it carries."""
    log.error("unexpected %s at %s", type(problem).__name__, request.endpoint, exc_info=_without_words(problem))
    return _page("errors/500.html"), 500


def _page(template: str) -> str:
    return render_template(template, frame=DESK if _is_at_the_desk() else CLIENT)


def _is_at_the_desk() -> bool:
    """Whether one of the staff asked, whose work "Leave now" would end; the pages that are public are the clients'."""
    if "staff" not in g and request.endpoint not in PUBLIC:
        with suppress(SQLAlchemyError):
            g.staff = who()
    return g.get("staff") is not None


def _without_words(problem: Exception) -> tuple[type[Exception], Exception, Any]:
    """The traceback with the exception's own words, which may repeat an answer, left out."""
    return Exception, Exception(type(problem).__name__), problem.__traceback__
