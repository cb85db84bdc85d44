"""The page behind the message says, once she has proved who she is, that a file could not be kept."""

from uuid import uuid4

import pytest
from flask import Flask

from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.casework.uploads import UploadState
from scheduler.models import Consultation, Intake, Upload
from tests.builders.browser import Browser
from tests.web.conftest import prove

SAID = "We could not keep one file that you sent."


@pytest.fixture
def lost(app: Flask, parts: Parts, hers: Consultation) -> None:
    now = parts.clock.now()
    with writing() as session:
        session.get_one(Intake, hers.intake_id).state = "cleared"
        row = {"number": 1, "size": 1, "state": UploadState.INFECTED, "facts": None}
        session.add(Upload(id=uuid4(), intake_id=hers.intake_id, created_at=now, settled_at=now, **row))


def test_nothing_is_said_before_the_proof(browser: Browser, back: str, lost: None) -> None:
    browser.get(f"{back}?lang=en")

    assert SAID not in browser.text


def test_after_it_she_reads_that_she_may_send_it_again(browser: Browser, back: str, lost: None) -> None:
    prove(browser, back)

    browser.get(f"{back}?lang=en")

    assert SAID in browser.text


def test_who_may_send_no_more_reads_nothing_of_it(browser: Browser, back: str, lost: None, hers: Consultation) -> None:
    prove(browser, back)
    with writing() as session:
        session.get_one(Intake, hers.intake_id).state = "withdrawn"

    browser.get(f"{back}?lang=en")

    assert SAID not in browser.text


def test_where_nothing_was_lost_nothing_is_said(browser: Browser, back: str) -> None:
    prove(browser, back)

    browser.get(f"{back}?lang=en")

    assert SAID not in browser.text
