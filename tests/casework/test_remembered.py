"""What a process remembers of people's time is never older than the last commit, whoever made it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, false, select, update

from config import Settings
from scheduler.casework import lapses, remembered, rows, slots
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.firm import firm
from scheduler.casework.moving import Cancel, MoveTo, cancel, move
from scheduler.casework.parts import Parts
from scheduler.casework.slot_holds import hold
from scheduler.casework.transaction import writing
from scheduler.casework.wanted import wanted_by_all
from scheduler.engine.intervals import Interval
from scheduler.engine.rules import Ask, permitted
from scheduler.engine.zones import minute_of
from scheduler.models import Block, Closure, Firm, Person, WorkingHours, db
from scheduler.models.prepared import Prepared
from tests.builders.firm import AFirm, a_firm, an_intake
from tests.builders.onlooker import another_process
from tests.casework.appointments import at, booked
from tests.conftest import Hands, on_both

WEDNESDAY, FRIDAY, MONDAY = at(25, 10), at(27, 10), at(30, 10)
Change = Callable[["House"], Any]


class House:
    """A firm of two who have a booking each and a hold, and somebody who looks at the times."""

    def __init__(self, app: Flask, hands: Hands) -> None:
        self.app, self.hands = app, hands
        self.firm: AFirm = a_firm(app).with_attorney("Ana").with_attorney("Eva", daily_cap=3)
        self.parts: Parts = app.extensions["cita"]
        self.first, self.second = booked(app, FRIDAY), booked(app, FRIDAY)
        self.holder = self.intake()
        hold(self.parts, self.holder, MONDAY)
        self.looks = self.intake()

    def intake(self, **answers: Any) -> UUID:
        return an_intake(self.app, **answers).id

    def person(self, name: str, **columns: Any) -> None:
        with writing() as session:
            session.execute(update(Person).where(Person.number == self.firm.number(name)).values(**columns))

    def close(self, day: date) -> None:
        with writing() as session:
            session.add(Closure(day=day, reason="closed"))

    def setting(self, **settings: Any) -> None:
        with writing() as session:
            house = session.get_one(Firm, 1)
            house.settings = {**house.settings, **settings}

    def no_hours(self, name: str) -> None:
        with writing() as session:
            session.execute(delete(WorkingHours).where(WorkingHours.person_id == self.firm.people[name].id))

    def later(self, **ahead: int) -> None:
        self.hands.set(self.hands.now + timedelta(**ahead))


BOOKED = [
    pytest.param(lambda it: book(it.parts, BookSlot(it.intake(), WEDNESDAY, "phone")), id="a booking"),
    pytest.param(lambda it: book(it.parts, BookSlot(it.holder, WEDNESDAY, "phone")), id="a booking instead of a hold"),
    pytest.param(lambda it: move(it.parts, MoveTo(it.first.id, WEDNESDAY)), id="a move"),
    pytest.param(lambda it: cancel(it.parts, Cancel(it.first.id)), id="a cancellation"),
    pytest.param(lambda it: hold(it.parts, it.intake(), WEDNESDAY), id="a hold"),
    pytest.param(lambda it: hold(it.parts, it.holder, WEDNESDAY), id="another hold of the same client"),
    pytest.param(lambda it: it.later(minutes=11), id="a hold that lapses"),
    pytest.param(lambda it: (it.later(minutes=11), lapses.expire_holds(it.parts)), id="a hold that is cleaned away"),
    pytest.param(lambda it: it.later(hours=20), id="the clock, into another day"),
]
SET = [
    pytest.param(lambda it: it.firm.with_override("Ana", date(2026, 11, 30)), id="a day off"),
    pytest.param(lambda it: it.no_hours("Eva"), id="other hours"),
    pytest.param(lambda it: it.person("Ana", active=False), id="an attorney who leaves"),
    pytest.param(lambda it: it.firm.with_attorney("Iris", hours="7:00-20:00"), id="an attorney who comes"),
    pytest.param(lambda it: it.person("Ana", buffer_after=30), id="a buffer"),
    pytest.param(lambda it: it.person("Ana", grid_offset=10), id="another grid"),
    pytest.param(lambda it: it.person("Eva", daily_cap=1), id="a cap"),
    pytest.param(lambda it: it.person("Ana", zone="America/New_York"), id="another zone"),
    pytest.param(
        lambda it: it.firm.with_stay("Ana", date(2026, 11, 30), date(2026, 12, 4), "Europe/Madrid"), id="a journey"
    ),
    pytest.param(lambda it: it.person("Ana", languages=["en"]), id="other languages"),
    pytest.param(lambda it: it.close(date(2026, 11, 30)), id="a day on which the firm is closed"),
    pytest.param(lambda it: it.setting(horizon_days=10), id="a nearer horizon"),
    pytest.param(lambda it: it.setting(base_length=75), id="longer calls"),
]


@on_both
@pytest.mark.parametrize("change", BOOKED)
def test_after_a_booking_what_is_remembered_is_what_a_first_look_finds(
    app: Flask, hands: Hands, change: Change
) -> None:
    house = House(app, hands)
    before = starts_of(house)

    change(house)

    assert before != starts_of(house)
    assert is_up_to_date(house)


@pytest.mark.parametrize("change", SET)
def test_after_a_setting_what_is_remembered_is_what_a_first_look_finds(
    app: Flask, hands: Hands, change: Change
) -> None:
    house = House(app, hands)
    before = starts_of(house)

    change(house)

    assert before != starts_of(house)
    assert is_up_to_date(house)


@on_both
def test_another_process_sees_every_change_as_soon_as_it_is_committed(
    app: Flask, settings: Settings, hands: Hands
) -> None:
    house = House(app, hands)
    with another_process(settings) as onlooker:
        onlooker.starts(house.looks)
        mine = book(house.parts, BookSlot(house.intake(), WEDNESDAY, "phone"))
        book(house.parts, BookSlot(house.intake(), WEDNESDAY, "phone"))
        after_two_bookings = onlooker.starts(house.looks)
        move(house.parts, MoveTo(mine.id, at(25, 13)))
        after_a_move = onlooker.starts(house.looks)
        house.close(date(2026, 11, 25))
        after_a_closure = onlooker.starts(house.looks)

    seen = [WEDNESDAY in starts for starts in (after_two_bookings, after_a_move, after_a_closure)]
    assert seen == [False, True, False]


def starts_of(house: House) -> dict[int, list[int]]:
    """By number: what each of those who speak Spanish has free for an ordinary call, as everybody sees it."""
    db.session.rollback()
    return look_around(house)


def look_around(house: House) -> dict[int, list[int]]:
    view, now = firm(), house.parts.clock.now()
    ask, rules = wanted_by_all(view, now)
    look = rows.Asking(db.session(), view, now, ask.span)
    people = [one for one in remembered.people(look) if "es" in one.person.languages]
    return {one.number: remembered.starts(look, [one], ask, permitted(ask, rules)) for one in people}


class Regret(Exception):
    pass


def take_back_a_cancellation(house: House) -> None:
    """Everything is called off, somebody looks, and it is taken back; then another change counts her version up."""
    with suppress(Regret), writing() as session:
        slots.lock(session, house.first.attorney)
        session.execute(update(Block).values(active=False))
        look_around(house)
        raise Regret
    with writing() as session:
        slots.lock(session, house.first.attorney)


@on_both
def test_what_is_never_committed_is_not_remembered(app: Flask, hands: Hands) -> None:
    house = House(app, hands)

    take_back_a_cancellation(house)

    assert is_up_to_date(house)


def is_up_to_date(house: House) -> bool:
    """Whether what is remembered is what a first look finds."""
    seen = starts_of(house)
    remembered._memory.clear()
    return seen == starts_of(house)


def test_a_memory_of_what_was_not_committed_would_be_noticed(
    app: Flask, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "_is_writing", lambda _session: False)
    house = House(app, hands)

    take_back_a_cancellation(house)

    assert not is_up_to_date(house)


def test_a_memory_that_asks_for_no_version_would_be_noticed(
    app: Flask, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House(app, hands)
    starts_of(house)
    monkeypatch.setattr(remembered._Remembered, "says", lambda *_said: True)

    booked(app, WEDNESDAY), booked(app, WEDNESDAY)

    assert not is_up_to_date(house)


def test_a_memory_of_holds_would_be_noticed(app: Flask, hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "CHANGING", Prepared(select(Block.person).where(false())))
    house = House(app, hands)
    starts_of(house)

    house.later(minutes=11)

    assert not is_up_to_date(house)


def test_of_many_lengths_the_last_ones_are_remembered(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    one = remembered.people(asking(parts))[0]
    for length in range(30, 60):
        remembered.starts(asking(parts), [one], Ask(parts.clock.now(), SPAN, length), [(SPAN.start, SPAN.end)])

    known = remembered._memory[db.engine][one.number]
    assert len(known.starts) <= remembered.MOST_LENGTHS


SPAN = Interval(minute_of(WEDNESDAY), minute_of(FRIDAY))


def asking(parts: Parts) -> rows.Asking:
    return rows.Asking(db.session(), firm(), parts.clock.now(), SPAN)
