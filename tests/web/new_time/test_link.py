"""The link that leads back: who gets one, how long it lives, and what it never opens."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from config import Settings
from scheduler.casework import links
from scheduler.casework.moving import Cancel, cancel
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.states import Actor, IntakeState
from scheduler.models import ClientLink, Consultation, Intake, Outbox, db
from tests.builders.browser import Browser, a_booking, own_page
from tests.builders.firm import a_firm, an_intake
from tests.builders.staff import a_login, row_of
from tests.conftest import Hands, on_both
from tests.web.conftest import CHANGING_PAGES, START, prove
from tests.web.new_time.conftest import BY_MAIL, cancelled, chooses, drain


def test_who_has_a_time_again_is_shown_that(app: Flask, browser: Browser, hers: Consultation, back: str) -> None:
    prove(browser, back)
    chooses(browser, back)
    browser.post("/apply/time", slot_id="2026-11-30T18:00Z", call_mode="phone", again="again-1")
    second = Browser(app)
    prove(second, back)
    second.get(back)

    second.follow(second.post(back))

    assert second.seen.headers["Location"] == "/apply/done"


@pytest.mark.parametrize("state", [IntakeState.WITHDRAWN, IntakeState.CONVERTED])
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
    assert "le llamar=C3=A1 antes de las" in mail.replace("=\n", "")


def test_an_intake_without_a_letter_has_no_such_link(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    an_intake(app)

    assert db.session.scalar(select(func.count(ClientLink.id))) == 0
