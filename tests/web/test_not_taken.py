"""The letter to her whom the firm may not hear: by a link that asks who she is, and at the desk, to be read to her."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import links, waiting_letters
from scheduler.casework.deciding import decline
from scheduler.casework.facts import SaveFact, add_help
from scheduler.casework.parts import Parts
from scheduler.casework.retention import purge_due
from scheduler.models import Intake, WaitingLetter, db
from tests.builders.browser import Browser
from tests.builders.client import Client
from tests.builders.firm import a_firm, again
from tests.builders.names import keep, known
from tests.builders.staff import a_login, at_the_desk, who_is
from tests.conftest import Hands, on_both
from tests.web.conftest import opens_the_letter, prove

AGAINST = [("Carlos Mendoza Ruiz", "person_against")]
LETTER = "Gracias por su confianza. No podemos tomar este asunto y no somos sus abogados."


@pytest.fixture
def declined(app: Flask, parts: Parts) -> Intake:
    a_firm(app).with_attorney("Ana")
    keep(parts, known("Carlos", "Mendoza Ruiz"))
    add_help(
        parts,
        who_is(a_login(app, "admin")),
        SaveFact({"en": "Beds", "es": "Camas"}, {"city": "Tijuana", "name": "Casa Uno", "phone": "+52 664 555 0000"}),
    )
    intake = Client(app).through_all_pages(conflict_people_any="yes", conflict_people=AGAINST).row
    decline(parts, who_is(a_login(app, "conflicts")), intake.id, "we act for Carlos Mendoza")
    return intake


def way_back(parts: Parts, intake: Intake) -> str:
    return f"/c/{links.again(parts, intake.id, links.AGAIN)}/new-time"


def test_a_text_says_that_a_message_waits_and_leads_to_the_letter(app: Flask, parts: Parts, declined: Intake) -> None:
    before, browser = opens_the_letter(app, way_back(parts, declined))

    assert ("matter" in before, "asunto" in before) == (False, False)
    assert LETTER in browser.text
    assert "Las fechas siguen corriendo." in browser.text
    assert "Casa Uno, Tijuana, +52 664 555 0000" in browser.text
    assert "miércoles, 25 de noviembre" in browser.text


def test_the_letter_says_no_reason_and_names_nobody(app: Flask, parts: Parts, declined: Intake) -> None:
    browser, path = Browser(app), way_back(parts, declined)
    browser.get(path)
    prove(browser, path)
    browser.get(path)

    assert not [word for word in ("Mendoza", "Carlos", "conflicto de", "Hernández") if word in browser.text]
    assert "<title>Citas</title>" in browser.seen.text


def test_whoever_calls_her_reads_it_to_her_in_both_languages(app: Flask, declined: Intake) -> None:
    desk = at_the_desk(app)
    desk.get(f"/desk/intake/{declined.id}/letter")

    assert (LETTER in desk.text, "We cannot take this matter, and we are not your lawyer." in desk.text) == (True, True)
    assert "Mendoza" not in desk.text


def test_there_is_no_letter_for_who_is_not_declined(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    intake = Client(app).through_all_pages().row

    assert at_the_desk(app).get(f"/desk/intake/{intake.id}/letter").status_code == 404


def test_the_day_it_names_is_the_day_after(app: Flask, parts: Parts, declined: Intake, hands: Hands) -> None:
    hands.set(hands.now + timedelta(hours=5))
    desk = at_the_desk(app)
    desk.get(f"/desk/intake/{declined.id}/letter")

    assert "Wednesday, November 25" in desk.text


def purged(parts: Parts, hands: Hands, intake: Intake, days: int = 2) -> None:
    hands.set(hands.now + timedelta(days=days))
    purge_due(parts)
    assert again(Intake, intake.id).state == "purged"


@on_both
@pytest.mark.parametrize("purpose", [links.AGAIN, links.AGAIN_SHORT])
def test_the_letter_outlives_what_she_told(
    app: Flask, parts: Parts, declined: Intake, hands: Hands, purpose: str
) -> None:
    token = links.again(parts, declined.id, purpose)
    purged(parts, hands, declined)
    browser, path = Browser(app), f"/c/{token}" if purpose == links.AGAIN else f"/s/{token}"

    browser.follow(browser.get(path))
    asked = browser.text
    browser.follow(browser.post(f"/c/{token}/letter", birth_year="1990"))

    assert ("asunto" in asked, LETTER in browser.text) == (False, True)
    assert "miércoles, 25 de noviembre" in browser.text


def test_another_year_opens_no_letter_and_five_of_them_close_it_for_an_hour(
    app: Flask, parts: Parts, declined: Intake, hands: Hands
) -> None:
    path = f"/c/{links.again(parts, declined.id, links.AGAIN)}/letter"
    purged(parts, hands, declined)
    browser = Browser(app)
    browser.get(path)

    for year in ("1991", "1992", "1993", "1994", "soon", "1990"):
        browser.follow(browser.post(path, birth_year=year))
        assert LETTER not in browser.text
    hands.set(hands.now + timedelta(hours=1))
    browser.follow(browser.post(path, birth_year="1990"))

    assert LETTER in browser.text


def test_after_thirty_days_there_is_no_letter(app: Flask, parts: Parts, declined: Intake, hands: Hands) -> None:
    path = f"/c/{links.again(parts, declined.id, links.AGAIN)}/letter"
    purged(parts, hands, declined, days=30)
    waiting_letters.forget(parts)

    assert Browser(app).get(path).status_code == 404
    assert db.session.scalars(select(WaitingLetter)).all() == []


def test_nothing_of_it_leads_to_her(parts: Parts, declined: Intake) -> None:
    said = repr(db.session.execute(select(*WaitingLetter.__table__.c)).all())

    assert not [word for word in (str(declined.id), declined.ref, "1990", "Rosa") if word in said]
