"""She corrects where she is, her dates and her number on her own page, and everything follows."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import search
from scheduler.casework.conflicts import NAMES_AGAIN
from scheduler.casework.documents import open_answers
from scheduler.casework.kinds import REMINDERS
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.states import IntakeState
from scheduler.engine.urgency import Level
from scheduler.models import Audit, Consultation, Intake, Outbox, Task, db
from tests.builders.browser import Browser, a_booking, own_page
from tests.builders.client import typed
from tests.builders.corrected import CONTACT, HEARING, MATAMOROS
from tests.builders.firm import a_firm, again, an_intake
from tests.conftest import Hands
from tests.web.conftest import START, letters, prove_by_code, tasks


def answers_of(parts: Parts, call: Consultation) -> dict[str, Any]:
    return open_answers(parts, again(Intake, call.intake_id))


def reminded_at(call: Consultation) -> set[int]:
    """Her hours at which a reminder still waits."""
    waiting = (one for kind in REMINDERS for one in letters(call, kind) if one.state == "waiting")
    return {one.due_at.astimezone(ZoneInfo("America/Tijuana")).hour for one in waiting}


@pytest.fixture
def proven(app: Flask, browser: Browser, booked: Consultation, page: str) -> Browser:
    prove_by_code(browser, app, booked, f"{page}/facts")
    return browser


def test_after_a_code_she_chooses_what_to_correct(proven: Browser, page: str) -> None:
    text = proven.get(f"{page}/facts").text

    assert [f"{page}/facts/{one}" in text for one in ("contact", "where", "dates")] == [True, True, True]


@pytest.mark.parametrize("name", ["contact", "where", "dates"])
def test_without_a_code_nothing_is_shown_or_changed(
    parts: Parts, browser: Browser, booked: Consultation, page: str, name: str
) -> None:
    before = answers_of(parts, booked)
    browser.get(f"{page}/facts")

    saved, shown = browser.post(f"{page}/facts/{name}", **MATAMOROS), browser.get(f"{page}/facts/{name}")

    assert [(one.status_code, one.headers["Location"]) for one in (saved, shown)] == [(303, f"{page}/facts")] * 2
    assert answers_of(parts, booked) == before


def test_the_year_of_birth_is_not_enough_where_a_code_can_be_sent(browser: Browser, page: str) -> None:
    browser.get(f"{page}/move")
    browser.post(f"{page}/move", birth_year="1990")

    text = browser.get(f"{page}/facts").text

    assert ("primero le enviamos una clave" in text, "birth_year" in text) == (True, False)


def test_another_city_shows_her_hour_by_its_clock_and_tells_her_and_the_attorney(
    proven: Browser, booked: Consultation, page: str
) -> None:
    proven.get(f"{page}/facts/where")

    proven.follow(proven.post(f"{page}/facts/where", **MATAMOROS))

    call = again(Consultation, booked.id)
    assert (call.client_zone, call.sequence, call.starts_at) == ("America/Matamoros", 1, booked.starts_at)
    assert "11:00 de la mañana" in proven.text
    assert [one.facts["zone"] for one in letters(booked, "moved")] == ["America/Matamoros"]
    assert [one.facts["client_zone"] for one in letters(booked, "invitation")][-1] == "America/Matamoros"


def test_a_court_date_makes_her_urgent_and_a_time_after_it_a_task(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_booking(app, "2026-12-09T17:00", ever_in_us="left", last_arrival_date={"y": 2026, "m": 9, "d": 1})
    page, browser = own_page(app, call), Browser(app)
    prove_by_code(browser, app, call, f"{page}/facts")
    browser.get(f"{page}/facts/dates")

    browser.follow(browser.post(f"{page}/facts/dates", **HEARING))

    intake = again(Intake, call.intake_id)
    assert (intake.urgency, [task.consultation_id for task in tasks("find_earlier_slot")]) == (Level.U2, [call.id])


def test_a_date_within_hours_sends_her_to_the_telephone(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_booking(app, START, ever_in_us="left", last_arrival_date={"y": 2026, "m": 9, "d": 1})
    page, browser = own_page(app, call), Browser(app)
    prove_by_code(browser, app, call, f"{page}/facts")
    browser.get(f"{page}/facts/dates")
    soon = {**HEARING, **typed("next_hearing_date", "2026-11-25")}

    browser.follow(browser.post(f"{page}/facts/dates", **soon))

    assert ("Su fecha está muy cerca" in browser.text, len(tasks("call_now"))) == (True, 1)


def test_reminders_follow_the_hours_that_are_safe_now(proven: Browser, booked: Consultation, page: str) -> None:
    before = reminded_at(booked)
    proven.get(f"{page}/facts/contact")

    proven.follow(proven.post(f"{page}/facts/contact", **{**CONTACT, "safe_times": "evening"}))

    assert (before, reminded_at(booked)) == ({9}, {19})


def test_a_new_number_is_where_we_write_and_by_which_she_is_found(
    proven: Browser, parts: Parts, booked: Consultation, page: str
) -> None:
    proven.get(f"{page}/facts/contact")

    proven.follow(proven.post(f"{page}/facts/contact", **CONTACT))

    assert answers_of(parts, booked)["contact_phone"] == "+526647654321"


def test_what_is_stored_beside_the_answers_stays(
    proven: Browser, parts: Parts, booked: Consultation, page: str
) -> None:
    before = set(answers_of(parts, booked))
    proven.get(f"{page}/facts/where")

    proven.follow(proven.post(f"{page}/facts/where", **MATAMOROS))

    assert before - set(answers_of(parts, booked)) == set()


def test_a_page_that_was_refused_is_shown_again_with_what_she_typed(proven: Browser, page: str) -> None:
    proven.get(f"{page}/facts/contact")

    proven.follow(proven.post(f"{page}/facts/contact", **{**CONTACT, "contact_phone": "12"}))

    assert ("Escriba el número completo con el país." in proven.text, 'value="12"' in proven.seen.text) == (True, True)


def test_each_correction_is_in_the_chain_without_what_was_said(proven: Browser, page: str) -> None:
    proven.get(f"{page}/facts/where")

    proven.post(f"{page}/facts/where", **MATAMOROS)

    db.session.rollback()
    facts = db.session.scalars(select(Audit.facts).where(Audit.action == "facts_corrected")).all()
    assert facts == [{"page": "where"}]


def test_where_no_code_can_be_sent_her_number_is_not_corrected_here(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_booking(app, START, may_write="no")
    page, browser = own_page(app, call), Browser(app)
    browser.get(f"{page}/facts")
    browser.follow(browser.post(f"{page}/facts", birth_year="1990"))

    assert (f"{page}/facts/where" in browser.seen.text, f"{page}/facts/contact" in browser.seen.text) == (True, False)


def test_nothing_is_corrected_once_it_is_cancelled(
    app: Flask, proven: Browser, booked: Consultation, page: str
) -> None:
    with writing() as session:
        session.get_one(Intake, booked.intake_id).state = "withdrawn"

    answer = proven.post(f"{page}/facts/where", **MATAMOROS)

    assert (answer.status_code, db.session.scalars(select(Outbox).where(Outbox.kind == "moved")).all()) == (303, [])
    assert db.session.scalars(select(Task)).all() == []


@pytest.mark.parametrize(
    ("number", "told"),
    [
        pytest.param("664 555 0000", 1, id="a number that a client of ours has"),
        pytest.param("664 555 0001", 0, id="nobody's"),
    ],
)
def test_a_new_number_is_looked_for_among_whom_the_firm_knows(
    app: Flask, proven: Browser, page: str, number: str, told: int
) -> None:
    known = an_intake(
        app, state=IntakeState.CONVERTED, given_names="Eva", family_names="Ruiz", contact_phone="+526645550000"
    )
    with writing() as session:
        parts = app.extensions["cita"]
        search.index(
            session, parts.keyring.firm("search"), known.id, open_answers(parts, session.get_one(Intake, known.id))
        )
    proven.get(f"{page}/facts/contact")

    proven.follow(proven.post(f"{page}/facts/contact", **{**CONTACT, "contact_phone": number}))

    assert len(tasks(NAMES_AGAIN)) == told


def test_a_new_number_gives_her_no_more_time(app: Flask, browser: Browser, hands: Hands) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_booking(app, START)
    with writing() as session:
        session.get_one(Intake, call.intake_id).must_be_seen_by = hands.now
    page = own_page(app, call)
    prove_by_code(browser, app, call, f"{page}/facts")
    browser.get(f"{page}/facts/contact")

    browser.follow(browser.post(f"{page}/facts/contact", **CONTACT))

    assert again(Intake, call.intake_id).must_be_seen_by == hands.now
