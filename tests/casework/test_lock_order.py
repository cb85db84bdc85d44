"""Who writes about an intake waits for its row before she locks others of it, so that no two wait for each other."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Thread
from time import sleep

import pytest
from flask import Flask
from sqlalchemy import Connection, delete, text
from sqlalchemy.exc import OperationalError

from scheduler.casework import not_now, proofs
from scheduler.casework.delivery import deliver_one
from scheduler.casework.links import token_of
from scheduler.casework.moving import Cancel, MoveTo, cancel, move
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.models import Consultation, Intake, Outbox, db
from tests.builders.browser import a_booking
from tests.builders.firm import a_firm

LATER = datetime(2026, 11, 27, 19, 0, tzinfo=UTC)
Act = Callable[[Parts, Consultation], object]
RESTS = ("consultation", "outbox", "client_link", "task")
WAITS = text("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")


def locked_while_it_waits(app: Flask, call: Consultation, act: Act) -> list[str]:
    """Somebody ends the intake, `act` comes in between: the tables of which it holds rows meanwhile."""
    parts: Parts = app.extensions["cita"]

    def run() -> None:
        with app.app_context():
            act(parts, db.session.get_one(Consultation, call.id))
            db.session.remove()

    with db.engine.connect() as ender:
        ender.execute(text("select id from intake where id = :id for update"), {"id": call.intake_id})
        other = Thread(target=run)
        other.start()
        while other.is_alive() and not _somebody_waits():
            sleep(0.02)
        held = [table for table in RESTS if _is_locked(ender, table, call)]
        ender.rollback()
    other.join()
    return held


def _somebody_waits() -> bool:
    with db.engine.connect() as looker:
        return bool(looker.scalar(WAITS))


def _is_locked(ender: Connection, table: str, call: Consultation) -> bool:
    wanted = text(f"select id from {table} where intake_id = :id for no key update nowait")  # noqa: S608 - of ours
    try:
        with ender.begin_nested():
            ender.execute(wanted, {"id": call.intake_id})
    except OperationalError:
        return True
    return False


@pytest.fixture
def database_kind() -> str:
    return "postgresql"


@pytest.fixture
def call(app: Flask) -> Consultation:
    a_firm(app).with_attorney("Ana")
    return a_booking(app, "2026-11-27T17:00")


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda parts, call: proofs.send_code(parts, token_of(parts, call)), id="she asks for a code"),
        pytest.param(lambda parts, call: not_now.call_back(parts, call.id), id="she cannot talk now"),
        pytest.param(lambda parts, call: cancel(parts, Cancel(call.id)), id="she cancels"),
        pytest.param(lambda parts, call: move(parts, MoveTo(call.id, LATER)), id="she moves it"),
    ],
)
def test_it_holds_nothing_while_somebody_ends_the_intake(app: Flask, call: Consultation, act: Act) -> None:
    assert locked_while_it_waits(app, call, act) == []


def test_neither_does_a_letter_that_is_not_to_be_written(app: Flask, call: Consultation) -> None:
    with writing() as session:
        session.get_one(Intake, call.intake_id).flags = ["manual_contact"]
        session.execute(delete(Outbox).where(Outbox.kind != "booked"))

    assert locked_while_it_waits(app, call, lambda parts, _call: deliver_one(parts)) == []


def test_without_that_lock_it_would_hold_her_link(
    app: Flask, call: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power."""
    monkeypatch.setattr(proofs, "keep", lambda *_args: None)

    held = locked_while_it_waits(app, call, lambda parts, call: proofs.send_code(parts, token_of(parts, call)))

    assert held == ["client_link"]
