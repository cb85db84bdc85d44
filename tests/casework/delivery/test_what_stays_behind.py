"""What is stale, or not safe any more, does not leave."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from scheduler.casework import late, promising
from scheduler.casework.documents import open_answers, seal_answers
from scheduler.casework.moving import Cancel, cancel
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.states import IntakeState
from scheduler.models import Intake, Outbox, Task, db
from tests.builders.firm import a_firm, an_intake
from tests.casework.delivery.post import EMAIL, FRIDAY_NOON, WEDNESDAY_TEN, a_booking, drain, states, to
from tests.channels.servers import Sink
from tests.conftest import Hands, on_both


@on_both
def test_what_waits_when_a_call_is_cancelled_is_not_sent(app: Flask, parts: Parts, sink: Sink, hands: Hands) -> None:
    consultation = a_booking(app, parts)
    drain(parts)
    cancel(parts, Cancel(consultation.id))
    drain(parts)
    sent = len(sink.envelopes)

    hands.set(FRIDAY_NOON)
    drain(parts)

    assert len(sink.envelopes) == sent
    assert {state for kind, state in states(app).items() if kind.startswith("remind")} == {"dropped"}


@on_both
def test_a_reminder_of_a_cancelled_call_is_dropped_even_where_it_was_left(
    app: Flask, parts: Parts, sink: Sink, hands: Hands
) -> None:
    """Power: the withdrawal of reminders is undone, and the second look at sending still stops them."""
    consultation = a_booking(app, parts)
    drain(parts)
    cancel(parts, Cancel(consultation.id))
    drain(parts)
    sent = len(sink.envelopes)
    with writing() as session:
        session.execute(update(Outbox).where(Outbox.kind.startswith("remind")).values(state="waiting"))

    hands.set(WEDNESDAY_TEN - timedelta(hours=23))
    drain(parts)

    assert len(sink.envelopes) == sent


def test_a_reminder_that_was_held_up_too_long_is_dropped(app: Flask, parts: Parts, sink: Sink, hands: Hands) -> None:
    a_booking(app, parts)
    drain(parts)

    hands.set(WEDNESDAY_TEN + timedelta(minutes=1))
    drain(parts)

    assert len(sink.envelopes) == 2
    assert {row.result for row in db.session.scalars(select(Outbox)) if row.kind.startswith("remind")} == {"too_late"}


@on_both
@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"device_safe": "not_sure"}, id="the device is not safe any more"),
        pytest.param({"phone_shared": "shared_unsafe"}, id="others see the phone"),
        pytest.param({"may_write": "no"}, id="she took her permission back"),
        pytest.param({"contact_channel": "call"}, id="only calls"),
    ],
)
def test_safety_is_looked_at_again_when_a_letter_leaves(
    app: Flask, parts: Parts, sink: Sink, change: dict[str, Any]
) -> None:
    consultation = a_booking(app, parts)
    with writing() as session:
        intake = session.get_one(Intake, consultation.intake_id)
        seal_answers(parts, intake, {**open_answers(parts, intake), **change})

    drain(parts)

    assert to(sink, "rosa@mail.example") == []
    assert states(app)["booked"] == "withheld"
    assert "call_client" in set(db.session.scalars(select(Task.kind)))


def test_the_manual_flag_stops_letters_that_wait(app: Flask, parts: Parts, sink: Sink) -> None:
    consultation = a_booking(app, parts)
    with writing() as session:
        session.get_one(Intake, consultation.intake_id).flags = ["manual_contact"]

    drain(parts)

    assert to(sink, "rosa@mail.example") == []


def test_a_purged_intake_is_written_about_no_more(app: Flask, parts: Parts, sink: Sink) -> None:
    consultation = a_booking(app, parts)
    parts.keyring.destroy(consultation.intake_id)

    drain(parts)

    assert to(sink, "rosa@mail.example") == []
    assert states(app)["booked"] == "dropped"


NIGHT, MORNING = datetime(2026, 11, 25, 10, 0, tzinfo=UTC), datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
"""Two o'clock and nine o'clock in Tijuana."""


@on_both
def test_news_that_was_held_up_waits_for_her_next_safe_hour(app: Flask, parts: Parts, sink: Sink, hands: Hands) -> None:
    a_booking(app, parts)
    hands.set(NIGHT)
    drain(parts)
    at_night = len(to(sink, "rosa@mail.example"))

    hands.set(MORNING)
    drain(parts)

    assert (at_night, len(to(sink, "rosa@mail.example"))) == (0, 1)
    assert [row.attempts for row in db.session.scalars(select(Outbox).where(Outbox.kind == "booked"))] == [1]


def test_news_that_waits_follows_the_hours_she_corrects(app: Flask, parts: Parts, sink: Sink, hands: Hands) -> None:
    hands.set(NIGHT)
    consultation = a_booking(app, parts)
    with writing() as session:
        intake = session.get_one(Intake, consultation.intake_id)
        seal_answers(parts, intake, {**open_answers(parts, intake), "safe_times": ["evening"]})

    hands.set(MORNING)
    drain(parts)

    waits = db.session.scalars(select(Outbox).where(Outbox.kind == "booked")).one()
    assert (to(sink, "rosa@mail.example"), waits.due_at) == ([], datetime(2026, 11, 26, 1, 0, tzinfo=UTC))


def test_news_for_which_no_safe_hour_is_left_is_dropped(app: Flask, parts: Parts, sink: Sink, hands: Hands) -> None:
    a_booking(app, parts)
    with writing() as session:
        session.execute(update(Outbox).where(Outbox.kind == "booked").values(not_after=MORNING))

    hands.set(NIGHT)
    drain(parts)

    assert (to(sink, "rosa@mail.example"), states(app)["booked"]) == ([], "dropped")


def test_without_the_look_at_her_hours_it_would_leave_at_night(
    app: Flask, parts: Parts, sink: Sink, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power."""
    a_booking(app, parts)
    monkeypatch.setattr(late, "refuse", lambda *_args: None)

    hands.set(NIGHT)
    drain(parts)

    assert len(to(sink, "rosa@mail.example")) == 1


@pytest.mark.parametrize(
    ("state", "letters"),
    [
        pytest.param(IntakeState.CLEARED, 1, id="she waits for a time"),
        pytest.param(IntakeState.WITHDRAWN, 0, id="she wants no more help"),
    ],
)
def test_who_wants_no_more_help_is_not_asked_to_call(
    app: Flask, parts: Parts, sink: Sink, state: IntakeState, letters: int
) -> None:
    a_firm(app)
    hers = an_intake(app, **EMAIL)
    with writing() as session:
        intake = session.get_one(Intake, hers.id)
        promising.please_call(session, parts, intake, open_answers(parts, intake))
        intake.state = state

    drain(parts)

    assert len(to(sink, "rosa@mail.example")) == letters
