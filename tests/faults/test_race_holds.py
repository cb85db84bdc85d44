"""Holds and bookings of the same minutes, all at once: one of them wins, whichever it is."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import pytest
from flask import Flask

from scheduler.casework import lapses
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.moving import MoveTo, move
from scheduler.casework.parts import Parts
from scheduler.casework.slot_holds import hold
from scheduler.engine.states import Actor
from scheduler.models import Block, Consultation
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
from tests.conftest import Hands, on_both

pytestmark = pytest.mark.fault

ROUNDS = 6


def holding(parts: Parts, request: BookSlot) -> None:
    hold(parts, request.intake_id, request.start)


def time_goes_on(parts: Parts, hands: Hands) -> None:
    """Every hold lapses, and is cleaned away."""
    hands.set(hands.now + timedelta(minutes=11))
    lapses.expire_holds(parts)


def book_what_is_left(app: Flask, start: datetime) -> None:
    """Where all came too early, the next one has it."""
    in_context(app, book, BookSlot(an_intake(app).id, start, "phone"))()


def race(app: Flask, rounds: int) -> None:
    """Each round eight clients want one time or one that overlaps it: half of them book, half of them hold."""
    for first, _round in zip(times(), range(rounds), strict=False):
        starts = [first + turn % 3 * timedelta(minutes=15) for turn in range(8)]
        work: list[Callable[[], Any]] = [
            in_context(app, book if turn % 2 else holding, BookSlot(an_intake(app).id, start, "phone"))
            for turn, start in enumerate(starts)
        ]
        at_once(work)


@on_both
def test_no_minute_is_held_or_booked_twice(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana", hours=MONDAY_TO_SATURDAY, grid_step=15)

    race(app, ROUNDS)

    assert overlaps() == 0
    taken = count(Consultation, state="booked") + count(Consultation, state="held")
    assert taken == count(Block, active=True) >= ROUNDS


@on_both
def test_her_own_hold_and_booking_at_once_leave_one_of_them(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana", hours=MONDAY_TO_SATURDAY, grid_step=15)
    first, hers = next(times()), an_intake(app).id
    hold(parts, hers, first)

    clicks = [in_context(app, use_case, BookSlot(hers, first, "phone")) for use_case in (book, book, book)]
    at_once(clicks)

    assert (overlaps(), count(Consultation, state="booked"), count(Block, active=True)) == (0, 1, 1)


@on_both
def test_a_hold_that_lapses_in_the_middle_of_a_race_is_one_winner_s_and_takes_nobody_s_time(
    app: Flask, parts: Parts, hands: Hands
) -> None:
    """They want a time that is held, some to book and some to move there; meanwhile it lapses and is cleaned away."""
    a_firm(app).with_attorney("Ana", hours=MONDAY_TO_SATURDAY, grid_step=15)
    rounds = list(islice(times(), 2 * ROUNDS))
    for held, other in zip(rounds[::2], rounds[1::2], strict=True):
        hold(parts, an_intake(app).id, held)
        call = book(parts, BookSlot(an_intake(app).id, other, "phone"))
        clients = [in_context(app, book, BookSlot(an_intake(app).id, held, "phone")) for _ in range(4)]

        at_once(
            [
                *clients,
                in_context(app, move, MoveTo(call.id, held, Actor.RECEPTIONIST)),
                in_context(app, time_goes_on, hands),
            ]
        )
        book_what_is_left(app, held)

    assert (overlaps(), count(Consultation, state="held")) == (0, 0)
    assert count(Block, active=True) == count(Consultation, state="booked")
    assert count(Consultation, state="expired_hold") == ROUNDS


@on_both
def test_without_guard_and_without_a_look_the_race_is_lost_and_noticed(
    app: Flask, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_firm(app).with_attorney("Ana", hours=MONDAY_TO_SATURDAY, grid_step=15)
    without_the_guard(app)
    nobody_looks(monkeypatch)

    race(app, 1)

    assert overlaps() > 0
