"""Who is told what, when: rows of the outbox, or calls by a person where nothing may be written."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import announcing, outbox
from scheduler.casework.announcing import Before
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.documents import open_answers
from scheduler.casework.moving import Cancel, MoveTo, cancel, move
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.states import Actor
from scheduler.models import Consultation, Intake, Outbox, Staff, Task, db
from tests.builders.firm import AFirm, a_firm, an_intake
from tests.conftest import Hands, on_both

NEXT_WEDNESDAY = datetime(2026, 12, 2, 18, 0, tzinfo=UTC)
NEXT_FRIDAY = datetime(2026, 12, 4, 20, 0, tzinfo=UTC)
HELPED: dict[str, Any] = {"filler_role": "relative", "contact_channel": "helper"}


@pytest.fixture
def firm(app: Flask) -> AFirm:
    return a_firm(app).with_attorney("Ana", hours="9:00-18:00")


def a_booking(app: Flask, parts: Parts, mode: str = "phone", **answers: Any) -> Consultation:
    return book(parts, BookSlot(an_intake(app, **answers).id, NEXT_WEDNESDAY, mode))


def waiting(reader: str = "") -> dict[str, datetime]:
    """What waits, by kind, with when it is due."""
    db.session.rollback()
    rows = db.session.scalars(select(Outbox).where(Outbox.state == "waiting", Outbox.reader.startswith(reader)))
    return {row.kind: row.due_at for row in rows}


def calls() -> list[datetime]:
    """When somebody must call instead of writing."""
    db.session.rollback()
    open_calls = select(Task.due_at).where(Task.kind == "call_client", Task.done_at.is_(None))
    return sorted(db.session.scalars(open_calls))


@on_both
def test_a_booking_puts_every_letter_that_follows_into_its_commit(
    app: Flask, parts: Parts, firm: AFirm, hands: Hands
) -> None:
    """Two hours before is earlier than she may be written to, three days before is a Sunday."""
    a_booking(app, parts)

    assert waiting() == {
        "invitation": hands.now,
        "booked": hands.now,
        "finish": hands.now + timedelta(minutes=30),
        "remind_72h": datetime(2026, 11, 29, 1, 45, tzinfo=UTC),
        "remind_24h": NEXT_WEDNESDAY - timedelta(hours=24),
    }


def test_a_snapshot_says_all_that_the_attorney_is_told_and_names_nobody(app: Flask, parts: Parts, firm: AFirm) -> None:
    consultation = a_booking(app, parts)

    facts = db.session.scalars(select(Outbox.facts).where(Outbox.kind == "invitation")).one()

    assert facts == {
        "attorney": consultation.attorney,
        "start": "2026-12-02T18:00:00+00:00",
        "end": "2026-12-02T18:45:00+00:00",
        "sequence": 0,
        "dtstamp": consultation.dtstamp.isoformat(),
        "level": "N",
        "language": "es",
        "interpreter": False,
        "mode": "phone",
        "client_zone": "America/Tijuana",
    }


@on_both
def test_a_move_plans_the_reminders_anew_and_leaves_none_of_the_old(app: Flask, parts: Parts, firm: AFirm) -> None:
    consultation = a_booking(app, parts)

    move(parts, MoveTo(consultation.id, NEXT_FRIDAY))

    assert waiting("client")["remind_24h"] == NEXT_FRIDAY - timedelta(hours=24)
    assert "booked" not in waiting("client")
    assert "moved" in waiting("client")
    assert {row.facts["sequence"] for row in db.session.scalars(select(Outbox)) if row.state == "waiting"} == {0, 1}


@on_both
def test_a_move_to_another_attorney_ends_it_for_the_first_at_the_time_he_knew(
    app: Flask, parts: Parts, firm: AFirm
) -> None:
    consultation = a_booking(app, parts)
    firm.with_attorney("Bea", hours={4: "9:00-18:00"})
    firm.with_override("Ana", NEXT_FRIDAY.date())

    move(parts, MoveTo(consultation.id, NEXT_FRIDAY))

    rows = {(row.kind, row.reader): row.facts for row in db.session.scalars(select(Outbox))}
    ended, invited = rows["cancellation", "attorney:1"], rows["invitation", "attorney:2"]
    assert (ended["start"], ended["sequence"]) == (NEXT_WEDNESDAY.isoformat(), 1)
    assert (invited["start"], invited["sequence"]) == (NEXT_FRIDAY.isoformat(), 1)


@on_both
@pytest.mark.parametrize(
    ("request_", "kind"),
    [pytest.param({}, "cancelled_you", id="she did"), pytest.param({"by_firm": True}, "cancelled_us", id="we did")],
)
def test_a_cancellation_is_told_and_no_reminder_is_left(
    app: Flask, parts: Parts, firm: AFirm, request_: dict[str, Any], kind: str
) -> None:
    caller = Staff(id=uuid4(), email="c@firm.example", name="C", roles=["receptionist"], password_hash="x")
    with writing() as session:
        session.add(caller)
    by_firm = {"actor": Actor.RECEPTIONIST, "staff_id": caller.id, "caller": caller.id, **request_} if request_ else {}
    consultation = a_booking(app, parts)

    cancel(parts, Cancel(consultation.id, **by_firm))

    assert set(waiting()) == {"invitation", "cancellation", kind}


@on_both
@pytest.mark.parametrize(
    "answers",
    [
        pytest.param({"device_safe": "no"}, id="the device is not safe"),
        pytest.param({"device_safe": "not_sure"}, id="she is not sure that it is"),
        pytest.param({"phone_shared": "shared_unsafe"}, id="others see the phone"),
        pytest.param({"may_write": "no"}, id="she did not allow it"),
        pytest.param({"may_write": None}, id="she was never asked"),
        pytest.param({"contact_channel": "call"}, id="only calls"),
        pytest.param({**HELPED, "helper_medium": "call"}, id="the one who helps is called"),
        pytest.param({**HELPED, "helper_medium": None}, id="nobody said how to reach the one who helps"),
        pytest.param({"contact_channel": "email", "contact_email": None}, id="no address"),
    ],
)
def test_who_may_not_be_written_to_is_called_at_the_same_times(
    app: Flask, parts: Parts, firm: AFirm, answers: dict[str, Any]
) -> None:
    a_booking(app, parts, **answers)

    assert waiting("client") == {}
    assert len(calls()) == 3
    assert NEXT_WEDNESDAY - timedelta(hours=24) in calls()


def test_what_a_person_was_to_tell_is_over_when_the_call_is(app: Flask, parts: Parts, firm: AFirm) -> None:
    consultation = a_booking(app, parts, may_write="no")

    cancel(parts, Cancel(consultation.id))

    assert len(calls()) == 1


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param({}, id="texts"),
        pytest.param({"contact_channel": "whatsapp"}, id="WhatsApp"),
        pytest.param({"contact_channel": "email", "contact_email": "r@mail.example"}, id="e-mail"),
        pytest.param({**HELPED, "helper_medium": "sms"}, id="texts to the one who helps"),
    ],
)
def test_who_allowed_it_is_written_to(app: Flask, parts: Parts, firm: AFirm, answers: dict[str, Any]) -> None:
    a_booking(app, parts, **answers)

    assert "booked" in waiting("client")
    assert calls() == []


def test_news_at_night_waits_for_the_morning_by_her_clock(app: Flask, parts: Parts, firm: AFirm, hands: Hands) -> None:
    hands.set(datetime(2026, 11, 25, 4, 0, tzinfo=UTC))

    a_booking(app, parts)

    assert waiting()["booked"] == datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
    assert waiting()["invitation"] == hands.now


def test_nothing_is_told_on_the_day_of_her_court_date(app: Flask, parts: Parts, firm: AFirm) -> None:
    consultation = a_booking(app, parts)
    before = Before(consultation.attorney, consultation.starts_at, consultation.ends_at, 0)
    with writing() as session:
        consultation.sequence = 1
        intake = session.get_one(Intake, consultation.intake_id)
        answers = {**open_answers(parts, intake), "court_papers": "yes", "next_hearing_date": "2026-12-01"}
        announcing.moved(session, parts, consultation, intake, answers, before=before)

    assert set(waiting("client")) == {"moved", "finish", "remind_72h"}


def test_the_place_is_not_named_where_she_would_not_say_it(app: Flask, parts: Parts, firm: AFirm) -> None:
    a_booking(app, parts, mx_city="prefer_not")

    (row,) = db.session.scalars(select(Outbox).where(Outbox.kind == "booked"))
    assert outbox.extras_of(parts, row) == {"place": None}
