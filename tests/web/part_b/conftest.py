"""A booked call whose client has proved who she is, and what she answers in Part B."""

from typing import Any

import pytest
from flask import Flask

from scheduler.casework.documents import open_answers
from scheduler.engine.states import IntakeState
from scheduler.models import Consultation, Intake
from tests.builders.browser import Browser, a_booking, own_page
from tests.builders.firm import a_firm, again
from tests.web.conftest import START, prove

SENT_BACK = {
    "ever_in_us": "sent_back",
    "last_arrival_date": {"y": 2026, "m": 8, "d": 3, "precision": "day", "unknown": False},
    "waiting_in_mexico_program": "yes_no_papers",
    "current_attorney": "before",
}
CLEARED = {"state": IntakeState.CLEARED}

TYPED: dict[str, dict[str, Any]] = {
    "people": {"family_travel-0-relation": "child", "family_travel-0-age_years": "4", "family_separated": "no"},
    "entry": {"manner_of_entry": "parole", "prior_entries": "no", "late_reasons": ["ill", "no_notice"]},
    "reasons": {"fear_reasons": ["religion", "witness"], "harm_when": "several", "fear_note": "Amenazas."},
    "place": {"fear_mexico": "yes", "mexico_harm": ["assault"], "told_officer_mexico": "no"},
    "past": {"prior_applications": ["tps"], "uscis_receipt": "IOE0123456789", "attorney_name": "Ruiz"},
    "papers": {"evidence_have-nta": "have", "evidence_have-photos": "not_safe_to_get"},
    "call": {"private_place": "no", "call_needs": ["slow"], "questions_for_attorney": "¿Qué sigue?"},
}


def booked(app: Flask, **answers: Any) -> Consultation:
    a_firm(app).with_attorney("Ana")
    return a_booking(app, START, **{**CLEARED, **SENT_BACK, **answers})


def stored(app: Flask, call: Consultation) -> dict[str, Any]:
    return open_answers(app.extensions["cita"], again(Intake, call.intake_id))


def send(browser: Browser, path: str, **fields: Any) -> str:
    """Open a page, send it, and say where it leads."""
    browser.get(path)
    return browser.post(path, **fields).headers["Location"]


@pytest.fixture
def call(app: Flask) -> Consultation:
    return booked(app)


@pytest.fixture
def more(app: Flask, call: Consultation, browser: Browser) -> str:
    """Where her pages of Part B begin, once she has proved who she is."""
    path = f"{own_page(app, call)}/more"
    prove(browser, f"{path}/people")
    return path
