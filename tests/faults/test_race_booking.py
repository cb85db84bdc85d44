"""Thirty-two clients on one time and on times that overlap it: nobody's minutes are ever sold twice."""

from collections import Counter
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle
from random import Random
from typing import Any

import pytest
from flask import Flask

from config import Settings
from scheduler.casework import audit
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.moving import MoveTo, move
from scheduler.casework.parts import Parts
from scheduler.models import Block, Consultation, Outbox
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
from tests.builders.servers import Sender, sender, serving
from tests.conftest import on_both

pytestmark = pytest.mark.fault

CLIENTS, ROUNDS = 32, 50
TIME = "/apply/time"
CHILD = {
    "birth_date": {"y": 2012, "m": 1, "d": 1, "precision": "day", "unknown": False},
    "minor_with_adult": "parent",
}
CALLS: tuple[dict[str, Any], ...] = ({}, CHILD, {"spoken_language": "mam", "interpreter_needed": "yes"})
"""Calls of 45, 60 and 75 minutes."""


def round_of(first: datetime, waiting: list[Sender], ports: list[int], draw: Random) -> dict[Sender, int]:
    """Half of them want the one time, the others one that may overlap it; each client's answer."""
    wishes = [first if turn % 2 else first + draw.randrange(-3, 3) * timedelta(minutes=15) for turn in range(CLIENTS)]

    posts = [
        partial(client.send, port, TIME, slot_id=f"{start:%Y-%m-%dT%H:%MZ}", call_mode="phone")
        for client, port, start in zip(waiting, cycle(ports), wishes, strict=False)
    ]
    return dict(zip(waiting, at_once(posts), strict=True))


@on_both
def test_no_minute_is_sold_twice_over_http(app: Flask, settings: Settings, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana", hours=MONDAY_TO_SATURDAY, grid_step=15, buffer_after=5)
    draw, calls, answers = Random(32), cycle(CALLS), Counter[int]()
    waiting = [sender(app, an_intake(app, **next(calls))) for _ in range(CLIENTS)]
    won_by_round = []
    with serving(settings, count=2) as ports:
        for _round, first in zip(range(ROUNDS), times(), strict=False):
            answered = round_of(first, waiting, ports, draw)
            won = [client for client, status in answered.items() if status == 303]
            won_by_round.append(len(won))
            answers.update(answered.values())
            waiting = [client for client in waiting if client not in won]
            waiting += [sender(app, an_intake(app, **next(calls))) for _ in won]

    assert overlaps() == 0
    assert set(answers) == {303, 409}
    assert min(won_by_round) >= 1
    assert count(Consultation) == count(Block, active=True) == answers[303]
    assert count(Outbox, kind="invitation") == answers[303]
    assert audit.verify(parts) >= answers[303]


@on_both
def test_a_double_click_over_http_is_one_booking_and_one_answer(app: Flask, settings: Settings) -> None:
    a_firm(app).with_attorney("Ana").with_attorney("Eva").with_attorney("Iris")
    clicks = [sender(app, an_intake(app)) for _ in range(4)]
    slot = {"slot_id": "2026-11-27T18:00Z", "call_mode": "phone"}
    with serving(settings, count=2) as ports:
        browsers = zip(clicks * 8, cycle(ports), strict=False)
        answers = at_once([partial(client.send, port, TIME, **slot) for client, port in browsers])

    assert sorted(Counter(answers).items()) == [(303, 24), (409, 8)]
    assert (count(Consultation), count(Block), overlaps()) == (3, 3, 0)


@on_both
def test_moves_race_bookings_for_the_same_minutes(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana", hours=MONDAY_TO_SATURDAY, grid_step=15).with_attorney("Eva", grid_step=15)
    starts = times()
    movers = [book(parts, BookSlot(an_intake(app).id, next(starts), "phone")).id for _ in range(8)]
    for first in [next(starts) for _ in range(5)]:
        newcomers = [an_intake(app).id for _ in range(8)]
        moves = [in_context(app, move, MoveTo(one, first, not_now=True)) for one in movers]
        at_once([*moves, *(in_context(app, book, BookSlot(one, first, "phone")) for one in newcomers)])

        assert overlaps() == 0
        assert count(Consultation) == count(Block, active=True)


def race_in_threads(app: Flask) -> None:
    """Eight clients on one time, a thread each."""
    clients, first = [an_intake(app).id for _ in range(8)], next(times())
    at_once([in_context(app, book, BookSlot(one, first, "phone")) for one in clients])


@on_both
def test_the_check_alone_holds_where_the_guard_is_gone(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana", grid_step=15)
    without_the_guard(app)

    race_in_threads(app)

    assert (overlaps(), count(Consultation)) == (0, 1)


@on_both
def test_the_guard_alone_holds_where_nobody_looks(app: Flask, parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    a_firm(app).with_attorney("Ana", grid_step=15)
    nobody_looks(monkeypatch)

    race_in_threads(app)

    assert (overlaps(), count(Consultation)) == (0, 1)


@on_both
def test_without_guard_and_without_a_look_the_same_race_sells_twice_and_is_noticed(
    app: Flask, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_firm(app).with_attorney("Ana", grid_step=15)
    without_the_guard(app)
    nobody_looks(monkeypatch)

    race_in_threads(app)

    assert overlaps() > 0
