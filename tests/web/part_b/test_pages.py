"""Part B on a client's own page."""

from typing import Any

import pytest
from flask import Flask

from scheduler.casework import facts
from scheduler.casework.conflict_names import Entry, add
from scheduler.casework.conflicts import NAMES_AGAIN
from scheduler.casework.facts import SaveFact
from scheduler.casework.transaction import writing
from scheduler.engine.branches import fields_of
from scheduler.engine.conflicts import Identity, Who
from scheduler.engine.more_questions import MORE_PAGES
from scheduler.engine.names import Name
from scheduler.engine.urgency import Level
from scheduler.models import Consultation, Intake
from scheduler.web import proving
from tests.builders.browser import Browser, own_page
from tests.builders.firm import again
from tests.builders.staff import a_login, who_is
from tests.web.conftest import prove, tasks
from tests.web.part_b.conftest import TYPED, booked, send, stored

HELPED = {"filler_role": "friend", "helper_relationship": "friend", "helper_name": "Ana Ruiz", "client_agrees": "yes"}


REFUSED: dict[str, Any] = {"fear_reasons": ["religion"], "harm_when": "nonsense", "fear_note": "Sentinelstory"}


def test_the_pages_follow_each_other_and_every_answer_is_kept(
    app: Flask, call: Consultation, browser: Browser, more: str
) -> None:
    way = [send(browser, f"{more}/{page}", **TYPED[page]) for page in MORE_PAGES]

    said = stored(app, call)
    kept = {name for page in MORE_PAGES for name in fields_of(page)} & set(said)
    assert way == [*(f"{more}/{page}" for page in MORE_PAGES[1:]), more.removesuffix("/more")]
    assert kept == {
        *("family_travel", "family_separated", "manner_of_entry", "prior_entries", "late_reasons", "fear_reasons"),
        *("harm_when", "fear_note", "fear_mexico", "mexico_harm", "told_officer_mexico", "prior_applications"),
        *("uscis_receipt", "attorney_name", "evidence_have", "private_place", "call_needs", "questions_for_attorney"),
    }
    assert said["late_reasons"] == ["ill", "no_notice"]


def test_an_empty_page_is_an_answer_too(browser: Browser, more: str) -> None:
    assert send(browser, f"{more}/reasons") == f"{more}/place"


@pytest.mark.parametrize("page", MORE_PAGES)
def test_every_page_can_be_skipped_and_says_nothing_in_its_title(browser: Browser, more: str, page: str) -> None:
    seen = browser.get(f"{more}/{page}?lang=en")

    assert "<title>Appointments</title>" in seen.text
    assert "Skip" in browser.text


@pytest.mark.parametrize(
    ("page", "hint"),
    [
        pytest.param("past", 'value="IOE0123456789"', id="past applications"),
        pytest.param("papers", 'value="not_safe_to_get" checked', id="papers"),
        pytest.param("call", "¿Qué sigue?", id="her question"),
    ],
)
def test_her_answers_are_shown_again(browser: Browser, more: str, page: str, hint: str) -> None:
    send(browser, f"{more}/{page}", **TYPED[page])

    assert hint in browser.get(f"{more}/{page}").text


@pytest.mark.parametrize("page", ["entry", "reasons", "place"])
def test_what_could_harm_her_is_never_shown_again(browser: Browser, more: str, page: str) -> None:
    send(browser, f"{more}/{page}", **TYPED[page])

    seen = browser.get(f"{more}/{page}?lang=en")

    assert "You have answered this page" in browser.text
    assert " checked" not in seen.text
    assert "Amenazas" not in seen.text


def test_what_is_not_shown_stays_until_it_is_answered_anew(
    app: Flask, call: Consultation, browser: Browser, more: str
) -> None:
    send(browser, f"{more}/reasons", **TYPED["reasons"])

    send(browser, f"{more}/reasons", harm_when="last_year")

    said = stored(app, call)
    assert (said["harm_when"], said["fear_reasons"]) == ("last_year", ["religion", "witness"])


def test_what_is_not_shown_can_be_deleted(app: Flask, call: Consultation, browser: Browser, more: str) -> None:
    send(browser, f"{more}/reasons", **TYPED["reasons"])

    send(browser, f"{more}/reasons", forget="1")

    assert not set(fields_of("reasons")) & set(stored(app, call))


def test_what_was_refused_is_shown_once_more_and_nothing_of_it_is_stored(
    app: Flask, call: Consultation, browser: Browser, more: str
) -> None:
    where = send(browser, f"{more}/past", prior_applications=["none", "tps"], attorney_name="Ruiz")

    browser.get(f"{where}?lang=en")
    assert where == f"{more}/past"
    assert "If you choose “None”, remove the others." in browser.text
    assert 'value="Ruiz"' in browser.seen.text
    assert "attorney_name" not in stored(app, call)


def test_a_helper_is_not_asked_what_the_feared_person_must_not_read(app: Flask, browser: Browser) -> None:
    path = f"{own_page(app, booked(app, **HELPED))}/more"
    prove(browser, f"{path}/people")

    assert send(browser, f"{path}/entry") == f"{path}/past"
    assert browser.get(f"{path}/reasons").headers["Location"] == f"{path}/past"
    assert send(browser, f"{path}/entry", fear_reasons="religion") == f"{path}/past"


def test_an_answer_makes_her_urgent_at_once(app: Flask, call: Consultation, browser: Browser, more: str) -> None:
    before = again(Intake, call.intake_id).urgency

    send(browser, f"{more}/place", fear_mexico="yes", mexico_harm=["kidnap"])

    intake = again(Intake, call.intake_id)
    assert (before, intake.urgency) == (Level.N, Level.U1)
    assert "T11" in stored(app, call)["reasons"]


def test_her_own_page_leads_there(app: Flask, call: Consultation, browser: Browser) -> None:
    path = own_page(app, call)

    assert f'href="{path}/more/people"' in browser.get(path).text


def test_answers_of_other_pages_are_not_taken(app: Flask, call: Consultation, browser: Browser, more: str) -> None:
    send(browser, f"{more}/past", urgency="N", filler_role="friend", fear_note="x", given_names="Eva")

    said = stored(app, call)
    assert (said["filler_role"], said["given_names"], "fear_note" in said) == ("self", "Rosa Elena", False)


def test_the_guide_to_the_call_has_the_firms_facts_of_today(app: Flask, browser: Browser, more: str) -> None:
    numbers = facts.of_kind(app.extensions["cita"], facts.HOTLINE)

    browser.get(f"{more}/papers?guide=1&lang=en")

    assert "You do not need every paper." in browser.text
    assert numbers["court_dates"].value["number"] in browser.text
    assert "Some people are sent to Mexico to wait." in browser.text


def test_places_of_help_stand_under_their_cities(app: Flask, browser: Browser, more: str) -> None:
    who = who_is(a_login(app, "attorney"))
    words = {"en": "Beds for families", "es": "Camas para familias"}
    for city, name in (("Tijuana", "Casa Azul"), ("Mexicali", "Casa Verde")):
        facts.add_help(app.extensions["cita"], who, SaveFact(words, {"city": city, "name": name}))

    browser.get(f"{more}/papers?guide=1&lang=es")

    assert "Mexicali Casa Verde: Camas para familias Tijuana Casa Azul" in browser.text


def test_who_never_saw_mexico_is_told_nothing_about_waiting_there(app: Flask, browser: Browser) -> None:
    there = {"current_country": "US", "us_state": "CA", "mx_city": None, "waiting_in_mexico_program": None}
    path = f"{own_page(app, booked(app, **there, ever_in_us='in_us'))}/more/papers"
    prove(browser, path)

    browser.get(f"{path}?guide=1&lang=en")

    assert "sent to Mexico" not in browser.text


@pytest.mark.parametrize(
    ("name", "told"),
    [
        pytest.param("Ramón Ruiz Soto", 1, id="somebody we know"),
        pytest.param("Elsa Vargas Luna", 0, id="nobody we know"),
    ],
)
def test_a_name_that_comes_after_the_conflict_check_is_looked_for_too(
    app: Flask, browser: Browser, more: str, name: str, told: int
) -> None:
    known = Entry(Who.CLIENT, Identity((Name("Ramón", "Ruiz Soto"),)))
    with writing() as session:
        add(session, app.extensions["cita"], [known])

    send(browser, f"{more}/past", attorney_name=name)

    assert len(tasks(NAMES_AGAIN)) == told


def test_a_refused_story_is_shown_to_the_proof_under_which_it_was_typed_and_to_no_later_one(
    app: Flask, browser: Browser, more: str
) -> None:
    browser.get(f"{more}/reasons")
    browser.follow(browser.post(f"{more}/reasons", **REFUSED))
    at_once = browser.text
    for one in (other := Browser(app), browser):
        with one.client.session_transaction() as kept:
            kept.pop(proving.PROVEN, None)
        prove(one, f"{more}/people")

    afterwards = [one.get(f"{more}/reasons").text for one in (other, browser)]

    assert "Sentinelstory" in at_once
    assert not [text for text in afterwards if "Sentinelstory" in text]
