"""Every row of the schedule of messages (intake.md §4.4): who is told, when, and who is not."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import announcing, unreported
from scheduler.casework.announcing import Before
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.documents import open_answers
from scheduler.casework.moving import Cancel, MoveTo, cancel, move
from scheduler.casework.openings import offered
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.conflicts import Status
from scheduler.engine.states import IntakeState
from scheduler.engine.urgency import Level
from scheduler.models import Consultation, Intake, Outbox, db
from tests.builders.firm import a_firm, an_intake
from tests.builders.reports import a_call, open_tasks
from tests.casework.appointments import at
from tests.conftest import Hands, on_both

FRIDAY, NEXT_MONDAY, NEXT_WEDNESDAY = at(27, 14), at(30, 14), at(2, 14, month=12)
TENTATIVE = {"state": IntakeState.CONFLICT_REVIEW, "status": Status.PENDING}
HEARING: dict[str, Any] = {"court_papers": "yes", "next_hearing_date": "2026-12-01"}
REPORT: dict[str, Any] = {
    "court_papers": "yes",
    "waiting_in_mexico_program": "yes_papers",
    "next_hearing_date": "2026-12-14",
    "poe_report_date": "2026-12-02",
    "poe_report_time": "04:00",
}
ALL_HOURS = {"safe_times": ["morning", "afternoon", "evening", "weekend"]}
URGENT = (Level.E, Level.U1, Level.U2)


def waiting() -> dict[str, datetime]:
    """What waits for the client, by kind, with when it is due."""
    db.session.rollback()
    rows = db.session.scalars(select(Outbox).filter_by(reader="client", state="waiting"))
    return {row.kind: row.due_at for row in rows}


def a_booking(app: Flask, start: datetime, mode: str = "phone", **more: Any) -> Consultation:
    """Booked on the Tuesday before, at nine."""
    a_firm(app).with_attorney("Ana")
    return book(app.extensions["cita"], BookSlot(an_intake(app, **more).id, start, mode))


@pytest.mark.parametrize(
    ("row", "start", "more", "is_told"),
    [
        pytest.param("booked", NEXT_WEDNESDAY, {}, True, id="at once: booked"),
        pytest.param("tentative", NEXT_WEDNESDAY, TENTATIVE, True, id="at once: tentative"),
        pytest.param("booked", NEXT_WEDNESDAY, {"may_write": "no"}, False, id="at once: not without consent"),
        pytest.param("finish", NEXT_WEDNESDAY, {}, True, id="finish: cleared, and more than a day away"),
        pytest.param("finish", NEXT_WEDNESDAY, TENTATIVE, False, id="finish: not before it is cleared"),
        pytest.param("finish", at(25, 9), {}, False, id="finish: not where it is a day away"),
        pytest.param("remind_72h", NEXT_MONDAY, {}, True, id="remind_72h: five days ahead"),
        pytest.param("remind_72h", FRIDAY, {}, False, id="remind_72h: not less than five days ahead"),
        pytest.param("remind_24h", at(25, 14), {}, True, id="remind_24h: 26 hours ahead"),
        pytest.param("remind_24h", at(25, 10), {}, False, id="remind_24h: not less than 26 hours ahead"),
        pytest.param("remind_2h", FRIDAY, {}, True, id="remind_2h: three hours ahead"),
        pytest.param("join", FRIDAY, {"mode": "video"}, True, id="join: video"),
        pytest.param("join", FRIDAY, {}, False, id="join: not by phone"),
    ],
)
def test_who_is_told_by_the_schedule(
    app: Flask, row: str, start: datetime, more: dict[str, Any], is_told: bool
) -> None:
    a_booking(app, start, **more)

    assert (row in waiting()) is is_told


@pytest.mark.parametrize(
    ("row", "due"),
    [
        ("remind_72h", at(30, 14) - timedelta(hours=72)),
        ("remind_24h", at(30, 14) - timedelta(hours=24)),
        ("remind_2h", at(30, 14) - timedelta(hours=2)),
        ("join", at(30, 14) - timedelta(minutes=10)),
    ],
)
def test_each_leaves_at_its_time(app: Flask, row: str, due: datetime) -> None:
    a_booking(app, NEXT_MONDAY, "video", **ALL_HOURS)

    assert waiting()[row] == due


@on_both
@pytest.mark.parametrize(
    ("facts", "left"),
    [
        pytest.param({}, {"moved", "finish", "remind_72h", "remind_24h", "remind_2h"}, id="nothing on her days"),
        pytest.param(HEARING, {"moved", "finish", "remind_72h", "remind_2h"}, id="the day of her hearing"),
        pytest.param(REPORT, {"moved", "finish", "remind_72h", "remind_24h"}, id="from 12 hours before she reports"),
    ],
)
def test_on_her_days_nothing_is_sent(app: Flask, parts: Parts, facts: dict[str, Any], left: set[str]) -> None:
    call = a_booking(app, NEXT_WEDNESDAY)
    before = Before(call.attorney, call.starts_at, call.ends_at, 0)
    with writing() as session:
        call.sequence = 1
        intake = session.get_one(Intake, call.intake_id)
        answers = {**open_answers(parts, intake), **facts}

        announcing.moved(session, parts, call, intake, answers, before=before)

    assert set(waiting()) == left


@on_both
@pytest.mark.parametrize("level", list(Level))
def test_who_has_not_answered_four_hours_after_she_was_asked_is_called_if_it_is_urgent(
    app: Flask, parts: Parts, hands: Hands, level: Level
) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_call(app)
    with writing() as session:
        session.get_one(Intake, call.intake_id).urgency = level
    hands.set(call.starts_at - timedelta(hours=20))

    unreported.ask(parts)

    assert ("call_to_confirm" in open_tasks(call.intake_id)) is (level in URGENT)


@pytest.mark.parametrize("by", ["moved", "cancelled"])
def test_nobody_is_called_about_a_time_that_is_none_any_more(app: Flask, parts: Parts, hands: Hands, by: str) -> None:
    call = asked(app, parts, hands)

    if by == "moved":
        move(parts, MoveTo(call.id, later(parts, call)))
    else:
        cancel(parts, Cancel(call.id))

    assert "call_to_confirm" not in open_tasks(call.intake_id)


def test_of_the_time_it_was_moved_to_she_is_asked_anew(app: Flask, parts: Parts, hands: Hands) -> None:
    call = asked(app, parts, hands)
    start = later(parts, call)
    move(parts, MoveTo(call.id, start))
    hands.set(start - timedelta(hours=20))

    unreported.ask(parts)

    assert "call_to_confirm" in open_tasks(call.intake_id)


def asked(app: Flask, parts: Parts, hands: Hands) -> Consultation:
    """A call of somebody urgent who has not answered the day before."""
    a_firm(app).with_attorney("Ana")
    call = a_call(app)
    with writing() as session:
        session.get_one(Intake, call.intake_id).urgency = Level.U2
    hands.set(call.starts_at - timedelta(hours=20))
    unreported.ask(parts)
    assert "call_to_confirm" in open_tasks(call.intake_id)
    return call


def later(parts: Parts, call: Consultation) -> datetime:
    """The first time that is offered a week later."""
    starts = offered(parts, call.intake_id, moving=call.id).starts
    return next(start for start in starts if start > call.starts_at + timedelta(days=5))
