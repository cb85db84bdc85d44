"""
Clients rush for the times of three people while everything else goes on as well: nobody's minutes are sold twice.

With the tests it is short; in `make soak` it is 2,000 clients in 16 processes. Four web processes answer in both.
"""

import logging
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from itertools import chain
from random import Random
from threading import Event, Thread
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from config import Settings
from scheduler.casework import audit, lapses, slots
from scheduler.casework.booking import NotBookable, NotOffered, SlotTaken
from scheduler.casework.cases import NotThere
from scheduler.casework.moving import Cancel, MoveTo, cancel, move
from scheduler.casework.parts import Parts
from scheduler.casework.reseating import NobodyFits, Reseat, reseat
from scheduler.casework.slot_holds import hold
from scheduler.casework.transaction import writing
from scheduler.engine.states import Actor, Refused
from scheduler.engine.zones import minute_of
from scheduler.models import Block, Consultation, db
from tests.builders.firm import a_firm, an_intake
from tests.builders.races import MONDAY_TO_SATURDAY, count, overlaps, times, without_the_guard
from tests.builders.servers import sender, serving
from tests.conftest import Hands, on_both
from tests.faults.rush import Answers, Rush, rush

pytestmark = pytest.mark.fault

log = logging.getLogger(__name__)
SOAK = bool(os.environ.get("CITA_SOAK"))
SIZE = (
    Rush(clients=2_000, processes=16, at_once=8, tries=6) if SOAK else Rush(clients=48, processes=2, at_once=8, tries=2)
)
DAYS = 24 if SOAK else 2
HOUR, QUARTER = timedelta(hours=1), timedelta(minutes=15)
WEB = 4
TURNS, PAUSE = (100, 0.5) if SOAK else (8, 0.1)
"""Each turn the clock goes on by 11 minutes: all starts lie further ahead than all turns."""

REFUSED = (SlotTaken, NotOffered, NotBookable, NobodyFits, NotThere, Refused)
BLIND = "tests.builders.unguarded:app"
Act = Callable[[Parts, Random], Any]


def wanted_starts() -> list[datetime]:
    """Every quarter of an hour round the rounds of so many days: calls of an hour overlap in many ways."""
    firsts = [start for start, _turn in zip(times(), range(3 * DAYS), strict=False)]
    return list(chain.from_iterable([first + turn * QUARTER for turn in range(-2, 6)] for first in firsts))


STARTS = wanted_starts()


def somebody_booked(draw: Random) -> UUID | None:
    db.session.rollback()
    found = db.session.scalars(select(Consultation.id).where(Consultation.state == "booked").limit(200)).all()
    return draw.choice(found) if found else None


def moves(parts: Parts, draw: Random) -> None:
    if (mine := somebody_booked(draw)) is not None:
        move(parts, MoveTo(mine, draw.choice(STARTS), Actor.RECEPTIONIST))


def reassigns(parts: Parts, draw: Random) -> None:
    if (mine := somebody_booked(draw)) is not None:
        other = Reseat(
            mine, draw.randrange(1, 4), interpreter=False, second=None, reason="leave", actor=Actor.RECEPTIONIST
        )
        reseat(parts, other)


def cancels(parts: Parts, draw: Random) -> None:
    if (mine := somebody_booked(draw)) is not None:
        cancel(parts, Cancel(mine))


def takes_time_off(_parts: Parts, draw: Random) -> None:
    """An attorney's time off, under the lock of her row; over a booking it is refused."""
    person, start = draw.randrange(1, 4), minute_of(draw.choice(STARTS))
    with suppress(IntegrityError), writing() as session:
        slots.lock(session, person)
        session.add(Block(person=person, b0=start, b1=start + 45, kind="busy"))


class Holds:
    """Somebody holds one time after the other, and lets each of them lapse."""

    def __init__(self, app: Flask, hands: Hands) -> None:
        self.hands = hands
        self.holders = [an_intake(app).id for _ in range(6)]

    def __call__(self, parts: Parts, draw: Random) -> None:
        for holder in self.holders:
            with suppress(*REFUSED):
                hold(parts, holder, draw.choice(STARTS))
        self.hands.set(self.hands.now + timedelta(minutes=11))
        lapses.expire_holds(parts)


@contextmanager
def meanwhile(app: Flask, *acts: Act) -> Iterator[list[BaseException]]:
    """Each goes on in a thread of its own, so often, or until the block ends; what broke in them, but for refusals."""
    over, broken = Event(), list[BaseException]()

    def go_on(act: Act, seed: int) -> None:
        draw = Random(seed)
        for _turn in range(TURNS):
            if over.wait(PAUSE):
                return
            with app.app_context():
                try:
                    act(app.extensions["cita"], draw)
                except REFUSED:
                    pass
                except Exception as problem:  # noqa: BLE001 - whatever it is, the test shows it
                    broken.append(problem)

    threads = [Thread(target=go_on, args=(act, seed)) for seed, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    try:
        yield broken
    finally:
        over.set()
        for thread in threads:
            thread.join()


def three_people(app: Flask) -> None:
    firm = a_firm(app, base_length=60, notice_minutes=0, flood_per_hour=100_000)
    for name in ("Ana", "Eva", "Iris"):
        firm.with_attorney(name, hours=MONDAY_TO_SATURDAY, grid_step=15)


def rushed(app: Flask, settings: Settings, size: Rush, *acts: Act, served: str = "wsgi:app") -> Answers:
    clients = [sender(app, an_intake(app)) for _ in range(size.clients)]
    with serving(settings, count=WEB, app=served) as ports, meanwhile(app, *acts) as broken:
        answers = rush(size, clients, ports, STARTS)
    assert broken == []
    return answers


@on_both
def test_nobody_s_minutes_are_sold_twice_whatever_else_goes_on(
    app: Flask, settings: Settings, parts: Parts, hands: Hands
) -> None:
    three_people(app)
    acts = (moves, reassigns, cancels, takes_time_off, Holds(app, hands))

    answers = rushed(app, settings, SIZE, *acts)

    statuses = Counter(answers.statuses)
    log.warning("%s, p50 %.2f s, p95 %.2f s", dict(statuses), answers.slowest(0.5), answers.slowest(0.95))
    assert set(statuses) == {303, 409}
    assert overlaps() == 0
    assert count(Consultation, state="booked") + count(Consultation, state="cancelled_client") == statuses[303]
    assert audit.verify(parts) >= statuses[303]


@on_both
def test_without_guard_and_with_eyes_shut_the_same_rush_sells_twice_and_is_noticed(
    app: Flask, settings: Settings
) -> None:
    three_people(app)
    without_the_guard(app)

    rushed(app, settings, Rush(clients=24, processes=2, at_once=4, tries=1), served=BLIND)

    assert overlaps() > 0
