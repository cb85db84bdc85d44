"""Who comes back to her after a call, and when; what is said of it; how long it is all kept."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import links, retention
from scheduler.casework.after_call import Next
from scheduler.casework.ending import End, end
from scheduler.casework.parts import Parts
from scheduler.casework.reporting import NotSaid
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.engine.calls import Step
from scheduler.engine.states import ConsultationState, IntakeState
from scheduler.models import AfterCall, ClientLink, Consultation, Task, db
from tests.builders.firm import a_firm, again
from tests.builders.reports import MINUTE, a_call, open_tasks, says, somebody, talked
from tests.conftest import Hands, on_both

_C = ConsultationState


@pytest.mark.parametrize(
    ("said", "due"),
    [
        pytest.param("2026-12-07", "2026-12-07", id="a Monday"),
        pytest.param("2026-12-06", "2026-12-04", id="a Sunday: the Friday before"),
        pytest.param("2026-12-25", "2026-12-24", id="a holiday: the day before"),
        pytest.param("2026-11-28", "2026-11-27", id="tomorrow, a Saturday: today"),
    ],
)
def test_somebody_comes_back_to_her_on_a_working_day_and_rather_before(
    app: Flask, parts: Parts, hands: Hands, said: str, due: str
) -> None:
    a_firm(app).with_attorney("Ana")
    call, who = a_call(app), somebody(app, "attorney")
    hands.set(call.starts_at + 50 * MINUTE)

    says(parts, who, call, _C.COMPLETED, back_on=date.fromisoformat(said))

    assert open_tasks(call.intake_id)["come_back"].date().isoformat() == due
    assert db.session.scalar(select(Task.caller).where(Task.kind == "come_back")) == who.id


def test_on_a_weekend_it_is_the_next_working_day(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app).with_attorney("Ana")
    call, who = a_call(app), somebody(app, "attorney")
    hands.set(call.starts_at + timedelta(days=1))

    says(parts, who, call, _C.COMPLETED, back_on=date(2026, 11, 29))

    assert open_tasks(call.intake_id)["come_back"].date() == date(2026, 11, 30)


@pytest.mark.parametrize(
    "missing",
    [
        pytest.param({"letter": None}, id="her letter"),
        pytest.param({"following": None}, id="whether her dates were checked"),
        pytest.param({"following": Next(True, None, None)}, id="what is done next"),
        pytest.param({"following": Next(True, Step.DECIDE, None)}, id="who does it"),
        pytest.param({"back_on": date(2027, 11, 28)}, id="a day within a year"),
    ],
)
def test_what_follows_is_said_too(app: Flask, parts: Parts, hands: Hands, missing: dict[str, Any]) -> None:
    a_firm(app).with_attorney("Ana")
    call, who = a_call(app), somebody(app, "attorney")
    hands.set(call.starts_at + 50 * MINUTE)

    with pytest.raises(NotSaid):
        says(parts, who, call, _C.COMPLETED, **missing)

    assert (again(Consultation, call.id).state, db.session.query(AfterCall).count()) == ("booked", 0)


def closed(app: Flask, parts: Parts, hands: Hands) -> tuple[Consultation, SignedIn]:
    """A call that was closed a week later, nothing open any more."""
    call, who = talked(app, parts, hands), somebody(app, "attorney")
    hands.set(hands.now + timedelta(days=7))
    for state in (_C.FOLLOW_UP, _C.CLOSED):
        says(parts, who, call, state, letter=None)
    with writing() as session:
        for task in session.scalars(select(Task).where(Task.done_at.is_(None))):
            task.done_at = hands.now
    return call, who


@on_both
def test_a_year_of_days_runs_from_the_day_it_was_closed(app: Flask, parts: Parts, hands: Hands) -> None:
    call, _who = closed(app, parts, hands)
    over = hands.now + timedelta(days=365)
    shown = retention.kept_until(parts, call.intake_id)
    hands.set(over - timedelta(minutes=1))
    before = retention.due(parts)
    hands.set(over)

    assert (shown, before, retention.due(parts)) == (over, [], [call.intake_id])


def test_who_is_a_client_is_kept(app: Flask, parts: Parts, hands: Hands) -> None:
    call, who = closed(app, parts, hands)

    end(parts, who, End(call.intake_id, IntakeState.CONVERTED))
    hands.set(hands.now + timedelta(days=4000))

    assert (retention.kept_until(parts, call.intake_id), retention.due(parts)) == (None, [])


def test_as_long_as_somebody_is_to_come_back_no_day_runs(app: Flask, parts: Parts, hands: Hands) -> None:
    call = talked(app, parts, hands)

    assert retention.kept_until(parts, call.intake_id) is None
    assert db.session.query(ClientLink).filter_by(intake_id=call.intake_id, purpose=links.AGAIN).count() == 1
