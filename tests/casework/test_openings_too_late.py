"""What is said to whom every time is too late: before she must be seen, or before court."""

from datetime import timedelta
from typing import Any

from flask import Flask

from scheduler.casework import openings
from scheduler.casework.openings import offered, promise_earlier
from scheduler.casework.parts import Parts
from scheduler.models import Task, db
from tests.builders.firm import a_firm, an_intake
from tests.casework.appointments import at
from tests.conftest import TUESDAY, Hands, on_both


def test_nothing_is_offered_after_she_must_be_seen(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    intake = an_intake(app, ever_in_us="left", last_arrival_date={"unknown": True}, removal_order="not_sure")

    offer = offered(parts, intake.id)

    assert intake.urgency == "U2"
    assert intake.must_be_seen_by is not None
    assert offer.starts[-1] <= intake.must_be_seen_by == at(30, 18)
    assert offer.starts[0] == at(24, 13)


@on_both
def test_where_all_is_too_late_the_three_next_are_offered_and_a_call_is_promised(app: Flask, parts: Parts) -> None:
    firm = a_firm(app).with_attorney("Ana", hours={4: "9:00-12:00"})
    intake = an_intake(app, detained_now="yes_immigration")
    friday = (at(27, 9), at(27, 9, 30), at(27, 10))

    promise_earlier(parts, intake.id)
    offer = offered(parts, intake.id)

    assert firm.people
    assert intake.must_be_seen_by == at(25, 18)
    assert (offer.late, offer.starts, offer.promised_by) == (True, friday, at(24, 10))


def test_the_call_is_promised_once_and_the_promise_stands(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app).with_attorney("Ana", hours={4: "9:00-12:00"})
    intake = an_intake(app, detained_now="yes_immigration")
    promise_earlier(parts, intake.id)
    hands.set(TUESDAY + timedelta(minutes=30))

    promise_earlier(parts, intake.id)

    assert offered(parts, intake.id).promised_by == at(24, 10)
    assert [(task.kind, task.due_at) for task in db.session.query(Task)] == [(openings.FIND_EARLIER, at(24, 10))]


def test_to_look_at_the_times_promises_nothing(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana", hours={4: "9:00-12:00"})
    intake = an_intake(app, detained_now="yes_immigration")

    offer = offered(parts, intake.id)

    assert (offer.late, offer.promised_by, db.session.query(Task).count()) == (True, None, 0)


def test_no_call_is_promised_to_whom_a_time_is_offered(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")

    promise_earlier(parts, an_intake(app).id)

    assert db.session.query(Task).count() == 0


def test_a_slot_ends_a_day_before_court(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana", hours="9:00-17:00")
    arrival = {"y": 2026, "m": 10, "d": 1, "precision": "day", "unknown": False}
    court_on_thursday: dict[str, Any] = {"court_papers": "yes", "next_hearing_date": "2026-11-26"}

    offer = offered(parts, an_intake(app, ever_in_us="sent_back", last_arrival_date=arrival, **court_on_thursday).id)

    assert (offer.starts[0], offer.starts[-1]) == (at(24, 11), at(24, 16))
    assert not offer.late


def test_where_no_slot_can_end_a_day_before_court_she_is_to_telephone(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana", hours={3: "9:00-17:00", 4: "9:00-17:00"})
    intake = an_intake(
        app,
        ever_in_us="sent_back",
        last_arrival_date={"y": 2026, "m": 10, "d": 1, "precision": "day", "unknown": False},
        court_papers="yes",
        next_hearing_date="2026-11-27",
    )

    promise_earlier(parts, intake.id)
    offer = offered(parts, intake.id)

    assert (offer.starts, offer.late, offer.call_now) == ((), True, True)
    assert offer.promised_by == at(24, 9, 30)
