"""What was not sent calls nobody, however urgent; what is sent is looked at whole in the same commit."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from scheduler.casework.parts import Parts
from scheduler.casework.triage_runs import nightly
from scheduler.engine.states import IntakeState
from scheduler.models import Outbox, Task, db
from tests.builders.browser import at
from tests.builders.client import ASKED, Client
from tests.builders.staff import at_the_desk
from tests.builders.stopped import TOMORROW
from tests.conftest import Hands

pytestmark = pytest.mark.usefixtures("one_attorney")

DANGER: dict[str, Any] = {"immediate_danger": "yes"}
SENT = {IntakeState.SUBMITTED, IntakeState.CALL_REQUESTED, IntakeState.CLEARED, IntakeState.CONFLICT_REVIEW}


def tasks() -> dict[str, Any]:
    """Everything somebody of the firm is to do, with when it is due."""
    db.session.rollback()
    return {task.kind: task.due_at for task in db.session.scalars(select(Task))}


@pytest.mark.parametrize("stops_at", ASKED[ASKED.index("about") :])
def test_who_is_in_danger_and_stops_before_the_end_is_called_by_nobody(
    app: Flask, parts: Parts, hands: Hands, stops_at: str
) -> None:
    client = Client(app).through_all_pages(until=stops_at, **DANGER)
    hands.set(at("2026-11-25T20:00"))

    nightly(parts)

    desk = at_the_desk(app, "receptionist").get(f"/desk/intake/{client.row.id}")
    assert (client.row.state, client.row.urgency, tasks()) == (IntakeState.DRAFT, None, {})
    assert (desk.status_code, db.session.scalar(select(func.count(Outbox.id)))) == (404, 0)


def all_pages(app: Flask) -> Client:
    return Client(app).through_all_pages(**DANGER)


def a_call_instead(app: Flask) -> Client:
    client = Client(app).through_all_pages(until="about", **DANGER)
    client.get("/apply/call-me")
    client.sends("/apply/call-me", {"contact_phone": "+526641239999"})
    return client


def to_the_telephone(app: Flask) -> Client:
    return Client(app).through_all_pages(**{**TOMORROW, **DANGER})


@pytest.mark.parametrize(
    "way",
    [
        pytest.param(all_pages, id="she sends all"),
        pytest.param(a_call_instead, id="she asks for a call"),
        pytest.param(to_the_telephone, id="a date within hours sends her to the telephone"),
    ],
)
def test_once_it_is_sent_danger_is_a_call_within_half_an_hour(app: Flask, way: Callable[[Flask], Client]) -> None:
    client = way(app)

    assert (client.row.state in SENT, client.row.urgency) == (True, "E")
    assert {"T01"} <= set(client.said["reasons"])
    assert tasks()["safety_call"] == at("2026-11-24T17:30")
