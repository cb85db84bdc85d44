"""A decision on names is taken back within a day, never after a purge, and never behind anybody's back."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import audit, undoing
from scheduler.casework.assigned import is_confirmed
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.cases import NotThere
from scheduler.casework.conflict_desk import escalate
from scheduler.casework.deciding import NoNote, clear, decline
from scheduler.casework.openings import offered
from scheduler.casework.parts import Parts
from scheduler.casework.retention import purge_due
from scheduler.casework.undoing import IsHeard, undo
from scheduler.engine.retention import RULES, Record
from scheduler.engine.states import UNDO_WITHIN, ConsultationState, IntakeState
from scheduler.models import ConflictReview, Consultation, Intake, Outbox, WaitingLetter, db
from tests.builders.client import Client
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.reviews import AGAINST, a_hit, judge, letters, open_tasks, tentative
from tests.builders.staff import confirm_names
from tests.conftest import Hands, on_both


def a_cleared_call(app: Flask, parts: Parts) -> Consultation:
    call = tentative(app, parts)
    clear(parts, judge(app), call.intake_id, "nobody of ours")
    confirm_names(app, call.intake_id)
    return db.session.get_one(Consultation, call.id)


@on_both
def test_a_cleared_call_stays_booked_and_nobody_hears_her_until_it_is_decided_anew(app: Flask, parts: Parts) -> None:
    call = a_cleared_call(app, parts)

    undo(parts, judge(app), call.intake_id, "it is our Carlos")

    intake, review = again(Intake, call.intake_id), db.session.get_one(ConflictReview, call.intake_id)
    assert (intake.state, again(Consultation, call.id).state) == ("conflict_review", "booked")
    assert (is_confirmed(intake), review.decided_at, review.decision) == (False, None, None)
    assert "names_reopened" in open_tasks()
    assert audit.verify(parts) > 0


@on_both
@pytest.mark.parametrize(
    ("decide", "state", "call_state"),
    [
        pytest.param(clear, "cleared", "booked", id="cleared again"),
        pytest.param(decline, "declined_conflict", "cancelled_firm", id="not taken after all"),
    ],
)
def test_it_is_decided_anew_as_if_for_the_first_time(
    app: Flask, parts: Parts, decide: Any, state: str, call_state: str
) -> None:
    call = a_cleared_call(app, parts)
    undo(parts, judge(app), call.intake_id, "it is our Carlos")

    decide(parts, judge(app), call.intake_id, "looked at again")

    assert (again(Intake, call.intake_id).state, again(Consultation, call.id).state) == (state, call_state)
    assert ("names_reopened" in open_tasks(), "tell_declined" in open_tasks()) == (False, decide is decline)


@on_both
def test_whom_we_declined_by_mistake_is_called_and_her_letter_is_taken_away(app: Flask, parts: Parts) -> None:
    intake = a_hit(app, parts)
    decline(parts, judge(app), intake.id, "we act for her husband")

    undo(parts, judge(app), intake.id, "another Carlos")

    assert (again(Intake, intake.id).state, open_tasks()) == ("conflict_review", ["conflict_call"])
    assert (db.session.scalars(select(WaitingLetter)).all(), "message_waiting" in letters()) == ([], False)


@on_both
def test_who_is_declined_twice_is_told_twice(app: Flask, parts: Parts, hands: Hands) -> None:
    intake = a_hit(app, parts)
    for note in ("we act for her husband", "and it is so"):
        if again(Intake, intake.id).state == "declined_conflict":
            undo(parts, judge(app), intake.id, "another Carlos")
        hands.set(hands.now + timedelta(minutes=5))
        decline(parts, judge(app), intake.id, note)

    assert open_tasks() == ["tell_declined"]


@pytest.mark.parametrize(
    ("decide", "after"),
    [
        pytest.param(clear, UNDO_WITHIN, id="cleared: a day later"),
        pytest.param(decline, RULES[Record.DECLINED_CONFLICT].kept, id="not taken: once the purge is due"),
    ],
)
@on_both
def test_afterwards_nobody_takes_it_back(app: Flask, parts: Parts, hands: Hands, decide: Any, after: timedelta) -> None:
    intake = a_hit(app, parts)
    decide(parts, judge(app), intake.id, "a note")
    hands.set(hands.now + after - timedelta(seconds=1))
    still = [row.id for row in undoing.decided(parts)]
    hands.set(hands.now + timedelta(seconds=1))

    with pytest.raises(NotThere):
        undo(parts, judge(app), intake.id, "too late")

    assert (still, undoing.decided(parts)) == ([intake.id], ())


def test_what_is_taken_back_in_the_last_minute_is_not_purged(app: Flask, parts: Parts, hands: Hands) -> None:
    intake = a_hit(app, parts)
    decline(parts, judge(app), intake.id, "we act for her husband")
    hands.set(hands.now + RULES[Record.DECLINED_CONFLICT].kept - timedelta(minutes=1))
    undo(parts, judge(app), intake.id, "another Carlos")
    hands.set(hands.now + timedelta(days=3))

    purge_due(parts)

    assert again(Intake, intake.id).state == "conflict_review"


def test_what_is_purged_is_never_taken_back(app: Flask, parts: Parts, hands: Hands) -> None:
    intake = a_hit(app, parts)
    decline(parts, judge(app), intake.id, "we act for her husband")
    hands.set(hands.now + RULES[Record.DECLINED_CONFLICT].kept)
    purge_due(parts)

    with pytest.raises(NotThere):
        undo(parts, judge(app), intake.id, "another Carlos")


def test_a_purge_that_came_after_the_window_would_be_noticed(
    app: Flask, parts: Parts, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undoing, "_until", lambda _state, decided_at: decided_at + UNDO_WITHIN)
    intake = a_hit(app, parts)
    decline(parts, judge(app), intake.id, "we act for her husband")
    hands.set(hands.now + RULES[Record.DECLINED_CONFLICT].kept)

    assert [row.id for row in undoing.decided(parts)] == [intake.id]


@pytest.mark.parametrize("state", list(IntakeState))
def test_what_no_person_has_decided_is_not_taken_back(app: Flask, parts: Parts, state: IntakeState) -> None:
    a_firm(app)

    with pytest.raises(NotThere):
        undo(parts, judge(app), an_intake(app, state=state).id, "a note")


def test_without_a_reason_nothing_is_taken_back(app: Flask, parts: Parts) -> None:
    call = a_cleared_call(app, parts)

    with pytest.raises(NoNote):
        undo(parts, judge(app), call.intake_id, "  ")

    assert (again(Intake, call.intake_id).state, is_confirmed(again(Intake, call.intake_id))) == ("cleared", True)


def test_nobody_is_reopened_while_she_is_being_heard(app: Flask, parts: Parts) -> None:
    call = a_cleared_call(app, parts)
    db.session.get_one(Consultation, call.id).state = ConsultationState.IN_PROGRESS
    db.session.commit()

    with pytest.raises(IsHeard):
        undo(parts, judge(app), call.intake_id, "it is our Carlos")


def test_what_has_left_already_is_said(app: Flask, parts: Parts) -> None:
    call = a_cleared_call(app, parts)
    for row in db.session.scalars(select(Outbox).where(Outbox.kind == "invitation")):
        row.state, row.settled_at = "sent", parts.clock.now()
    db.session.commit()

    look = undoing.look(parts, judge(app), call.intake_id)

    assert [one.kind for one in look.out] == ["invitation"]


def test_a_decision_that_is_overdue_once_more_is_an_alarm_once_more(app: Flask, parts: Parts, hands: Hands) -> None:
    call = tentative(app, parts)
    hands.set(hands.now + timedelta(days=2))
    escalate(parts)
    clear(parts, judge(app), call.intake_id, "nobody of ours")
    undo(parts, judge(app), call.intake_id, "it is our Carlos")
    hands.set(hands.now + timedelta(days=7))

    assert (escalate(parts), "conflict_overdue" in open_tasks()) == (1, True)


def test_who_has_no_time_chooses_none_until_it_is_decided(app: Flask, parts: Parts) -> None:
    a_firm(app, auto_clear=False).with_attorney("Ana")
    intake = Client(app).through_all_pages(**AGAINST).row
    clear(parts, judge(app), intake.id, "another Carlos")
    start = offered(parts, intake.id).starts[-1]
    undo(parts, judge(app), intake.id, "it is our Carlos")

    with pytest.raises(Exception, match="conflict_review"):
        book(parts, BookSlot(intake.id, start, "phone"))
