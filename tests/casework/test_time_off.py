"""Time off over bookings: every call has a new home before it is saved, and all of it is one act."""

from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from scheduler.casework import time_off
from scheduler.casework.booking import SlotTaken
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.time_off import NotATime, Rehoming, StillBooked, TimeOff
from scheduler.casework.transaction import writing
from scheduler.engine.zones import minute_of
from scheduler.models import Block, Consultation, ConsultationChange, Outbox, db
from tests.builders.firm import a_firm, again
from tests.builders.staff import a_login, who_is
from tests.casework.appointments import URGENT, at, booked, taken
from tests.conftest import on_both

wall = datetime.fromisoformat
MORNING = TimeOff(1, wall("2026-11-30T09:00"), wall("2026-11-30T12:00"), "court")


def desk(app: Flask) -> SignedIn:
    return who_is(a_login(app))


def away() -> list[tuple[int, int]]:
    db.session.rollback()
    return [(row.b0, row.b1) for row in db.session.query(Block).filter_by(kind="time_off", active=True)]


@on_both
def test_time_that_is_free_is_taken_by_the_clock_where_she_is(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana", zone="America/New_York")

    time_off.save(parts, desk(app), MORNING, {})

    assert away() == [(minute_of(at(30, 6)), minute_of(at(30, 9)))]


def test_it_repeats_by_her_wall_clock_and_nobody_is_booked_then(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    weeks = TimeOff(1, wall("2026-11-30T09:00"), wall("2026-11-30T17:00"), "leave", weeks=3)

    time_off.save(parts, desk(app), weeks, {})

    assert [b0 - minute_of(at(30, 9)) for b0, _b1 in away()] == [0, 10080, 20160]
    with pytest.raises(SlotTaken):
        booked(app, at(30, 10))


@on_both
def test_nothing_is_saved_while_a_call_in_the_way_has_no_new_home(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    booked(app, at(30, 9))

    with pytest.raises(StillBooked):
        time_off.save(parts, desk(app), MORNING, {})

    assert (away(), len(taken())) == ([], 1)


@on_both
def test_calls_are_given_moved_and_kept_in_one_act(app: Flask, parts: Parts) -> None:
    firm = a_firm(app).with_attorney("Ana")
    given, moved, kept = booked(app, at(30, 9)), booked(app, at(30, 10)), booked(app, at(30, 11))
    firm.with_attorney("Beto", hours="9:00-10:00")

    time_off.save(
        parts,
        desk(app),
        MORNING,
        {
            given.id: Rehoming("give", attorney=2),
            moved.id: Rehoming("move", start=at(30, 13)),
            kept.id: Rehoming("keep", reason="client_wishes"),
        },
    )

    assert again(Consultation, given.id).attorney == 2
    assert again(Consultation, moved.id).starts_at == at(30, 13)
    eleven = minute_of(at(30, 11))
    assert away() == [(minute_of(at(30, 9)), eleven), (eleven + 45, minute_of(at(30, 12)))]
    reasons = {row.reason for row in db.session.query(ConsultationChange).filter_by(consultation_id=kept.id)}
    assert "kept_over_time_off:client_wishes" in reasons
    assert {row.reader for row in db.session.query(Outbox).filter_by(kind="moved")} == {"client"}


@on_both
@pytest.mark.parametrize(
    "second_home",
    [
        pytest.param(Rehoming("move", start=at(30, 11)), id="into the time off itself"),
        pytest.param(Rehoming("move", start=at(30, 13)), id="to where the first one went"),
        pytest.param(Rehoming("give", attorney=2), id="to somebody who does not work then"),
        pytest.param(Rehoming("keep"), id="kept without a reason"),
    ],
)
def test_where_one_home_fails_all_stays_as_it_was(app: Flask, parts: Parts, second_home: Rehoming) -> None:
    firm = a_firm(app).with_attorney("Ana")
    first, second = booked(app, at(30, 9)), booked(app, at(30, 10))
    firm.with_attorney("Beto", hours="16:00-17:00")
    before, letters = taken(), db.session.query(Outbox).count()

    homes = {first.id: Rehoming("move", start=at(30, 13)), second.id: second_home}

    with pytest.raises(StillBooked):
        time_off.save(parts, desk(app), MORNING, homes)

    assert (taken(), db.session.query(Outbox).count()) == (before, letters)


def test_the_most_urgent_call_stands_first_with_what_can_become_of_it(app: Flask, parts: Parts) -> None:
    firm = a_firm(app).with_attorney("Ana", hours="9:00-12:00")
    off = TimeOff(1, wall("2026-11-25T09:00"), wall("2026-11-25T12:00"), "court")
    calm, urgent = booked(app, at(25, 11)), booked(app, at(25, 10), **URGENT)
    firm.with_attorney("Beto", hours="9:00-17:00")

    found = time_off.hits(parts, off)

    assert [hit.consultation_id for hit in found] == [urgent.id, calm.id]
    assert found[0].attorneys == {2: "Beto"}
    assert found[0].starts


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"last": wall("2026-11-30T09:00")}, id="of no length"),
        pytest.param({"last": wall("2027-11-30T09:00")}, id="a year"),
        pytest.param({"weeks": 0}, id="no week"),
        pytest.param({"weeks": 27}, id="half a year of weeks"),
        pytest.param({"reason": "story"}, id="for no reason of the list"),
        pytest.param({"person": 9}, id="of nobody"),
        pytest.param({"first": wall("2026-11-01T09:00"), "last": wall("2026-11-02T09:00")}, id="over already"),
    ],
)
def test_what_is_no_time_off_is_refused(app: Flask, parts: Parts, wrong: dict[str, Any]) -> None:
    a_firm(app).with_attorney("Ana")
    said: dict[str, Any] = {"person": 1, "first": MORNING.first, "last": MORNING.last, "reason": "court"} | wrong

    with pytest.raises(NotATime):
        time_off.save(parts, desk(app), TimeOff(**said), {})


@on_both
def test_a_time_that_is_only_held_is_let_go(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    nine = minute_of(at(30, 9))
    with writing() as session:
        session.add(Block(person=1, b0=nine, b1=nine + 45, kind="hold", expires_at=at(30, 9)))

    time_off.save(parts, desk(app), MORNING, {})

    assert away() == [(nine, nine + 180)]
