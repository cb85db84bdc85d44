"""A call outside of somebody's hours is a task once for each change that leaves it there, and not once for ever."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import outside, working
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.casework.working import Change
from scheduler.models import Consultation, Task, db
from tests.builders.firm import a_firm
from tests.builders.staff import a_login, who_is
from tests.casework.appointments import at, booked
from tests.conftest import Hands, on_both

MONDAY, LATER = date(2026, 11, 30), date(2026, 12, 9)


def the_desk_has_seen_to_it(hands: Hands) -> None:
    with writing() as session:
        for task in session.scalars(select(Task).where(Task.kind == outside.TASK)):
            task.done_at = hands.now
    hands.set(hands.now + timedelta(minutes=1))


def told() -> tuple[int, int]:
    """How often the desk was told, and of how many it still must see to."""
    db.session.rollback()
    done = [task.done_at is not None for task in db.session.scalars(select(Task).where(Task.kind == outside.TASK))]
    return len(done), done.count(False)


@pytest.fixture
def call(app: Flask) -> Consultation:
    a_firm(app).with_attorney("Ana")
    return booked(app, at(30, 16))


@pytest.fixture
def change(app: Flask, call: Consultation) -> Change:
    return Change(who_is(a_login(app, "admin")), 1, frozenset({call.id}))


@on_both
def test_it_comes_again_when_the_hours_come_back_and_go_once_more(
    call: Consultation, change: Change, parts: Parts, hands: Hands
) -> None:
    working.set_day(parts, change, MONDAY, [(600, 720)])
    the_desk_has_seen_to_it(hands)
    working.set_day(parts, change, MONDAY, None)

    working.set_day(parts, change, MONDAY, [(600, 720)])

    assert told() == (2, 1)


@on_both
def test_ticked_off_wrongly_it_comes_again_with_the_next_change_of_that_day(
    call: Consultation, change: Change, parts: Parts, hands: Hands
) -> None:
    working.set_day(parts, change, MONDAY, [(600, 720)])
    the_desk_has_seen_to_it(hands)

    working.set_day(parts, change, MONDAY, [(600, 780)])

    assert told() == (2, 1)


def test_while_it_is_open_it_is_not_told_twice(call: Consultation, change: Change, parts: Parts, hands: Hands) -> None:
    working.set_day(parts, change, MONDAY, [(600, 720)])
    hands.set(hands.now + timedelta(minutes=1))

    working.set_day(parts, change, MONDAY, [(600, 780)])

    assert told() == (1, 1)


def test_a_change_of_another_day_does_not_ask_anew(
    call: Consultation, change: Change, parts: Parts, hands: Hands
) -> None:
    working.set_day(parts, change, MONDAY, [(600, 720)])
    the_desk_has_seen_to_it(hands)

    working.set_day(parts, change, LATER, [])

    assert told() == (1, 0)


def test_saved_twice_it_is_told_once(call: Consultation, change: Change, parts: Parts, hands: Hands) -> None:
    working.set_day(parts, change, MONDAY, [(600, 720)])
    the_desk_has_seen_to_it(hands)

    working.set_day(parts, change, MONDAY, [(600, 720)])

    assert told() == (1, 0)
