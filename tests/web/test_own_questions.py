"""The firm's own questions at the end of Part B."""

from typing import Any

import pytest
from flask import Flask

from scheduler.casework.documents import open_answers
from scheduler.engine.states import IntakeState
from scheduler.models import Consultation, Intake
from tests.builders.browser import Browser, a_booking, own_page
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.staff import at_the_desk
from tests.web.conftest import START, prove

HEARD: dict[str, Any] = {
    "code": "own_heard",
    "kind": "radio",
    "en": "How did you hear of us?",
    "es": "¿Cómo supo de nosotros?",
    "choices": [{"code": "friend", "en": "A friend", "es": "Una amistad"}, {"code": "radio", "en": "R", "es": "Radio"}],
}
HOPES = {"code": "own_hopes", "kind": "text", "en": "What do you hope for?", "es": "¿Qué espera?", "choices": []}


@pytest.fixture
def call(app: Flask) -> Consultation:
    a_firm(app, own_questions=[HEARD, HOPES]).with_attorney("Ana")
    return a_booking(app, START, state=IntakeState.CLEARED)


@pytest.fixture
def page(app: Flask, call: Consultation, browser: Browser) -> str:
    path = f"{own_page(app, call)}/more/call"
    prove(browser, path)
    browser.get(path)
    return path


def stored(app: Flask, call: Consultation) -> Any:
    return open_answers(app.extensions["cita"], again(Intake, call.intake_id)).get("own_answers")


def test_they_stand_on_the_last_page(browser: Browser, page: str) -> None:
    assert [
        text for text in ("¿Cómo supo de nosotros?", "Una amistad", "¿Qué espera?") if text not in browser.text
    ] == []


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        pytest.param({}, None, id="neither need be answered"),
        pytest.param({"own_answers-own_heard": "friend"}, {"own_heard": "friend"}, id="one"),
        pytest.param(
            {"own_answers-own_heard": "radio", "own_answers-own_hopes": "  Paz  y techo "},
            {"own_heard": "radio", "own_hopes": "Paz y techo"},
            id="both",
        ),
        pytest.param({"own_answers-own_other": "x"}, None, id="one that is not asked"),
    ],
)
def test_an_answer_is_kept(call: Consultation, browser: Browser, page: str, fields: dict[str, str], kept: Any) -> None:
    browser.post(page, **fields)

    assert stored(browser.app, call) == kept


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"own_answers-own_heard": "tv"}, id="an answer that is not offered"),
        pytest.param({"own_answers-own_hopes": "a" * 301}, id="too much"),
        pytest.param({"own_answers-own_hopes": "a\0"}, id="no text"),
    ],
)
def test_what_is_no_answer_gets_a_message(
    app: Flask, call: Consultation, browser: Browser, page: str, fields: dict[str, str]
) -> None:
    browser.follow(browser.post(page, **fields))

    assert 'id="errors"' in browser.seen.text
    assert stored(app, call) is None


def test_an_answer_stays_when_the_firm_asks_it_no_more(
    app: Flask, call: Consultation, browser: Browser, page: str
) -> None:
    browser.post(page, **{"own_answers-own_heard": "friend"})
    a_firm(app, own_questions=[HOPES])
    browser.get(page)

    browser.post(page, **{"own_answers-own_hopes": "Paz"})

    assert stored(app, call) == {"own_heard": "friend", "own_hopes": "Paz"}


def test_a_firm_without_questions_of_its_own_asks_none(app: Flask, browser: Browser, page: str) -> None:
    a_firm(app)

    browser.get(page)

    assert "own_answers" not in browser.seen.text


@pytest.mark.parametrize(
    ("role", "sees"),
    [pytest.param("attorney", True, id="her attorney"), pytest.param("receptionist", False, id="not the desk")],
)
def test_who_may_read_the_case_reads_them_in_words(app: Flask, role: str, sees: bool) -> None:
    a_firm(app, own_questions=[HEARD])
    intake = an_intake(app, own_answers={"own_heard": "friend"})
    desk = at_the_desk(app, role)

    desk.get(f"/desk/intake/{intake.id}?lang=es")

    assert ("¿Cómo supo de nosotros?" in desk.text, "Una amistad" in desk.text) == (sees, sees)
