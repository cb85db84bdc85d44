import hashlib
import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework.transaction import writing
from scheduler.engine.wording import banned_words
from scheduler.models import Base, Consultation, Outbox, db
from tests.builders.browser import Browser, a_booking, at, own_page
from tests.builders.firm import a_firm, again
from tests.conftest import Hands
from tests.web.conftest import START

SCANNERS = ["Mozilla/5.0 (compatible; SafeLinks)", "WhatsApp/2.23", "facebookexternalhit/1.1", "Slackbot-LinkExpanding"]
CHANGING_PAGES = ["move", "cancel", "not-now"]


def everything() -> str:
    """A hash over every row of every table."""
    db.session.rollback()
    rows = [
        repr(tuple(row)) for table in Base.metadata.sorted_tables for row in db.session.execute(table.select()).all()
    ]
    db.session.rollback()
    return hashlib.sha256("".join(sorted(rows)).encode()).hexdigest()


def test_the_bare_link_tells_her_time_and_who_calls_from_which_number(browser: Browser, page: str) -> None:
    browser.get(page)

    assert "Viernes, 27 de noviembre, a las 9:00 de la mañana (hora de Tijuana)" in browser.text
    assert "Le llamaremos desde el +12135550100." in browser.text


def test_a_whatsapp_call_is_named_so(app: Flask, browser: Browser) -> None:
    a_firm(app).with_attorney("Ana")
    booked = a_booking(app, START, "whatsapp_call", contact_channel="whatsapp")

    browser.get(own_page(app, booked))

    assert "WhatsApp" in browser.text


def test_after_the_call_it_says_that_the_time_has_passed(app: Flask, browser: Browser, hands: Hands) -> None:
    a_firm(app).with_attorney("Ana")
    booked = a_booking(app, START, "video")
    hands.set(booked.ends_at)

    browser.get(own_page(app, booked))

    assert "Esta hora ya pasó. Si no pudimos hablar, llame al +12135550100." in browser.text
    assert "El enlace de video" not in browser.text


@pytest.mark.parametrize("city", ["tijuana", "mexico_city", "ciudad_juarez", "prefer_not"])
@pytest.mark.parametrize("language", ["es", "en"])
def test_the_bare_link_gives_nothing_away(app: Flask, browser: Browser, city: str, language: str) -> None:
    a_firm(app).with_attorney("Ana")
    booked = a_booking(app, "2026-11-27T20:00", mx_city=city)

    page = own_page(app, booked)
    seen = browser.get(f"{page}?lang={language}")

    without_what_is_random = browser.same_each_time().replace(page, "")
    assert banned_words(browser.text) == []
    assert not any(said in without_what_is_random for said in ("Rosa", "Hern", "Ana", "+5266", "1990", "HN"))
    assert f"<title>{'Citas' if language == 'es' else 'Appointments'}</title>" in seen.text
    assert seen.headers["Cache-Control"] == "no-store"


def test_it_speaks_the_language_she_asked_in_until_she_chooses_another(app: Flask, browser: Browser) -> None:
    a_firm(app).with_attorney("Ana")
    page = own_page(app, a_booking(app, START, ui_locale="en"))

    assert "Your appointment" in browser.get(page).text
    assert "Su cita" in browser.get(f"{page}?lang=es").text


def test_scanners_change_nothing(app: Flask, page: str) -> None:
    before = everything()

    for path in [page, *(f"{page}/{name}" for name in (*CHANGING_PAGES, "calendar.ics"))]:
        for turn in range(20):
            with app.app_context():
                method = ("GET", "HEAD", "OPTIONS")[turn % 3]
                agent = {"User-Agent": SCANNERS[turn % len(SCANNERS)]}
                assert app.test_client().open(path, method=method, headers=agent).status_code < 500
    assert everything() == before


def test_a_row_that_changes_would_be_noticed(booked: Consultation) -> None:
    before = everything()
    with writing() as session:
        session.get_one(Consultation, booked.id).client_moves += 1

    assert everything() != before


@pytest.mark.parametrize(
    ("seconds", "is_open"),
    [
        pytest.param(-601, False, id="a second too early"),
        pytest.param(-600, True, id="ten minutes before"),
        pytest.param(0, True, id="at its beginning"),
        pytest.param(45 * 60 - 1, True, id="until its end"),
        pytest.param(45 * 60, False, id="at its end"),
    ],
)
def test_the_door_of_the_video_room_opens_ten_minutes_before(
    app: Flask, browser: Browser, hands: Hands, seconds: int, is_open: bool
) -> None:
    a_firm(app).with_attorney("Ana")
    page = own_page(app, a_booking(app, START, "video"))
    hands.set(at(START) + timedelta(seconds=seconds))

    browser.get(page)

    assert bool(re.search(r'href="https://meet\.example/[\w-]{22}"', browser.seen.text)) is is_open
    assert ("meet.example" in browser.seen.text) is is_open


def test_an_attorneys_own_room_comes_before_the_firms_pattern(app: Flask, browser: Browser, hands: Hands) -> None:
    a_firm(app).with_attorney("Ana", room_url="https://rooms.example/ana-7")
    page = own_page(app, a_booking(app, START, "video"))
    hands.set(at(START))

    assert 'href="https://rooms.example/ana-7"' in browser.get(page).text


def test_no_letter_and_no_clear_column_holds_a_room(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")
    booked = a_booking(app, START, "video")
    facts = db.session.scalars(select(Outbox.facts)).all()

    assert again(Consultation, booked.id).room
    assert "meet.example" not in str(facts)
