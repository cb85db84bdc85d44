"""After a cancellation a letter leads her back: nothing is told before the proof, then she chooses a new time."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from config import Settings
from scheduler.casework import links
from scheduler.casework.outbox import extras_of
from scheduler.casework.parts import Parts
from scheduler.models import Consultation, Intake, Outbox, db
from tests.builders.browser import Browser
from tests.builders.firm import a_firm
from tests.conftest import on_both
from tests.web.conftest import prove, tasks
from tests.web.new_time.conftest import BY_MAIL, cancelled, chooses, drain

TEXT = re.compile(r"http://127\.0\.0\.1:8000(/s/[a-z2-7]{16})[ .]")
MAIL = re.compile(r"http://127\.0\.0\.1:8000(/c/[\w-]{43})[ .]")


def text_of(settings: Settings) -> str:
    return "".join(path.read_text() for path in (settings.data / "texts").glob("*.json"))


@on_both
def test_the_text_leads_to_a_new_time_and_no_further_without_a_proof(
    app: Flask, parts: Parts, settings: Settings, browser: Browser
) -> None:
    a_firm(app).with_attorney("Ana")
    booked = cancelled(app, parts)
    drain(parts)
    (short,) = TEXT.findall(text_of(settings))
    browser.get(short)
    asked = browser.text
    browser.follow(browser.post(short, birth_year="1990"))
    chooses(browser, browser.seen.request.path)

    browser.post("/apply/time", slot_id="2026-11-30T18:00Z", call_mode="phone", again="again-1")

    db.session.rollback()
    standing = db.session.scalars(select(Consultation).where(Consultation.state == "booked")).one()
    assert ("¿Es usted?" in asked, standing.intake_id) == (True, booked.intake_id)


def test_the_mail_leads_there_by_a_long_address(app: Flask, parts: Parts, settings: Settings, browser: Browser) -> None:
    a_firm(app).with_attorney("Ana")
    cancelled(app, parts, **BY_MAIL)
    drain(parts)
    (mail,) = [path.read_text() for path in (settings.data / "mail").glob("*.eml") if "rosa@" in path.read_text()]
    (long,) = set(MAIL.findall(mail.replace("=\n", "")))

    browser.follow(browser.get(long))

    assert browser.seen.request.path == f"{long}/new-time"
    assert "¿Es usted?" in browser.text


@pytest.mark.parametrize("told", ["2026", "27", "noviembre", "9:00", "Tijuana", "Rosa", "664"])
def test_before_the_proof_nothing_is_told(browser: Browser, back: str, told: str) -> None:
    browser.get(back)

    assert told not in browser.text.replace("+12135550100", "")


def test_a_wrong_year_opens_nothing(browser: Browser, back: str) -> None:
    prove(browser, back, "1991")

    browser.post(back)

    assert browser.get("/apply/time").headers["Location"] == "/"


def test_a_code_opens_it_too(parts: Parts, browser: Browser, back: str) -> None:
    browser.get(back)
    browser.follow(browser.post(back, send_code="1"))
    db.session.rollback()
    letter = db.session.scalars(select(Outbox).where(Outbox.kind == "otp")).one()

    browser.follow(browser.post(back, code=extras_of(parts, letter)["code"]))

    assert "Elegir otra hora" in browser.text


def test_six_wrong_years_lock_it_and_tell_the_desk(app: Flask, hers: Consultation, back: str) -> None:
    statuses = []
    for turn in range(6):
        browser = Browser(app)
        browser.get(back)
        statuses.append(browser.post(back, birth_year=str(1950 + turn)).status_code)

    assert statuses[-1] == 429
    assert [task.intake_id for task in tasks("link_locked")] == [hers.intake_id]


def test_to_look_at_it_changes_nothing(browser: Browser, hers: Consultation, back: str) -> None:
    prove(browser, back)
    browser.get(back)

    assert db.session.get_one(Intake, hers.intake_id).draft_hash is None


def test_the_browser_that_came_back_is_shown_no_number(browser: Browser, back: str) -> None:
    prove(browser, back)
    chooses(browser, back)

    browser.get("/apply/call-me")

    assert browser.seen.status_code == 200
    assert 'value="664' not in browser.seen.text


def test_the_browser_before_it_opens_her_intake_no_more(
    app: Flask, browser: Browser, hers: Consultation, back: str
) -> None:
    first = Browser(app).with_intake(db.session.get_one(Intake, hers.intake_id))
    prove(browser, back)
    chooses(browser, back)

    assert first.get("/apply/time").headers["Location"] == "/"


def test_whoever_comes_back_by_the_link_does_not_learn_who_helped_her(
    app: Flask, parts: Parts, browser: Browser
) -> None:
    a_firm(app).with_attorney("Ana")
    helped = {"filler_role": "advocate", "helper_name": "Sentinelsister", "helper_org": "Sentinelshelter"}
    call = cancelled(app, parts, **helped, contact_channel="helper", helper_medium="sms")
    back = f"/c/{links.again(parts, call.intake_id, links.AGAIN)}/new-time"
    prove(browser, back)
    chooses(browser, back)
    offered = "/apply/next" in browser.text

    where = browser.follow(browser.post("/apply/next"))
    browser.get("/apply/safety")
    browser.post("/apply/safety", device_safe="yes", immediate_danger="no")
    pages = [browser.get(f"/apply/{page}").text for page in ("who", "contact", "time", "hand-over")]

    assert (offered, where.status_code) == (False, 200)
    assert not [word for word in ("Sentinel", "664 123", "6641234567") if word in "".join(pages)]
