"""Who cannot or will not give her year of birth proves it by a code, sent once, to her safe channel."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from scheduler.casework import proofs
from scheduler.casework.outbox import extras_of
from scheduler.casework.parts import Parts
from scheduler.models import ClientLink, Outbox, db
from tests.builders.browser import Browser
from tests.conftest import Hands


def test_a_code_goes_to_the_safe_channel_and_opens_the_page_once(
    app: Flask, parts: Parts, browser: Browser, page: str
) -> None:
    browser.get(f"{page}/move")
    browser.follow(browser.post(f"{page}/move", send_code="1"))
    letter = db.session.scalar(select(Outbox).where(Outbox.kind == "otp"))
    assert letter is not None
    code = extras_of(parts, letter)["code"]
    asked = 'name="code"' in browser.seen.text
    browser.follow(browser.post(f"{page}/move", code=f"{code[:3]} {code[3:]}"))
    second = Browser(app)
    second.get(f"{page}/move")
    second.follow(second.post(f"{page}/move", code=code))

    assert (asked, len(code), bool(browser.slots), second.slots) == (True, 6, True, {})
    assert code not in str([*db.session.scalars(select(Outbox.facts))])


def test_a_code_runs_out_after_ten_minutes(parts: Parts, browser: Browser, page: str, hands: Hands) -> None:
    browser.get(f"{page}/move")
    browser.post(f"{page}/move", send_code="1")
    letter = db.session.scalar(select(Outbox).where(Outbox.kind == "otp"))
    assert letter is not None
    code = extras_of(parts, letter)["code"]
    hands.set(hands.now + timedelta(minutes=10))

    browser.follow(browser.post(f"{page}/move", code=code))

    assert browser.slots == {}


def test_codes_are_not_sent_again_and_again(browser: Browser, page: str, hands: Hands) -> None:
    browser.get(f"{page}/move")
    for _ in range(12):
        browser.post(f"{page}/move", send_code="1")
        hands.set(hands.now + timedelta(seconds=40))

    db.session.rollback()
    assert db.session.scalar(select(func.count(Outbox.id)).where(Outbox.kind == "otp")) == proofs.MOST_CODES


@pytest.mark.parametrize(
    ("seconds", "codes"),
    [
        pytest.param(59, 1, id="within the minute"),
        pytest.param(60, 2, id="a minute later"),
    ],
)
def test_who_asks_again_within_a_minute_reads_that_the_code_is_on_its_way(
    browser: Browser, page: str, hands: Hands, seconds: int, codes: int
) -> None:
    browser.get(f"{page}/move")
    browser.post(f"{page}/move", send_code="1")
    hands.set(hands.now + timedelta(seconds=seconds))

    browser.follow(browser.post(f"{page}/move", send_code="1"))

    assert ("La clave ya va en camino." in browser.text) == (codes == 1)
    assert "Ahora no podemos enviar una clave." not in browser.text
    assert _codes() == codes


def test_that_a_code_is_on_its_way_is_said_once(browser: Browser, page: str) -> None:
    browser.get(f"{page}/move")
    browser.post(f"{page}/move", send_code="1")
    browser.follow(browser.post(f"{page}/move", send_code="1"))

    browser.get(f"{page}/move")

    assert "en camino" not in browser.text


@pytest.mark.parametrize(
    ("typed", "opened", "codes"),
    [
        pytest.param({"birth_year": "1990"}, True, 0, id="her year"),
        pytest.param({"birth_year": "1991"}, False, 0, id="another year"),
        pytest.param({"code": "123456"}, False, 0, id="a wrong code"),
        pytest.param({"birth_year": "", "code": " "}, False, 1, id="nothing typed"),
    ],
)
def test_what_was_typed_is_judged_even_where_a_code_is_asked_for_too(
    browser: Browser, page: str, typed: dict[str, str], opened: bool, codes: int
) -> None:
    browser.get(f"{page}/move")

    browser.follow(browser.post(f"{page}/move", send_code="1", **typed))

    assert (bool(browser.slots), _codes()) == (opened, codes)
    assert sum(db.session.scalars(select(ClientLink.tries))) == (not opened and not codes)


def _codes() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(Outbox.id)).where(Outbox.kind == "otp")) or 0
