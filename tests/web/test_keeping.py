"""The desk's pages for what is kept and what ends: a hold, everything deleted at her request, whom we do not take."""

import pytest
from flask import Flask

from scheduler.casework import ending
from scheduler.casework.parts import Parts
from scheduler.engine.states import IntakeState
from scheduler.models import Consultation, Intake, db
from scheduler.web.views import keeping
from tests.builders.browser import Browser, a_booking
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.staff import at_the_desk

WHY = "A subpoena of November covers it"


@pytest.fixture
def booked(app: Flask) -> Consultation:
    a_firm(app).with_attorney("Ana")
    return a_booking(app, "2026-11-30T17:00")


def sends(browser: Browser, path: str, **fields: str) -> str:
    """Open a page, send its form, and follow to what comes."""
    browser.get(path)
    browser.follow(browser.post(path, **fields))
    return browser.text


def test_an_attorney_sets_a_hold_keeps_it_and_ends_it(app: Flask, booked: Consultation) -> None:
    browser, path = at_the_desk(app, "attorney"), f"/desk/intake/{booked.intake_id}/hold"

    seen = [sends(browser, path, wish="set", reason=WHY), sends(browser, path, wish="keep")]
    ended = sends(browser, path, wish="end")

    assert all(WHY in text and "Saved." in text for text in seen)
    assert WHY not in ended


def test_a_hold_without_a_reason_is_asked_for_again(app: Flask, booked: Consultation) -> None:
    browser = at_the_desk(app, "attorney")

    path = f"/desk/intake/{booked.intake_id}/hold"
    browser.get(path)

    seen = browser.post(path, wish="set", reason="short").text

    assert ("Write why, in 10 letters or more." in seen, 'value="short"' in seen) == (True, True)


def test_the_desk_deletes_at_her_request(app: Flask, booked: Consultation) -> None:
    browser, path = at_the_desk(app, "receptionist"), f"/desk/intake/{booked.intake_id}"
    browser.get(path)
    offered = f"{path}/withdraw" in browser.seen.text

    seen = sends(browser, f"{path}/withdraw", how="delete")

    assert offered
    assert "Deleted: nothing she told us can be opened any more." in seen
    assert (again(Intake, booked.intake_id).state, browser.get(path).status_code) == ("purged", 404)


def test_or_withdraws_it_until_its_days_are_over(app: Flask, booked: Consultation) -> None:
    browser = at_the_desk(app, "receptionist")

    seen = sends(browser, f"/desk/intake/{booked.intake_id}/withdraw", how="keep")

    assert "withdrawn" in seen
    assert again(Intake, booked.intake_id).state == "withdrawn"


def test_without_a_choice_nothing_happens(app: Flask, booked: Consultation) -> None:
    browser = at_the_desk(app, "receptionist")

    seen = sends(browser, f"/desk/intake/{booked.intake_id}/withdraw")

    assert "Choose what becomes of her answers." in seen
    assert again(Intake, booked.intake_id).state in {"submitted", "cleared"}


def test_while_a_hold_stands_the_desk_is_told_that_nothing_is_deleted(app: Flask, booked: Consultation) -> None:
    path = f"/desk/intake/{booked.intake_id}"
    sends(at_the_desk(app, "attorney"), f"{path}/hold", wish="set", reason=WHY)
    browser = at_the_desk(app, "receptionist")
    browser.get(f"{path}/withdraw")
    warned = browser.text

    seen = sends(browser, f"{path}/withdraw", how="delete")

    assert "A legal hold stands" in warned
    assert WHY not in warned
    assert "wants everything deleted" in seen


def test_a_client_s_file_is_an_attorney_s_to_close(app: Flask, parts: Parts) -> None:
    a_firm(app)
    intake = an_intake(app, state=IntakeState.CONVERTED)
    browser = at_the_desk(app, "receptionist")

    seen = sends(browser, f"/desk/intake/{intake.id}/withdraw", how="delete")

    assert "This is a client’s file" in seen


def test_an_attorney_ends_it_and_the_letter_can_be_printed(app: Flask, booked: Consultation) -> None:
    browser, path = at_the_desk(app, "attorney"), f"/desk/intake/{booked.intake_id}"
    browser.get(path)
    offered = f"{path}/end" in browser.seen.text

    seen = sends(browser, f"{path}/end", state="declined", reason="capacity")
    printed = browser.get(f"{path}/letter").text

    assert (offered, "not taken" in seen) == (True, True)
    assert ("Dates keep running" in printed, "room" in printed) == (True, False)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param({}, "Choose how it ends.", id="nothing was chosen"),
        pytest.param({"state": "purged", "reason": "other"}, "Choose how it ends.", id="that is no end of hers"),
        pytest.param({"state": "declined"}, "Choose a reason.", id="no reason was chosen"),
        pytest.param({"state": "declined", "reason": "zentinela"}, "Choose a reason.", id="that is no reason"),
    ],
)
def test_what_is_missing_is_asked_for_again(
    app: Flask, booked: Consultation, fields: dict[str, str], said: str
) -> None:
    browser = at_the_desk(app, "attorney")

    seen = sends(browser, f"/desk/intake/{booked.intake_id}/end", **fields)

    assert said in seen
    assert again(Intake, booked.intake_id).state == "cleared"


def test_while_a_call_goes_on_nothing_ends(app: Flask, booked: Consultation) -> None:
    again(Consultation, booked.id).state = "in_progress"
    db.session.commit()
    browser = at_the_desk(app, "attorney")

    seen = sends(browser, f"/desk/intake/{booked.intake_id}/end", state="declined", reason="other")

    assert "This cannot be done while a call is going on." in seen
    assert again(Intake, booked.intake_id).state == "cleared"


def test_what_is_over_is_not_ended_again(app: Flask) -> None:
    intake = an_intake(app, state=IntakeState.WITHDRAWN)
    browser, path = at_the_desk(app, "attorney"), f"/desk/intake/{intake.id}/end"
    asked = browser.get(path).text

    answer = browser.post(path, state="declined", reason="other").status_code

    assert ("Only a request whose names are cleared ends like this." in asked, answer) == (True, 404)
    assert again(Intake, intake.id).state == "withdrawn"


def test_every_reason_has_its_words() -> None:
    assert (set(keeping.ENDS), set(keeping.WHY)) == (set(ending.ENDS), set(ending.REASONS))


@pytest.mark.parametrize(
    ("role", "path", "state"),
    [("attorney", "end", IntakeState.DECLINED), ("receptionist", "withdraw", IntakeState.WITHDRAWN)],
)
def test_the_page_that_ended_it_takes_it_back(app: Flask, role: str, path: str, state: IntakeState) -> None:
    a_firm(app)
    intake = an_intake(app)
    browser = at_the_desk(app, role)
    address = f"/desk/intake/{intake.id}/{path}"
    browser.get(address)
    browser.post(address, state="declined", reason="other", how="keep")
    assert again(Intake, intake.id).state == state

    browser.get(address)
    seen = "Take it back: go on with her" in browser.text
    browser.follow(browser.post(f"{address}/undo"))

    assert (seen, again(Intake, intake.id).state, "Taken back." in browser.text) == (True, "cleared", True)
