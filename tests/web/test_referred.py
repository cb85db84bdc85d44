"""The letter to who is referred: which office, what is shared only if she says so, and that dates keep running."""

import pytest
from flask import Flask

from scheduler.casework import links
from scheduler.casework.ending import End, end
from scheduler.casework.parts import Parts
from scheduler.casework.referring import Office, referral
from scheduler.engine.states import IntakeState
from scheduler.models import Intake
from tests.builders.browser import Browser
from tests.builders.client import Client
from tests.builders.firm import a_firm, again
from tests.builders.reviews import open_tasks
from tests.builders.staff import a_login, at_the_desk, who_is
from tests.web.conftest import prove

SAYS = (
    "Otra oficina quizá pueda ayudar: Casa Dos",
    "Solo compartimos sus respuestas si usted dice que sí:",
    "Sí, compartir",
    "No, yo llamo",
    "Las fechas siguen corriendo.",
)


@pytest.fixture
def referred(app: Flask, parts: Parts) -> Intake:
    a_firm(app).with_attorney("Ana")
    intake = Client(app).through_all_pages().row
    office = Office("Casa Dos", "+1 619 555 0100")
    end(parts, who_is(a_login(app, "attorney")), End(intake.id, IntakeState.REFERRED, "capacity", office))
    found: Intake = again(Intake, intake.id)
    return found


def way_back(parts: Parts, intake: Intake) -> str:
    return f"/c/{links.again(parts, intake.id, links.AGAIN)}"


def opened(app: Flask, parts: Parts, intake: Intake) -> Browser:
    browser, path = Browser(app), f"{way_back(parts, intake)}/new-time"
    prove(browser, path)
    browser.get(path)
    return browser


def shares(parts: Parts, intake: Intake) -> bool | None:
    found = referral(parts, again(Intake, intake.id))
    return found.shares if found else None


def test_the_letter_names_the_office_and_asks_her(app: Flask, parts: Parts, referred: Intake) -> None:
    said = opened(app, parts, referred).text

    assert [words for words in SAYS if words not in said] == []


@pytest.mark.parametrize(
    ("word", "follows"),
    [
        pytest.param("yes", ("Usted dijo que sí.", ["share_answers"]), id="yes"),
        pytest.param("no", ("Usted dijo que no.", []), id="no"),
    ],
)
def test_she_answers_on_the_page(
    app: Flask, parts: Parts, referred: Intake, word: str, follows: tuple[str, list[str]]
) -> None:
    browser = opened(app, parts, referred)

    browser.follow(browser.post(f"{way_back(parts, referred)}/share", share=word))

    assert (follows[0] in browser.text, open_tasks()) == (True, follows[1])
    assert shares(parts, referred) is (word == "yes")


@pytest.mark.parametrize("word", ["", "maybe", "YES"])
def test_what_is_neither_yes_nor_no_is_neither(app: Flask, parts: Parts, referred: Intake, word: str) -> None:
    browser = opened(app, parts, referred)

    answer = browser.post(f"{way_back(parts, referred)}/share", share=word)

    assert (answer.status_code, shares(parts, referred)) == (303, None)


def test_nobody_says_yes_for_her_without_a_proof(app: Flask, parts: Parts, referred: Intake) -> None:
    browser = Browser(app)
    browser.get(f"{way_back(parts, referred)}/new-time")

    browser.post(f"{way_back(parts, referred)}/share", share="yes")

    assert shares(parts, referred) is None


def test_the_desk_writes_down_what_she_said_by_phone(app: Flask, parts: Parts, referred: Intake) -> None:
    desk = at_the_desk(app, "receptionist")
    desk.get(f"/desk/intake/{referred.id}")
    before = desk.text

    desk.follow(desk.post(f"/desk/intake/{referred.id}/share", share="no"))

    assert ("Share nothing." in before, "She said no: share nothing." in desk.text) == (True, True)
    assert shares(parts, referred) is False


def test_whoever_calls_her_reads_it_to_her_in_both_languages(app: Flask, parts: Parts, referred: Intake) -> None:
    desk = at_the_desk(app)
    desk.get(f"/desk/intake/{referred.id}/letter")

    assert "Otra oficina quizá pueda ayudar: Casa Dos" in desk.text
    assert "Another office may be able to help: Casa Dos" in desk.text


def test_the_page_that_refers_her_wants_an_office(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    intake = Client(app).through_all_pages().row
    desk = at_the_desk(app, "paralegal")
    desk.get(f"/desk/intake/{intake.id}/end")

    desk.follow(desk.post(f"/desk/intake/{intake.id}/end", state="referred", reason="capacity"))

    assert "Name the other office in one line." in desk.text
    assert again(Intake, intake.id).state == "cleared"
