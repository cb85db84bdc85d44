"""A time that a person must still confirm: she is told so, and nobody is invited or reminded until it stands."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from scheduler.casework import announcing
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.delivery import deliver_one
from scheduler.casework.documents import open_answers
from scheduler.casework.moving import Cancel, MoveTo, cancel, move
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.models import Consultation, Intake, Outbox, Task, db
from tests.builders.firm import a_firm, an_intake
from tests.conftest import Hands, on_both

NEXT_WEDNESDAY = datetime(2026, 12, 2, 18, 0, tzinfo=UTC)
NEXT_FRIDAY = datetime(2026, 12, 4, 20, 0, tzinfo=UTC)


def a_tentative(app: Flask, parts: Parts, **answers: Any) -> Consultation:
    """A time that was taken and that a person must still confirm."""
    a_firm(app).with_attorney("Ana", hours="9:00-18:00")
    consultation = book(parts, BookSlot(an_intake(app, **answers).id, NEXT_WEDNESDAY, "phone"))
    with writing() as session:
        session.execute(delete(Outbox))
        session.execute(delete(Task))
        mine = session.get_one(Consultation, consultation.id)
        mine.state = "tentative"
        intake = session.get_one(Intake, mine.intake_id)
        announcing.saved(session, parts, mine, intake, open_answers(parts, intake))
    return consultation


def confirm(parts: Parts, consultation: Consultation) -> None:
    with writing() as session:
        mine = session.get_one(Consultation, consultation.id)
        mine.state = "booked"
        intake = session.get_one(Intake, mine.intake_id)
        announcing.confirmed(session, parts, mine, intake, open_answers(parts, intake))


def kinds(state: str = "waiting") -> list[str]:
    db.session.rollback()
    return sorted(db.session.scalars(select(Outbox.kind).where(Outbox.state == state)))


def calls() -> int:
    db.session.rollback()
    return len(db.session.scalars(select(Task).where(Task.kind == "call_client", Task.done_at.is_(None))).all())


def drain(parts: Parts) -> None:
    while deliver_one(parts):
        pass


@on_both
def test_of_a_tentative_time_she_alone_is_told_and_by_when_it_is_confirmed(app: Flask, parts: Parts) -> None:
    a_tentative(app, parts)

    (row,) = db.session.scalars(select(Outbox))
    assert (row.kind, row.reader, row.facts["by"]) == ("tentative", "client", "2026-11-26T02:00:00+00:00")


@on_both
def test_once_it_is_confirmed_everything_follows_that_follows_a_booking(app: Flask, parts: Parts) -> None:
    consultation = a_tentative(app, parts)

    confirm(parts, consultation)

    assert kinds() == ["booked", "finish", "invitation", "remind_24h", "remind_72h"]
    assert kinds("dropped") == ["tentative"]


@on_both
def test_it_is_confirmed_at_the_time_it_was_moved_to(app: Flask, parts: Parts) -> None:
    consultation = a_tentative(app, parts)
    move(parts, MoveTo(consultation.id, NEXT_FRIDAY))
    moved = kinds()

    confirm(parts, consultation)

    (invitation,) = db.session.scalars(select(Outbox).where(Outbox.kind == "invitation"))
    assert moved == ["moved"]
    assert (invitation.facts["start"], invitation.facts["sequence"]) == (NEXT_FRIDAY.isoformat(), 1)
    assert "booked" in kinds()


@on_both
def test_a_tentative_time_that_ends_is_ended_for_her_alone(app: Flask, parts: Parts) -> None:
    consultation = a_tentative(app, parts)
    drain(parts)
    cancel(parts, Cancel(consultation.id))

    drain(parts)

    assert kinds("sent") == ["cancelled_you", "tentative"]


def test_who_may_not_be_written_to_is_called_instead(app: Flask, parts: Parts) -> None:
    consultation = a_tentative(app, parts, may_write="no")
    told = (kinds(), calls())

    confirm(parts, consultation)

    assert told == ([], 1)
    assert (kinds(), calls()) == (["invitation"], 3)


def test_a_promise_is_never_later_than_the_time_itself(app: Flask, parts: Parts, hands: Hands) -> None:
    hands.set(NEXT_WEDNESDAY - timedelta(hours=24))

    a_tentative(app, parts)

    (row,) = db.session.scalars(select(Outbox))
    assert row.facts["by"] == NEXT_WEDNESDAY.isoformat()


@pytest.mark.parametrize(
    ("later", "sent"),
    [
        pytest.param(timedelta(), ["tentative"], id="at once"),
        pytest.param(timedelta(days=2), [], id="after the promise"),
    ],
)
def test_it_is_said_only_while_the_promise_can_be_kept(
    app: Flask, parts: Parts, hands: Hands, later: timedelta, sent: list[str]
) -> None:
    a_tentative(app, parts)
    hands.set(hands.now + later)

    drain(parts)

    assert kinds("sent") == sent


def test_a_letter_that_was_left_says_no_longer_that_it_is_tentative(app: Flask, parts: Parts) -> None:
    """Power: the withdrawal is undone, and the second look at sending still stops it."""
    consultation = a_tentative(app, parts)
    confirm(parts, consultation)
    with writing() as session:
        for row in session.scalars(select(Outbox).where(Outbox.kind == "tentative")):
            row.state = "waiting"

    drain(parts)

    assert "tentative" not in kinds("sent")
