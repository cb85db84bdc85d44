"""A time that was chosen well waits for her while she mends the rest of the page."""

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework.booking import BookSlot, SlotTaken, book
from scheduler.casework.parts import Parts
from scheduler.models import Consultation, Intake, db
from tests.builders.browser import Browser, at
from tests.builders.firm import a_firm, an_intake

FIRST, LATER = "2026-11-25T17:00Z", "2026-11-27T17:00Z"
TAKEN = "Alguien acaba de tomar esa hora"


@pytest.fixture
def intake(app: Flask) -> Intake:
    a_firm(app).with_attorney("Ana")
    return an_intake(app)


@pytest.fixture
def browser(app: Flask, intake: Intake) -> Browser:
    browser = Browser(app).with_intake(intake)
    browser.get("/apply/time")
    return browser


def states() -> list[str]:
    db.session.rollback()
    return sorted(db.session.scalars(select(Consultation.state)))


def test_while_she_chooses_how_to_talk_nobody_takes_her_time(app: Flask, parts: Parts, browser: Browser) -> None:
    browser.follow(browser.post("/apply/time", slot_id=FIRST))

    with pytest.raises(SlotTaken):
        book(parts, BookSlot(an_intake(app).id, at("2026-11-25T17:00"), "phone"))
    assert "Elija cómo hablar." in browser.text
    assert f'value="{FIRST}" id="slot_id" checked' in browser.seen.text


def test_once_she_has_mended_it_the_time_is_hers(browser: Browser) -> None:
    browser.follow(browser.post("/apply/time", slot_id=FIRST))

    answer = browser.post("/apply/time", slot_id=FIRST, call_mode="phone")

    assert (answer.headers["Location"], states()) == ("/apply/done", ["booked", "expired_hold"])


def test_a_hold_leads_to_no_page_that_says_it_is_booked(browser: Browser) -> None:
    browser.post("/apply/time", slot_id=FIRST)

    assert browser.get("/apply/done").headers["Location"] == "/apply/time"
    assert browser.get("/apply/time").status_code == 200


def test_the_next_choice_takes_the_place_of_the_first(app: Flask, parts: Parts, browser: Browser) -> None:
    browser.post("/apply/time", slot_id=FIRST)
    browser.post("/apply/time", slot_id=LATER)

    book(parts, BookSlot(an_intake(app).id, at("2026-11-25T17:00"), "phone"))

    assert states() == ["booked", "expired_hold", "held"]


def test_a_time_that_was_taken_meanwhile_is_told_at_once(app: Flask, parts: Parts, browser: Browser) -> None:
    book(parts, BookSlot(an_intake(app).id, at("2026-11-25T17:00"), "phone"))

    browser.seen = browser.post("/apply/time", slot_id=FIRST)

    assert (browser.seen.status_code, FIRST in browser.slots) == (409, False)
    assert TAKEN in browser.text


@pytest.mark.parametrize("slot", ["", "tomorrow"])
def test_no_time_is_held_where_none_was_chosen(browser: Browser, slot: str) -> None:
    browser.post("/apply/time", slot_id=slot)

    assert states() == []
