"""Which language a page speaks: the one chosen by its link, else the one kept in the session, else Spanish."""

from flask import Flask, g, request, session

from scheduler.words import FIRST, languages, speaking

QUERY = "lang"


def register(app: Flask) -> None:
    """Speak the reader's language during each request."""
    app.before_request(_begin)
    app.teardown_request(_end)


def choose(language: str) -> None:
    """Keep a language for the rest of this session."""
    session["locale"] = language


def prefer(language: str) -> None:
    """Speak this language for this answer, unless she has chosen one herself."""
    if "locale" not in session:
        g.spoken.__exit__(None, None, None)
        g.spoken = speaking(language)
        g.spoken.__enter__()


def _begin() -> None:
    wanted = request.args.get(QUERY)
    if wanted in languages():
        choose(wanted)
    g.spoken = speaking(session.get("locale", FIRST))
    g.spoken.__enter__()


def _end(_problem: BaseException | None) -> None:
    spoken = g.pop("spoken", None)
    if spoken is not None:
        spoken.__exit__(None, None, None)
