"""How urgent somebody is, said at the desk: who may, and that nothing typed is lost."""

import pytest
from flask import Flask

from scheduler.models import Intake
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.staff import at_the_desk


def test_the_desk_raises_somebody(app: Flask) -> None:
    a_firm(app)
    intake = an_intake(app)
    browser = at_the_desk(app, "receptionist")
    browser.get(f"/desk/intake/{intake.id}")

    page = browser.follow(browser.post(f"/desk/intake/{intake.id}/level", level="U1", reason="")).text

    assert (again(Intake, intake.id).urgency, "Saved." in page) == ("U1", True)


@pytest.mark.parametrize(
    ("role", "level", "reason", "said"),
    [
        pytest.param("receptionist", "N", "she is calm now", "Only an attorney or a paralegal", id="the desk lowers"),
        pytest.param("attorney", "N", "calm", "Write why, in 10 letters or more.", id="no reason"),
        pytest.param("attorney", "X9", "she is calm now", "Choose a level.", id="no level at all"),
    ],
)
def test_what_is_refused_is_told_and_what_was_typed_is_there(
    app: Flask, role: str, level: str, reason: str, said: str
) -> None:
    a_firm(app)
    intake = an_intake(app, immediate_danger="yes")
    browser = at_the_desk(app, role)
    browser.get(f"/desk/intake/{intake.id}")

    answer = browser.post(f"/desk/intake/{intake.id}/level", level=level, reason=reason)

    assert (answer.status_code, said in answer.text, f'value="{reason}"' in answer.text) == (400, True, True)
    assert again(Intake, intake.id).urgency == "E"


def test_an_administrator_finds_no_such_page(app: Flask) -> None:
    a_firm(app)
    intake = an_intake(app)
    browser = at_the_desk(app, "admin")

    assert browser.post(f"/desk/intake/{intake.id}/level", level="U1").status_code == 404
