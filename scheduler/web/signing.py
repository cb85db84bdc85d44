"""Who is signed in on this browser: Flask-Login over sessions that can be ended from here."""

import re
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import quote

from flask import Flask, request, session
from flask_login import LoginManager, current_user, login_user

from scheduler.casework import sessions
from scheduler.casework.access import Permission
from scheduler.casework.sessions import SignedIn
from scheduler.casework.staff import Opened
from scheduler.web.locale import choose
from scheduler.web.parts import parts
from scheduler.words import languages

LOGIN = "/staff/login"
ACCOUNT = "/staff"
DESK = "/desk"
WAITING = "waiting_for_code"
NEXT = "next"
OUR_PATH = re.compile(r"/(?:desk|b|admin)(?:/[A-Za-z0-9-]{1,60}){0,3}", re.ASCII)
"""Where a login may lead: our own pages by their path, and nothing else."""

_logins = LoginManager()


@dataclass(frozen=True, slots=True)
class Holder:
    """What Flask-Login keeps: the token is its id, and stands in the browser's cookie alone."""

    token: str = field(repr=False)
    who: SignedIn
    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """The token, from which the next request finds the session again."""
        return self.token


def register(app: Flask) -> None:
    """Load who is signed in from the sessions of the database."""
    _logins.session_protection = None
    _logins.init_app(app, add_context_processor=False)
    _logins.user_loader(_load)


def who() -> SignedIn | None:
    """Who is signed in; None for everybody else."""
    return cast("Holder", current_user).who if current_user.is_authenticated else None


def token() -> str:
    """The token of who is signed in."""
    return str(current_user.get_id())


def wait_for_code(opened: Opened, path: str) -> None:
    """Keep a right password until its code comes, in a browser session that is new."""
    _renew(opened)
    session[WAITING], session[NEXT] = opened.token, path


def let_in(opened: Opened) -> str:
    """Sign in on this browser, in a session that is new; where to go then."""
    path = str(session.get(NEXT, ""))
    _renew(opened)
    found = sessions.signed_in(parts(), opened.token)
    if found is None:
        return LOGIN
    login_user(Holder(opened.token, found))
    return ours(path) or (DESK if found.may(Permission.SEE_DESK) else ACCOUNT)


def ours(path: str) -> str:
    """The path, if it is one of our own pages; else nothing."""
    return path if OUR_PATH.fullmatch(path) else ""


def here() -> str:
    """The query that brings her back to this page after the login, where it can be shown again."""
    path = ours(request.path) if request.method in {"GET", "HEAD"} else ""
    return f"?{NEXT}={quote(path)}" if path else ""


def _load(kept: str) -> Holder | None:
    found = sessions.signed_in(parts(), kept)
    return Holder(kept, found) if found else None


def _renew(opened: Opened) -> None:
    """Nothing of the session before goes on: neither its token nor what else was in it."""
    language = session.get("locale") or opened.locale
    session.clear()
    choose(language if language in languages() else opened.locale)
