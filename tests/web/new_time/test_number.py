"""A year of birth that another may know does not change the number we call."""

import pytest

from scheduler.casework.documents import open_answers
from scheduler.models import Consultation, Intake
from tests.builders.browser import Browser
from tests.builders.firm import again
from tests.web.conftest import prove, tasks
from tests.web.new_time.conftest import chooses


@pytest.mark.parametrize(
    ("phone", "calls"),
    [
        pytest.param("664 999 0000", 0, id="another's number is not called in place of hers"),
        pytest.param("664 123 4567", 1, id="the number we know is"),
    ],
)
def test_who_proved_a_year_of_birth_is_called_at_the_number_we_know(
    browser: Browser, hers: Consultation, back: str, phone: str, calls: int
) -> None:
    prove(browser, back)
    chooses(browser, back)
    browser.get("/apply/call-me")

    browser.follow(browser.post("/apply/call-me", **{"contact_phone": phone, "contact_phone-country": "MX"}))

    known = open_answers(browser.app.extensions["cita"], again(Intake, hers.intake_id))["contact_phone"]
    assert (known, len(tasks("call_back"))) == ("+526641234567", calls)
    assert ("No es lo que tenemos anotado" in browser.text) is not bool(calls)
