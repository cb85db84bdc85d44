"""What is changed while somebody books is seen before her call is written: a closed day, a wall."""

from collections.abc import Callable
from datetime import date
from threading import Thread
from typing import Any

import pytest
from flask import Flask

from scheduler.casework import screening, slots, working
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.slots import NotOffered, SlotTaken
from scheduler.models import Consultation, Intake, db
from tests.builders.firm import a_firm, an_intake
from tests.builders.staff import a_login, who_is
from tests.casework.appointments import at

POSTGRESQL = pytest.mark.parametrize("database_kind", ["postgresql"])
"""Where two write at once; on SQLite one of them is over before the other looks."""

MONDAY = date(2026, 11, 30)


def meanwhile(app: Flask, monkeypatch: pytest.MonkeyPatch, act: Callable[[], Any]) -> None:
    """Somebody else does this, and is done with it, after the next client's times were read."""
    looked = slots.candidates

    def elsewhere() -> None:
        with app.app_context():
            act()

    def candidates(*asked: Any) -> Any:
        found = looked(*asked)
        monkeypatch.setattr(slots, "candidates", looked)
        other = Thread(target=elsewhere)
        other.start()
        other.join(10)
        return found

    monkeypatch.setattr(slots, "candidates", candidates)


def tries(app: Flask, intake: Intake) -> bool:
    """Whether she gets her time."""
    try:
        book(app.extensions["cita"], BookSlot(intake.id, at(30, 10), "phone"))
    except (NotOffered, SlotTaken):
        return False
    return True


@POSTGRESQL
def test_nobody_is_booked_on_a_day_that_was_closed_meanwhile(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    a_firm(app).with_attorney("Ana")
    who, intake = who_is(a_login(app, "admin")), an_intake(app)
    meanwhile(app, monkeypatch, lambda: working.close(app.extensions["cita"], who, MONDAY, "a move"))

    is_booked = tries(app, intake)

    db.session.rollback()
    assert (is_booked, db.session.query(Consultation).count()) == (False, 0)


@POSTGRESQL
def test_nobody_is_booked_with_who_was_screened_off_meanwhile(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    house = a_firm(app).with_attorney("Ana").with_attorney("Bea")
    who, intake = who_is(a_login(app, "conflicts")), an_intake(app)
    off = [house.number("Ana")]
    meanwhile(app, monkeypatch, lambda: screening.screen_off(app.extensions["cita"], who, intake.id, off))

    tries(app, intake)

    db.session.rollback()
    assert [call.attorney for call in db.session.query(Consultation)] == [house.number("Bea")]
