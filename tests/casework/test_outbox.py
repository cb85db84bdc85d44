"""One row is one reader's; a claim is a lease; who lost it settles nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scheduler.casework import outbox
from scheduler.casework.outbox import Claim, Delivery, New
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.models import Intake, Outbox, db
from tests.builders.firm import a_firm, again, an_intake
from tests.conftest import Hands, on_both

SHORT = Delivery(lease=0)
LONG = Delivery(lease=600)


@pytest.fixture
def intake(app: Flask) -> Intake:
    a_firm(app)
    return an_intake(app)


def put(parts: Parts, intake: Intake, *, due_at: datetime | None = None, name: str = "a") -> UUID:
    letter = New("booked", outbox.CLIENT, due_at or parts.clock.now(), name, {"sequence": 0}, {"place": "Tijuana"})
    with writing() as session:
        outbox.put(session, parts, letter, intake=intake)
    row = db.session.scalar(select(Outbox.id).where(Outbox.dedupe.endswith(f":{name}")))
    assert row is not None
    return row


def settled(parts: Parts, mine: Claim, state: str = outbox.SENT) -> bool:
    with writing() as session:
        return outbox.settle(session, mine, parts.clock.now(), state)


@on_both
def test_a_change_is_told_once(app: Flask, parts: Parts, intake: Intake) -> None:
    first = put(parts, intake)

    second = put(parts, intake)

    assert second == first


@on_both
def test_what_is_due_is_claimed_the_longest_due_first(app: Flask, parts: Parts, intake: Intake) -> None:
    later = put(parts, intake, name="later")
    sooner = put(parts, intake, name="sooner", due_at=parts.clock.now() - timedelta(hours=1))

    claims = [outbox.claim(parts, LONG) for _ in range(3)]

    assert [claim and claim.row for claim in claims] == [sooner, later, None]


@on_both
def test_what_is_not_due_yet_is_left_until_the_clock_says_so(
    app: Flask, parts: Parts, intake: Intake, hands: Hands
) -> None:
    put(parts, intake, due_at=parts.clock.now() + timedelta(hours=1))
    early = outbox.claim(parts, LONG)

    hands.set(hands.now + timedelta(hours=1))

    assert early is None
    assert outbox.claim(parts, LONG) is not None


@on_both
def test_a_claim_that_ran_out_is_anothers(app: Flask, parts: Parts, intake: Intake) -> None:
    row = put(parts, intake)
    first = outbox.claim(parts, SHORT)

    second = outbox.claim(parts, LONG)

    assert first is not None
    assert second is not None
    assert first.row == second.row == row
    assert again(Outbox, row).attempts == 2


@on_both
def test_the_fence_who_lost_a_claim_settles_nothing(app: Flask, parts: Parts, intake: Intake) -> None:
    row = put(parts, intake)
    lost, held = outbox.claim(parts, SHORT), outbox.claim(parts, LONG)
    assert lost
    assert held

    late = settled(parts, lost, outbox.FAILED)

    assert late is False
    assert again(Outbox, row).state == outbox.SENDING
    assert settled(parts, held) is True


@on_both
def test_the_fence_has_power(app: Flask, parts: Parts, intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the fence open, who lost the claim settles what another is sending, and the check above would see it."""

    def opened(session: Session, mine: Claim, **values: Any) -> bool:
        anybody = update(Outbox).where(Outbox.id == mine.row).values(**values).returning(Outbox.id)
        return session.execute(anybody).first() is not None

    row = put(parts, intake)
    lost, held = outbox.claim(parts, SHORT), outbox.claim(parts, LONG)
    assert lost
    assert held
    monkeypatch.setattr(outbox, "_fenced", opened)

    late = settled(parts, lost, outbox.FAILED)

    assert late is True
    assert again(Outbox, row).state == outbox.FAILED


@on_both
def test_two_claims_at_once_never_get_one_row(app: Flask, parts: Parts, intake: Intake) -> None:
    rows = {put(parts, intake, name=f"n{number}") for number in range(20)}

    def claims(_: int) -> list[UUID]:
        with app.app_context():
            found = [outbox.claim(parts, LONG) for _ in range(20)]
            db.session.remove()
        return [claim.row for claim in found if claim]

    with ThreadPoolExecutor(4) as threads:
        claimed = [row for part in threads.map(claims, range(4)) for row in part]

    assert len(claimed) == len(set(claimed))
    assert set(claimed) <= rows
    assert len(claimed) == 20


@on_both
def test_what_was_put_off_waits_in_real_time_whatever_the_clock_says(
    app: Flask, parts: Parts, intake: Intake, hands: Hands
) -> None:
    put(parts, intake)
    mine = outbox.claim(parts, LONG)
    assert mine
    with writing() as session:
        outbox.put_off(session, mine, parts.clock.real_now() + timedelta(minutes=1), "connect")

    hands.set(hands.now + timedelta(days=30))

    assert outbox.claim(parts, LONG) is None


def test_what_is_sealed_into_a_row_is_forgotten_once_it_is_settled(app: Flask, parts: Parts, intake: Intake) -> None:
    row = put(parts, intake)
    sealed = outbox.extras_of(parts, again(Outbox, row))
    mine = outbox.claim(parts, LONG)
    assert mine

    settled(parts, mine)

    assert sealed == {"place": "Tijuana"}
    assert again(Outbox, row).extras is None


def test_nobody_settles_a_row_that_is_not_there(app: Flask, parts: Parts) -> None:
    assert settled(parts, Claim(uuid4(), uuid4())) is False


@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [
        pytest.param(1, 60, id="a minute at first"),
        pytest.param(2, 120, id="then twice that"),
        pytest.param(6, 1920, id="half an hour"),
        pytest.param(7, 3600, id="an hour at most"),
        pytest.param(500, 3600, id="for ever an hour"),
    ],
)
def test_the_pause_grows_from_a_minute_to_an_hour(attempts: int, seconds: int) -> None:
    pauses = [Delivery().pause(attempts).total_seconds() for _ in range(50)]

    assert all(0.8 * seconds <= pause <= 1.2 * seconds for pause in pauses)
    assert len(set(pauses)) > 1


def test_it_is_tried_for_three_days() -> None:
    tries = next(attempts for attempts in range(1, 1000) if Delivery().is_exhausted(attempts))

    assert tries == 78
