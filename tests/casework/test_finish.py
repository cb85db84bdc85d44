"""Whose names are clear is told once that she may answer more, unless she has, or the call is near."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from config import Settings
from scheduler.casework import more
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.delivery import deliver_one
from scheduler.casework.more import SaveMore
from scheduler.casework.moving import Cancel, MoveTo, cancel, move
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.states import IntakeState
from scheduler.models import Consultation, Outbox, Task, db
from tests.builders.firm import a_firm, an_intake
from tests.conftest import Hands, on_both

NEXT_WEDNESDAY = datetime(2026, 12, 2, 18, 0, tzinfo=UTC)
NEXT_FRIDAY = datetime(2026, 12, 4, 20, 0, tzinfo=UTC)
TOMORROW = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)


def a_booking(app: Flask, parts: Parts, start: datetime = NEXT_WEDNESDAY, **answers: Any) -> Consultation:
    a_firm(app).with_attorney("Ana", hours="9:00-18:00")
    return book(parts, BookSlot(an_intake(app, state=IntakeState.CLEARED, **answers).id, start, "phone"))


def letters(kind: str = "finish") -> list[tuple[str, str | None]]:
    db.session.rollback()
    rows = db.session.scalars(select(Outbox).where(Outbox.kind == kind).order_by(Outbox.created_at))
    return [(row.state, row.result) for row in rows]


def drain(parts: Parts) -> None:
    while deliver_one(parts):
        pass


@on_both
def test_half_an_hour_after_the_booking_it_says_where(
    app: Flask, parts: Parts, settings: Settings, hands: Hands
) -> None:
    a_booking(app, parts)
    hands.set(hands.now + timedelta(minutes=30))

    drain(parts)

    said = [path.read_text() for path in (settings.data / "texts").glob("*.json")]
    assert letters() == [("sent", None)]
    assert any("Puede agregar unas respuestas".lower() in text and "/s/" in text for text in map(str.lower, said))


def test_at_night_it_does_not_come_with_the_news_in_the_morning(app: Flask, parts: Parts, hands: Hands) -> None:
    hands.set(datetime(2026, 11, 25, 5, 0, tzinfo=UTC))

    a_booking(app, parts)

    due = {row.kind: row.due_at for row in db.session.scalars(select(Outbox))}
    assert due["finish"] == due["booked"] + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("start", "answers"),
    [
        pytest.param(TOMORROW, {}, id="the call is tomorrow"),
        pytest.param(NEXT_WEDNESDAY, {"private_place": "yes"}, id="she has begun to answer"),
        pytest.param(NEXT_WEDNESDAY, {"device_safe": "no"}, id="others see her device"),
    ],
)
def test_who_need_not_be_told_is_not(app: Flask, parts: Parts, start: datetime, answers: dict[str, Any]) -> None:
    a_booking(app, parts, start, **answers)

    assert letters() == []


def test_nobody_calls_her_about_it(app: Flask, parts: Parts) -> None:
    a_booking(app, parts, may_write="no")

    assert len(db.session.scalars(select(Task).where(Task.kind == "call_client")).all()) == 3


@on_both
def test_once_she_answers_it_is_not_sent(app: Flask, parts: Parts, hands: Hands) -> None:
    booked = a_booking(app, parts)
    drawn = more.look(parts, booked.intake_id).versions["call"]

    more.save(parts, booked.intake_id, SaveMore("call", {"private_place": "yes"}, drawn))

    hands.set(hands.now + timedelta(hours=1))
    drain(parts)
    assert letters() == [("dropped", "begun")]


@on_both
def test_a_move_plans_it_anew_until_it_was_sent(app: Flask, parts: Parts, hands: Hands) -> None:
    booked = a_booking(app, parts)
    move(parts, MoveTo(booked.id, NEXT_FRIDAY))
    planned = letters()
    hands.set(hands.now + timedelta(minutes=30))
    drain(parts)

    move(parts, MoveTo(booked.id, NEXT_WEDNESDAY))

    assert planned == [("dropped", "superseded"), ("waiting", None)]
    assert letters() == [("dropped", "superseded"), ("sent", None)]


def test_a_cancellation_takes_it_back(app: Flask, parts: Parts) -> None:
    booked = a_booking(app, parts)

    cancel(parts, Cancel(booked.id))

    assert letters() == [("dropped", "superseded")]


def test_of_a_cancelled_time_it_is_not_sent_even_where_it_was_left(app: Flask, parts: Parts, hands: Hands) -> None:
    """Power: the withdrawal is undone, and the second look at sending still stops it."""
    booked = a_booking(app, parts)
    cancel(parts, Cancel(booked.id))
    with writing() as session:
        for row in session.scalars(select(Outbox).where(Outbox.kind == "finish")):
            row.state = "waiting"
    hands.set(hands.now + timedelta(minutes=30))

    drain(parts)

    assert letters() == [("dropped", "cancelled")]


def test_six_letters_are_all_that_lead_up_to_a_time(app: Flask, parts: Parts) -> None:
    """Five that count have left already: only what matters most is planned."""
    booked = a_booking(app, parts)
    with writing() as session:
        for row in session.scalars(select(Outbox).where(Outbox.kind != "invitation", Outbox.kind != "booked")):
            row.state = "sent"
        facts = {"sequence": 0}
        for number in range(2):
            extra = Outbox(dedupe=f"x{number}", kind="remind_24h", reader="client", facts=facts, state="sent")
            extra.due_at = extra.created_at = parts.clock.now()
            extra.intake_id, extra.consultation_id = booked.intake_id, booked.id
            session.add(extra)

    move(parts, MoveTo(booked.id, NEXT_FRIDAY))

    db.session.rollback()
    waiting = select(Outbox.kind).where(Outbox.state == "waiting", Outbox.reader == "client", Outbox.kind != "moved")
    assert db.session.scalars(waiting.where(Outbox.kind != "booked")).all() == ["remind_2h"]
