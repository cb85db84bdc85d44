"""People of the firm at their desks, each in a window of her own, who read English."""

from collections.abc import Callable
from typing import Any

from flask import Flask

from tests.builders.staff import PASSWORD, a_login
from tests.journeys.reader import Reader


def signs_in(app: Flask, window: Callable[..., Reader], role: str, **changes: Any) -> Reader:
    """Somebody with this role, who has just signed in."""
    login = a_login(app, role, codes=False, **changes)
    reader = window(width=1280, height=900, language="en-US")
    reader.opens("/staff/login?lang=en")
    reader.writes("Email", login.email)
    reader.writes("Password", PASSWORD)
    reader.presses("Sign in")
    return reader
