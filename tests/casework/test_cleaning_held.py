"""What an attorney has put a hold on keeps its letters and its part of the chain (intake.md §5.4)."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import false

from scheduler.casework import audit, cleaning, holds
from scheduler.casework.cleaning import clean
from scheduler.casework.holds import end_hold, set_hold
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.engine.states import IntakeState
from scheduler.models import Audit, Intake, Outbox, db
from tests.builders.firm import a_firm, an_intake
from tests.builders.staff import a_login, who_is
from tests.conftest import Hands, on_both

WHY = "A court has asked for all that we hold about her."
SEVEN_YEARS = timedelta(days=7 * 366)


@pytest.fixture
def attorney(app: Flask) -> SignedIn:
    a_firm(app)
    return who_is(a_login(app, "attorney"))


def a_trace(parts: Parts, subject: str) -> None:
    with writing() as session:
        audit.record(session, parts, "system", "tried", subject)


def a_letter(parts: Parts, intake_id: UUID, name: str) -> None:
    now = parts.clock.now()
    with writing() as session:
        row = {"kind": "booked", "reader": "client", "due_at": now, "created_at": now, "settled_at": now}
        session.add(Outbox(dedupe=name, state="sent", intake_id=intake_id, **row))


def told(app: Flask, parts: Parts) -> Intake:
    """An intake of long ago, with a trace and a letter between those of others."""
    a_trace(parts, "firm:1")
    intake = an_intake(app, state=IntakeState.WITHDRAWN)
    a_trace(parts, f"intake:{intake.id}")
    a_trace(parts, "firm:1")
    a_letter(parts, intake.id, "hers")
    a_letter(parts, an_intake(app, state=IntakeState.WITHDRAWN).id, "another's")
    return intake


def letters() -> list[str]:
    db.session.rollback()
    return [row.dedupe for row in db.session.query(Outbox)]


def traces_of(intake: Intake) -> int:
    return db.session.query(Audit).filter_by(subject=f"intake:{intake.id}", action="tried").count()


@on_both
def test_a_hold_keeps_her_letters_and_her_part_of_the_chain(
    app: Flask, parts: Parts, hands: Hands, attorney: SignedIn
) -> None:
    intake = told(app, parts)
    set_hold(parts, attorney, intake.id, WHY)
    hands.set(hands.now + SEVEN_YEARS)

    done = clean(parts)

    assert (done["letters"], letters(), traces_of(intake)) == (1, ["hers"], 1)
    assert done["audit"] >= 1
    assert audit.verify(parts) > 0


@on_both
def test_once_it_ends_they_go(app: Flask, parts: Parts, hands: Hands, attorney: SignedIn) -> None:
    intake = told(app, parts)
    set_hold(parts, attorney, intake.id, WHY)
    hands.set(hands.now + SEVEN_YEARS)
    clean(parts)
    end_hold(parts, attorney, intake.id)

    clean(parts)

    assert (letters(), traces_of(intake)) == ([], 0)
    assert audit.verify(parts) > 0


def test_a_letter_about_nobody_is_not_kept_by_a_hold(
    app: Flask, parts: Parts, hands: Hands, attorney: SignedIn
) -> None:
    intake = told(app, parts)
    set_hold(parts, attorney, intake.id, WHY)
    with writing() as session:
        session.query(Outbox).filter_by(dedupe="another's").one().intake_id = None
    hands.set(hands.now + SEVEN_YEARS)

    clean(parts)

    assert letters() == ["hers"]


def test_without_a_look_at_holds_they_are_gone(
    app: Flask, parts: Parts, hands: Hands, attorney: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = told(app, parts)
    set_hold(parts, attorney, intake.id, WHY)
    hands.set(hands.now + SEVEN_YEARS)
    nothing = holds.held().where(false())
    monkeypatch.setattr(holds, "held", lambda: nothing)

    cleaning.clean(parts)

    assert (letters(), traces_of(intake)) == ([], 0)
