"""Once somebody is detained, removed, or without her phone, nothing automatic reaches her."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from scheduler.casework import delivery, links, outbox, proofs, silencing, triage_runs
from scheduler.casework.cases import NotThere
from scheduler.casework.documents import open_answers
from scheduler.casework.links import token_of
from scheduler.casework.parts import Parts
from scheduler.casework.proofs import NoCode
from scheduler.casework.reach import reach
from scheduler.casework.silencing import Silence
from scheduler.casework.transaction import writing
from scheduler.engine.marks import Unreachable, with_marks
from scheduler.engine.states import IntakeState
from scheduler.models import Audit, ClientLink, Consultation, Intake, Outbox, Task, db
from tests.builders.browser import Browser, a_booking, own_page
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.staff import a_login, at_the_desk, who_is
from tests.conftest import on_both

START = "2026-11-27T17:00"
TRUSTED: dict[str, Any] = {"trusted_person_name": "Marta Sentinelperson", "trusted_person_phone": "+526641110000"}


@pytest.fixture
def booked(app: Flask) -> Consultation:
    a_firm(app).with_attorney("Ana")
    return a_booking(app, START)


def silence(app: Flask, intake_id: UUID, why: Unreachable = Unreachable.DETAINED) -> None:
    silencing.silence(app.extensions["cita"], who_is(a_login(app)), Silence(intake_id, why))


def letters(state: str) -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(select(Outbox.kind).where(Outbox.state == state)))


def tasks() -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(select(Task.kind)))


@on_both
@pytest.mark.parametrize("why", list(Unreachable))
def test_every_letter_to_her_is_dropped_in_that_commit_and_her_attorney_s_stays(
    app: Flask, booked: Consultation, why: Unreachable
) -> None:
    silence(app, booked.intake_id, why)

    flags = again(Intake, booked.intake_id).flags
    assert (letters(outbox.WAITING), {"booked", "remind_24h"} <= letters(outbox.DROPPED)) == ({"invitation"}, True)
    assert {"manual_contact", why} <= set(flags)


@on_both
def test_a_letter_that_was_claimed_does_not_leave(app: Flask, parts: Parts, booked: Consultation) -> None:
    with writing() as session:
        session.execute(delete(Outbox).where(Outbox.kind != "booked"))
    claim = outbox.claim(parts, delivery.USUAL)

    silence(app, booked.intake_id)

    with writing() as session:
        settled = claim is not None and outbox.settle(session, claim, parts.clock.now(), outbox.SENT)
    assert (settled, letters(outbox.DROPPED), delivery.deliver_one(parts)) == (False, {"booked"}, False)


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        pytest.param(TRUSTED, "call_trusted", id="she named somebody"),
        pytest.param({}, "find_her", id="she named nobody"),
    ],
)
def test_the_desk_is_told_whom_to_call(app: Flask, answers: dict[str, Any], kind: str) -> None:
    a_firm(app)

    silence(app, an_intake(app, **answers).id)

    assert kind in tasks()


def test_no_code_is_sent_any_more(app: Flask, parts: Parts, booked: Consultation) -> None:
    """Power: her links are brought back, and still no code leaves."""
    silence(app, booked.intake_id)
    with writing() as session:
        session.execute(update(ClientLink).values(revoked_at=None))

    with pytest.raises(NoCode):
        proofs.send_code(parts, token_of(parts, again(Consultation, booked.id)))


def test_her_browser_opens_nothing_any_more(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")
    intake = an_intake(app)
    browser = Browser(app).with_intake(intake)

    silence(app, intake.id, Unreachable.PHONE_TAKEN)

    assert browser.get("/apply/time").status_code == 303


@on_both
@pytest.mark.parametrize("why", list(Unreachable))
def test_who_has_her_phone_and_her_year_of_birth_opens_nothing_with_her_links(
    app: Flask, parts: Parts, booked: Consultation, why: Unreachable
) -> None:
    links.renew(db.session(), parts, booked.intake_id)
    db.session.commit()
    call = again(Consultation, booked.id)
    tokens = [links.again(parts, call.intake_id, one) for one in (links.AGAIN, links.AGAIN_SHORT)]
    addresses = (
        f"/c/{token_of(parts, call)}",
        f"/s/{links.short_of(parts, call)}",
        f"/c/{tokens[0]}",
        f"/s/{tokens[1]}",
    )

    silence(app, booked.intake_id, why)

    assert [Browser(app).get(one).status_code for one in addresses] == [404] * 4


def test_a_proof_given_before_opens_nothing_either(app: Flask, booked: Consultation) -> None:
    page, browser = own_page(app, booked), Browser(app)
    browser.get(f"{page}/move")
    browser.post(f"{page}/move", birth_year="1990")

    silence(app, booked.intake_id, Unreachable.PHONE_TAKEN)

    assert [browser.get(f"{page}/{one}").status_code for one in ("facts/where", "move", "files")] == [404] * 3


@pytest.mark.parametrize("why", list(Unreachable))
def test_the_desk_does_not_call_a_number_that_is_not_hers_any_more(app: Flask, why: Unreachable) -> None:
    a_firm(app)
    intake = an_intake(app)
    silence(app, intake.id, why)

    answers, flags = open_answers(app.extensions["cita"], again(Intake, intake.id)), again(Intake, intake.id).flags

    assert not reach(answers, flags, "America/Tijuana", app.extensions["cita"].clock.now()).now


def test_it_stays_when_her_answers_are_looked_at_anew(app: Flask, parts: Parts) -> None:
    a_firm(app)
    intake = an_intake(app)
    silence(app, intake.id)

    with writing() as session:
        row = session.get_one(Intake, intake.id)
        triage_runs.Run(session, parts, row, open_answers(parts, row), parts.clock.now()).look()

    assert {"manual_contact", "now_detained"} <= set(again(Intake, intake.id).flags)


def test_a_run_that_forgot_the_marks_would_be_noticed() -> None:
    assert with_marks(["interpreter"], ["now_detained", "manual_contact"]) == [
        "interpreter",
        "manual_contact",
        "now_detained",
    ]
    assert with_marks(["interpreter"], ["manual_contact", "phone_only"]) == ["interpreter"]


def test_it_is_written_down(app: Flask) -> None:
    a_firm(app)
    intake = an_intake(app)

    silence(app, intake.id, Unreachable.REMOVED)

    link = db.session.scalars(select(Audit).where(Audit.action == "messages_stopped")).one()
    assert (link.subject, link.facts) == (f"intake:{intake.id}", {"why": "now_removed"})


@pytest.mark.parametrize("state", [IntakeState.DRAFT, IntakeState.EXPIRED, IntakeState.PURGED])
def test_what_the_desk_cannot_open_it_cannot_mark(app: Flask, state: IntakeState) -> None:
    a_firm(app)
    intake = an_intake(app, state=state)

    with pytest.raises(NotThere):
        silence(app, intake.id)


def test_the_desk_presses_a_button_and_sees_whom_to_call(app: Flask) -> None:
    a_firm(app)
    intake = an_intake(app, **TRUSTED)
    browser = at_the_desk(app, "receptionist")
    path = f"/desk/intake/{intake.id}"
    browser.get(path)

    answer = browser.post(f"{path}/unreachable", why="now_detained")
    browser.follow(answer)

    assert (answer.status_code, "Marta Sentinelperson" in browser.text, "+526641110000" in browser.text) == (
        303,
        True,
        True,
    )
    assert "She cannot be reached: call the person she trusts" in browser.text


def test_a_reason_that_is_none_is_refused(app: Flask) -> None:
    a_firm(app)
    intake = an_intake(app)
    browser = at_the_desk(app, "receptionist")
    browser.get(f"/desk/intake/{intake.id}")

    answer = browser.post(f"/desk/intake/{intake.id}/unreachable", why="angry")

    assert (answer.status_code, again(Intake, intake.id).flags) == (400, intake.flags)
