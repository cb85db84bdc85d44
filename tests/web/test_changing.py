from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.models import Block, Consultation, db
from tests.builders.browser import Browser, a_booking, at
from tests.builders.firm import again
from tests.conftest import Hands
from tests.web.conftest import OTHER, START, letters, prove

CHANGING_PAGES = ["move", "cancel", "not-now"]


@pytest.mark.parametrize("name", ["move", "cancel"])
def test_without_a_proof_a_post_changes_nothing(browser: Browser, booked: Consultation, page: str, name: str) -> None:
    browser.get(page)
    answer = browser.post(f"{page}/{name}", slot_id=OTHER)

    found = again(Consultation, booked.id)
    assert answer.status_code == 303
    assert (found.state, found.sequence) == ("booked", 0)


def test_a_move_keeps_uid_and_attorney_and_raises_the_sequence(
    browser: Browser, booked: Consultation, page: str
) -> None:
    before = (booked.uid, booked.attorney, booked.dtstamp)
    prove(browser, f"{page}/move")
    answers = [browser.post(f"{page}/move", slot_id=OTHER) for _ in range(2)]
    browser.follow(answers[0])

    moved = again(Consultation, booked.id)
    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {(303, page)}
    assert (moved.uid, moved.attorney, moved.dtstamp > before[2]) == (before[0], before[1], True)
    assert (moved.sequence, moved.starts_at) == (1, at("2026-11-30T18:00"))
    assert "Lunes, 30 de noviembre, a las 10:00 de la mañana" in browser.text
    assert len(letters(booked, "moved")) == 1


def test_a_move_shows_every_time_but_the_one_she_has(browser: Browser, page: str) -> None:
    prove(browser, f"{page}/move")

    assert browser.slots
    assert f"{START}Z" not in browser.slots
    assert "Ahora allí son las 9:00 de la mañana." in browser.text


def test_a_move_to_a_time_taken_meanwhile_keeps_hers_and_shows_the_rest(
    app: Flask, browser: Browser, booked: Consultation, page: str
) -> None:
    prove(browser, f"{page}/move")
    a_booking(app, OTHER.removesuffix("Z"))
    a_booking(app, OTHER.removesuffix("Z"))

    browser.seen = browser.post(f"{page}/move", slot_id=OTHER)

    assert browser.seen.status_code == 409
    assert browser.slots
    assert again(Consultation, booked.id).starts_at == at(START)


@pytest.mark.parametrize("slot", ["", "soon", "2026-13-01T00:00Z", "\0", "9" * 50_000])
def test_a_move_without_a_time_asks_for_one(browser: Browser, page: str, slot: str) -> None:
    prove(browser, f"{page}/move")

    browser.follow(browser.post(f"{page}/move", slot_id=slot))

    assert "Elija día y hora." in browser.text


def test_after_three_moves_she_is_asked_to_call(browser: Browser, booked: Consultation, page: str) -> None:
    prove(browser, f"{page}/move")
    for slot in ("2026-11-30T18:00Z", "2026-11-30T19:00Z", "2026-11-30T20:00Z", "2026-11-30T21:00Z"):
        browser.post(f"{page}/move", slot_id=slot)
    browser.follow(browser.get(f"{page}/move"))

    assert again(Consultation, booked.id).starts_at == at("2026-11-30T20:00")
    assert "Para cambiarla, llame al +12135550100." in browser.text


def test_a_cancellation_ends_the_link_and_says_so_to_who_cancelled(
    app: Flask, browser: Browser, booked: Consultation, page: str
) -> None:
    prove(browser, f"{page}/cancel")
    answers = [browser.post(f"{page}/cancel") for _ in range(2)]
    browser.follow(answers[0])

    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {(303, f"{page}/cancel")}
    assert "Esta cita se canceló." in browser.text
    assert again(Consultation, booked.id).state == "cancelled_client"
    assert browser.get(page).status_code == 404
    assert Browser(app).get(f"{page}/cancel").status_code == 404
    assert not db.session.scalars(select(Block).where(Block.active)).all()
    assert [row.facts["sequence"] for row in letters(booked, "cancellation")] == [1]
    assert len(letters(booked, "cancelled_you")) == 1


def test_a_link_works_until_two_hours_after_the_call_and_survives_a_move(
    browser: Browser, page: str, hands: Hands
) -> None:
    prove(browser, f"{page}/move")
    browser.post(f"{page}/move", slot_id=OTHER)
    statuses = {}
    for minutes in (0, 45, 164, 165):
        hands.set(at("2026-11-30T18:00") + timedelta(minutes=minutes))
        statuses[minutes] = browser.get(page).status_code

    assert statuses == {0: 200, 45: 200, 164: 200, 165: 404}


@pytest.mark.parametrize("name", CHANGING_PAGES)
def test_without_the_token_of_the_form_nothing_changes(
    browser: Browser, booked: Consultation, page: str, name: str
) -> None:
    prove(browser, f"{page}/move")

    answer = browser.post(f"{page}/{name}", slot_id=OTHER, csrf_token="")

    assert answer.status_code == 400
    assert again(Consultation, booked.id).sequence == 0
