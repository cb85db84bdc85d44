from uuid import uuid4

import pytest
from flask import Flask

from scheduler.casework.assigned import is_assigned
from scheduler.casework.moving import Cancel, cancel
from scheduler.casework.sessions import SignedIn
from scheduler.models import Intake
from tests.builders.browser import a_booking
from tests.builders.firm import a_firm, again


def somebody(person: int | None) -> SignedIn:
    return SignedIn(uuid4(), "Robin", ("attorney",), "en", person)


@pytest.mark.parametrize(
    ("offset", "hers"),
    [
        pytest.param(0, True, id="she has the call"),
        pytest.param(1, False, id="another has it"),
        pytest.param(None, False, id="no calendar of hers is known"),
    ],
)
def test_a_case_is_hers_whose_call_it_is(app: Flask, offset: int | None, hers: bool) -> None:
    a_firm(app).with_attorney("Ana").with_attorney("Eva")
    call = a_booking(app, "2026-11-27T17:00")
    person = None if offset is None else call.attorney if not offset else 3 - call.attorney

    assert is_assigned(somebody(person), again(Intake, call.intake_id)) is hers


def test_a_cancelled_call_makes_it_nobodys(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_booking(app, "2026-11-27T17:00")
    cancel(app.extensions["cita"], Cancel(call.id))

    assert not is_assigned(somebody(call.attorney), again(Intake, call.intake_id))
