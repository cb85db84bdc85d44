"""Moves of the tables of states (intake.md §3.3, §3.4) from every state that they begin in, made by the use cases."""

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from scheduler.casework.cases import NotThere
from scheduler.casework.duplicates import merge
from scheduler.casework.moving import Cancel, MoveTo, cancel, move
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.states import CONSULTATION_NEXT, INTAKE_NEXT, Actor, ConsultationState, IntakeState
from scheduler.models import Consultation, ConsultationChange, Staff, db
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.staff import a_login, who_is
from tests.casework.appointments import at, booked
from tests.conftest import Hands, on_both

_C = ConsultationState
MERGED = [state for state, moves in INTAKE_NEXT.items() if IntakeState.MERGED in moves]
CANCELLED = [state for state, moves in CONSULTATION_NEXT.items() if _C.CANCELLED_CLIENT in moves]


def in_state(app: Flask, state: ConsultationState) -> Consultation:
    a_firm(app).with_attorney("Ana")
    call = booked(app, at(30, 9))
    with writing() as session:
        session.get_one(Consultation, call.id).state = state
    return call


@on_both
@pytest.mark.parametrize("state", MERGED)
def test_whatever_the_desk_sees_is_merged_into_an_older_one(
    app: Flask, parts: Parts, hands: Hands, state: IntakeState
) -> None:
    a_firm(app)
    old = an_intake(app)
    hands.set(hands.now + timedelta(minutes=1))
    new = an_intake(app, state=state)
    desk = who_is(a_login(app, "paralegal"))

    if state is IntakeState.DRAFT:
        with pytest.raises(NotThere):
            merge(parts, desk, old.id, new.id)
    else:
        merge(parts, desk, old.id, new.id)

    assert again(type(new), new.id).state == (state if state is IntakeState.DRAFT else IntakeState.MERGED)


@on_both
@pytest.mark.parametrize("state", CANCELLED)
@pytest.mark.parametrize("by_firm", [False, True], ids=["by her", "by the firm"])
def test_whatever_is_to_come_is_cancelled(app: Flask, parts: Parts, state: ConsultationState, by_firm: bool) -> None:
    call = in_state(app, state)
    caller = Staff(id=uuid4(), email="c@firm.example", name="C", roles=["receptionist"], password_hash="x")
    with writing() as session:
        session.add(caller)
    firm = {"actor": Actor.RECEPTIONIST, "staff_id": caller.id, "by_firm": True, "caller": caller.id}

    cancel(parts, Cancel(call.id, **(firm if by_firm else {})))  # type: ignore[arg-type]

    gone = again(Consultation, call.id)
    assert gone.state == (_C.CANCELLED_FIRM if by_firm else _C.CANCELLED_CLIENT)


@on_both
@pytest.mark.parametrize(
    ("state", "then"),
    [(_C.TENTATIVE, _C.TENTATIVE), (_C.BOOKED, _C.BOOKED), (_C.CONFIRMED, _C.BOOKED)],
)
def test_a_move_keeps_the_row_and_writes_who_when_and_from_what_to_what(
    app: Flask, parts: Parts, state: ConsultationState, then: ConsultationState
) -> None:
    call = in_state(app, state)
    uid = call.uid

    move(parts, MoveTo(call.id, at(1, 9, month=12)))

    moved = again(Consultation, call.id)
    last = db.session.query(ConsultationChange).filter_by(consultation_id=call.id).order_by(ConsultationChange.at)
    assert (moved.state, moved.uid, moved.starts_at) == (then, uid, at(1, 9, month=12))
    assert [(row.actor, row.old_state, row.new_state) for row in last][-1] == (Actor.CLIENT, state, then)
