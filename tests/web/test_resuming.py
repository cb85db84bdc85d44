"""Finish later and go on, by number and code; nobody learns whether there is such a number."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.marks import Unreachable
from scheduler.engine.states import OPEN_INTAKES, IntakeState
from scheduler.models import Intake, Resumption, db
from tests.builders.browser import Browser
from tests.builders.firm import an_intake
from tests.conftest import Hands, on_both
from tests.web.resuming import asks, codes, draft, gives

pytestmark = pytest.mark.usefixtures("one_attorney")

UNSAFE = [
    pytest.param({"device_safe": "no"}, id="others see her device"),
    pytest.param({"device_safe": "not_sure"}, id="she is not sure who sees it"),
    pytest.param({"phone_shared": "shared_unsafe"}, id="others see her phone"),
    pytest.param({"may_write": "no"}, id="nobody may write to her"),
    pytest.param({"contact_channel": "call"}, id="she is only called"),
]


def a_number_of(app: Flask, state: IntakeState) -> str:
    """The number of an intake in this state, as such numbers are made."""
    with writing() as session:
        row = session.get_one(Intake, an_intake(app, state=state).id)
        row.ref = "9ABCDEFG"
    return "9ABCDEFG"


@on_both
def test_number_and_code_open_her_answers_where_she_was(app: Flask, parts: Parts) -> None:
    ref, browser = draft(app).row.ref, Browser(app)
    asks(browser, ref)

    where = gives(browser, codes(parts)[0])

    assert where == "/apply/where"
    assert "Hernández Paz" in browser.get("/apply/about").text


def test_the_browser_before_opens_nothing_any_more(app: Flask, parts: Parts) -> None:
    before = draft(app)
    browser = asks(Browser(app), before.row.ref)

    gives(browser, codes(parts)[0])

    assert (before.get("/apply/about").status_code, before.draft) == (303, None)


def test_what_was_open_in_this_browser_is_let_go_of(app: Flask, parts: Parts) -> None:
    ref, here = draft(app).row.ref, draft(app, given_names="Another")
    token = here.token
    asks(here, ref)

    gives(here, codes(parts)[0])

    assert here.said["given_names"] == "Rosa Elena"
    assert token != here.token


@pytest.mark.parametrize("typed", ["{ref}", " {ref} ", "{low}", "{split}"])
def test_a_number_may_be_written_as_people_do(app: Flask, parts: Parts, typed: str) -> None:
    ref = draft(app).row.ref

    low = ref.lower().replace("0", "o").replace("1", "l")
    asks(Browser(app), typed.format(ref=ref, low=low, split=f"{ref[:4]}-{ref[4:]}"))

    assert len(codes(parts)) == 1


@pytest.mark.parametrize("typed", ["", "ABC", "UUUUUUUU", "x" * 5000, "\0", "' OR 1=1 --", "ABCDEFGHJ"])
def test_what_can_be_no_number_is_a_message(app: Flask, typed: str) -> None:
    browser = Browser(app)
    browser.get("/resume")

    browser.follow(browser.post("/resume", ref=typed))

    assert "Escriba las 8 letras y números." in browser.text
    assert db.session.scalars(select(Resumption)).all() == []


@pytest.mark.parametrize("answers", UNSAFE)
def test_where_she_may_not_be_written_to_there_is_no_code_and_no_button(
    app: Flask, parts: Parts, answers: dict[str, Any]
) -> None:
    client = draft(app, **answers)
    client.get("/apply/where")
    page = client.text

    asks(Browser(app), client.row.ref)

    assert (codes(parts), "Terminar después" in page) == ([], False)


@pytest.mark.parametrize("answers", UNSAFE[:3])
def test_on_an_unsafe_device_she_is_told_to_call_with_her_number(app: Flask, answers: dict[str, Any]) -> None:
    client = draft(app, **answers)

    client.get("/apply/where")

    assert f"Solo llámenos con este número: {client.row.ref}" in client.text


def test_finish_later_tells_her_number_and_closes_this_browser(app: Flask) -> None:
    client = draft(app)
    ref = client.row.ref
    client.get("/apply/where")
    offered = 'href="/apply/later"' in client.seen.text
    client.get("/apply/later")
    told = ref in client.text

    answer = client.sends("/apply/later", {})

    db.session.rollback()
    states = db.session.scalars(select(Intake.state)).all()
    assert (offered, told, answer.headers["Location"]) == (True, True, "/x")
    assert (client.get("/apply/about").status_code, states) == (303, [IntakeState.DRAFT])


@pytest.mark.parametrize("state", sorted(OPEN_INTAKES))
def test_what_is_open_can_be_opened_again(app: Flask, parts: Parts, state: IntakeState) -> None:
    browser = asks(Browser(app), a_number_of(app, state))

    where = gives(browser, codes(parts)[0])

    assert where == ("/apply/notices" if state is IntakeState.DRAFT else "/apply/time")


@pytest.mark.parametrize("state", sorted(set(IntakeState) - OPEN_INTAKES))
def test_what_is_over_is_not(app: Flask, parts: Parts, state: IntakeState) -> None:
    asks(Browser(app), a_number_of(app, state))

    assert codes(parts) == []


def test_a_draft_that_has_lapsed_is_not(app: Flask, parts: Parts, hands: Hands) -> None:
    ref = draft(app).row.ref
    hands.set(hands.now + timedelta(days=7))

    asks(Browser(app), ref)

    assert codes(parts) == []


def test_who_cannot_be_reached_any_more_is_sent_no_code(app: Flask, parts: Parts) -> None:
    client = draft(app)
    client.row.flags = [Unreachable.PHONE_TAKEN, "manual_contact"]
    db.session.commit()

    asks(Browser(app), client.row.ref)

    assert codes(parts) == []
