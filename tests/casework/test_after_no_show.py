"""Nobody answered at the time that was booked: calls, letters where they are safe; after the second time we call."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import after_no_show
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.call_tries import InVain, in_vain
from scheduler.casework.delivery import deliver_one
from scheduler.casework.not_now import call_back
from scheduler.casework.openings import offered
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.silencing import Silence, silence
from scheduler.casework.wanted import NotBookable
from scheduler.engine.calls import Cause
from scheduler.engine.marks import Unreachable
from scheduler.engine.states import ConsultationState
from scheduler.models import Consultation, Intake, Outbox, db
from tests.builders.firm import a_firm, again
from tests.builders.reports import MINUTE, a_call, letters, open_tasks, says, somebody
from tests.conftest import Hands, on_both

NO_SHOW = ConsultationState.NO_SHOW
AFTER = ("missed", "rebook")
URGENT = {"court_papers": "yes", "next_hearing_date": "2026-12-09"}


@pytest.fixture
def desk(app: Flask) -> SignedIn:
    a_firm(app).with_attorney("Ana")
    return somebody(app, "receptionist")


def did_not_come(app: Flask, parts: Parts, desk: SignedIn, hands: Hands, **answers: Any) -> Consultation:
    call = a_call(app, **answers)
    hands.set(call.starts_at + 10 * MINUTE)
    return says(parts, desk, call, NO_SHOW)


def called(parts: Parts, desk: SignedIn, hands: Hands, call: Consultation, *causes: Cause) -> None:
    for cause in causes:
        hands.set(hands.now + timedelta(hours=2))
        in_vain(parts, desk, InVain(call.intake_id, cause))


def drain(parts: Parts) -> None:
    while deliver_one(parts):
        pass


@on_both
def test_after_three_calls_she_is_written_once_and_a_day_later_once_more(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands
) -> None:
    call = did_not_come(app, parts, desk, hands)
    first = letters(call, *AFTER)

    called(parts, desk, hands, call, Cause.NOT_REACHED, Cause.NOT_REACHED)

    assert first == [("rebook", "waiting")]
    assert letters(call, *AFTER) == [("missed", "waiting"), ("rebook", "waiting")]
    assert "call_no_show" not in open_tasks(call.intake_id)
    drain(parts)
    hands.set(call.starts_at + timedelta(days=1, hours=1))
    drain(parts)
    assert letters(call, *AFTER) == [("missed", "sent"), ("rebook", "sent")]


def test_who_is_urgent_is_called_on_and_never_left_to_a_letter(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands
) -> None:
    call = did_not_come(app, parts, desk, hands, **URGENT)

    called(parts, desk, hands, call, *[Cause.NOT_REACHED] * 3)

    assert letters(call, *AFTER) == [("missed", "waiting")]
    assert open_tasks(call.intake_id)["call_no_show"] > hands.now


@pytest.mark.parametrize("other", [Cause.NOT_SAFE, Cause.AT_THE_BRIDGE, Cause.MOVED, Cause.OUR_FAULT])
def test_once_another_cause_is_known_nobody_writes_that_she_was_not_reached(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands, other: Cause
) -> None:
    call = did_not_come(app, parts, desk, hands)

    called(parts, desk, hands, call, other, Cause.NOT_REACHED, Cause.NOT_REACHED)

    assert letters(call, *AFTER) == [("rebook", "dropped")]
    assert "offer_new_time" in open_tasks(call.intake_id)


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param({"device_safe": "no"}, id="her device may be seen"),
        pytest.param({"phone_shared": "shared_unsafe"}, id="her phone may be seen"),
        pytest.param({"may_write": "no"}, id="she does not want messages"),
        pytest.param({"contact_channel": "call"}, id="by phone only"),
    ],
)
def test_who_may_not_be_written_to_is_not(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands, answers: dict[str, str]
) -> None:
    call = did_not_come(app, parts, desk, hands, **answers)

    called(parts, desk, hands, call, Cause.NOT_REACHED, Cause.NOT_REACHED)

    assert letters(call, *AFTER) == []
    assert "call_client" not in open_tasks(call.intake_id)


def test_who_may_not_be_written_to_any_more_is_not(app: Flask, parts: Parts, desk: SignedIn, hands: Hands) -> None:
    call = did_not_come(app, parts, desk, hands)
    called(parts, desk, hands, call, Cause.NOT_REACHED, Cause.NOT_REACHED)

    silence(parts, desk, Silence(call.intake_id, Unreachable.PHONE_TAKEN))

    hands.set(hands.now + timedelta(days=3))
    drain(parts)
    assert letters(call, *AFTER) == [("missed", "dropped"), ("rebook", "dropped")]


def test_at_night_no_letter_leaves(app: Flask, parts: Parts, desk: SignedIn, hands: Hands) -> None:
    call = did_not_come(app, parts, desk, hands, safe_times=["morning"])
    called(parts, desk, hands, call, Cause.NOT_REACHED, Cause.NOT_REACHED, Cause.NOT_REACHED, Cause.NOT_REACHED)

    drain(parts)

    assert [state for kind, state in letters(call, "missed") if state == "sent"] == []


def test_who_has_another_time_by_then_is_not_asked_whether_she_wants_one(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands
) -> None:
    call = did_not_come(app, parts, desk, hands)
    starts = offered(parts, call.intake_id).starts
    book(parts, BookSlot(call.intake_id, starts[-1], "phone", "again-1"))

    hands.set(hands.now + timedelta(days=1, hours=1))
    drain(parts)

    assert letters(call, *AFTER) == [("rebook", "dropped")]
    assert "call_no_show" not in open_tasks(call.intake_id)


def test_who_was_talked_to_since_is_not_asked_whether_she_wants_a_time(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands
) -> None:
    call = did_not_come(app, parts, desk, hands)
    second = book(parts, BookSlot(call.intake_id, offered(parts, call.intake_id).starts[0], "phone", "again-1"))
    hands.set(second.starts_at)
    says(parts, somebody(app, "attorney"), second, ConsultationState.COMPLETED)

    hands.set(call.starts_at + timedelta(days=3))
    drain(parts)

    assert letters(call, *AFTER) == [("rebook", "dropped")]


def test_without_that_look_she_would_be_asked(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = did_not_come(app, parts, desk, hands)
    book(parts, BookSlot(call.intake_id, offered(parts, call.intake_id).starts[-1], "phone", "again-1"))
    monkeypatch.setattr(after_no_show, "is_true", lambda *_said: True)

    hands.set(hands.now + timedelta(days=1, hours=1))
    drain(parts)

    assert letters(call, *AFTER) == [("rebook", "sent")]


@on_both
def test_after_the_second_time_she_is_called_for_the_next_one(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands
) -> None:
    call = did_not_come(app, parts, desk, hands)
    second = book(parts, BookSlot(call.intake_id, offered(parts, call.intake_id).starts[-1], "phone", "again-1"))
    once = "calls_to_book" in again(Intake, call.intake_id).flags
    hands.set(second.starts_at + 10 * MINUTE)

    says(parts, desk, second, NO_SHOW)

    assert (once, "calls_to_book" in again(Intake, call.intake_id).flags) == (False, True)
    assert "call_to_book" in open_tasks(call.intake_id)
    with pytest.raises(NotBookable):
        offered(parts, call.intake_id)


def test_after_the_second_time_no_letter_leads_her_to_times_that_she_cannot_choose(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands
) -> None:
    call = did_not_come(app, parts, desk, hands)
    early = [start for start in offered(parts, call.intake_id).starts if start.time() == call.starts_at.time()]
    second = book(parts, BookSlot(call.intake_id, early[-1], "phone", "again-1"))
    hands.set(second.starts_at + 10 * MINUTE)
    says(parts, desk, second, NO_SHOW)

    called(parts, desk, hands, second, Cause.NOT_REACHED, Cause.NOT_REACHED)

    written = {row.kind: row.facts["offers"] for row in db.session.scalars(select(Outbox).filter_by(kind="missed"))}
    assert written == {"missed": False}
    assert letters(second, *AFTER) == [("missed", "waiting")]


def test_who_said_that_she_could_not_talk_then_is_not_counted(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands
) -> None:
    call = did_not_come(app, parts, desk, hands)
    second = book(parts, BookSlot(call.intake_id, offered(parts, call.intake_id).starts[-1], "phone", "again-1"))
    hands.set(second.starts_at - MINUTE)
    call_back(parts, second.id)
    hands.set(second.starts_at + 10 * MINUTE)

    says(parts, desk, second, NO_SHOW)

    assert "calls_to_book" not in again(Intake, call.intake_id).flags
    assert offered(parts, call.intake_id).starts


def test_where_the_second_time_had_another_cause_after_all_she_chooses_again(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands
) -> None:
    call = did_not_come(app, parts, desk, hands)
    second = book(parts, BookSlot(call.intake_id, offered(parts, call.intake_id).starts[-1], "phone", "again-1"))
    hands.set(second.starts_at + 10 * MINUTE)
    says(parts, desk, second, NO_SHOW)

    called(parts, desk, hands, second, Cause.NOT_SAFE)

    assert "calls_to_book" not in again(Intake, call.intake_id).flags
    assert offered(parts, call.intake_id).starts
