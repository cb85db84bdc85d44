"""Two intakes of one person count as one: calls she did not come to, calls in vain, tasks, bookings of a contact."""

from datetime import timedelta

import pytest
from flask import Flask

from scheduler.casework import floods, merging, search, unreported
from scheduler.casework.call_tries import InVain, in_vain
from scheduler.casework.documents import open_answers
from scheduler.casework.duplicates import merge
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.casework.triage_runs import Run
from scheduler.casework.trying import shown
from scheduler.engine.calls import Cause
from scheduler.engine.states import ConsultationState, IntakeState
from scheduler.models import Consultation, Intake
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.reports import MINUTE, a_call, open_tasks, says
from tests.builders.staff import a_login, who_is
from tests.casework.appointments import a_task, at, booked
from tests.conftest import Hands, on_both

ASKED = IntakeState.CALL_REQUESTED
OTHER_PHONE = "+526649990000"


@pytest.fixture
def desk(app: Flask) -> SignedIn:
    a_firm(app).with_attorney("Ana")
    return who_is(a_login(app, "receptionist"))


def missed(app: Flask, intake: Intake, times: int) -> None:
    """She did not come to so many calls."""
    parts: Parts = app.extensions["cita"]
    with writing() as session:
        row = session.get_one(Intake, intake.id)
        Run(session, parts, row, {**open_answers(parts, row), "no_shows": times}, parts.clock.now()).look()


def of_whom_one_was_missed(app: Flask, parts: Parts, desk: SignedIn, hands: Hands) -> Consultation:
    """A call that is booked by her into whose intake another was merged, to a call of which she did not come."""
    call = a_call(app)
    hands.set(hands.now + MINUTE)
    new = an_intake(app)
    missed(app, new, 1)
    merge(parts, desk, call.intake_id, new.id)
    return call


def both(app: Flask, hands: Hands) -> tuple[Intake, Intake]:
    older = an_intake(app)
    hands.set(hands.now + MINUTE)
    return older, an_intake(app)


@on_both
@pytest.mark.parametrize(
    ("older", "newer", "is_called"),
    [
        pytest.param(1, 1, True, id="once each"),
        pytest.param(0, 2, True, id="twice with the newer"),
        pytest.param(0, 1, False, id="once in all"),
    ],
)
def test_calls_she_did_not_come_to_are_counted_together(  # noqa: PLR0917 - a table
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands, older: int, newer: int, is_called: bool
) -> None:
    old, new = both(app, hands)
    missed(app, old, older)
    missed(app, new, newer)

    merge(parts, desk, old.id, new.id)

    assert ("calls_to_book" in again(Intake, old.id).flags) is is_called
    assert ("call_to_book" in open_tasks(old.id)) is is_called


def test_without_them_she_would_begin_anew(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "missed", lambda *_said: {})
    old, new = both(app, hands)
    missed(app, new, 2)

    merge(parts, desk, old.id, new.id)

    assert "calls_to_book" not in again(Intake, old.id).flags


def test_the_next_call_she_does_not_come_to_is_added_to_those_of_the_merged(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands
) -> None:
    call = of_whom_one_was_missed(app, parts, desk, hands)
    hands.set(call.starts_at + 10 * MINUTE)

    says(parts, desk, call, ConsultationState.NO_SHOW)

    assert "calls_to_book" in again(Intake, call.intake_id).flags


@on_both
def test_calls_in_vain_to_the_merged_are_calls_in_vain_to_her(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands
) -> None:
    old, new = (an_intake(app, state=ASKED) for _turn in range(2))
    for intake in (old, new):
        a_task("call_back", timedelta(hours=1), intake)
    for intake in (old, new):
        hands.set(hands.now + timedelta(hours=1))
        in_vain(parts, desk, InVain(intake.id, Cause.NOT_REACHED))
    kept = merge(parts, desk, old.id, new.id)
    hands.set(hands.now + timedelta(hours=1))

    is_over = in_vain(parts, desk, InVain(kept, Cause.NOT_REACHED))

    assert (is_over, [one.cause for one in shown(parts, kept)]) == (True, [Cause.NOT_REACHED] * 3)


@on_both
def test_what_was_to_do_for_the_merged_is_done_for_her_once_and_by_the_earlier_time(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands
) -> None:
    old, new = both(app, hands)
    a_task("call_back", timedelta(hours=3), old)
    a_task("call_back", timedelta(hours=1), new)
    a_task("find_earlier_slot", timedelta(hours=2), new)
    a_task("decide_names", timedelta(hours=2), new)

    merge(parts, desk, old.id, new.id)

    due = {kind: at_time - hands.now.replace(minute=0) for kind, at_time in open_tasks(old.id).items()}
    assert set(due) == {"call_back", "find_earlier_slot"}
    assert due["call_back"] < due["find_earlier_slot"]
    assert open_tasks(new.id) == {}


@on_both
@pytest.mark.parametrize("carries", [True, False], ids=["as it is", "without them"])
def test_the_bookings_of_both_numbers_are_those_of_one_contact(  # noqa: PLR0917 - a guard and its power
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands, carries: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not carries:
        monkeypatch.setattr(merging, "_contacts", lambda *_said: None)
    call = booked(app, at(30, 9))
    other = booked(app, at(30, 10), contact_phone=OTHER_PHONE)
    hands.set(hands.now + MINUTE)
    newer, asks = an_intake(app, contact_phone=OTHER_PHONE), an_intake(app, contact_phone=OTHER_PHONE)
    with writing() as session:
        for intake_id in (call.intake_id, other.intake_id, newer.id):
            answers = open_answers(parts, session.get_one(Intake, intake_id))
            search.index(session, parts.keyring.firm("search"), intake_id, answers)
    merge(parts, desk, call.intake_id, newer.id)

    with writing() as session:
        mine = session.get_one(Intake, asks.id)
        enough = floods.has_enough(session, parts, mine, open_answers(parts, mine))

    assert enough is carries


@on_both
def test_who_did_not_come_to_a_call_of_the_merged_is_called_before_the_next_one(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands
) -> None:
    call = of_whom_one_was_missed(app, parts, desk, hands)
    hands.set(call.starts_at - timedelta(hours=20))

    unreported.ask(parts)

    assert "call_to_confirm" in open_tasks(call.intake_id)
