"""The web process is killed while two hundred book: what was confirmed is there with its letters, nothing is half."""

import http.client
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle
from subprocess import Popen

import pytest
from flask import Flask
from sqlalchemy import text

from config import Settings
from scheduler.casework import audit
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.openings import offered
from scheduler.casework.parts import Parts
from scheduler.models import db
from tests.builders.firm import a_firm, an_intake
from tests.builders.halves import booked_refs, halves
from tests.builders.servers import Sender, free_port, sender
from tests.builders.web import start_web
from tests.conftest import on_both

pytestmark = pytest.mark.fault

BOOKINGS = 200
KILLS = 12 if os.environ.get("CITA_SOAK") else 3
AT_ONCE = 4
TIME = "/apply/time"
TRIES = 100
LONG_HOURS = dict.fromkeys(range(6), "8:00-20:00")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    port = free_port()
    return replace(settings, port=port, base_url=f"http://127.0.0.1:{port}")


@on_both
def test_every_confirmed_booking_is_there_with_its_letters_and_none_is_half(
    app: Flask, settings: Settings, parts: Parts
) -> None:
    firm = a_firm(app)
    for number in range(6):
        firm.with_attorney(f"Attorney {number}", hours=LONG_HOURS)
    clients = [(intake, sender(app, intake)) for intake in (an_intake(app) for _ in range(BOOKINGS))]
    times = cycle(offered(parts, clients[0][0].id).starts[::2])
    wishes = [(client, next(times)) for _, client in clients]

    confirmed = book_all(settings, wishes)

    assert len(confirmed) == BOOKINGS
    assert confirmed <= booked_refs()
    assert halves() == []
    assert audit.verify(parts) >= BOOKINGS
    if db.engine.dialect.name == "sqlite":
        assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"


class Life:
    """The web process, killed after so many answers and started again at the same port."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.process: Popen[bytes] = start_web(settings)
        self.answered = 0
        self.kills = 0
        self._counting = threading.Lock()

    def answers(self) -> None:
        """Count an answer; at some of them the process dies, while others wait for theirs."""
        with self._counting:
            self.answered += 1
            due = self.kills < KILLS and self.answered >= (self.kills + 1) * BOOKINGS // (KILLS + 1)
            if due:
                self.process.kill()
                self.process.wait()
                self.kills += 1
                self.process = start_web(self.settings)


def book_all(settings: Settings, wishes: list[tuple[Sender, datetime]]) -> set[str]:
    """Everybody sends until she is told that it is done; the refs of those who were."""
    life = Life(settings)

    def one(wish: tuple[Sender, datetime]) -> str | None:
        status = insist(life, *wish)
        life.answers()
        return wish[0].ref if status == 303 else None

    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            told = list(pool.map(one, wishes))
    finally:
        life.process.kill()
        life.process.wait()
    assert life.kills == KILLS
    return {ref for ref in told if ref is not None}


def insist(life: Life, client: Sender, start: datetime) -> int:
    """Send again as a person does whose page did not come; 409 asks for another time, the next half hour."""
    for wish in _from(start):
        for _ in range(TRIES):
            try:
                status = client.send(life.settings.port, TIME, slot_id=f"{wish:%Y-%m-%dT%H:%MZ}", call_mode="phone")
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
            else:
                break
        if status != 409:
            return status
    return 409


def _from(start: datetime) -> Iterator[datetime]:
    return (start + timedelta(minutes=30 * step) for step in range(8))


def test_a_letter_that_is_gone_is_noticed(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    intake = an_intake(app)
    book(parts, BookSlot(intake.id, offered(parts, intake.id).starts[0], "phone"))
    whole = halves()

    db.session.execute(text("DELETE FROM outbox WHERE kind = 'invitation'"))
    db.session.commit()

    assert whole == []
    assert len(halves()) == 1
