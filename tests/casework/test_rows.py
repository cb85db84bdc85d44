"""The people who can be booked, as the engine is told of them."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask

from scheduler.casework import rows
from scheduler.casework.firm import firm
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.hours import open_minutes
from scheduler.engine.intervals import Interval
from scheduler.engine.zones import DAY, minute_of
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
    return dict(rows.loads(asking, rows.everybody(asking)))


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


def starts_of(day: datetime) -> list[tuple[int, int]]:
    """By number: the UTC hour of the day at which each attorney begins."""
    first = minute_of(day)
    asking = rows.Asking(db.session(), firm(), TUESDAY, Interval(first + 6 * 60, first + DAY))
    found = [(one.number, open_minutes(one.person.hours, asking.span)) for one in rows.everybody(asking)]
    return [(number, (runs[0].start - first) // 60) for number, runs in found]


@on_both
@pytest.mark.parametrize(
    ("day", "hour"),
    [
        pytest.param(datetime(2026, 12, 1, tzinfo=UTC), 17, id="nine in Los Angeles"),
        pytest.param(datetime(2026, 12, 2, tzinfo=UTC), 14, id="nine in New York, on the first day there"),
        pytest.param(datetime(2026, 12, 3, tzinfo=UTC), 14, id="and on the last"),
        pytest.param(datetime(2026, 12, 4, tzinfo=UTC), 17, id="back home"),
    ],
)
def test_who_travels_is_offered_by_the_clock_of_where_she_is(
    app: Flask, parts: Parts, day: datetime, hour: int
) -> None:
    house = a_firm(app).with_attorney("Ana").with_attorney("Berta")
    house.with_stay("Berta", date(2026, 12, 2), date(2026, 12, 3), "America/New_York")

    found = starts_of(day)

    assert found == [(1, 17), (2, hour)]


@on_both
def test_the_load_of_who_travels_is_that_of_her_calendar(app: Flask, parts: Parts) -> None:
    house = a_firm(app).with_attorney("Ana").with_attorney("Berta")
    house.with_stay("Berta", date(2026, 11, 30), date(2026, 11, 30), "Asia/Tokyo")
    for number in (1, 2):
        stored(app, number, SUNDAY_NIGHT)

    found = loads(SUNDAY_NIGHT + timedelta(days=1))

    assert found == {2: 1}
