"""A call that was cancelled, and the page to which its letter leads."""

from typing import Any

import pytest
from flask import Flask

from scheduler.casework import links
from scheduler.casework.delivery import deliver_one
from scheduler.casework.moving import Cancel, cancel
from scheduler.casework.parts import Parts
from scheduler.models import Consultation
from tests.builders.browser import Browser, a_booking
from tests.builders.firm import a_firm
from tests.web.conftest import START

BY_MAIL: dict[str, Any] = {"contact_channel": "email", "contact_email": "rosa@mail.example"}


def cancelled(app: Flask, parts: Parts, **answers: Any) -> Consultation:
    booked = a_booking(app, START, **answers)
    cancel(parts, Cancel(booked.id))
    return booked


def drain(parts: Parts) -> None:
    while deliver_one(parts):
        pass


@pytest.fixture
def hers(app: Flask, parts: Parts) -> Consultation:
    a_firm(app).with_attorney("Ana")
    return cancelled(app, parts)


@pytest.fixture
def back(parts: Parts, hers: Consultation) -> str:
    """The page to which the letter leads."""
    return f"/c/{links.again(parts, hers.intake_id, links.AGAIN)}/new-time"


def chooses(browser: Browser, back: str) -> None:
    """She has proved it and goes on to the times."""
    browser.get(back)
    browser.follow(browser.post(back))
