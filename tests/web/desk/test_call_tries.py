"""A call in vain is written down on the page of her intake."""

from datetime import timedelta

import pytest
from flask import Flask

from scheduler.engine.states import IntakeState
from scheduler.models import CallTry, Intake, db
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.staff import at_the_desk
from tests.conftest import Hands


@pytest.fixture
def asked(app: Flask) -> Intake:
    """Somebody who asked to be called."""
    a_firm(app)
    return an_intake(app, state=IntakeState.CALL_REQUESTED)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "9:00 am: She is at the bridge, Robin Desk"), ("es", "Está en el puente")]
)
def test_what_was_written_down_is_read_below(app: Flask, asked: Intake, language: str, said: str) -> None:
    browser = at_the_desk(app)
    browser.get(f"/desk/intake/{asked.id}?lang={language}")

    browser.follow(browser.post(f"/desk/intake/{asked.id}/try", cause="at_the_bridge"))

    assert said in browser.text


def test_the_third_call_that_nobody_answers_closes_it_and_says_so(app: Flask, asked: Intake, hands: Hands) -> None:
    browser = at_the_desk(app)
    for _ in range(3):
        hands.set(hands.now + timedelta(minutes=11))
        browser.get(f"/desk/intake/{asked.id}")
        browser.follow(browser.post(f"/desk/intake/{asked.id}/try", cause="not_reached"))

    assert "Three calls, and nobody answered: it is closed." in browser.text
    assert again(Intake, asked.id).state == "withdrawn"


@pytest.mark.parametrize("cause", ["", "asleep", "\0"])
def test_nonsense_is_no_cause(app: Flask, asked: Intake, cause: str) -> None:
    browser = at_the_desk(app)
    browser.get(f"/desk/intake/{asked.id}")

    assert browser.post(f"/desk/intake/{asked.id}/try", cause=cause).status_code == 400
    assert db.session.query(CallTry).count() == 0


def test_at_an_hour_that_is_not_safe_the_page_says_what_that_means(app: Flask, asked: Intake, hands: Hands) -> None:
    browser = at_the_desk(app)
    by_day = "It is no safe hour for her" in browser.get(f"/desk/intake/{asked.id}").text
    hands.set(hands.now + timedelta(hours=10))
    browser = at_the_desk(app)

    assert (by_day, "It is no safe hour for her" in browser.get(f"/desk/intake/{asked.id}").text) == (False, True)
