"""People of the firm who sign in, and the browsers they sit at."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import count
from typing import Any, Literal
from uuid import UUID

import pyotp
import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from scheduler.casework import conflict_confirming, passwords
from scheduler.casework.sessions import SignedIn
from scheduler.casework.staff import NewStaff, add_staff
from scheduler.models import Staff, db
from tests.builders.browser import Browser

PASSWORD = "paper boats float at noon"
_numbers = count(1)


class Watched(PasswordHasher):
    """The same argon2id with less work, so that the tests are done today; it remembers what was compared."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=1024, parallelism=1)
        self.compared: list[str | bytes] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002
        self.compared.append(hash)
        return super().verify(hash, password)


def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """Hash quickly for the rest of this test."""
    watched = Watched()
    monkeypatch.setattr(passwords, "_hasher", watched)
    monkeypatch.setattr(passwords, "_nobodys", cache(lambda: watched.hash("nobody")))
    return watched


@dataclass(frozen=True)
class Login:
    """How one of the staff signs in; `secret` is None for one without codes."""

    email: str
    secret: str | None

    def code(self, app: Flask, steps: int = 0) -> str:
        """What the app shows now, or so many steps of 30 seconds later."""
        now = app.extensions["cita"].clock.now() + timedelta(seconds=30 * steps)
        return pyotp.TOTP(self.secret or "").at(now)


def a_login(app: Flask, *roles: str, codes: bool = True, **changes: Any) -> Login:
    """Somebody new with these roles (a receptionist where none is said)."""
    email = f"staff{next(_numbers)}@firm.example"
    wanted: dict[str, Any] = {"name": "Robin Desk", "password": PASSWORD, "with_codes": codes, **changes}
    secret = add_staff(app.extensions["cita"], NewStaff(email=email, roles=roles or ("receptionist",), **wanted))
    return Login(email, secret)


def row_of(login: Login) -> Staff:
    """The row of a login as the database has it now."""
    db.session.rollback()
    return db.session.scalars(select(Staff).where(Staff.email == login.email)).one()


def who_is(login: Login) -> SignedIn:
    """Somebody as the use cases know her once she is signed in."""
    row = row_of(login)
    return SignedIn(row.id, row.name, tuple(row.roles), row.locale, row.person)


def password(browser: Browser, login: Login, said: str = PASSWORD, **fields: str) -> TestResponse:
    """Send address and password."""
    browser.get("/staff/login")
    return browser.post("/staff/login", email=login.email, password=said, **fields)


def code(browser: Browser, said: str) -> TestResponse:
    """Send a code."""
    browser.get("/staff/code")
    return browser.post("/staff/code", code=said)


def at_the_desk(app: Flask, *roles: str, **changes: Any) -> Browser:
    """A browser at which somebody new with these roles is signed in, who reads English."""
    browser = Browser(app)
    answer = password(browser, a_login(app, *roles, codes=False, **changes))
    browser.follow(answer)
    browser.get("/staff?lang=en")
    return browser


def confirm_names(app: Flask, intake_id: UUID) -> None:
    """An attorney has looked at the names: the brief opens."""
    conflict_confirming.confirm(app.extensions["cita"], who_is(a_login(app, "attorney", codes=False)), intake_id)
