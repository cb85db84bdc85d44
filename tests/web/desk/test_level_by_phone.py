"""A level that was lowered, and dates that are asked by phone afterwards."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from scheduler.casework.parts import Parts
from scheduler.models import Intake
from tests.builders.firm import a_firm, again
from tests.builders.phoned import asks, wants_a_call
from tests.builders.staff import at_the_desk
from tests.builders.stopped import TOMORROW
from tests.conftest import Hands

IN_A_WEEK: dict[str, Any] = {**TOMORROW, "next_hearing_date": "2026-12-01"}


@pytest.mark.parametrize(
    ("said", "level"),
    [
        pytest.param({}, "N", id="the same date: it stands"),
        pytest.param({"next_hearing_date": "2026-11-30"}, "U1", id="a nearer date: nobody has judged that one"),
    ],
)
def test_a_lowered_level_stands_as_long_as_her_dates_are_those_it_was_lowered_for(
    app: Flask, parts: Parts, hands: Hands, said: dict[str, str], level: str
) -> None:
    a_firm(app).with_attorney("Ana")
    intake, browser = wants_a_call(app), at_the_desk(app, "paralegal")
    asks(browser, intake, ("contact", "about", "where", "arrival", "dates"), **IN_A_WEEK)
    hands.set(parts.clock.now() + timedelta(minutes=5))
    browser.get(f"/desk/intake/{intake.id}")
    browser.post(f"/desk/intake/{intake.id}/level", level="N", reason="another attorney goes with her")
    hands.set(parts.clock.now() + timedelta(minutes=5))

    asks(browser, intake, ("dates",), **{**IN_A_WEEK, **said})

    assert again(Intake, intake.id).urgency == level
