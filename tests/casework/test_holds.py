"""A legal hold stops every purge, is asked about every 90 days, and says who set it and why."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from scheduler.casework import audit
from scheduler.casework.cases import NotThere
from scheduler.casework.documents import open_answers
from scheduler.casework.holds import (
    REVIEW_EVERY,
    NoReason,
    ask_for_reviews,
    end_hold,
    hold_of,
    keep_hold,
    set_hold,
)
from scheduler.casework.parts import Parts
from scheduler.casework.retention import ASKED, due, purge_due
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.engine.states import IntakeState
from scheduler.models import Intake, LegalHold, Task, db
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.staff import a_login, who_is
from tests.conftest import Hands, on_both

WHY = "A subpoena of 20 November covers it"
YEARS = timedelta(days=3000)


@pytest.fixture
def attorney(app: Flask) -> SignedIn:
    a_firm(app)
    return who_is(a_login(app, "attorney"))


def withdrawn(app: Flask, **columns: Any) -> Intake:
    return an_intake(app, state=IntakeState.WITHDRAWN, **columns)


@on_both
def test_a_hold_stops_the_purge_until_it_ends(app: Flask, parts: Parts, hands: Hands, attorney: SignedIn) -> None:
    intake = withdrawn(app)
    set_hold(parts, attorney, intake.id, WHY)
    hands.set(hands.now + YEARS)
    while_held = purge_due(parts).purged

    end_hold(parts, attorney, intake.id)

    assert (while_held, purge_due(parts).purged, again(Intake, intake.id).state) == (0, 1, "purged")


def test_a_hold_stops_even_what_she_asked_for_and_then_it_is_due_at_once(
    app: Flask, parts: Parts, attorney: SignedIn
) -> None:
    intake = withdrawn(app)
    with writing() as session:
        session.get_one(Intake, intake.id).flags = [ASKED]
    set_hold(parts, attorney, intake.id, WHY)
    while_held = due(parts)

    end_hold(parts, attorney, intake.id)

    assert (while_held, due(parts)) == ([], [intake.id])


def test_the_reason_is_sealed_and_opens_for_the_page(
    app: Flask, parts: Parts, hands: Hands, attorney: SignedIn
) -> None:
    intake = withdrawn(app)

    set_hold(parts, attorney, intake.id, f"  {WHY}\n")

    hold, row = hold_of(parts, intake.id), db.session.query(LegalHold).one()
    assert hold is not None
    assert (hold.reason, hold.by, hold.since, hold.review_at) == (
        WHY,
        attorney.name,
        hands.now,
        hands.now + REVIEW_EVERY,
    )
    assert row.reason is not None
    assert b"subpoena" not in row.reason


@pytest.mark.parametrize("reason", ["", "too short", "   a      b   "])
def test_no_hold_without_a_reason(app: Flask, parts: Parts, attorney: SignedIn, reason: str) -> None:
    intake = withdrawn(app)

    with pytest.raises(NoReason):
        set_hold(parts, attorney, intake.id, reason)


def test_a_second_hold_changes_nothing(app: Flask, parts: Parts, attorney: SignedIn) -> None:
    intake = withdrawn(app)
    set_hold(parts, attorney, intake.id, WHY)

    set_hold(parts, attorney, intake.id, "Another reason altogether")

    assert db.session.query(LegalHold).count() == 1


@on_both
def test_every_ninety_days_somebody_is_asked_whether_it_must_stay(
    app: Flask, parts: Parts, hands: Hands, attorney: SignedIn
) -> None:
    intake = withdrawn(app)
    set_hold(parts, attorney, intake.id, WHY)
    hands.set(hands.now + REVIEW_EVERY)
    asked = [ask_for_reviews(parts), ask_for_reviews(parts)]
    first = open_reviews(intake)

    keep_hold(parts, attorney, intake.id)

    assert (asked, first, open_reviews(intake), ask_for_reviews(parts)) == ([1, 1], 1, 0, 0)
    hands.set(hands.now + REVIEW_EVERY)
    assert (ask_for_reviews(parts), open_reviews(intake)) == (1, 1)


def open_reviews(intake: Intake) -> int:
    db.session.rollback()
    return db.session.query(Task).filter_by(kind="hold_review", intake_id=intake.id, done_at=None).count()


def test_nobody_is_asked_before(app: Flask, parts: Parts, hands: Hands, attorney: SignedIn) -> None:
    set_hold(parts, attorney, withdrawn(app).id, WHY)
    hands.set(hands.now + REVIEW_EVERY - timedelta(seconds=1))

    assert ask_for_reviews(parts) == 0


def test_each_step_of_a_hold_stands_in_the_chain(app: Flask, parts: Parts, attorney: SignedIn) -> None:
    intake = withdrawn(app)
    before = audit.verify(parts)
    set_hold(parts, attorney, intake.id, WHY)
    keep_hold(parts, attorney, intake.id)

    end_hold(parts, attorney, intake.id)

    assert audit.verify(parts) - before == 3
    assert hold_of(parts, intake.id) is None


def test_what_is_purged_or_never_was_cannot_be_held(app: Flask, parts: Parts, attorney: SignedIn) -> None:
    gone = an_intake(app, state=IntakeState.PURGED).id
    lost = withdrawn(app).id
    parts.keyring.destroy(lost)

    for intake_id in (gone, lost, uuid4()):
        with pytest.raises(NotThere):
            set_hold(parts, attorney, intake_id, WHY)


def test_to_end_or_keep_what_is_not_held_changes_nothing(app: Flask, parts: Parts, attorney: SignedIn) -> None:
    intake = withdrawn(app)

    keep_hold(parts, attorney, intake.id)
    end_hold(parts, attorney, intake.id)

    assert open_answers(parts, again(Intake, intake.id))
    assert db.session.query(LegalHold).count() == 0
