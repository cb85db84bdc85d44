"""Whose days are over, to the second, and what stops or shortens them."""

from datetime import timedelta

import pytest
from flask import Flask

from scheduler.casework import retention
from scheduler.casework.documents import open_answers
from scheduler.casework.parts import Parts
from scheduler.casework.retention import due, purge_due
from scheduler.casework.transaction import writing
from scheduler.engine.states import IntakeState
from scheduler.models import (
    Consultation,
    Intake,
    Task,
)
from tests.builders.browser import a_booking
from tests.builders.firm import a_firm, again, an_intake
from tests.conftest import Hands, on_both

MONDAY = "2026-11-30T17:00"
MONTH, YEAR = timedelta(days=30), timedelta(days=365)


@pytest.fixture
def booked(app: Flask) -> Consultation:
    """A consultation to come."""
    a_firm(app).with_attorney("Ana")
    return a_booking(app, MONDAY)


@on_both
@pytest.mark.parametrize(
    ("state", "after"),
    [
        ("submitted", MONTH),
        ("cleared", MONTH),
        ("withdrawn", MONTH),
        ("merged", MONTH),
        ("declined", 2 * MONTH),
        ("referred", 2 * MONTH),
        ("declined_conflict", timedelta(hours=23)),
    ],
)
def test_it_goes_when_its_days_are_over_and_not_before(
    app: Flask, parts: Parts, hands: Hands, state: str, after: timedelta
) -> None:
    a_firm(app)
    intake = an_intake(app, state=IntakeState(state))
    hands.set(hands.now + after - timedelta(seconds=1))
    early = purge_due(parts).purged

    hands.set(hands.now + timedelta(seconds=1))

    assert (early, purge_due(parts).purged, again(Intake, intake.id).state) == (0, 1, "purged")


@pytest.mark.parametrize("state", ["draft", "call_requested", "conflict_review", "converted"])
def test_where_no_clock_runs_nothing_goes(app: Flask, parts: Parts, hands: Hands, state: str) -> None:
    a_firm(app)
    an_intake(app, state=IntakeState(state))
    hands.set(hands.now + 10 * YEAR)

    assert purge_due(parts).purged == 0


@on_both
def test_a_call_to_come_or_an_open_task_stops_the_clock_of_one_who_waits(
    app: Flask, parts: Parts, hands: Hands
) -> None:
    a_firm(app, retention={"never_booked": 2}).with_attorney("Ana")
    a_booking(app, MONDAY)
    waits = an_intake(app)
    with writing() as session:
        session.add(Task(dedupe="t", kind="call_back", intake_id=waits.id, due_at=hands.now, created_at=hands.now))
    hands.set(hands.now + timedelta(days=3))

    assert due(parts) == []


def test_a_month_runs_from_the_last_that_was_done_for_her(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app)
    intake, begun = an_intake(app), hands.now
    with writing() as session:
        done = {"done_at": begun + timedelta(days=10), "due_at": begun, "created_at": begun}
        session.add(Task(dedupe="t", kind="call_back", intake_id=intake.id, **done))
    hands.set(begun + MONTH)
    after_a_month = due(parts)
    hands.set(begun + MONTH + timedelta(days=10))

    assert (after_a_month, due(parts)) == ([], [intake.id])


@on_both
def test_whom_we_talked_with_is_kept_a_year_from_the_end_of_the_call(
    app: Flask, parts: Parts, hands: Hands, booked: Consultation
) -> None:
    hands.set(booked.ends_at + YEAR - timedelta(seconds=1))
    early = due(parts)
    hands.set(booked.ends_at + YEAR)

    assert (early, due(parts)) == ([], [booked.intake_id])


def test_the_firm_s_own_fewer_days_count(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app, retention={"withdrawn": 3})
    intake = an_intake(app, state=IntakeState.WITHDRAWN)
    hands.set(hands.now + timedelta(days=3))

    assert due(parts) == [intake.id]


def test_what_is_no_longer_due_under_the_lock_stays(
    app: Flask, parts: Parts, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_firm(app)
    intake = an_intake(app)
    monkeypatch.setattr(retention, "due", lambda _: [intake.id])

    assert purge_due(parts).purged == 0
    assert open_answers(parts, again(Intake, intake.id))["given_names"] == "Rosa Elena"
