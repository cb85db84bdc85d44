"""A browser without a screen: it keeps its cookies, sends the token of the page it sees, and reads like a person."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from scheduler.casework import links
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.transaction import writing
from scheduler.models import Consultation, Intake
from tests.builders.firm import an_intake

VERSION = re.compile(r'name="version" value="([^"]+)"')
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
SLOT = re.compile(
    r'<input type="radio" name="slot_id" value="([^"]+)"[^>]*><span>([^<]*)<small>([^<]*)</small></span>', re.ASCII
)
FAR = 2**40
"""Seconds: no test comes so far that its browser closes by itself before she has asked for a page."""

CHANGING = re.compile(r'name="csrf_token" value="[^"]+"')


@dataclass
class Browser:
    """Each request is one of its own for the service, with a database session of its own."""

    app: Flask
    client: FlaskClient = field(init=False)
    seen: TestResponse = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def with_intake(self, intake: Intake) -> "Browser":
        """The browser in which this intake was filled in."""
        token = f"token-of-{intake.ref}"
        with writing() as session:
            session.get_one(Intake, intake.id).draft_hash = links.digest(token)
        with self.client.session_transaction() as cookie:
            cookie["draft"], cookie["until"] = token, FAR
        return self

    def waits(self) -> None:
        """She touches the page now and then, so that it is still open however late it is when she goes on."""
        with self.client.session_transaction() as cookie:
            cookie["until"] = FAR

    def get(self, path: str) -> TestResponse:
        with self.app.app_context():
            self.seen = self.client.get(path)
        return self.seen

    def post(self, path: str, **fields: str) -> TestResponse:
        """Send a form with the token of the page seen last, and its version where it has one."""
        token, version = TOKEN.search(self.seen.text), VERSION.search(self.seen.text)
        sent = {"csrf_token": token.group(1) if token else "", **fields}
        if version:
            sent.setdefault("version", version.group(1))
        with self.app.app_context():
            return self.client.post(path, data=sent)

    def follow(self, answer: TestResponse) -> TestResponse:
        return self.get(answer.headers["Location"])

    @property
    def text(self) -> str:
        """What the page says, without its markup."""
        body = re.sub(r"<(head|script)\b.*?</\1>", " ", self.seen.text, flags=re.DOTALL)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())

    @property
    def slots(self) -> dict[str, str]:
        """The times on the page: what is sent for each, and what it says."""
        return {value: f"{clock.strip()} {part.strip()}" for value, clock, part in SLOT.findall(self.seen.text)}

    def same_each_time(self) -> str:
        """The page without what is new in each showing."""
        return CHANGING.sub("", self.seen.text)


def at(text: str) -> datetime:
    """`2026-12-01T17:00` as an instant of UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def a_booking(app: Flask, start: str, call_mode: str = "phone", **answers: Any) -> Consultation:
    """An intake with these answers, booked by its client."""
    intake = an_intake(app, **answers)
    return book(app.extensions["cita"], BookSlot(intake.id, at(start), call_mode))


def own_page(app: Flask, consultation: Consultation) -> str:
    """The path of a consultation's own page."""
    return f"/c/{links.token_of(app.extensions['cita'], consultation)}"
