"""What is taken meanwhile, was never offered, or may not be chosen is refused, and nothing is left behind."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from scheduler.casework.booking import BookSlot, NotBookable, NotOffered, SlotTaken, book
from scheduler.casework.openings import offered
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.states import IntakeState
from scheduler.engine.zones import minute_of
from scheduler.models import Block, Consultation, Outbox, Person, Task
from tests.builders.firm import a_firm, again, an_intake
from tests.casework.appointments import at, booked, count
from tests.conftest import TUESDAY, Hands, on_both


@on_both
@pytest.mark.parametrize(
    ("start", "length"),
    [
        pytest.param(at(25, 10), 45, id="the same time"),
        pytest.param(at(25, 9, 30), 45, id="it would still run when the first begins"),
        pytest.param(at(25, 10, 30), 45, id="it begins inside the first"),
        pytest.param(at(25, 9), 75, id="a longer one reaches into it"),
    ],
)
def test_what_is_taken_meanwhile_is_refused_as_taken(app: Flask, parts: Parts, start: datetime, length: int) -> None:
    a_firm(app).with_attorney("Ana")
    long = {"spoken_language": "mam", "interpreter_needed": "yes"} if length == 75 else {}
    booked(app, at(25, 10))

    with pytest.raises(SlotTaken):
        booked(app, start, **long)

    assert (count(Consultation), count(Block)) == (1, 1)


@on_both
@pytest.mark.parametrize(
    "start",
    [
        pytest.param(at(25, 9, 15), id="off the grid"),
        pytest.param(at(25, 9) + timedelta(seconds=1), id="no whole minute"),
        pytest.param(at(25, 8, 30), id="before the hours"),
        pytest.param(at(25, 16, 30), id="it would end after the hours"),
        pytest.param(at(24, 16), id="too soon for a normal case"),
        pytest.param(at(23, 10), id="past"),
        pytest.param(datetime(1970, 1, 1, tzinfo=UTC), id="long past"),
        pytest.param(datetime(9999, 12, 31, 23, 59, tzinfo=UTC), id="in the last minute of all calendars"),
        pytest.param(at(26, 10), id="on a holiday"),
        pytest.param(at(28, 10), id="on a Saturday"),
        pytest.param(datetime(2027, 2, 1, 18, tzinfo=UTC), id="beyond the horizon"),
        pytest.param(
            datetime(2026, 12, 22, 18, tzinfo=UTC), id="after she must be seen, while there are earlier times"
        ),
    ],
)
def test_what_was_never_offered_is_refused(app: Flask, parts: Parts, start: datetime) -> None:
    a_firm(app).with_attorney("Ana")

    with pytest.raises(NotOffered):
        booked(app, start)

    assert (count(Consultation), count(Block), count(Outbox), count(Task)) == (0, 0, 0, 0)


def test_a_time_of_somebody_who_does_not_speak_her_language_was_never_offered(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana", hours="9:00-12:00").with_attorney("Bob", languages=("en",))

    with pytest.raises(NotOffered):
        booked(app, at(25, 14))


def test_a_day_that_is_full_meanwhile_is_taken(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana", daily_cap=1)
    booked(app, at(25, 9))

    with pytest.raises(SlotTaken):
        booked(app, at(25, 13))


@on_both
def test_where_the_guard_refuses_everybody_it_is_taken_and_nothing_is_left(app: Flask, parts: Parts) -> None:
    firm = a_firm(app).with_attorney("Ana")
    with writing() as session:
        b0 = minute_of(at(25, 9)) - 40 * 1440
        session.add(Block(person=firm.number("Ana"), b0=b0, b1=minute_of(at(25, 9, 30)), kind="import"))

    with pytest.raises(SlotTaken):
        booked(app, at(25, 9))

    assert (count(Consultation), count(Outbox), again(Person, firm.people["Ana"].id).version) == (0, 0, 1)


def test_somebody_elses_living_hold_is_taken(app: Flask, parts: Parts) -> None:
    firm = a_firm(app).with_attorney("Ana")
    with writing() as session:
        nine = minute_of(at(25, 9))
        expires = TUESDAY + timedelta(minutes=10)
        session.add(Block(person=firm.number("Ana"), b0=nine, b1=nine + 45, kind="hold", expires_at=expires))

    with pytest.raises(SlotTaken):
        booked(app, at(25, 9))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"state": IntakeState.DRAFT}, id="it was not sent"),
        pytest.param({"state": IntakeState.CALL_REQUESTED}, id="we call her"),
        pytest.param({"state": IntakeState.CONFLICT_REVIEW}, id="a person looks at the names first"),
    ],
)
def test_who_chooses_no_time_books_none(app: Flask, parts: Parts, changes: dict[str, Any]) -> None:
    a_firm(app).with_attorney("Ana")

    with pytest.raises(NotBookable):
        booked(app, at(25, 9), **changes)


def test_a_booking_that_cannot_be_completed_leaves_nothing(app: Flask, parts: Parts) -> None:
    firm = a_firm(app).with_attorney("Ana")
    intake = an_intake(app)
    with writing() as session:
        session.execute(text("ALTER TABLE audit RENAME TO audit_gone"))

    with pytest.raises(Exception, match="audit"):
        book(parts, BookSlot(intake.id, at(25, 9), "phone"))

    assert (count(Consultation), count(Block), count(Outbox)) == (0, 0, 0)
    assert again(Person, firm.people["Ana"].id).version == 1


def test_a_time_offered_yesterday_may_be_too_soon_today(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app).with_attorney("Ana")
    intake = an_intake(app)
    first = offered(parts, intake.id).starts[0]
    hands.set(TUESDAY + timedelta(seconds=1))

    with pytest.raises(NotOffered):
        book(parts, BookSlot(intake.id, first, "phone"))
