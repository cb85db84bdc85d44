import pytest
from flask import Flask
from sqlalchemy import func, select

from scheduler.casework.booking import BookSlot, book
from scheduler.casework.documents import open_answers
from scheduler.casework.moving import Cancel, cancel
from scheduler.casework.parts import Parts
from scheduler.models import Consultation, Intake, Outbox, Task, db
from tests.builders.browser import Browser, at
from tests.builders.firm import a_firm, again, an_intake

FIRST = "2026-11-25T17:00Z"
TAKEN = "Alguien acaba de tomar esa hora"


def count(model: type[Consultation | Task | Outbox]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def intake(app: Flask) -> Intake:
    a_firm(app).with_attorney("Ana")
    return an_intake(app)


@pytest.fixture
def browser(app: Flask, intake: Intake) -> Browser:
    return Browser(app).with_intake(intake)


def test_a_chosen_time_is_booked(browser: Browser, intake: Intake) -> None:
    browser.get("/apply/time")

    answer = browser.post("/apply/time", slot_id=FIRST, call_mode="phone")

    booked = db.session.scalar(select(Consultation))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/apply/done")
    assert booked is not None
    assert (booked.intake_id, booked.starts_at) == (intake.id, at("2026-11-25T17:00"))


def test_sent_again_it_is_the_same_booking_and_the_same_page(browser: Browser) -> None:
    browser.get("/apply/time")
    answers = [browser.post("/apply/time", slot_id=FIRST, call_mode="phone") for _ in range(3)]
    letters = count(Outbox)
    answers.append(browser.post("/apply/time", slot_id="2026-11-27T17:00Z", call_mode="video"))
    browser.get("/apply/done")
    once = browser.same_each_time()
    browser.get("/apply/done")

    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {(303, "/apply/done")}
    assert (count(Consultation), count(Outbox)) == (1, letters)
    assert browser.same_each_time() == once


def test_once_booked_the_times_lead_to_the_booking(browser: Browser) -> None:
    browser.get("/apply/time")
    browser.post("/apply/time", slot_id=FIRST, call_mode="phone")

    assert browser.get("/apply/time").headers["Location"] == "/apply/done"


def test_a_time_taken_meanwhile_leaves_the_others_and_loses_nothing(
    app: Flask, parts: Parts, browser: Browser, intake: Intake
) -> None:
    before = open_answers(parts, again(Intake, intake.id))
    browser.get("/apply/time")
    book(parts, BookSlot(an_intake(app).id, at("2026-11-25T17:00"), "phone"))

    browser.seen = browser.post("/apply/time", slot_id=FIRST, call_mode="video")

    assert browser.seen.status_code == 409
    assert TAKEN in browser.text
    assert FIRST not in browser.slots
    assert len(browser.slots) == 12
    assert 'value="video" checked' in browser.seen.text
    assert open_answers(parts, again(Intake, intake.id)) == before


@pytest.mark.parametrize(
    "slot",
    [
        pytest.param("2026-11-25T17:10Z", id="between the times"),
        pytest.param("2026-11-24T16:00Z", id="in the past"),
        pytest.param("2026-11-24T19:00Z", id="too soon"),
        pytest.param("2026-11-26T17:00Z", id="on a holiday"),
        pytest.param("2026-11-25T05:00Z", id="at night"),
        pytest.param("2027-03-01T17:00Z", id="beyond the horizon"),
        pytest.param("9999-12-31T23:59Z", id="at the end of time"),
        pytest.param("0001-01-01T00:00Z", id="at its beginning"),
    ],
)
def test_a_time_never_offered_is_refused(browser: Browser, slot: str) -> None:
    browser.get("/apply/time")

    answer = browser.post("/apply/time", slot_id=slot, call_mode="phone")

    assert answer.status_code == 409
    assert count(Consultation) == 0


def test_a_time_of_another_service_is_refused(app: Flask) -> None:
    a_firm(app).with_attorney("Ana").with_attorney("Bob", languages=("en",), hours="9:00-18:00")
    browser = Browser(app).with_intake(an_intake(app))
    browser.get("/apply/time")

    answer = browser.post("/apply/time", slot_id="2026-11-26T01:00Z", call_mode="phone")

    assert answer.status_code == 409
    assert count(Consultation) == 0


@pytest.mark.parametrize(
    ("slot", "mode"),
    [
        pytest.param("", "video", id="nothing chosen"),
        pytest.param("tomorrow", "video", id="no time"),
        pytest.param("2026-13-45T99:99Z", "video", id="no such day"),
        pytest.param("\0" * 50, "video", id="control characters"),
        pytest.param("9" * 100_000, "video", id="very long"),
    ],
)
def test_nonsense_comes_back_as_a_message_with_the_rest_kept(browser: Browser, slot: str, mode: str) -> None:
    browser.get("/apply/time")

    answer = browser.post("/apply/time", slot_id=slot, call_mode=mode)
    browser.follow(answer)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/apply/time")
    assert "Elija día y hora." in browser.text
    assert 'value="video" checked' in browser.seen.text


def test_without_a_way_to_talk_she_is_asked_for_one(browser: Browser) -> None:
    browser.get("/apply/time")

    browser.follow(browser.post("/apply/time", slot_id=FIRST, call_mode="pigeon"))

    assert "Elija cómo hablar." in browser.text
    assert f'value="{FIRST}" id="slot_id" checked' in browser.seen.text


def test_a_cancelled_time_can_be_chosen_anew_and_the_old_form_does_not_book(
    app: Flask, parts: Parts, browser: Browser
) -> None:
    browser.get("/apply/time")
    browser.post("/apply/time", slot_id=FIRST, call_mode="phone")
    booked = db.session.scalar(select(Consultation))
    assert booked is not None
    cancel(parts, Cancel(booked.id))

    stale = browser.post("/apply/time", slot_id=FIRST, call_mode="phone")
    still = count(Consultation)
    browser.get("/apply/time")
    fresh = browser.post("/apply/time", slot_id=FIRST, call_mode="phone", again="again-1")

    assert (stale.headers["Location"], still) == ("/", 1)
    assert (fresh.headers["Location"], count(Consultation)) == ("/apply/done", 2)


def test_a_form_without_its_token_books_nothing(browser: Browser) -> None:
    browser.get("/apply/time")

    answer = browser.post("/apply/time", slot_id=FIRST, call_mode="phone", csrf_token="")

    assert answer.status_code == 400
    assert count(Consultation) == 0
