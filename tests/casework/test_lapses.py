"""Holds that nobody took are free again; drafts that nobody went on with are gone, keys and all."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import audit
from scheduler.casework.documents import open_answers
from scheduler.casework.keyring import KeyGone
from scheduler.casework.lapses import expire_drafts, expire_holds
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.states import IntakeState
from scheduler.models import Block, Consultation, ConsultationChange, Intake, SearchHash, db
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.jobs import a_pile
from tests.conftest import Hands, on_both


def a_draft(app: Flask, **answers: Any) -> Intake:
    a_firm(app)
    return an_intake(app, state=IntakeState.DRAFT, **answers)


@on_both
def test_a_hold_ends_at_its_minute_and_not_before(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app).with_attorney("Ana")
    with writing() as session:
        session.add(Block(person=1, b0=1, b1=46, kind="hold", expires_at=hands.now + timedelta(minutes=10)))
        session.add(Block(person=1, b0=100, b1=146))
    early = expire_holds(parts)

    hands.set(hands.now + timedelta(minutes=10))

    assert (early, expire_holds(parts)) == (0, 1)
    assert sorted(db.session.execute(select(Block.b0, Block.active)).all()) == [(1, False), (100, True)]


@on_both
def test_the_consultation_of_a_hold_that_ended_is_over(app: Flask, parts: Parts, hands: Hands) -> None:
    (consultation,) = a_pile(app, 1)
    with writing() as session:
        session.get_one(Consultation, consultation.id).state = "held"
        session.add(Block(person=1, b0=1, b1=46, consultation_id=consultation.id, expires_at=hands.now))

    expire_holds(parts)

    assert again(Consultation, consultation.id).state == "expired_hold"
    change = db.session.scalars(select(ConsultationChange)).one()
    assert (change.actor, change.old_state, change.new_state) == ("system", "held", "expired_hold")


@on_both
@pytest.mark.parametrize(
    ("answers", "after", "is_gone"),
    [
        pytest.param({}, timedelta(days=7, seconds=-1), False, id="not quite a week"),
        pytest.param({}, timedelta(days=7), True, id="a week"),
        pytest.param({"device_safe": "no"}, timedelta(hours=72, seconds=-1), False, id="not quite three days"),
        pytest.param({"device_safe": "no"}, timedelta(hours=72), True, id="three days on a device others may see"),
        pytest.param({"device_safe": "not_sure"}, timedelta(hours=72), True, id="or may be"),
    ],
)
def test_a_draft_lives_a_week_or_three_days(  # noqa: PLR0917 - an example of three facts
    app: Flask, parts: Parts, hands: Hands, answers: dict[str, Any], after: timedelta, is_gone: bool
) -> None:
    draft = a_draft(app, **answers)
    hands.set(hands.now + after)

    count = expire_drafts(parts)

    assert (count, again(Intake, draft.id).state) == ((1, "expired") if is_gone else (0, "draft"))


@on_both
def test_of_an_expired_draft_nothing_can_be_opened(app: Flask, parts: Parts, hands: Hands) -> None:
    draft = a_draft(app)
    with writing() as session:
        session.add(SearchHash(intake_id=draft.id, kind="name", hash=b"x"))
    hands.set(hands.now + timedelta(days=8))

    expire_drafts(parts)

    left = again(Intake, draft.id)
    assert (left.contact, left.place, left.confidential, left.rejected, left.draft_hash) == (None,) * 5
    assert db.session.scalars(select(SearchHash)).all() == []
    with pytest.raises(KeyGone):
        open_answers(parts, left)


def test_a_draft_whose_key_is_gone_already_is_expired_too(app: Flask, parts: Parts, hands: Hands) -> None:
    draft = a_draft(app)
    parts.keyring.destroy(draft.id)
    hands.set(hands.now + timedelta(days=4))

    expire_drafts(parts)

    assert again(Intake, draft.id).state == "expired"


def test_what_was_sent_is_no_draft(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app)
    an_intake(app)
    hands.set(hands.now + timedelta(days=30))

    assert expire_drafts(parts) == 0


def test_what_ended_by_itself_stands_in_the_chain(app: Flask, parts: Parts, hands: Hands) -> None:
    a_draft(app)
    hands.set(hands.now + timedelta(days=8))

    expire_drafts(parts)

    assert audit.verify(parts) == 1
