"""
Clients rush for the times of three people while everything else goes on as well: nobody's minutes are sold twice.

With the tests it is short; in `make soak` it is 2,000 clients in 16 processes, or as many as CITA_RUSH says. Four web
processes answer in both. Whatever else goes on does so until the last client has her answer.
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
from time import monotonic, sleep
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
from scheduler.casework.time_off import GIVE, MOVE, Hit, Rehoming, StillBooked, TimeOff, hits, save
from scheduler.casework.transaction import writing
from scheduler.engine.intervals import FOREVER
from scheduler.engine.states import Actor, Refused
from scheduler.engine.zones import minute_of
from scheduler.models import Block, Consultation, db
from tests.builders.firm import a_firm, an_intake
from tests.builders.races import LOS_ANGELES, MONDAY_TO_SATURDAY, count, overlaps, times, without_the_guard
from tests.builders.servers import sender, serving
from tests.builders.staff import a_login, who_is
from tests.conftest import Hands, on_both
from tests.faults.rush import Answers, Rush, rush

pytestmark = pytest.mark.fault

log = logging.getLogger(__name__)
SOAK = bool(os.environ.get("CITA_SOAK"))
CLIENTS = int(os.environ.get("CITA_RUSH") or (2_000 if SOAK else 48))
SIZE = (
    Rush(clients=CLIENTS, processes=16, at_once=8, tries=6, patience=300)
    if SOAK
    else Rush(clients=CLIENTS, processes=2, at_once=8, tries=2)
)
DAYS = 24 if SOAK else 2
HOUR, QUARTER = timedelta(hours=1), timedelta(minutes=15)
WEB = 4
PAUSE, LAPSE = (0.5, 4.0) if SOAK else (0.1, 0.1)
"""Seconds between two acts of one kind, and between two ends of holds."""

MOST = dict.fromkeys(("takes_time_off", "Rehomes"), 100 if SOAK else 5)
"""So often time is taken away, that there is some left to sell."""

TURNS = 90 if SOAK else 8
"""With each end of holds the clock goes on by 11 minutes: all starts lie further ahead than so many turns."""


class NobodyBooked(Exception):
    """There is no call yet that something could be done to."""


class Covered(Exception):
    """The guard has seen that time off lies over a call."""


REFUSED = (SlotTaken, NotOffered, NotBookable, NobodyFits, NotThere, Refused, NobodyBooked, Covered, StillBooked)
BLIND = "tests.builders.unguarded:app"
Act = Callable[[Parts, Random], Any]


def wanted_starts() -> list[datetime]:
    """Every quarter of an hour round the rounds of so many days: calls of an hour overlap in many ways."""
    firsts = [start for start, _turn in zip(times(), range(3 * DAYS), strict=False)]
    return list(chain.from_iterable([first + turn * QUARTER for turn in range(-2, 6)] for first in firsts))


STARTS = wanted_starts()
FEW = 16
"""So few that two of a small crowd meet."""


def somebody_booked(draw: Random) -> UUID:
    db.session.rollback()
    found = db.session.scalars(select(Consultation.id).where(Consultation.state == "booked").limit(200)).all()
    if not found:
        raise NobodyBooked
    return draw.choice(found)


def moves(parts: Parts, draw: Random) -> None:
    move(parts, MoveTo(somebody_booked(draw), draw.choice(STARTS), Actor.RECEPTIONIST))


def reassigns(parts: Parts, draw: Random) -> None:
    whom, to = somebody_booked(draw), draw.randrange(1, 4)
    reseat(parts, Reseat(whom, to, interpreter=False, second=None, reason="leave", actor=Actor.RECEPTIONIST))


def cancels(parts: Parts, draw: Random) -> None:
    cancel(parts, Cancel(somebody_booked(draw)))


def takes_time_off(_parts: Parts, draw: Random) -> None:
    """An attorney's time off, under the lock of her row; over a booking the guard refuses it."""
    person, start = draw.randrange(1, 4), minute_of(draw.choice(STARTS))
    try:
        with writing() as session:
            slots.lock(session, person)
            session.add(Block(person=person, b0=start, b1=start + 45, kind="busy"))
    except IntegrityError:
        raise Covered from None


class Rehomes:
    """Time off is entered at the desk: whoever is in the way is given to another attorney first, or moved."""

    def __init__(self, app: Flask) -> None:
        self.robin = who_is(a_login(app))

    def __call__(self, parts: Parts, draw: Random) -> None:
        db.session.rollback()
        first = draw.choice(STARTS).astimezone(LOS_ANGELES).replace(tzinfo=None)
        off = TimeOff(draw.randrange(1, 4), first, first + timedelta(minutes=45), "leave")
        save(parts, self.robin, off, {hit.consultation_id: self.home(hit, draw) for hit in hits(parts, off)})

    def home(self, hit: Hit, draw: Random) -> Rehoming:
        if hit.attorneys:
            return Rehoming(GIVE, attorney=draw.choice(sorted(hit.attorneys)))
        if hit.starts:
            return Rehoming(MOVE, start=draw.choice(hit.starts))
        raise NobodyFits


class Holds:
    """Somebody holds one time after the other, and lets each of them lapse."""

    def __init__(self, app: Flask, hands: Hands) -> None:
        self.hands = hands
        self.holders = [an_intake(app).id for _ in range(6)]
        self.turns = 0

    def __call__(self, parts: Parts, draw: Random) -> None:
        sleep(LAPSE)
        held = [one for one in self.holders if self.holds(parts, one, draw.choice(STARTS))]
        self.turns += 1
        if self.turns <= TURNS:
            self.hands.set(self.hands.now + timedelta(minutes=11))
        lapses.expire_holds(parts)
        if not held:
            raise NobodyBooked

    def holds(self, parts: Parts, holder: UUID, start: datetime) -> bool:
        with suppress(*REFUSED):
            hold(parts, holder, start)
            return True
        return False


@contextmanager
def meanwhile(app: Flask, done: Counter[str], *acts: Act) -> Iterator[list[BaseException]]:
    """Each goes on in a thread of its own until the block ends; what broke in them, but for refusals."""
    over, broken = Event(), list[BaseException]()

    def go_on(act: Act, seed: int) -> None:
        draw, name = Random(seed), getattr(act, "__name__", type(act).__name__)
        while not over.wait(PAUSE) and done[name] < MOST.get(name, FOREVER):
            with app.app_context():
                try:
                    act(app.extensions["cita"], draw)
                    done[name] += 1
                except REFUSED:
                    done[f"{name}, refused"] += 1
                except Exception as problem:  # whatever it is, the test shows it
                    broken.append(problem)
                    log.warning("%s broke", name, exc_info=problem)

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


def rushed(
    app: Flask, settings: Settings, size: Rush, *acts: Act, served: str = "wsgi:app", starts: list[datetime] = STARTS
) -> tuple[Answers, Counter[str]]:
    clients = [sender(app, an_intake(app)) for _ in range(size.clients)]
    done = Counter[str]()
    begun = monotonic()
    with serving(settings, count=WEB, app=served) as ports, meanwhile(app, done, *acts) as broken:
        answers = rush(size, clients, ports, starts)
    log.warning("%.0f s; meanwhile %s", monotonic() - begun, dict(done))
    assert broken == []
    return answers, done


@on_both
def test_nobody_s_minutes_are_sold_twice_whatever_else_goes_on(
    app: Flask, settings: Settings, parts: Parts, hands: Hands
) -> None:
    three_people(app)
    acts = (moves, reassigns, cancels, takes_time_off, Rehomes(app), Holds(app, hands))

    answers, done = rushed(app, settings, SIZE, *acts)

    statuses = Counter(answers.statuses)
    log.warning("%s, p50 %.2f s, p95 %.2f s", dict(statuses), answers.slowest(0.5), answers.slowest(0.95))
    assert not SOAK or {"moves", "reassigns", "cancels", "takes_time_off", "Rehomes", "Holds"} <= set(done)
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

    rushed(app, settings, Rush(clients=24, processes=2, at_once=4, tries=1), served=BLIND, starts=STARTS[:FEW])

    assert overlaps() > 0
