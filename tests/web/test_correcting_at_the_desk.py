"""What a client says on the phone is corrected at the desk, with where it is known from."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from scheduler.casework import access
from scheduler.casework.access import POLICY, Permission, Role
from scheduler.casework.documents import open_answers
from scheduler.casework.judging import SetLevel, set_level
from scheduler.casework.parts import Parts
from scheduler.engine.urgency import Level
from scheduler.models import Consultation, Intake
from tests.builders.browser import VERSION, a_booking
from tests.builders.client import typed
from tests.builders.corrected import CONTACT, HEARING, MATAMOROS
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.staff import a_login, at_the_desk, quick_hashes, who_is
from tests.conftest import Hands

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


def test_a_nearer_court_date_counts_after_the_level_was_lowered(
    app: Flask, parts: Parts, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick_hashes(monkeypatch)
    a_firm(app)
    intake = an_intake(app, **IN_US_BEFORE, court_papers="yes", next_hearing_date="2026-12-01")
    set_level(parts, who_is(a_login(app, "attorney")), SetLevel(intake.id, Level.N, "another attorney goes with her"))
    hands.set(parts.clock.now() + timedelta(minutes=10))
    before, browser = again(Intake, intake.id).urgency, at_the_desk(app, "receptionist")
    page = f"/desk/intake/{intake.id}/facts/dates"
    browser.get(page)

    browser.post(page, **{**HEARING, **typed("next_hearing_date", "2026-11-27")}, source="client_said")

    row = again(Intake, intake.id)
    assert (before, row.urgency, row.must_be_seen_by) == ("N", "U1", datetime(2026, 11, 26, 2, tzinfo=UTC))


FRONT, CASE = {"receptionist", "paralegal"}, {"receptionist", "paralegal", "attorney"}
WHO_CORRECTS = [
    pytest.param("contact", CONTACT, FRONT, id="an attorney only reads how to reach her"),
    pytest.param("where", MATAMOROS, CASE, id="where she is: everybody who talks to her"),
    pytest.param("dates", HEARING, CASE, id="dates: everybody who talks to her"),
]


MAY: dict[str, set[str]] = {
    "receptionist": {"contact", "where", "dates"},
    "paralegal": {"contact", "where", "dates"},
    "attorney": {"where", "dates"},
    "conflicts": set(),
}


def saves(app: Flask, role: str, page: str, typed: dict[str, str]) -> tuple[int, int, bool]:
    """What somebody of that role gets for the page and for saving it; whether it was kept."""
    intake = an_intake(app, **IN_US_BEFORE)
    browser = at_the_desk(app, role)
    address = f"/desk/intake/{intake.id}/facts/{page}"
    shown = browser.get(address).status_code
    drawn = VERSION.search(browser.seen.text)
    browser.get("/staff")
    version = drawn.group(1) if drawn else ""
    saved = browser.post(address, **typed, source="client_said", version=version).status_code
    return shown, saved, "checked" in open_answers(app.extensions["cita"], again(Intake, intake.id))


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(("page", "typed", "roles"), WHO_CORRECTS)
def test_each_page_is_corrected_by_those_who_may(
    app: Flask, role: Role, page: str, typed: dict[str, str], roles: set[str]
) -> None:
    a_firm(app)

    came_of_it = saves(app, role, page, typed)

    assert came_of_it == ((200, 303, True) if role in roles else (404, 404, False))


def test_without_its_permission_the_page_would_be_an_attorney_s_too(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_firm(app)
    more = POLICY[Role.ATTORNEY] | {Permission.CORRECT_CONTACT}
    monkeypatch.setattr(access, "POLICY", {**POLICY, Role.ATTORNEY: more})

    assert saves(app, "attorney", "contact", CONTACT) == (200, 303, True)


@pytest.mark.parametrize("role", MAY)
def test_the_desk_leads_to_the_pages_that_are_the_reader_s_to_correct(app: Flask, role: str) -> None:
    a_firm(app)
    intake = an_intake(app)

    shown = at_the_desk(app, role).get(f"/desk/intake/{intake.id}").text

    led = {page for page in ("contact", "where", "dates") if f"/facts/{page}" in shown}
    assert led == MAY[role]
