"""Two intakes of one person are behind one wall: who may not hear the one may not hear the other."""

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework.duplicates import merge
from scheduler.casework.parts import Parts
from scheduler.casework.screening import RESEAT_TASK, screen_off
from scheduler.engine.states import IntakeState
from scheduler.models import Intake, Task, db
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.staff import a_login, who_is
from tests.casework.appointments import at, booked
from tests.conftest import Hands, on_both


@on_both
@pytest.mark.parametrize("is_older", [True, False], ids=["of the older", "of the newer"])
def test_merged_the_wall_of_either_stands_round_both(app: Flask, parts: Parts, hands: Hands, is_older: bool) -> None:
    a_firm(app).with_attorney("Ana").with_attorney("Bea")
    both = [an_intake(app), an_intake(app)]
    screen_off(parts, who_is(a_login(app, "conflicts")), both[not is_older].id, [1])

    merge(parts, who_is(a_login(app)), both[0].id, both[1].id)

    assert [again(Intake, one.id).screened_off for one in both] == [[1], [1]]


def test_a_call_with_who_may_not_hear_her_is_a_task(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app).with_attorney("Ana")
    call = booked(app, at(30, 9))
    hands.set(hands.now.replace(minute=hands.now.minute + 1))
    newer = an_intake(app)
    screen_off(parts, who_is(a_login(app, "conflicts")), newer.id, [call.attorney])

    merge(parts, who_is(a_login(app)), call.intake_id, newer.id)

    db.session.rollback()
    told = db.session.scalars(select(Task.consultation_id).where(Task.kind == RESEAT_TASK)).all()
    assert (told, again(Intake, newer.id).state) == ([call.id], IntakeState.MERGED)
