"""Calls change hands, second people are added, time off is entered and clients book, all at once: no minute twice."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import audit, reseating, rows, time_off
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.parts import Parts
from scheduler.casework.reseating import NobodyFits, Reseat
from scheduler.casework.sessions import SignedIn
from scheduler.casework.time_off import Rehoming, StillBooked, TimeOff
from scheduler.engine.states import Actor
from scheduler.models import Block, Consultation, db
from tests.builders.firm import a_firm, an_intake
from tests.builders.races import (
    MONDAY_TO_SATURDAY,
    at_once,
    count,
    in_context,
    nobody_looks,
    overlaps,
    times,
    without_the_guard,
)
from tests.builders.staff import a_login, who_is
from tests.conftest import on_both

pytestmark = pytest.mark.fault

ROUNDS, FIRST = 4, 1
ANA, BETO, PIA = 1, 2, 3
LENGTH, QUARTER = timedelta(minutes=45), timedelta(minutes=15)
LOS_ANGELES = ZoneInfo("America/Los_Angeles")


def reseats(parts: Parts, wish: Reseat) -> Any:
    try:
        return reseating.reseat(parts, wish)
    except NobodyFits as refused:
        return type(refused)


def takes_off(who: SignedIn) -> Callable[[Parts, TimeOff], Any]:
    """Whoever is booked meanwhile goes to whom has the time, or the time off is not entered."""

    def act(parts: Parts, off: TimeOff) -> Any:
        homes = {
            hit.consultation_id: Rehoming("give", attorney=min(hit.attorneys))
            for hit in time_off.hits(parts, off)
            if hit.attorneys
        }
        try:
            return time_off.save(parts, who, off, homes)
        except StillBooked as refused:
            return type(refused)

    return act


def wish(call: Consultation, attorney: int, second: int | None = None) -> Reseat:
    return Reseat(call.id, attorney, interpreter=False, second=second, reason="other", actor=Actor.RECEPTIONIST)


def three_people(app: Flask) -> None:
    firm = a_firm(app)
    for name in ("Ana", "Beto"):
        firm.with_attorney(name, hours=MONDAY_TO_SATURDAY, grid_step=15)
    firm.with_attorney("Pia", hours=MONDAY_TO_SATURDAY, is_paralegal=True)


def booked(app: Flask, start: datetime) -> Consultation:
    return book(app.extensions["cita"], BookSlot(an_intake(app).id, start, "phone"))


def the_one_paralegal(app: Flask, rounds: int) -> None:
    """Each round two calls at one time, of two attorneys, want the same paralegal beside, three times each."""
    for start, _round in zip(times(), range(rounds), strict=False):
        calls = [booked(app, start), booked(app, start)]
        wishes = [wish(call, call.attorney, PIA) for call in calls]
        at_once([in_context(app, reseats, one) for one in wishes * 3])


def the_one_other(app: Flask, rounds: int) -> None:
    """Each round a call is given to the other attorney while clients book the same minutes of that one."""
    for start, _round in zip(times(), range(rounds), strict=False):
        call = booked(app, start)
        shifted: Sequence[datetime] = [start + turn * QUARTER for turn in (-1, 0, 1)]
        others = [in_context(app, book, BookSlot(an_intake(app).id, one, "phone")) for one in shifted]
        at_once([*others, *[in_context(app, reseats, wish(call, 3 - call.attorney))] * 2])


def away_while_they_book(app: Flask, rounds: int) -> None:
    """Each round both attorneys are to be away while clients book just then, and a call changes hands."""
    act = takes_off(who_is(a_login(app)))
    for start, _round in zip(times(), range(rounds), strict=False):
        call = booked(app, start)
        wall = start.astimezone(LOS_ANGELES).replace(tzinfo=None)
        offs = [TimeOff(person, wall - LENGTH, wall + 2 * LENGTH, "court") for person in (ANA, BETO)]
        clients = [an_intake(app).id for _ in range(4)]
        at_once(
            [
                *(in_context(app, act, off) for off in offs),
                *(in_context(app, book, BookSlot(one, start + QUARTER, "phone")) for one in clients),
                in_context(app, reseats, wish(call, 3 - call.attorney)),
            ]
        )


RACES = [
    pytest.param(the_one_paralegal, id="two calls want one paralegal"),
    pytest.param(the_one_other, id="a call changes hands while clients book"),
    pytest.param(away_while_they_book, id="time off while clients book"),
]


def seats_without_a_block() -> int:
    """Seats on calls that stand, and blocks of such calls, of which the one has not the other."""
    db.session.rollback()
    seats = {
        (row.id, person)
        for row in db.session.scalars(select(Consultation).filter_by(state="booked"))
        for person in row.people
    }
    mine = select(Block.consultation_id, Block.person).where(Block.active, Block.kind == rows.CONSULTATION)
    return len(seats ^ {(row.consultation_id, row.person) for row in db.session.execute(mine)})


@on_both
@pytest.mark.parametrize("race", RACES)
def test_no_minute_is_anybody_s_twice_and_every_seat_has_its_block(
    app: Flask, parts: Parts, race: Callable[[Flask, int], None]
) -> None:
    three_people(app)

    race(app, ROUNDS)

    assert (overlaps(), seats_without_a_block()) == (0, 0)
    assert count(Consultation, state="booked") >= ROUNDS
    assert audit.verify(parts) > 0


@on_both
@pytest.mark.parametrize("race", RACES)
def test_without_guard_and_without_a_look_the_race_is_lost_and_noticed(
    app: Flask, parts: Parts, monkeypatch: pytest.MonkeyPatch, race: Callable[[Flask, int], None]
) -> None:
    three_people(app)
    without_the_guard(app)
    nobody_looks(monkeypatch)

    race(app, FIRST)

    assert overlaps() > 0
