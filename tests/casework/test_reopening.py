"""How a request ended is taken back within a day, by whom, and what comes back with it."""

from contextlib import suppress
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import audit, reopening
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.cases import NotThere
from scheduler.casework.ending import End, end
from scheduler.casework.openings import offered
from scheduler.casework.parts import Parts
from scheduler.casework.referring import Office
from scheduler.casework.reopening import ENDED, WITHDRAWN, ended, reopen
from scheduler.casework.retention import purge_due
from scheduler.casework.withdrawing import Withdraw, withdraw
from scheduler.engine.states import IntakeState, Refused
from scheduler.models import Consultation, Intake, Outbox, db
from tests.builders.client import Client
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.reviews import open_tasks
from tests.builders.staff import a_login, who_is
from tests.conftest import Hands, on_both

DECLINED, REFERRED, CONVERTED = IntakeState.DECLINED, IntakeState.REFERRED, IntakeState.CONVERTED
DAY = timedelta(days=1)


def booked(app: Flask, parts: Parts) -> Consultation:
    a_firm(app).with_attorney("Ana")
    intake = Client(app).through_all_pages().row
    return book(parts, BookSlot(intake.id, offered(parts, intake.id).starts[-1], "phone"))


def ends(app: Flask, parts: Parts, state: IntakeState, intake: Intake) -> None:
    if state is IntakeState.WITHDRAWN:
        withdraw(parts, who_is(a_login(app, "receptionist")), Withdraw(intake.id))
    else:
        end(parts, who_is(a_login(app, "attorney")), End(intake.id, state, "capacity", Office("Casa Dos")))


@on_both
@pytest.mark.parametrize(
    ("state", "role"),
    [(DECLINED, "attorney"), (REFERRED, "paralegal"), (IntakeState.WITHDRAWN, "receptionist")],
)
def test_who_was_let_go_by_mistake_goes_on_and_is_called_with_another_time(
    app: Flask, parts: Parts, state: IntakeState, role: str
) -> None:
    call = booked(app, parts)
    ends(app, parts, state, again(Intake, call.intake_id))

    reopen(parts, who_is(a_login(app, role)), call.intake_id, ENDED | WITHDRAWN)

    assert again(Intake, call.intake_id).state == "cleared"
    assert again(Consultation, call.id).state.startswith("cancelled")
    assert open_tasks() == ["offer_new_time"]
    assert audit.verify(parts) > 0


def test_the_letter_that_waits_to_be_sent_is_not(app: Flask, parts: Parts) -> None:
    call = booked(app, parts)
    ends(app, parts, DECLINED, again(Intake, call.intake_id))

    reopen(parts, who_is(a_login(app, "attorney")), call.intake_id, ENDED)

    states = db.session.scalars(select(Outbox.state).where(Outbox.kind == "message_waiting")).all()
    assert set(states) == {"dropped"}


def test_a_client_of_the_firm_by_mistake_keeps_her_call_and_no_task_is_made(app: Flask, parts: Parts) -> None:
    call = booked(app, parts)
    ends(app, parts, CONVERTED, again(Intake, call.intake_id))

    reopen(parts, who_is(a_login(app, "attorney")), call.intake_id, ENDED)

    assert (again(Intake, call.intake_id).state, again(Consultation, call.id).state) == ("cleared", "booked")
    assert open_tasks() == []


@pytest.mark.parametrize(
    ("was", "task"),
    [
        pytest.param(IntakeState.CALL_REQUESTED, "go_on_asking", id="she waits for a call again"),
        pytest.param(IntakeState.CONFLICT_REVIEW, "decide_names", id="her names wait again"),
        pytest.param(IntakeState.CLEARED, "offer_new_time", id="she waits for a time again"),
    ],
)
def test_what_was_withdrawn_goes_back_to_where_it_was(app: Flask, parts: Parts, was: IntakeState, task: str) -> None:
    a_firm(app)
    intake = an_intake(app, state=was)
    desk = who_is(a_login(app, "receptionist"))
    withdraw(parts, desk, Withdraw(intake.id))

    reopen(parts, desk, intake.id, WITHDRAWN)

    assert (again(Intake, intake.id).state, open_tasks()) == (was, [task])


@pytest.mark.parametrize(
    ("later", "may"),
    [
        pytest.param(DAY - timedelta(seconds=1), True, id="in the last second of the day"),
        pytest.param(DAY, False, id="a day later"),
    ],
)
def test_it_is_taken_back_within_a_day_and_no_later(
    app: Flask, parts: Parts, hands: Hands, later: timedelta, may: bool
) -> None:
    who, intake = who_is(a_login(app, "attorney")), an_intake(app)
    ends(app, parts, DECLINED, intake)
    hands.set(hands.now + later)

    shown = ended(parts, who, intake.id) is not None
    with suppress(NotThere):
        reopen(parts, who, intake.id, ENDED)

    assert (shown, again(Intake, intake.id).state == "cleared") == (may, may)


@pytest.mark.parametrize(
    ("state", "role"),
    [
        (DECLINED, "paralegal"),
        (DECLINED, "receptionist"),
        (CONVERTED, "paralegal"),
        (IntakeState.WITHDRAWN, "attorney"),
    ],
)
def test_whose_it_is_not_takes_nothing_back(app: Flask, parts: Parts, state: IntakeState, role: str) -> None:
    intake, who = an_intake(app), who_is(a_login(app, role))
    ends(app, parts, state, intake)

    with pytest.raises(Refused):
        reopen(parts, who, intake.id, ENDED | WITHDRAWN)

    assert ended(parts, who, intake.id) is None
    assert again(Intake, intake.id).state == state


def test_with_the_table_opened_a_paralegal_could(app: Flask, parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reopening, "undo_intake", lambda _old, new, _actor, _since: new)
    intake = an_intake(app)
    ends(app, parts, DECLINED, intake)

    reopen(parts, who_is(a_login(app, "paralegal")), intake.id, ENDED)

    assert again(Intake, intake.id).state == "cleared"


def test_who_wants_everything_deleted_is_not_brought_back(app: Flask, parts: Parts) -> None:
    intake, desk = an_intake(app), who_is(a_login(app, "receptionist"))
    withdraw(parts, desk, Withdraw(intake.id, delete=True))

    with pytest.raises(NotThere):
        reopen(parts, desk, intake.id, WITHDRAWN)


@pytest.mark.parametrize("state", sorted(set(IntakeState) - ENDED - WITHDRAWN - {IntakeState.PURGED}))
def test_what_did_not_end_is_not_taken_back(app: Flask, parts: Parts, state: IntakeState) -> None:
    intake = an_intake(app, state=state)

    with pytest.raises(NotThere):
        reopen(parts, who_is(a_login(app, "attorney")), intake.id, ENDED | WITHDRAWN)


def test_the_days_of_what_she_told_begin_anew(app: Flask, parts: Parts, hands: Hands) -> None:
    who, intake = who_is(a_login(app, "attorney")), an_intake(app)
    ends(app, parts, DECLINED, intake)
    reopen(parts, who, intake.id, ENDED)

    hands.set(hands.now + timedelta(days=61))
    purge_due(parts)

    assert again(Intake, intake.id).state == "cleared"
