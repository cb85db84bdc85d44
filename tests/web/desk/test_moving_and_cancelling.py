"""The desk moves and cancels, and each change is told."""

import pytest
from flask import Flask

from scheduler.casework import audit
from scheduler.casework.parts import Parts
from scheduler.models import Audit, Consultation, db
from tests.builders.browser import Browser, at
from tests.builders.firm import again
from tests.builders.staff import a_login, at_the_desk, row_of, who_is
from tests.web.desk.walk import OTHER, links_about


def test_the_desk_moves_a_consultation(app: Flask, parts: Parts, booked: Consultation) -> None:
    browser = at_the_desk(app)
    path = f"/desk/consultation/{booked.id}"
    offered = OTHER in browser.get(f"{path}/move?week=2026-W49").text

    answer = browser.post(f"{path}/move", slot_id=OTHER)

    browser.follow(answer)
    call = again(Consultation, booked.id)
    assert offered
    assert (call.starts_at, call.sequence, call.client_moves) == (at("2026-11-30T18:00"), 1, 0)
    assert "It has its new time." in browser.text
    assert "consultation_moved" in links_about(f"consultation:{booked.id}")
    assert audit.verify(parts)


def test_the_chain_says_who_moved_it(app: Flask, booked: Consultation) -> None:
    login = a_login(app, codes=False)
    browser = Browser(app)
    browser.get("/staff/login")
    browser.follow(browser.post("/staff/login", email=login.email, password="paper boats float at noon"))

    browser.post(f"/desk/consultation/{booked.id}/move", slot_id=OTHER)

    db.session.rollback()
    moved = db.session.query(Audit).filter(Audit.action == "consultation_moved").one()
    assert moved.actor == who_is(login).actor


@pytest.mark.parametrize(
    ("slot", "status", "words"),
    [
        pytest.param("", 303, "Choose a day and hour.", id="nothing chosen"),
        pytest.param("tomorrow", 303, "Choose a day and hour.", id="nonsense"),
        pytest.param("2026-11-30T18:07Z", 409, "That hour was just taken.", id="never offered"),
        pytest.param("2020-01-01T18:00Z", 409, "That hour was just taken.", id="in the past"),
    ],
)
def test_a_time_that_is_not_offered_changes_nothing(
    app: Flask, booked: Consultation, slot: str, status: int, words: str
) -> None:
    browser = at_the_desk(app)

    answer = browser.post(f"/desk/consultation/{booked.id}/move", slot_id=slot)

    text = answer.text if status == 409 else browser.follow(answer).text
    assert (answer.status_code, words in text) == (status, True)
    assert again(Consultation, booked.id).sequence == 0


def test_the_desk_cancels_on_her_wish(app: Flask, parts: Parts, booked: Consultation) -> None:
    browser = at_the_desk(app)

    browser.follow(browser.post(f"/desk/consultation/{booked.id}/cancel", by="client"))

    assert again(Consultation, booked.id).state == "cancelled_client"
    assert "It is cancelled." in browser.text
    assert "consultation_cancelled" in links_about(f"consultation:{booked.id}")
    assert audit.verify(parts)


def test_where_the_firm_cancels_somebody_named_calls_her(app: Flask, booked: Consultation) -> None:
    caller = row_of(a_login(app, "paralegal", name="Pat Caller"))
    browser = at_the_desk(app)

    browser.post(f"/desk/consultation/{booked.id}/cancel", by="firm", reason="attorney_ill", caller=str(caller.id))

    browser.get("/desk/tasks")
    assert again(Consultation, booked.id).state == "cancelled_firm"
    assert "Call her with another time" in browser.text
    assert "Pat Caller" in browser.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({}, "Choose who wishes it.", id="nothing chosen"),
        pytest.param({"by": "nobody"}, "Choose who wishes it.", id="nonsense"),
        pytest.param({"by": "firm"}, "Name somebody", id="nobody named"),
        pytest.param({"by": "firm", "caller": "\0"}, "Name somebody", id="nonsense named"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_cancelled(
    app: Flask, booked: Consultation, fields: dict[str, str], words: str
) -> None:
    browser = at_the_desk(app)

    answer = browser.post(f"/desk/consultation/{booked.id}/cancel", **fields)

    assert words in browser.follow(answer).text
    assert again(Consultation, booked.id).state == "booked"


def test_an_attorney_cancels_for_the_firm_only(app: Flask, booked: Consultation) -> None:
    browser = at_the_desk(app, "attorney")

    answer = browser.post(f"/desk/consultation/{booked.id}/cancel", by="client")

    assert "That cannot be done any more." in browser.follow(answer).text
    assert again(Consultation, booked.id).state == "booked"


def test_what_is_cancelled_can_not_be_moved(app: Flask, booked: Consultation) -> None:
    browser = at_the_desk(app)
    browser.post(f"/desk/consultation/{booked.id}/cancel", by="client")

    answer = browser.post(f"/desk/consultation/{booked.id}/move", slot_id=OTHER)

    assert "That cannot be done any more." in browser.follow(answer).text
