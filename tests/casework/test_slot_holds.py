"""A time is held for ten minutes: nobody else gets it, she does, and the clock or her next choice lets it go."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import audit
from scheduler.casework.booking import BookSlot, NotBookable, NotOffered, SlotTaken, book
from scheduler.casework.confirmation import booking_key, confirmation
from scheduler.casework.diary import coming
from scheduler.casework.lapses import expire_holds
from scheduler.casework.openings import offered
from scheduler.casework.parts import Parts
from scheduler.casework.slot_holds import LASTS, hold
from scheduler.casework.transaction import writing
from scheduler.engine.states import IntakeState
from scheduler.engine.zones import minute_of
from scheduler.models import Block, Consultation, ConsultationChange, Outbox, db
from tests.builders.firm import AFirm, a_firm, an_intake
from tests.conftest import Hands, on_both

NINE = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
TEN = NINE + timedelta(hours=1)


@pytest.fixture
def firm(app: Flask) -> AFirm:
    return a_firm(app).with_attorney("Ana")


def states() -> list[str]:
    db.session.rollback()
    return sorted(db.session.scalars(select(Consultation.state)))


def active() -> list[tuple[str, datetime | None]]:
    db.session.rollback()
    rows = db.session.execute(select(Block.kind, Block.expires_at).where(Block.active).order_by(Block.b0))
    return [(row.kind, row.expires_at) for row in rows]


@on_both
def test_a_held_time_is_nobody_elses(app: Flask, parts: Parts, firm: AFirm, hands: Hands) -> None:
    hold(parts, an_intake(app).id, NINE)

    with pytest.raises(SlotTaken):
        book(parts, BookSlot(an_intake(app).id, NINE, "phone"))
    with pytest.raises(SlotTaken):
        hold(parts, an_intake(app).id, NINE + timedelta(minutes=30))
    assert active() == [("hold", hands.now + LASTS)]


@on_both
def test_it_is_offered_to_her_and_hers_to_book(app: Flask, parts: Parts, firm: AFirm) -> None:
    hers = an_intake(app).id
    hold(parts, hers, NINE)
    shown = NINE in offered(parts, hers).starts

    booked = book(parts, BookSlot(hers, NINE, "phone"))

    assert (shown, booked.starts_at, booked.state) == (True, NINE, "booked")
    assert (states(), active()) == (["booked", "expired_hold"], [("consultation", None)])


@on_both
def test_another_time_with_another_attorney_lets_go_of_it(app: Flask, parts: Parts, firm: AFirm) -> None:
    firm.with_attorney("Bea", hours="14:00-17:00")
    hers, later = an_intake(app).id, NINE + timedelta(hours=5)
    hold(parts, hers, NINE)
    book(parts, BookSlot(an_intake(app).id, later, "phone"))
    book(parts, BookSlot(hers, later, "phone"))

    assert book(parts, BookSlot(an_intake(app).id, NINE, "phone")).starts_at == NINE


@on_both
def test_she_holds_one_time_at_once(app: Flask, parts: Parts, firm: AFirm) -> None:
    hers = an_intake(app).id
    hold(parts, hers, NINE)

    hold(parts, hers, TEN)

    assert (states(), len(active())) == (["expired_hold", "held"], 1)
    assert book(parts, BookSlot(an_intake(app).id, NINE, "phone")).starts_at == NINE


def test_to_choose_it_again_does_not_hold_it_for_longer(app: Flask, parts: Parts, firm: AFirm, hands: Hands) -> None:
    hers, first = an_intake(app).id, hands.now
    hold(parts, hers, NINE)
    hands.set(first + timedelta(minutes=5))

    hold(parts, hers, NINE)

    assert active() == [("hold", first + LASTS)]


@on_both
def test_the_clock_lets_go_of_it(app: Flask, parts: Parts, firm: AFirm, hands: Hands) -> None:
    hold(parts, an_intake(app).id, NINE)
    hands.set(hands.now + LASTS)

    freed = expire_holds(parts)

    assert (freed, states(), active()) == (1, ["expired_hold"], [])


@on_both
def test_after_ten_minutes_it_is_anybodys_even_where_nobody_looked(
    app: Flask, parts: Parts, firm: AFirm, hands: Hands
) -> None:
    hold(parts, an_intake(app).id, TEN)
    hands.set(hands.now + LASTS)

    book(parts, BookSlot(an_intake(app).id, TEN, "phone"))

    assert (states(), active()) == (["booked", "expired_hold"], [("consultation", None)])


def test_each_step_stands_in_its_history_and_in_the_audit(app: Flask, parts: Parts, firm: AFirm, hands: Hands) -> None:
    before = audit.verify(parts)
    hold(parts, an_intake(app).id, NINE)
    hands.set(hands.now + LASTS)

    expire_holds(parts)

    moves = select(ConsultationChange.old_state, ConsultationChange.new_state).order_by(ConsultationChange.at)
    assert [tuple(row) for row in db.session.execute(moves)] == [(None, "held"), ("held", "expired_hold")]
    assert audit.verify(parts) - before == 2


@pytest.mark.parametrize(
    ("later", "full"), [pytest.param(timedelta(), True, id="held"), pytest.param(LASTS, False, id="lapsed")]
)
def test_a_held_time_counts_for_a_full_day_until_it_lapses(
    app: Flask, parts: Parts, hands: Hands, later: timedelta, full: bool
) -> None:
    a_firm(app).with_attorney("Ana", daily_cap=1)
    hold(parts, an_intake(app).id, NINE)
    hands.set(hands.now + later)

    try:
        book(parts, BookSlot(an_intake(app).id, TEN, "phone"))
    except SlotTaken:
        assert full
    else:
        assert not full


def test_a_hold_is_no_appointment(app: Flask, parts: Parts, firm: AFirm) -> None:
    hers = an_intake(app).id

    hold(parts, hers, NINE)

    assert (confirmation(parts, hers), booking_key(hers)) == (None, "first")
    assert list(coming(parts)) == []
    assert db.session.scalars(select(Outbox)).all() == []


def test_who_has_a_time_holds_no_other(app: Flask, parts: Parts, firm: AFirm) -> None:
    hers = an_intake(app).id
    book(parts, BookSlot(hers, NINE, "phone"))

    with pytest.raises(NotBookable):
        hold(parts, hers, TEN)


@pytest.mark.parametrize(
    ("start", "answers"),
    [
        pytest.param(NINE + timedelta(minutes=10), {}, id="between the times"),
        pytest.param(NINE - timedelta(hours=8), {}, id="at night"),
        pytest.param(NINE, {"state": IntakeState.DRAFT}, id="it was not sent"),
    ],
)
def test_what_could_not_be_booked_is_not_held(
    app: Flask, parts: Parts, firm: AFirm, start: datetime, answers: dict[str, Any]
) -> None:
    with pytest.raises((NotOffered, NotBookable)):
        hold(parts, an_intake(app, **answers).id, start)

    assert states() == []


@on_both
def test_the_guard_refuses_a_hold_that_overlaps(app: Flask, parts: Parts, firm: AFirm) -> None:
    """Somebody's block begins before the look-back: only the database sees it."""
    b0 = minute_of(NINE) - 40 * 1440
    with writing() as session:
        session.add(Block(person=firm.number("Ana"), b0=b0, b1=minute_of(NINE) + 5, kind="import"))

    with pytest.raises(SlotTaken):
        hold(parts, an_intake(app).id, NINE)

    assert states() == []
