"""Hours are shortened while clients book in them: whoever is booked outside of them in the end, the desk is told."""

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import outside, working
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.outside import CallsOutside
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.working import Change
from scheduler.models import Consultation, Task, db
from tests.builders.firm import a_firm, an_intake
from tests.builders.races import at_once, in_context
from tests.builders.staff import a_login, who_is
from tests.casework.appointments import at, booked
from tests.conftest import on_both

pytestmark = pytest.mark.fault

WEEK = {day: [(9 * 60, 17 * 60)] for day in range(5)}
SHORT = {day: [(9 * 60, 12 * 60)] for day in range(5)}
DAYS = (30, 27, 25)
AFTERNOON = (13, 14, 15, 16)


def shortens(parts: Parts, who: SignedIn) -> None:
    """The hours end at noon; whichever calls are named are agreed to, as often as others come."""
    agreed = frozenset[UUID]()
    while True:
        try:
            return working.set_week(parts, Change(who, 1, agreed), SHORT)
        except CallsOutside as refused:
            agreed |= {call.consultation_id for call in refused.calls}


def untold() -> int:
    """How many calls of the afternoon are no task."""
    db.session.rollback()
    told = set(db.session.scalars(select(Task.consultation_id).where(Task.kind == outside.TASK)))
    calls = db.session.scalars(select(Consultation).where(Consultation.state == "booked"))
    return sum(call.id not in told for call in calls if call.starts_at >= call.starts_at.replace(hour=21, minute=0))


def race(app: Flask, day: int) -> None:
    """Somebody is booked already, others book at once with the change."""
    who = who_is(a_login(app))
    working.set_week(app.extensions["cita"], Change(who, 1), WEEK)
    booked(app, at(day, AFTERNOON[0]))
    clients = [in_context(app, book, BookSlot(an_intake(app).id, at(day, hour), "phone")) for hour in AFTERNOON[1:]]
    at_once([in_context(app, shortens, who), *clients])


@on_both
def test_nobody_is_left_outside_untold(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")

    for day in DAYS:
        race(app, day)

    assert untold() == 0


@on_both
def test_with_eyes_shut_somebody_is_and_it_is_noticed(
    app: Flask, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_firm(app).with_attorney("Ana")
    monkeypatch.setattr(outside, "_coming", lambda *_asked: [])

    race(app, DAYS[0])

    assert untold() > 0
