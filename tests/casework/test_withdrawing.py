"""She wants no more help: her times are off at once, and what she told goes today or when its days are over."""

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from scheduler.casework.cases import NotThere
from scheduler.casework.delivery import deliver_one
from scheduler.casework.documents import open_answers
from scheduler.casework.holds import end_hold, set_hold
from scheduler.casework.keyring import KeyGone
from scheduler.casework.parts import Parts
from scheduler.casework.retention import purge_due
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.casework.withdrawing import Withdraw, withdraw
from scheduler.engine.states import IntakeState, Refused
from scheduler.models import Audit, Block, Consultation, ConsultationChange, Intake, Outbox, Task, db
from tests.builders.browser import a_booking
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.staff import a_login, who_is
from tests.conftest import Hands, on_both

MONDAY = "2026-11-30T17:00"


@pytest.fixture
def desk(app: Flask) -> SignedIn:
    a_firm(app).with_attorney("Ana")
    return who_is(a_login(app, "receptionist"))


def kinds(*states: str) -> set[tuple[str, str]]:
    db.session.rollback()
    return {(row.reader.split(":")[0], row.kind) for row in db.session.query(Outbox).filter(Outbox.state.in_(states))}


@on_both
def test_at_her_request_everything_goes_today(app: Flask, parts: Parts, desk: SignedIn) -> None:
    call = a_booking(app, MONDAY)

    is_purged = withdraw(parts, desk, Withdraw(call.intake_id, delete=True))

    assert is_purged
    assert again(Intake, call.intake_id).state == "purged"
    assert (again(Consultation, call.id).state, db.session.query(Block).filter_by(active=True).count()) == (
        "cancelled_client",
        0,
    )
    with pytest.raises(KeyGone):
        open_answers(parts, again(Intake, call.intake_id))


@on_both
def test_the_attorney_is_told_and_she_hears_nothing_more(app: Flask, parts: Parts, desk: SignedIn) -> None:
    call = a_booking(app, MONDAY)
    while deliver_one(parts):
        pass

    withdraw(parts, desk, Withdraw(call.intake_id, delete=True))

    assert kinds("waiting", "sending") == {("attorney", "cancellation")}


@on_both
def test_without_that_wish_it_goes_after_its_days_and_she_is_told_that_her_time_is_off(
    app: Flask, parts: Parts, hands: Hands, desk: SignedIn
) -> None:
    call = a_booking(app, MONDAY)

    is_purged = withdraw(parts, desk, Withdraw(call.intake_id))

    assert not is_purged
    assert again(Intake, call.intake_id).state == "withdrawn"
    assert ("client", "cancelled_you") in kinds("waiting")
    hands.set(hands.now + timedelta(days=30))
    assert purge_due(parts).purged == 1


def test_a_hold_keeps_it_and_it_goes_when_the_hold_ends(app: Flask, parts: Parts, desk: SignedIn) -> None:
    call, attorney = a_booking(app, MONDAY), who_is(a_login(app, "attorney"))
    set_hold(parts, attorney, call.intake_id, "A subpoena covers it")

    is_purged = withdraw(parts, desk, Withdraw(call.intake_id, delete=True))

    assert (is_purged, again(Intake, call.intake_id).state) == (False, "withdrawn")
    end_hold(parts, attorney, call.intake_id)
    assert (purge_due(parts).purged, again(Intake, call.intake_id).state) == (1, "purged")


@pytest.mark.parametrize("state", ["submitted", "call_requested", "conflict_review", "cleared", "withdrawn"])
def test_whatever_is_open_can_be_deleted(app: Flask, parts: Parts, desk: SignedIn, state: str) -> None:
    intake = an_intake(app, state=IntakeState(state))
    with writing() as session:
        now = parts.clock.now()
        session.add(Task(dedupe="t", kind="call_back", intake_id=intake.id, due_at=now, created_at=now))

    withdraw(parts, desk, Withdraw(intake.id, delete=True))

    assert again(Intake, intake.id).state == "purged"
    assert db.session.query(Task).filter(Task.done_at.is_(None)).count() == 0


@pytest.mark.parametrize("state", ["declined", "declined_conflict", "referred", "merged"])
def test_what_was_closed_otherwise_keeps_that_outcome_and_goes_too(
    app: Flask, parts: Parts, desk: SignedIn, state: str
) -> None:
    intake = an_intake(app, state=IntakeState(state))

    withdraw(parts, desk, Withdraw(intake.id, delete=True))

    link = db.session.query(Audit).filter_by(action="intake_purged").one()
    assert (link.facts["was"], link.actor) == (state, desk.actor)


def test_a_client_s_file_is_not_the_desk_s_to_delete(app: Flask, parts: Parts, desk: SignedIn) -> None:
    intake = an_intake(app, state=IntakeState.CONVERTED)

    with pytest.raises(Refused):
        withdraw(parts, desk, Withdraw(intake.id, delete=True))

    assert open_answers(parts, again(Intake, intake.id))


@pytest.mark.parametrize("state", ["draft", "purged", "expired"])
def test_what_the_desk_cannot_open_it_cannot_withdraw(app: Flask, parts: Parts, desk: SignedIn, state: str) -> None:
    intake = an_intake(app, state=IntakeState(state))

    for intake_id in (intake.id, uuid4()):
        with pytest.raises(NotThere):
            withdraw(parts, desk, Withdraw(intake_id))


def test_the_history_says_who_did_it(app: Flask, parts: Parts, desk: SignedIn) -> None:
    call = a_booking(app, MONDAY)

    withdraw(parts, desk, Withdraw(call.intake_id))

    change = db.session.query(ConsultationChange).filter_by(new_state="cancelled_client").one()
    assert (change.actor, change.reason) == (desk.actor, "withdrawn")
