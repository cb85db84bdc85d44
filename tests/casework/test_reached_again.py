"""Who was out of reach by a mistaken click, or is back, is written to again: by the staff, for a reason."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import links, outbox, proofs
from scheduler.casework.cases import NotThere
from scheduler.casework.links import token_of
from scheduler.casework.parts import Parts
from scheduler.casework.reached_again import NotSilenced, ReachAgain, Why, reach_again
from scheduler.casework.silencing import Silence, silence
from scheduler.engine.marks import UNREACHABLE, Unreachable
from scheduler.engine.states import IntakeState
from scheduler.models import Audit, ClientLink, Consultation, Intake, Outbox, Task, db
from tests.builders.browser import Browser, a_booking, own_page
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.staff import a_login, at_the_desk, who_is
from tests.conftest import on_both

START = "2026-11-27T17:00"


@pytest.fixture
def booked(app: Flask) -> Consultation:
    a_firm(app).with_attorney("Ana")
    return a_booking(app, START)


def marked(app: Flask, intake: Any, why: Unreachable = Unreachable.PHONE_TAKEN) -> None:
    silence(app.extensions["cita"], who_is(a_login(app)), Silence(intake, why))


def undone(app: Flask, intake: Any, why: Why = Why.BY_MISTAKE) -> None:
    reach_again(app.extensions["cita"], who_is(a_login(app)), ReachAgain(intake, why))


def waiting() -> set[str]:
    db.session.rollback()
    mine = (Outbox.state == outbox.WAITING, Outbox.reader == outbox.CLIENT)
    return set(db.session.scalars(select(Outbox.kind).where(*mine)))


@on_both
@pytest.mark.parametrize("why", list(Unreachable))
def test_her_reminders_are_planned_again_and_no_mark_is_left(
    app: Flask, booked: Consultation, why: Unreachable
) -> None:
    marked(app, booked.intake_id, why)
    silent = waiting()

    undone(app, booked.intake_id)

    flags = set(again(Intake, booked.intake_id).flags)
    assert (silent, "remind_24h" in waiting(), "booked" in waiting()) == (set(), True, False)
    assert not flags & (UNREACHABLE | {"manual_contact"})


@on_both
def test_she_has_new_links_and_the_old_ones_stay_dead(app: Flask, parts: Parts, booked: Consultation) -> None:
    old = own_page(app, again(Consultation, booked.id)), f"/s/{links.short_of(parts, again(Consultation, booked.id))}"
    marked(app, booked.intake_id)

    undone(app, booked.intake_id)

    call = again(Consultation, booked.id)
    new = own_page(app, call), f"/s/{links.short_of(parts, call)}"
    assert [Browser(app).get(one).status_code for one in (*old, *new)] == [404, 404, 200, 200]


def test_a_new_link_takes_a_code_again(app: Flask, parts: Parts, booked: Consultation) -> None:
    marked(app, booked.intake_id)
    undone(app, booked.intake_id)

    proofs.send_code(parts, token_of(parts, again(Consultation, booked.id)))

    assert "otp" in waiting()


def test_the_next_letter_leads_back_by_a_link_of_its_own(app: Flask, parts: Parts, booked: Consultation) -> None:
    links.renew(db.session(), parts, booked.intake_id)
    db.session.commit()
    before = links.again(parts, booked.intake_id, links.AGAIN)
    marked(app, booked.intake_id)
    undone(app, booked.intake_id)

    links.renew(db.session(), parts, booked.intake_id)
    db.session.commit()

    after = links.again(parts, booked.intake_id, links.AGAIN)
    assert (links.find(parts, before), links.find(parts, after) is not None) == (None, True)


def test_no_browser_opens_her_answers_again(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")
    intake = an_intake(app)
    browser = Browser(app).with_intake(intake)
    marked(app, intake.id)

    undone(app, intake.id)

    assert browser.get("/apply/time").status_code == 303


def test_whom_she_trusts_is_not_called_for_it_and_would_be_should_it_happen_again(app: Flask) -> None:
    a_firm(app)
    intake = an_intake(app, trusted_person_name="Marta", trusted_person_phone="+526641110000")
    marked(app, intake.id)
    undone(app, intake.id)
    open_tasks = select(Task.kind).where(Task.done_at.is_(None), Task.kind == "call_trusted")
    after = db.session.scalars(open_tasks).all()

    marked(app, intake.id)

    db.session.rollback()
    assert (after, db.session.scalars(open_tasks).all()) == ([], ["call_trusted"])


def test_what_she_said_herself_still_keeps_messages_away(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_booking(app, START, may_write="no")
    marked(app, call.intake_id)

    undone(app, call.intake_id)

    assert waiting() == set()


def test_it_is_written_down_with_its_reason(app: Flask, booked: Consultation) -> None:
    marked(app, booked.intake_id)

    undone(app, booked.intake_id, Why.SPOKE_TO_HER)

    link = db.session.scalars(select(Audit).where(Audit.action == "messages_begun_again")).one()
    assert (link.actor.partition(":")[0], link.subject) == ("staff", f"intake:{booked.intake_id}")
    assert link.facts == {"why": "spoke_to_her", "was": "phone_taken"}


def test_where_nothing_was_stopped_nothing_changes(app: Flask, booked: Consultation) -> None:
    before = {link.sha256 for link in db.session.scalars(select(ClientLink))}

    with pytest.raises(NotSilenced):
        undone(app, booked.intake_id)

    assert {link.sha256 for link in db.session.scalars(select(ClientLink))} == before


@pytest.mark.parametrize("state", [IntakeState.DRAFT, IntakeState.EXPIRED, IntakeState.PURGED])
def test_what_the_desk_cannot_open_it_cannot_undo(app: Flask, state: IntakeState) -> None:
    a_firm(app)

    with pytest.raises(NotThere):
        undone(app, an_intake(app, state=state).id)


def test_links_that_were_not_minted_anew_would_be_noticed(
    app: Flask, booked: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked(app, booked.intake_id)
    monkeypatch.setattr(links, "mint", lambda *_: [])

    undone(app, booked.intake_id)

    assert Browser(app).get(own_page(app, again(Consultation, booked.id))).status_code == 404


def test_the_desk_undoes_it_and_reads_before_what_that_does(app: Flask, booked: Consultation) -> None:
    browser, path = at_the_desk(app, "receptionist"), f"/desk/intake/{booked.intake_id}"
    before = browser.get(path).text
    browser.post(f"{path}/unreachable", why="phone_taken")
    browser.get(path)
    told = "Old links stay closed, and messages dropped before are not sent." in browser.text

    browser.follow(browser.post(f"{path}/reachable", why="by_mistake"))

    assert (f"{path}/reachable" in before, told) == (False, True)
    assert "She can be written to again." in browser.text


@pytest.mark.parametrize("why", ["", "angry"])
def test_without_a_reason_nothing_begins_again(app: Flask, booked: Consultation, why: str) -> None:
    marked(app, booked.intake_id)
    browser, path = at_the_desk(app, "receptionist"), f"/desk/intake/{booked.intake_id}"
    browser.get(path)

    answer = browser.post(f"{path}/reachable", why=why)

    assert (answer.status_code, "phone_taken" in again(Intake, booked.intake_id).flags) == (400, True)
