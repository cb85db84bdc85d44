"""Of a call nobody says anything: its attorney is asked; who may not come is called the day before."""

from datetime import timedelta

import pytest
from flask import Flask

from scheduler.casework import unreported
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.states import ConsultationState
from scheduler.models import Consultation, Task, db
from tests.builders.firm import a_firm, again
from tests.builders.reports import MINUTE, a_call, open_tasks, says, somebody
from tests.builders.staff import a_login, who_is
from tests.conftest import Hands, on_both

_C = ConsultationState
URGENT = {"court_papers": "yes", "next_hearing_date": "2026-12-14"}


@on_both
def test_twenty_minutes_after_the_beginning_the_attorney_is_asked_once(app: Flask, parts: Parts, hands: Hands) -> None:
    number = a_firm(app).with_attorney("Ana").number("Ana")
    attorney = who_is(a_login(app, "attorney", person=number))
    call = a_call(app)
    hands.set(call.starts_at + 19 * MINUTE)
    early = unreported.ask(parts)
    hands.set(call.starts_at + 20 * MINUTE)

    asked = unreported.ask(parts), unreported.ask(parts)

    task = db.session.query(Task).filter_by(kind="call_unreported").one()
    assert (early, asked, task.caller) == (0, (1, 0), attorney.id)
    assert again(Consultation, call.id).state == "booked"


@pytest.mark.parametrize("state", list(_C))
def test_only_of_calls_that_may_have_taken_place_it_is_asked(
    app: Flask, parts: Parts, hands: Hands, state: ConsultationState
) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_call(app, state)
    hands.set(call.ends_at + 20 * MINUTE)

    unreported.ask(parts)

    asked = state in (_C.BOOKED, _C.CONFIRMED, _C.IN_PROGRESS)
    assert ("call_unreported" in open_tasks(call.intake_id)) == asked


def test_whoever_answers_is_asked_no_more(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app).with_attorney("Ana")
    who, call = somebody(app, "attorney"), a_call(app)
    hands.set(call.starts_at + 50 * MINUTE)
    unreported.ask(parts)

    says(parts, who, call, _C.COMPLETED)

    assert (unreported.ask(parts), "call_unreported" in open_tasks(call.intake_id)) == (0, False)


def test_a_question_that_was_ticked_off_without_an_answer_comes_back(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_call(app)
    hands.set(call.starts_at + 20 * MINUTE)
    unreported.ask(parts)
    with writing() as session:
        session.query(Task).filter_by(kind="call_unreported").one().done_at = hands.now
    hands.set(hands.now + MINUTE)

    assert unreported.ask(parts) == 1


@pytest.mark.parametrize(
    ("earlier", "called"),
    [
        pytest.param(None, False, id="nobody special"),
        pytest.param("urgent", True, id="urgent"),
        pytest.param(_C.NO_SHOW, True, id="once she did not come"),
        pytest.param(_C.COMPLETED, False, id="once she came"),
        pytest.param(_C.INTERRUPTED, False, id="once it broke off"),
    ],
)
def test_four_hours_after_she_was_asked_who_may_not_come_is_called(
    app: Flask, parts: Parts, hands: Hands, earlier: str | None, called: bool
) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_call(app, **(URGENT if earlier == "urgent" else {}))
    if earlier in set(_C):
        another(call, earlier)
    hands.set(call.starts_at - timedelta(hours=20, minutes=1))
    early = unreported.ask(parts)
    hands.set(call.starts_at - timedelta(hours=20))

    unreported.ask(parts)
    unreported.ask(parts)

    assert early == 0
    assert ("call_to_confirm" in open_tasks(call.intake_id)) == called


def test_where_no_hour_is_safe_before_it_nobody_calls_her(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_call(app, **URGENT)
    hands.set(call.starts_at - timedelta(hours=11))

    unreported.ask(parts)

    assert "call_to_confirm" not in open_tasks(call.intake_id)


def test_without_the_look_at_her_hours_she_would_be_called_at_night(
    app: Flask, parts: Parts, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_call(app, **URGENT)
    hands.set(call.starts_at - timedelta(hours=11))
    monkeypatch.setattr("scheduler.casework.telling.Telling.safe_from", lambda _told, since, _until: since)

    unreported.ask(parts)

    assert open_tasks(call.intake_id)["call_to_confirm"] == hands.now


def test_who_has_said_that_she_comes_is_not_called(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app).with_attorney("Ana")
    desk, call = somebody(app, "receptionist"), a_call(app, **URGENT)
    says(parts, desk, call, _C.CONFIRMED)
    hands.set(call.starts_at - timedelta(hours=3))

    assert unreported.ask(parts) == 0


def another(call: Consultation, state: str | None) -> None:
    """An earlier call of the same client, which has come to that state."""
    with writing() as session:
        row = Consultation(
            intake_id=call.intake_id,
            idempotency_key="earlier",
            state=state,
            attorney=call.attorney,
            starts_at=call.starts_at - timedelta(days=7),
            ends_at=call.ends_at - timedelta(days=7),
            booked_at=call.booked_at,
            client_zone=call.client_zone,
            attorney_zone=call.attorney_zone,
            call_mode="phone",
            uid="earlier",
            dtstamp=call.dtstamp,
        )
        session.add(row)
