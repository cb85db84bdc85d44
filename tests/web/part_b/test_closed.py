"""Part B is closed to whom it could harm, to whom it is too late for, and to whoever has not proved who she is."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from scheduler.casework import more as part_b
from scheduler.casework.transaction import writing
from scheduler.engine.more_questions import MORE_PAGES
from scheduler.engine.states import IntakeState
from scheduler.models import Consultation, Intake
from scheduler.web import proving
from tests.builders.browser import Browser, own_page
from tests.conftest import Hands
from tests.web.conftest import prove
from tests.web.part_b.conftest import TYPED, booked, stored


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        pytest.param({}, IntakeState.CONFLICT_REVIEW, id="the conflict check is not done"),
        pytest.param({}, IntakeState.CONVERTED, id="she is a client now"),
        pytest.param({"device_safe": "no"}, IntakeState.CLEARED, id="others see her device"),
        pytest.param({"device_safe": "not_sure"}, IntakeState.CLEARED, id="others may see it"),
    ],
)
def test_it_is_closed(app: Flask, browser: Browser, answers: dict[str, Any], state: IntakeState) -> None:
    call = booked(app, **answers)
    path = own_page(app, call)
    with writing() as session:
        session.get_one(Intake, call.intake_id).state = state
    before = stored(app, call)

    prove(browser, f"{path}/move")
    seen = {browser.get(f"{path}/more/{page}").headers["Location"] for page in MORE_PAGES}
    browser.get(f"{path}/cancel")
    sent = browser.post(f"{path}/more/reasons", fear_reasons="religion")

    assert (seen, sent.headers["Location"], stored(app, call)) == ({path}, path, before)
    assert "/more/" not in browser.get(path).text


def test_it_closes_when_the_case_is_declined_meanwhile(
    app: Flask, call: Consultation, browser: Browser, more: str
) -> None:
    browser.get(f"{more}/reasons")
    with writing() as session:
        session.get_one(Intake, call.intake_id).state = IntakeState.DECLINED

    sent = browser.post(f"{more}/reasons", fear_reasons="religion")

    assert sent.headers["Location"] == more.removesuffix("/more")
    assert "fear_reasons" not in stored(app, call)


def test_nobody_reads_a_page_who_has_not_proved_who_she_is(app: Flask, call: Consultation, browser: Browser) -> None:
    path = own_page(app, call)

    browser.get(f"{path}/more/reasons?lang=en")
    asked = browser.text
    sent = browser.post(f"{path}/more/reasons", fear_reasons="religion")

    assert "Is it you?" in asked
    assert sent.status_code == 303
    assert "fear_reasons" not in stored(app, call)


def test_a_part_b_that_is_always_open_would_be_noticed(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = own_page(app, booked(app, device_safe="no"))
    prove(browser, f"{path}/move")
    before = browser.get(f"{path}/more/people").status_code

    monkeypatch.setattr(part_b, "part_b_open", lambda _intake, _answers: True)

    assert (before, browser.get(f"{path}/more/people").status_code) == (303, 200)


def test_a_page_that_asks_for_no_proof_would_be_noticed(
    call: Consultation, app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"{own_page(app, call)}/more/people"
    browser.get(f"{path}?lang=en")
    asked = "Is it you?" in browser.text

    monkeypatch.setattr(proving, "is_proven", lambda _seen: True)
    browser.get(path)

    assert (asked, "Is it you?" in browser.text) == (True, False)


def test_who_goes_on_page_by_page_does_not_lose_one_to_the_hour(
    app: Flask, call: Consultation, browser: Browser, more: str, hands: Hands
) -> None:
    for page in ("people", "reasons"):
        browser.get(f"{more}/{page}")
        hands.set(hands.now + timedelta(minutes=40))
        browser.post(f"{more}/{page}", **TYPED[page])

    assert stored(app, call)["fear_note"] == "Amenazas."


def test_after_an_hour_without_a_page_she_proves_it_again(
    app: Flask, browser: Browser, more: str, hands: Hands
) -> None:
    hands.set(hands.now + timedelta(minutes=60))

    assert "birth_year" in browser.get(f"{more}/people").text
