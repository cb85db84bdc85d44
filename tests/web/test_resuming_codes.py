"""How often a code may be tried, how long it counts, for which browser, and how many are sent."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework.parts import Parts
from scheduler.models import Resumption, db
from tests.builders.browser import Browser
from tests.conftest import Hands
from tests.web.resuming import NOBODYS, answer, asks, codes, draft, gives

pytestmark = pytest.mark.usefixtures("one_attorney")

WRONG = "No es lo que tenemos anotado."


def test_five_wrong_codes_and_the_right_one_opens_nothing(app: Flask, parts: Parts) -> None:
    browser = asks(Browser(app), draft(app).row.ref)
    right = codes(parts)[0]
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for _ in range(5):
        gives(browser, wrong)

    where = gives(browser, right)
    browser.get(where)

    assert (where, WRONG in browser.text) == ("/resume/code", True)


def test_a_code_works_once_and_for_ten_minutes(app: Flask, parts: Parts, hands: Hands) -> None:
    ref = draft(app).row.ref
    first, second = asks(Browser(app), ref), asks(Browser(app), ref)
    one, two = codes(parts)
    gives(first, one)
    hands.set(hands.now + timedelta(minutes=10))

    assert first.get("/resume/code").headers["Location"] == "/resume"
    assert gives(second, two) == "/resume/code"


def test_a_code_is_for_the_browser_that_asked(app: Flask, parts: Parts) -> None:
    ref = draft(app).row.ref
    asks(Browser(app), ref)
    stranger = asks(Browser(app), NOBODYS)

    assert gives(stranger, codes(parts)[0]) == "/resume/code"


def test_her_phone_is_not_flooded(app: Flask, parts: Parts, hands: Hands) -> None:
    ref = draft(app).row.ref
    for _ in range(7):
        asks(Browser(app), ref)
    within = len(codes(parts))
    hands.set(hands.now + timedelta(hours=1))

    asks(Browser(app), ref)

    assert (within, len(codes(parts))) == (5, 6)


def test_who_asked_is_forgotten_when_the_code_has_run_out(app: Flask, parts: Parts, hands: Hands) -> None:
    asks(Browser(app), NOBODYS)
    hands.set(hands.now + timedelta(minutes=10))

    answer(app)

    db.session.rollback()
    assert db.session.scalars(select(Resumption)).all() == []
