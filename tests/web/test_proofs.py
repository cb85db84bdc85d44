from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.models import ClientLink, Consultation, Outbox, db
from tests.builders.browser import Browser, a_booking, own_page
from tests.builders.firm import a_firm, an_intake
from tests.conftest import Hands
from tests.web.conftest import START, prove, tasks


@pytest.mark.parametrize("name", ["move", "cancel"])
def test_changes_ask_first_who_she_is(browser: Browser, page: str, name: str) -> None:
    browser.get(f"{page}/{name}")

    assert "¿Es usted?" in browser.text
    assert browser.slots == {}


def test_her_year_of_birth_opens_it_until_she_is_gone_for_an_hour(browser: Browser, page: str, hands: Hands) -> None:
    prove(browser, f"{page}/move")
    opened = bool(browser.slots)
    hands.set(hands.now + timedelta(minutes=60))
    browser.get(f"{page}/move")

    assert (opened, browser.slots) == (True, {})


def test_a_proof_counts_for_its_own_consultation_only(app: Flask, browser: Browser, page: str) -> None:
    another = own_page(app, a_booking(app, "2026-11-27T19:00"))
    prove(browser, f"{page}/move")

    browser.get(f"{another}/move")

    assert browser.slots == {}


def test_a_wrong_year_is_told_and_not_repeated(browser: Browser, page: str) -> None:
    prove(browser, f"{page}/move", "1991")

    assert "No es lo que tenemos anotado." in browser.text
    assert "1991" not in browser.same_each_time()


@pytest.mark.parametrize("year", ["", "abcd", "90", "1990; DROP", "9" * 5000, "\0", "-1990"])
def test_nonsense_is_a_message_and_no_try(browser: Browser, page: str, year: str) -> None:
    browser.get(f"{page}/move")

    browser.follow(browser.post(f"{page}/move", birth_year=year))

    assert "Escriba su año de nacimiento o la clave." in browser.text
    assert set(db.session.scalars(select(ClientLink.tries))) == {0}


def test_the_sixth_wrong_year_locks_the_link_for_an_hour_and_tells_the_desk(
    app: Flask, browser: Browser, booked: Consultation, page: str, hands: Hands
) -> None:
    browser.get(f"{page}/move")
    wrong = [browser.post(f"{page}/move", birth_year=str(1950 + turn)).status_code for turn in range(6)]
    right = [Browser(app)]
    right[0].get(f"{page}/cancel")
    refused = right[0].post(f"{page}/cancel", birth_year="1990")
    told = tasks("link_locked")
    hands.set(hands.now + timedelta(minutes=61))
    prove(browser, f"{page}/move")

    assert wrong == [303, 303, 303, 303, 303, 429]
    assert (refused.status_code, "1990" in refused.text) == (429, False)
    assert [task.consultation_id for task in told] == [booked.id]
    assert browser.slots


def test_wrong_tries_are_counted_by_the_link_whatever_the_browser(app: Flask, page: str) -> None:
    statuses = []
    for turn in range(6):
        browser = Browser(app)
        browser.get(f"{page}/move")
        statuses.append(browser.post(f"{page}/move", birth_year=str(1950 + turn)).status_code)

    assert statuses[-1] == 429


UNKNOWN = {"y": None, "m": None, "d": None, "precision": "year", "unknown": True}
CALL = {
    "es": "Para cambiar o cancelar su cita, llámenos",
    "en": "To change or cancel your appointment, please call us.",
}


@pytest.mark.parametrize("name", ["move", "cancel"])
@pytest.mark.parametrize("language", ["es", "en"])
def test_who_can_prove_nothing_is_told_to_call_and_asked_nothing(
    app: Flask, browser: Browser, name: str, language: str
) -> None:
    a_firm(app).with_attorney("Ana")
    hers = a_booking(app, START, may_write="no", birth_date=UNKNOWN, age_years=36, ui_locale=language)

    browser.get(f"{own_page(app, hers)}/{name}")

    asked = [field for field in ("birth_year", "code", "send_code") if f'name="{field}"' in browser.seen.text]
    assert (browser.seen.status_code, asked) == (200, [])
    assert CALL[language] in browser.text
    assert 'class="button" href="tel:' in browser.seen.text


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        pytest.param({"may_write": "no"}, ["birth_year"], id="she has a year"),
        pytest.param({"birth_date": UNKNOWN, "age_years": 36}, ["send_code"], id="she can get a code"),
    ],
)
def test_who_can_prove_it_one_way_is_asked_that_way(
    app: Flask, browser: Browser, answers: dict[str, Any], asked: list[str]
) -> None:
    a_firm(app).with_attorney("Ana")

    browser.get(f"{own_page(app, a_booking(app, START, **answers))}/move")

    assert CALL["es"] not in browser.text
    assert [name for name in ("birth_year", "code", "send_code") if f'name="{name}"' in browser.seen.text] == asked


def test_no_code_is_sent_where_no_message_may_be(app: Flask, browser: Browser) -> None:
    a_firm(app).with_attorney("Ana")
    page = own_page(app, a_booking(app, START, may_write="no"))

    browser.get(f"{page}/move")
    offered = "send_code" in browser.seen.text
    browser.follow(browser.post(f"{page}/move", send_code="1"))

    assert not offered
    assert "Ahora no podemos enviar una clave." in browser.text
    assert db.session.scalar(select(Outbox).where(Outbox.kind == "otp")) is None


@pytest.mark.parametrize("year", ["1990", "0", "2000"])
def test_who_does_not_know_her_birthday_is_not_let_in_by_a_year(app: Flask, browser: Browser, year: str) -> None:
    a_firm(app).with_attorney("Ana")
    unknown = {"y": None, "m": None, "d": None, "precision": "year", "unknown": True}
    page = own_page(app, a_booking(app, START, birth_date=unknown, age_years=36))

    prove(browser, f"{page}/move", year)

    assert browser.slots == {}


def test_an_intake_of_its_own_does_not_open_another_ones_page(app: Flask, page: str) -> None:
    stranger = Browser(app).with_intake(an_intake(app))

    stranger.get(f"{page}/move")

    assert stranger.slots == {}
