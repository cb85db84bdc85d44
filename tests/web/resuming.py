"""Words for tests of going on by number and code."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from scheduler.casework import resuming
from scheduler.casework.outbox import extras_of
from scheduler.casework.parts import Parts
from scheduler.models import Outbox, db
from tests.builders.browser import Browser
from tests.builders.client import Client

NOBODYS = "ZZZZZZZZ"


def codes(parts: Parts) -> list[str]:
    """Every code that was sent, the first first."""
    db.session.rollback()
    sent = select(Outbox).where(Outbox.kind == "otp").order_by(Outbox.created_at)
    return [extras_of(parts, row)["code"] for row in db.session.scalars(sent)]


def asks(browser: Browser, ref: str) -> Browser:
    """Give the number, as far as the page that asks for the code; the job has looked at it."""
    browser.get("/resume")
    browser.follow(browser.post("/resume", ref=ref))
    answer(browser.app)
    return browser


def answer(app: Flask) -> None:
    """The job's turn."""
    db.session.rollback()
    resuming.answer_all(app.extensions["cita"])


def gives(browser: Browser, code: str) -> str:
    """Give the code; the address that follows."""
    browser.get("/resume/code")
    return browser.post("/resume/code", code=code).headers["Location"]


def draft(app: Flask, **answers: Any) -> Client:
    return Client(app).through_all_pages(until="where", **answers)
