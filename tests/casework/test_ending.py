"""How a cleared request ends: not taken, referred, or a client now; who may say so, and what follows."""

from contextlib import suppress
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import audit, ending, new_time
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.cases import NotThere
from scheduler.casework.ending import REASONS, End, NoReasonCode, end
from scheduler.casework.openings import offered
from scheduler.casework.parts import Parts
from scheduler.casework.referring import Office
from scheduler.casework.retention import purge_due
from scheduler.engine.states import INTAKE_NEXT, Actor, IntakeState, Refused
from scheduler.models import Audit, Block, Consultation, Intake, Outbox, db
from tests.builders.client import Client
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.reviews import letters, open_tasks
from tests.builders.staff import a_login, who_is
from tests.conftest import Hands, on_both

HOUSE = Office("Casa Dos")
DECLINED, REFERRED, CONVERTED = ending.ENDS[1], ending.ENDS[0], ending.ENDS[2]


def booked(app: Flask, parts: Parts) -> Consultation:
    a_firm(app).with_attorney("Ana")
    intake = Client(app).through_all_pages().row
    return book(parts, BookSlot(intake.id, offered(parts, intake.id).starts[-1], "phone"))


@on_both
@pytest.mark.parametrize("state", [DECLINED, REFERRED])
def test_whom_the_firm_does_not_go_on_with_has_no_call_and_is_told_by_a_person(
    app: Flask, parts: Parts, state: IntakeState
) -> None:
    call = booked(app, parts)

    end(parts, who_is(a_login(app, "attorney")), End(call.intake_id, state, "capacity", HOUSE))

    taken = db.session.scalars(select(Block.id).where(Block.active)).all()
    assert (again(Intake, call.intake_id).state, again(Consultation, call.id).state, taken) == (
        state,
        "cancelled_firm",
        [],
    )
    assert open_tasks() == [ending.TELL[state]]
    assert {"cancellation", "message_waiting"} <= set(letters())
    assert [kind for kind in letters() if kind.startswith("remind")] == []
    assert audit.verify(parts) > 0


@pytest.mark.parametrize("reason", REASONS)
def test_no_letter_says_why(app: Flask, parts: Parts, reason: str) -> None:
    call = booked(app, parts)

    end(parts, who_is(a_login(app, "attorney")), End(call.intake_id, DECLINED, reason))

    said = [str(row.facts) + str(row.kind) for row in db.session.scalars(select(Outbox))]
    chained = db.session.scalars(select(Audit).where(Audit.action == "intake_declined")).one()
    assert [one for one in said if reason in one] == []
    assert reason in str(chained.facts)


def test_who_has_signed_keeps_her_call_and_no_clock_runs(app: Flask, parts: Parts, hands: Hands) -> None:
    call = booked(app, parts)

    end(parts, who_is(a_login(app, "attorney")), End(call.intake_id, CONVERTED))

    hands.set(hands.now + timedelta(days=400))
    purge_due(parts)
    assert (again(Intake, call.intake_id).state, again(Consultation, call.id).state) == ("converted", "booked")


@pytest.mark.parametrize(
    ("role", "state", "may"),
    [
        pytest.param("attorney", DECLINED, True, id="an attorney alone says that the firm does not take her"),
        pytest.param("paralegal", DECLINED, False, id="a paralegal does not"),
        pytest.param("attorney", REFERRED, True, id="an attorney refers her"),
        pytest.param("paralegal", REFERRED, True, id="a paralegal refers her too"),
        pytest.param("attorney", CONVERTED, True, id="an attorney has her signature"),
        pytest.param("paralegal", CONVERTED, False, id="a paralegal has not"),
        pytest.param("receptionist", REFERRED, False, id="reception ends nothing"),
        pytest.param("conflicts", DECLINED, False, id="who decides on names has decided already"),
    ],
)
def test_who_may_end_it(app: Flask, parts: Parts, role: str, state: IntakeState, may: bool) -> None:
    intake, who = an_intake(app), who_is(a_login(app, role))

    with suppress(Refused):
        end(parts, who, End(intake.id, state, "other", HOUSE))

    assert (again(Intake, intake.id).state == state) is may
    assert (state in ending.choices(who)) is may


def test_with_the_table_opened_a_paralegal_could(app: Flask, parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ending, "move_intake", lambda _old, new, _actor: new)
    intake = an_intake(app)

    end(parts, who_is(a_login(app, "paralegal")), End(intake.id, DECLINED, "other"))

    assert again(Intake, intake.id).state == DECLINED


@pytest.mark.parametrize("reason", ["", "she lies", "conflict"])
def test_without_a_code_nothing_ends(app: Flask, parts: Parts, reason: str) -> None:
    intake = an_intake(app)

    with pytest.raises(NoReasonCode):
        end(parts, who_is(a_login(app, "attorney")), End(intake.id, DECLINED, reason))

    assert again(Intake, intake.id).state == "cleared"


@pytest.mark.parametrize("state", sorted(set(IntakeState) - ending.OPEN - {IntakeState.PURGED}))
def test_only_what_is_cleared_ends(app: Flask, parts: Parts, state: IntakeState) -> None:
    intake = an_intake(app, state=state)

    with pytest.raises(NotThere):
        end(parts, who_is(a_login(app, "attorney")), End(intake.id, DECLINED, "other"))


@pytest.mark.parametrize("state", [DECLINED, REFERRED])
def test_a_letter_waits_for_her_and_what_she_told_goes_in_sixty_days(
    app: Flask, parts: Parts, hands: Hands, state: IntakeState
) -> None:
    call = booked(app, parts)
    end(parts, who_is(a_login(app, "attorney")), End(call.intake_id, state, "other", HOUSE))
    told_until = new_time.gone_on(again(Intake, call.intake_id))

    hands.set(hands.now + timedelta(days=61))
    purge_due(parts)

    assert told_until == hands.now - timedelta(days=1)
    assert again(Intake, call.intake_id).state == "purged"


def test_every_end_is_a_move_of_the_table() -> None:
    ends = {state for state in ending.ENDS if INTAKE_NEXT[IntakeState.CLEARED][state] & {Actor.ATTORNEY}}

    assert ends == set(ending.ENDS)
