"""After a cancellation a letter leads her back: nothing is told before the proof, then she chooses a new time."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from config import Settings
from scheduler.casework import links
from scheduler.casework.delivery import deliver_one
from scheduler.casework.moving import Cancel, cancel
from scheduler.casework.outbox import extras_of
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.states import Actor, IntakeState
from scheduler.models import ClientLink, Consultation, Intake, Outbox, db
from tests.builders.browser import Browser, a_booking, own_page
from tests.builders.firm import a_firm, an_intake
from tests.builders.staff import a_login, row_of
from tests.conftest import Hands, on_both
from tests.web.conftest import START, prove, tasks
from tests.web.test_links import CHANGING_PAGES

BY_MAIL: dict[str, Any] = {"contact_channel": "email", "contact_email": "rosa@mail.example"}
TEXT = re.compile(r"http://127\.0\.0\.1:8000(/s/[a-z2-7]{16})[ .]")
MAIL = re.compile(r"http://127\.0\.0\.1:8000(/c/[\w-]{43})[ .]")


def cancelled(app: Flask, parts: Parts, **answers: Any) -> Consultation:
    booked = a_booking(app, START, **answers)
    cancel(parts, Cancel(booked.id))
    return booked


def drain(parts: Parts) -> None:
    while deliver_one(parts):
        pass


def text_of(settings: Settings) -> str:
    return "".join(path.read_text() for path in (settings.data / "texts").glob("*.json"))


@pytest.fixture
def hers(app: Flask, parts: Parts) -> Consultation:
    a_firm(app).with_attorney("Ana")
    return cancelled(app, parts)


@pytest.fixture
def back(parts: Parts, hers: Consultation) -> str:
    """The page to which the letter leads."""
    return f"/c/{links.again(parts, hers.intake_id, links.AGAIN)}/new-time"


def chooses(browser: Browser, back: str) -> None:
    """She has proved it and goes on to the times."""
    browser.get(back)
    browser.follow(browser.post(back))


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


def test_who_has_a_time_again_is_shown_that(app: Flask, browser: Browser, hers: Consultation, back: str) -> None:
    prove(browser, back)
    chooses(browser, back)
    browser.post("/apply/time", slot_id="2026-11-30T18:00Z", call_mode="phone", again="again-1")
    second = Browser(app)
    prove(second, back)
    second.get(back)

    second.follow(second.post(back))

    assert second.seen.headers["Location"] == "/apply/done"


@pytest.mark.parametrize("state", [IntakeState.WITHDRAWN, IntakeState.DECLINED])
def test_who_cannot_choose_herself_is_told_to_call(
    browser: Browser, hers: Consultation, back: str, state: IntakeState
) -> None:
    with writing() as session:
        session.get_one(Intake, hers.intake_id).state = state
    prove(browser, back)

    answer = browser.post(back)

    assert "Para otra hora, por favor, llámenos." in browser.text
    assert answer.headers["Location"] == back


@on_both
def test_there_is_one_for_an_intake_and_each_letter_gives_it_thirty_days(
    app: Flask, parts: Parts, hands: Hands, hers: Consultation
) -> None:
    first = links.again(parts, hers.intake_id, links.AGAIN)
    hands.set(hands.now + timedelta(days=20))

    with writing() as session:
        links.renew(session, parts, hers.intake_id)

    (link,) = db.session.scalars(select(ClientLink).where(ClientLink.purpose == links.AGAIN))
    assert links.again(parts, hers.intake_id, links.AGAIN) == first
    assert link.expires_at == hands.now + timedelta(days=30)


@on_both
def test_after_thirty_days_it_is_dead_and_the_next_one_is_another(
    parts: Parts, hands: Hands, browser: Browser, hers: Consultation, back: str
) -> None:
    first = links.again(parts, hers.intake_id, links.AGAIN)
    hands.set(hands.now + timedelta(days=30))
    gone = browser.get(back).status_code

    with writing() as session:
        links.renew(session, parts, hers.intake_id)

    assert gone == 404
    assert links.find(parts, first) is None
    assert links.again(parts, hers.intake_id, links.AGAIN) != first


def test_a_purge_kills_it(parts: Parts, browser: Browser, hers: Consultation, back: str) -> None:
    parts.keyring.destroy(hers.intake_id)

    assert browser.get(back).status_code == 404


@pytest.mark.parametrize("name", CHANGING_PAGES)
def test_it_opens_nothing_of_an_own_page(browser: Browser, back: str, name: str) -> None:
    assert browser.get(f"{back.removesuffix('/new-time')}/{name}").status_code == 404


def test_her_old_page_is_dead(app: Flask, browser: Browser, hers: Consultation) -> None:
    assert browser.get(own_page(app, hers)).status_code == 404


def test_only_its_hash_is_kept(parts: Parts, hers: Consultation) -> None:
    token = links.again(parts, hers.intake_id, links.AGAIN)

    kept = str([*db.session.execute(select(ClientLink.__table__)), *db.session.execute(select(Outbox.__table__))])

    assert token not in kept


def test_who_may_not_be_written_to_gets_none(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")

    cancelled(app, parts, may_write="no")

    assert db.session.scalar(select(func.count(ClientLink.id)).where(ClientLink.purpose == links.AGAIN)) == 0


def test_a_stranger_who_has_proved_something_else_is_asked(app: Flask, browser: Browser, back: str) -> None:
    prove(browser, f"{own_page(app, a_booking(app, START))}/move")

    browser.get(back)

    assert "¿Es usted?" in browser.text


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        pytest.param(IntakeState.CLEARED, True, id="she may choose"),
        pytest.param(IntakeState.CONFLICT_REVIEW, False, id="a person must look first"),
    ],
)
def test_whom_we_cancelled_is_offered_a_new_time_where_she_may_choose_one(
    app: Flask, parts: Parts, settings: Settings, state: IntakeState, offered: bool
) -> None:
    a_firm(app).with_attorney("Ana")
    booked, caller = a_booking(app, START, **BY_MAIL), row_of(a_login(app)).id
    with writing() as session:
        session.get_one(Intake, booked.intake_id).state = state
    cancel(parts, Cancel(booked.id, Actor.RECEPTIONIST, caller, by_firm=True, caller=caller))

    drain(parts)

    (mail,) = [path.read_text() for path in (settings.data / "mail").glob("*.eml") if "rosa@" in path.read_text()]
    assert ("Puede elegir otra hora" in mail.replace("=\n", "")) is offered
    assert "le llamar=C3=A1 antes del" in mail.replace("=\n", "")


def test_an_intake_without_a_letter_has_no_such_link(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    an_intake(app)

    assert db.session.scalar(select(func.count(ClientLink.id))) == 0


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
