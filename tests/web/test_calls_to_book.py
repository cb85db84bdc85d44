"""Who did not come twice finds a person in place of the times, and no word of why."""

import pytest
from flask import Flask

from scheduler.casework import links
from scheduler.casework.documents import open_answers
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.casework.triage_runs import Run
from scheduler.models import Consultation, Intake, db
from tests.builders.browser import Browser
from tests.builders.firm import a_firm, again, an_intake
from tests.conftest import TUESDAY

SAID = [("en", "For a new time, please call us."), ("es", "Para otra hora, por favor, llámenos.")]
BLAME = ("did not", "no vino", "missed", "faltó", "no-show")


@pytest.fixture
def twice(app: Flask, parts: Parts) -> Intake:
    """Somebody who did not come to two calls."""
    a_firm(app).with_attorney("Ana")
    intake = an_intake(app)
    with writing() as session:
        mine = session.get_one(Intake, intake.id)
        Run(session, parts, mine, {**open_answers(parts, mine), "no_shows": 2}, TUESDAY).look()
        links.renew(session, parts, intake.id)
    return intake


@pytest.mark.parametrize(("language", "said"), SAID)
def test_the_page_of_times_says_to_call(app: Flask, twice: Intake, language: str, said: str) -> None:
    browser = Browser(app).with_intake(again(Intake, twice.id))

    browser.get(f"/apply/time?lang={language}")

    assert said in browser.text
    assert [word for word in BLAME if word in browser.text] == []
    assert browser.slots == {}


@pytest.mark.parametrize("mode", [pytest.param("phone", id="whole"), pytest.param("", id="with something to mend")])
def test_a_time_that_is_sent_all_the_same_is_not_booked(app: Flask, twice: Intake, mode: str) -> None:
    browser = Browser(app).with_intake(again(Intake, twice.id))
    browser.get("/apply/time?lang=en")

    answer = browser.post("/apply/time", slot_id="2026-11-27T17:00Z", call_mode=mode)

    assert (answer.status_code, answer.location) == (303, "/apply/time")
    db.session.rollback()
    assert db.session.query(Consultation).count() == 0


@pytest.mark.parametrize(("language", "said"), SAID)
def test_the_link_of_a_letter_says_to_call(app: Flask, parts: Parts, twice: Intake, language: str, said: str) -> None:
    with writing() as session:
        session.get_one(Intake, twice.id).locale = language
    browser = Browser(app)
    page = f"/c/{links.again(parts, twice.id, links.AGAIN)}/new-time"
    browser.get(page)

    browser.follow(browser.post(page, birth_year="1990"))

    assert said in browser.text
    assert [word for word in BLAME if word in browser.text] == []
