"""What a client says on the phone is corrected at the desk, with where it is known from."""

from typing import Any

import pytest
from flask import Flask

from scheduler.casework.documents import open_answers
from scheduler.casework.parts import Parts
from scheduler.models import Consultation, Intake
from tests.builders.browser import a_booking
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.staff import at_the_desk
from tests.web.test_correcting import HEARING, MATAMOROS

IN_US_BEFORE: dict[str, Any] = {"ever_in_us": "left", "last_arrival_date": {"y": 2026, "m": 9, "d": 1}}


def test_the_desk_corrects_her_city_and_her_hour_follows(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_booking(app, "2026-11-27T17:00")
    browser = at_the_desk(app, "receptionist")
    page = f"/desk/intake/{call.intake_id}/facts/where"
    browser.get(page)

    answer = browser.post(page, **MATAMOROS, source="client_said")

    checked = open_answers(parts, again(Intake, call.intake_id))["checked"]["where"]
    assert (answer.status_code, again(Consultation, call.id).client_zone) == (303, "America/Matamoros")
    assert (checked["source"], checked["at"]) == ("client_said", "2026-11-24T17:00:00+00:00")


def test_what_the_desk_does_not_see_stays(app: Flask, parts: Parts) -> None:
    a_firm(app)
    intake = an_intake(app, **IN_US_BEFORE, a_number="012345678", court_papers="not_sure")
    browser = at_the_desk(app, "receptionist")
    page = f"/desk/intake/{intake.id}/facts/dates"
    shown = browser.get(page).text

    browser.post(page, **HEARING, source="paper_seen")

    assert "012345678" not in shown
    assert open_answers(parts, again(Intake, intake.id))["a_number"] == "012345678"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param({**MATAMOROS}, "Choose an answer.", id="nobody says from where"),
        pytest.param({"current_country": "MX", "source": "client_said"}, "Choose a city.", id="half of an answer"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_there(app: Flask, typed: dict[str, str], said: str) -> None:
    a_firm(app)
    intake = an_intake(app, current_country="US", us_state="CA", mx_city=None)
    browser = at_the_desk(app, "receptionist")
    page = f"/desk/intake/{intake.id}/facts/where"
    browser.get(page)

    answer = browser.post(page, **typed)

    assert (answer.status_code, said in answer.text) == (400, True)
    assert again(Intake, intake.id).zone == "America/Los_Angeles"
