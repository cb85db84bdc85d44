"""Killed at each step of a booking, one after the other: it is there whole, or nothing of it is, and never unsaid."""

import os
import signal
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from scheduler.casework import announcing, audit
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.openings import offered
from scheduler.casework.parts import Parts
from scheduler.models import Intake, db
from tests.builders.firm import a_firm, an_intake
from tests.builders.halves import booked_refs, halves

pytestmark = pytest.mark.fault

LONG_HOURS = dict.fromkeys(range(6), "8:00-20:00")
FEWEST = 10
"""A booking takes more steps than these, or nothing was counted."""

SAID = b"booked"


@dataclass
class Sweep:
    """What was seen: after how many steps it went through, what was booked unsaid or said unbooked, what was half."""

    steps: int = 0
    unbooked: list[int] = field(default_factory=list)
    halves: dict[int, list[str]] = field(default_factory=dict)


def sweep(app: Flask, parts: Parts) -> Sweep:
    """Kill a booking at its first step, the next at its second, until one is not killed any more."""
    firm, seen = a_firm(app), Sweep()
    for number in range(4):
        firm.with_attorney(f"Attorney {number}", hours=LONG_HOURS)
    times = offered(parts, an_intake(app).id).starts
    for seen.steps, start in zip(count(1), times, strict=False):
        intake = an_intake(app)
        said, was_killed = _booked_by_a_child(parts, intake, start, seen.steps)
        if said and intake.ref not in booked_refs():
            seen.unbooked.append(seen.steps)
        if half := halves():
            seen.halves[seen.steps] = half
        if not was_killed:
            assert said, "it failed by itself"
            return seen
    raise AssertionError("more steps than times")


def _booked_by_a_child(parts: Parts, intake: Intake, start: datetime, step: int) -> tuple[bool, bool]:
    """Whether a process that was to die at this step said that it had booked, and whether it died."""
    wish = BookSlot(intake.id, start, "phone")
    db.session.remove()
    db.engine.dispose()
    hears, speaks = os.pipe()
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            _die_at(step)
            book(parts, wish)
            os.write(speaks, SAID)
        os._exit(0)
    os.close(speaks)
    _child, status = os.waitpid(child, 0)
    with os.fdopen(hears, "rb") as heard:
        return heard.read() == SAID, os.WIFSIGNALED(status)


def _die_at(step: int) -> None:
    """Die as a killed process does, before the statement of this number, `BEGIN` and `COMMIT` among them."""
    left = [step]

    def one(_statement: str) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(db.engine, "checkout", lambda connection, *_more: connection.set_trace_callback(one))


def test_at_whichever_step_it_dies_a_booking_is_whole_or_not_there(app: Flask, parts: Parts) -> None:
    seen = sweep(app, parts)

    assert (seen.unbooked, seen.halves) == ([], {})
    assert seen.steps > FEWEST
    assert audit.verify(parts)
    assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"


def test_a_booking_in_two_transactions_is_noticed(app: Flask, parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    def later(session: Session, *rest: Any) -> None:
        session.flush()
        line = session.connection().connection.driver_connection
        line.execute("COMMIT")  # type: ignore[union-attr]
        line.execute("BEGIN IMMEDIATE")  # type: ignore[union-attr]
        told(session, *rest)

    told = announcing.booked
    monkeypatch.setattr(announcing, "booked", later)

    seen = sweep(app, parts)

    assert seen.halves
