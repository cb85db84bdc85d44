"""What became of a call is said by a person: by whom, from when on, and what it leads to."""

from contextlib import nullcontext, suppress
from datetime import timedelta
from itertools import product

import pytest
from flask import Flask

from scheduler.casework import audit, conflict_confirming, reporting
from scheduler.casework.cases import NotConfirmed
from scheduler.casework.parts import Parts
from scheduler.casework.reporting import NotSaid, TooEarly
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.engine import calls
from scheduler.engine.calls import Cause, Result
from scheduler.engine.states import CONSULTATION_NEXT, Actor, ConsultationState, Refused
from scheduler.models import Block, CallTry, Consultation, ConsultationChange, db
from tests.builders.firm import a_firm, again
from tests.builders.reports import MINUTE, SOON, a_call, letters, open_tasks, says, somebody
from tests.conftest import Hands, on_both

_C = ConsultationState
ROLES = ["receptionist", "paralegal", "attorney", "conflicts", "admin"]
SAID = [_C.CONFIRMED, _C.IN_PROGRESS, _C.COMPLETED, _C.INTERRUPTED, _C.NO_SHOW, _C.FOLLOW_UP, _C.CLOSED]
AT_ONCE = {_C.COMPLETED, _C.INTERRUPTED}


def by_the_table(old: ConsultationState, new: ConsultationState, role: str) -> bool:
    """Whether the states let her, in one step, or in two where a call is said to have ended at once."""
    following = CONSULTATION_NEXT[old]
    if Actor(role) in following.get(new, frozenset()):
        return True
    runs = Actor(role) in following.get(_C.IN_PROGRESS, frozenset())
    return new in AT_ONCE and runs and Actor(role) in CONSULTATION_NEXT[_C.IN_PROGRESS][new]


def said_from(parts: Parts, who: SignedIn, call: Consultation, old: ConsultationState, new: ConsultationState) -> str:
    """The state that a call has, after somebody said that it came from one state to another."""
    with writing() as session:
        session.get_one(Consultation, call.id).state = old
    with suppress(Refused):
        says(parts, who, call, new)
    return str(again(Consultation, call.id).state)


@pytest.mark.parametrize("role", ROLES)
def test_everybody_says_of_every_state_what_the_table_lets_her_and_no_more(
    app: Flask, parts: Parts, hands: Hands, role: str
) -> None:
    a_firm(app).with_attorney("Ana")
    who, call = somebody(app, role), a_call(app)
    hands.set(call.starts_at + 30 * MINUTE)

    found = {(old, new) for old in ConsultationState for new in SAID if new in reporting.allowed(who, old)}

    every = [(old, new) for old in ConsultationState for new in SAID if old is not new]
    assert found == {pair for pair in every if by_the_table(*pair, role)}


@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_hers_to_say_changes_nothing(app: Flask, parts: Parts, hands: Hands, role: str) -> None:
    a_firm(app).with_attorney("Ana")
    who, call = somebody(app, role), a_call(app)
    hands.set(call.starts_at + 30 * MINUTE)

    came = {(old, new): said_from(parts, who, call, old, new) for old, new in product(ConsultationState, SAID)}

    assert came == {(old, new): new if old is new or by_the_table(old, new, role) else old for old, new in came}


def test_one_more_role_for_one_state_would_be_noticed(
    app: Flask, parts: Parts, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_firm(app).with_attorney("Ana")
    desk, call = somebody(app, "receptionist"), a_call(app)
    hands.set(call.starts_at + 30 * MINUTE)
    guarded = _C.IN_PROGRESS in reporting.allowed(desk, _C.BOOKED)
    everybody = frozenset(Actor)
    looser = {**CONSULTATION_NEXT, _C.BOOKED: {**CONSULTATION_NEXT[_C.BOOKED], _C.IN_PROGRESS: everybody}}
    monkeypatch.setattr("scheduler.engine.states.CONSULTATION_NEXT", looser)
    monkeypatch.setattr(reporting, "CONSULTATION_NEXT", looser)

    assert (guarded, _C.IN_PROGRESS in reporting.allowed(desk, _C.BOOKED)) == (False, True)


@pytest.mark.parametrize(
    ("state", "minutes"),
    [
        pytest.param(_C.IN_PROGRESS, -15, id="it has begun, a quarter of an hour before"),
        pytest.param(_C.COMPLETED, 0, id="we talked, not before it begins"),
        pytest.param(_C.INTERRUPTED, 0, id="it broke off, not before it begins"),
        pytest.param(_C.NO_SHOW, 10, id="we could not talk, after ten minutes"),
    ],
)
def test_nothing_is_said_too_early(
    app: Flask, parts: Parts, hands: Hands, state: ConsultationState, minutes: int
) -> None:
    a_firm(app).with_attorney("Ana")
    who, call = somebody(app, "attorney"), a_call(app)
    hands.set(call.starts_at + (minutes - 1) * MINUTE)
    with pytest.raises(TooEarly):
        says(parts, who, call, state)
    early = (again(Consultation, call.id).state, db.session.query(CallTry).count())
    hands.set(call.starts_at + minutes * MINUTE)

    says(parts, who, call, state)

    assert (early, again(Consultation, call.id).state) == (("booked", 0), state)


def test_without_the_ten_minutes_she_would_be_given_up_at_once(
    app: Flask, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_firm(app).with_attorney("Ana")
    who, call = somebody(app, "receptionist"), a_call(app)
    monkeypatch.setattr(calls, "EARLIEST", {})

    assert says(parts, who, call, _C.NO_SHOW).state == _C.NO_SHOW


@pytest.mark.parametrize(
    ("state", "missing"),
    [
        pytest.param(_C.COMPLETED, {"result": None}, id="what came of it"),
        pytest.param(_C.COMPLETED, {"back_on": None}, id="when somebody comes back to her"),
        pytest.param(_C.INTERRUPTED, {"broken": None}, id="why it broke off"),
        pytest.param(_C.NO_SHOW, {"cause": None}, id="why we could not talk"),
    ],
)
def test_what_belongs_to_it_is_said_too(
    app: Flask, parts: Parts, hands: Hands, state: ConsultationState, missing: dict[str, None]
) -> None:
    a_firm(app).with_attorney("Ana")
    who, call = somebody(app, "attorney"), a_call(app)
    hands.set(call.starts_at + 30 * MINUTE)

    with pytest.raises(NotSaid):
        says(parts, who, call, state, **missing)

    assert again(Consultation, call.id).state == "booked"


@pytest.mark.parametrize("result", list(Result))
def test_who_is_not_taken_or_referred_is_not_come_back_to(
    app: Flask, parts: Parts, hands: Hands, result: Result
) -> None:
    a_firm(app).with_attorney("Ana")
    who, call = somebody(app, "attorney"), a_call(app)
    hands.set(call.starts_at + 30 * MINUTE)
    needs_no_day = result in (Result.REFER, Result.DECLINE)

    says(parts, who, call, _C.COMPLETED, result=result, back_on=None if needs_no_day else SOON)

    assert ("come_back" in open_tasks(call.intake_id)) == (not needs_no_day)


@on_both
def test_one_tap_says_that_it_began_and_ended_and_the_history_tells_both(
    app: Flask, parts: Parts, hands: Hands
) -> None:
    a_firm(app).with_attorney("Ana")
    who, call = somebody(app, "attorney"), a_call(app)
    hands.set(call.starts_at + 50 * MINUTE)

    says(parts, who, call, _C.COMPLETED)
    says(parts, who, call, _C.COMPLETED)

    db.session.rollback()
    steps = db.session.query(ConsultationChange).filter(ConsultationChange.at >= hands.now)
    assert {(one.old_state, one.new_state, one.actor, one.reason) for one in steps} == {
        ("booked", "in_progress", who.actor, None),
        ("in_progress", "completed", who.actor, "advice_given"),
    }
    assert db.session.query(Block).filter_by(consultation_id=call.id, active=True).count() == 0
    assert audit.verify(parts)


def test_a_call_that_broke_off_is_taken_up_again_and_is_no_no_show(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app).with_attorney("Ana")
    who, call = somebody(app, "attorney"), a_call(app)
    hands.set(call.starts_at + 20 * MINUTE)

    says(parts, who, call, _C.INTERRUPTED)

    due = open_tasks(call.intake_id)["call_broken"]
    assert hands.now < due <= hands.now + timedelta(hours=3)
    assert (db.session.query(CallTry).count(), letters(call, "missed", "rebook")) == (0, [])


@pytest.mark.parametrize("cause", [cause for cause in Cause if cause is not Cause.NOT_REACHED])
def test_for_any_other_cause_it_is_no_no_show_and_she_is_found_another_time(
    app: Flask, parts: Parts, hands: Hands, cause: Cause
) -> None:
    a_firm(app).with_attorney("Ana")
    who, call = somebody(app, "receptionist"), a_call(app)
    hands.set(call.starts_at + 15 * MINUTE)

    says(parts, who, call, _C.NO_SHOW, cause=cause)

    assert again(Consultation, call.id).state == "booked"
    assert "offer_new_time" in open_tasks(call.intake_id)
    assert letters(call, "missed", "rebook") == []


@pytest.mark.parametrize(
    ("state", "refused"),
    [
        pytest.param(ConsultationState.IN_PROGRESS, True, id="it does not begin"),
        pytest.param(ConsultationState.COMPLETED, False, id="what took place all the same is said"),
    ],
)
def test_no_call_begins_before_the_names_are_confirmed(
    app: Flask, parts: Parts, hands: Hands, state: ConsultationState, refused: bool
) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_call(app)
    with writing() as session:
        conflict_confirming.take_back(session, call.intake_id)
    hands.set(call.ends_at)

    with pytest.raises(NotConfirmed) if refused else nullcontext():
        says(parts, somebody(app, "attorney"), call, state)

    assert db.session.get_one(Consultation, call.id).state == ("booked" if refused else state)


def test_a_call_that_began_without_it_would_be_noticed(
    app: Flask, parts: Parts, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporting, "is_confirmed", lambda _intake: True)
    a_firm(app).with_attorney("Ana")
    call = a_call(app)
    with writing() as session:
        conflict_confirming.take_back(session, call.intake_id)
    hands.set(call.starts_at)

    assert says(parts, somebody(app, "attorney"), call, ConsultationState.IN_PROGRESS).state == "in_progress"
