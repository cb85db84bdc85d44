"""The letter after a call: behind a link that asks who she is, and at the desk, to be read to her by phone."""

import re
from typing import Any

import pytest
from flask import Flask

from scheduler.casework import links
from scheduler.casework.parts import Parts
from scheduler.engine.calls import Letter, Result
from scheduler.engine.wording import never_said
from scheduler.models import Consultation, Outbox, db
from scheduler.words import speaking
from tests.builders.browser import Browser
from tests.builders.firm import an_intake
from tests.builders.reports import MINUTE, open_tasks, talked
from tests.builders.staff import at_the_desk, confirm_names
from tests.conftest import Hands
from tests.web.conftest import opens_the_letter, prove

PROPOSED = re.compile(r'id="by">.*?<option value="([^"]+)" selected', re.DOTALL)
SAID = "Hablamos el viernes, 27 de noviembre. No somos sus abogados hasta que los dos firmemos un acuerdo."
DATES = (
    "Usted nos habló de estas fechas: corte: miércoles, 20 de enero de 2027; carta con fecha: martes, 2 de febrero de"
    " 2027. Revíselas en sus papeles o en el 1-800-898-7180."
)
NO_DATES = "Si tiene fechas, revíselas en sus papeles o en el 1-800-898-7180."
TOLD: dict[str, Any] = {"next_hearing_date": "2027-01-20", "other_deadline": "yes", "other_deadline_date": "2027-02-02"}


def way_back(parts: Parts, call: Consultation) -> str:
    return f"/c/{links.again(parts, call.intake_id, links.AGAIN)}/new-time"


@pytest.mark.parametrize(
    ("answers", "dates"), [pytest.param(TOLD, DATES, id="her dates"), pytest.param({}, NO_DATES, id="none")]
)
def test_who_proves_that_she_is_she_reads_it_and_nobody_else_does(
    app: Flask, parts: Parts, hands: Hands, answers: dict[str, Any], dates: str
) -> None:
    call = talked(app, parts, hands, **answers)

    before, browser = opens_the_letter(app, way_back(parts, call))

    assert db.session.query(Outbox.state).filter_by(kind="message_waiting").scalar() == "sent"
    assert [word for word in ("Hablamos", "abogad", "acuerdo", "corte") if word in before] == []
    assert (SAID in browser.text, dates in browser.text) == (True, True)
    assert "<title>Citas</title>" in browser.seen.text


def test_in_english_it_says_the_same(app: Flask, parts: Parts, hands: Hands) -> None:
    call = talked(app, parts, hands, ui_locale="en", **TOLD)
    browser, path = Browser(app), way_back(parts, call)

    prove(browser, path)
    browser.get(path)

    assert (
        "We talked on Friday, November 27. We are not your lawyer until we both sign an agreement. You told us about"
        " these dates: court: Wednesday, January 20, 2027; letter with a date: Tuesday, February 2, 2027. Please check"
        " them on your papers or at 1-800-898-7180."
    ) in browser.text


@pytest.mark.parametrize("letter", [Letter.NONE, Letter.ENGAGEMENT])
def test_of_a_call_without_that_letter_she_reads_nothing(
    app: Flask, parts: Parts, hands: Hands, letter: Letter
) -> None:
    call = talked(app, parts, hands, letter)

    assert db.session.query(Outbox).filter_by(kind="message_waiting").count() == 0
    assert at_the_desk(app).get(f"/desk/intake/{call.intake_id}/letter").status_code == 404


def test_whoever_calls_her_reads_it_to_her_in_both_languages(app: Flask, parts: Parts, hands: Hands) -> None:
    call = talked(app, parts, hands, may_write="no", **TOLD)
    desk = at_the_desk(app)
    desk.get(f"/desk/intake/{call.intake_id}")
    link = f'href="/desk/intake/{call.intake_id}/letter"' in desk.seen.text

    desk.get(f"/desk/intake/{call.intake_id}/letter")

    assert ("read_letter" in open_tasks(call.intake_id), link) == (True, True)
    assert (SAID in desk.text, "We talked on Friday, November 27." in desk.text) == (True, True)


def test_neither_her_page_nor_the_letter_says_what_came_of_the_call(app: Flask, parts: Parts, hands: Hands) -> None:
    call = talked(app, parts, hands, **TOLD)
    browser, path = Browser(app), way_back(parts, call)

    prove(browser, path)
    browser.get(path)

    with speaking("es"):
        assert [one for one in map(str, Result) if one in browser.seen.text] == []
        assert never_said(browser.text) == []


def test_there_is_no_such_letter_for_who_was_not_talked_to(app: Flask, parts: Parts, hands: Hands) -> None:
    talked(app, parts, hands)

    assert at_the_desk(app).get(f"/desk/intake/{an_intake(app).id}/letter").status_code == 404


@pytest.mark.parametrize(
    ("result", "page"),
    [
        pytest.param("refer", "/desk/intake/{intake}/end", id="to whom she is referred"),
        pytest.param("decline", "/desk/intake/{intake}/end", id="that we do not take her"),
        pytest.param("second_call", "/desk/intake/{intake}/book", id="the second call is booked"),
        pytest.param("undecided", "/desk/consultation/{call}", id="nothing more"),
    ],
)
def test_what_came_of_it_leads_to_what_is_done_next(
    app: Flask, booked: Consultation, hands: Hands, result: str, page: str
) -> None:
    confirm_names(app, booked.intake_id)
    hands.set(booked.starts_at + 30 * MINUTE)
    browser, path = at_the_desk(app, "attorney"), f"/desk/consultation/{booked.id}/report"
    browser.get(path)
    said = {"step": "call_her", "by": PROPOSED.findall(browser.seen.text)[0], "back_on": "2026-12-07", "letter": "none"}

    answer = browser.post(path, what="done", result=result, dates="yes", **said)

    assert answer.headers["Location"] == f"{page.format(intake=booked.intake_id, call=booked.id)}?note=reported"
    browser.follow(answer)
    assert "Saved." in browser.text


@pytest.mark.parametrize(
    ("what", "letter", "status", "said"),
    [
        pytest.param("closed", "none", 400, "Before it is closed she is given a letter", id="none"),
        pytest.param("closed", "", 400, "Before it is closed she is given a letter", id="not chosen"),
        pytest.param("closed", "engagement", 303, "The agreement: sent outside this program", id="an agreement"),
        pytest.param("closed", "after_call", 303, "“After a call, no agreement yet”", id="the letter"),
    ],
)
def test_the_desk_closes_a_call_with_a_letter_alone(  # noqa: PLR0917 - what is pressed, and what it leads to
    app: Flask, parts: Parts, hands: Hands, what: str, letter: str, status: int, said: str
) -> None:
    call = talked(app, parts, hands, Letter.NONE)
    browser, path = at_the_desk(app, "paralegal"), f"/desk/consultation/{call.id}/report"
    browser.get(path)
    browser.follow(browser.post(path, what="follow_up", letter="none"))
    browser.get(path)

    answer = browser.post(path, what=what, letter=letter)

    browser.get(path.removesuffix("/report"))
    assert (answer.status_code, said in (answer.text if status == 400 else browser.text)) == (status, True)


def test_who_says_what_became_of_it_is_one_press_from_how_she_is_reached_now(app: Flask, booked: Consultation) -> None:
    browser = at_the_desk(app, "attorney", "receptionist")

    browser.get(f"/desk/consultation/{booked.id}/report")

    assert f'href="/desk/intake/{booked.intake_id}/facts/contact"' in browser.seen.text
