"""The people who can be booked, as the engine is told of them."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask

from scheduler.casework import rows
from scheduler.casework.firm import firm
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.intervals import Interval
from scheduler.engine.zones import minute_of
from scheduler.models import Consultation, db
from tests.builders.firm import a_firm, an_intake
from tests.conftest import TUESDAY, on_both

SUNDAY_NIGHT = datetime(2026, 11, 30, 3, tzinfo=UTC)
"""Sunday in Los Angeles, and Monday in Tokyo."""


def stored(app: Flask, number: int, start: datetime, state: str = "booked") -> None:
    with writing() as session:
        session.add(
            Consultation(
                intake_id=an_intake(app).id,
                idempotency_key=str(uuid4()),
                state=state,
                attorney=number,
                starts_at=start,
                ends_at=start + timedelta(minutes=45),
                booked_at=TUESDAY,
                client_zone="UTC",
                attorney_zone="UTC",
                call_mode="phone",
                uid=str(uuid4()),
                dtstamp=TUESDAY,
            )
        )


def loads(start: datetime) -> dict[int, int]:
    first = minute_of(start)
    asking = rows.Asking(db.session(), firm(), TUESDAY, Interval(first, first + 1))
    return dict(rows.loads(asking, rows.attorneys(asking, {"es"})))


@on_both
def test_a_load_is_that_of_each_ones_own_week(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana").with_attorney("Kenji", zone="Asia/Tokyo")
    for number in (1, 2):
        stored(app, number, SUNDAY_NIGHT)

    found = loads(SUNDAY_NIGHT + timedelta(days=1))

    assert found == {2: 1}


@on_both
@pytest.mark.parametrize(
    ("state", "expected"),
    [
        pytest.param("confirmed", {1: 1}, id="one that will be"),
        pytest.param("completed", {1: 1}, id="one that was"),
        pytest.param("cancelled_client", {}, id="none that is cancelled"),
    ],
)
def test_a_load_counts_what_takes_her_time(app: Flask, parts: Parts, state: str, expected: dict[int, int]) -> None:
    a_firm(app).with_attorney("Ana")
    stored(app, 1, SUNDAY_NIGHT, state)

    found = loads(SUNDAY_NIGHT)

    assert found == expected
