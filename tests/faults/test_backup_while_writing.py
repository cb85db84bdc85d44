"""A backup that is made while others write is of one instant: all that was acknowledged before it is in it, whole."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from config import Settings
from scheduler.casework import audit
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.models import db
from tests.builders.backups import Houses, made, restored
from tests.builders.databases import Databases
from tests.builders.firm import a_firm
from tests.conftest import on_both

pytestmark = pytest.mark.fault

BACKUPS = 3


class Busy(threading.Thread):
    """Writes one link of the chain after the other until it is told to stop; `acknowledged` counts them."""

    def __init__(self, app: Flask) -> None:
        super().__init__(daemon=True)
        self.app, self.stopped, self.acknowledged = app, threading.Event(), 0

    def run(self) -> None:
        with self.app.app_context():
            parts: Parts = self.app.extensions["cita"]
            while not self.stopped.is_set():
                with writing() as session:
                    audit.record(session, parts, "system", "tried", "firm:1", number=self.acknowledged)
                self.acknowledged += 1
            db.session.remove()


@pytest.fixture
def busy(app: Flask) -> Iterator[Busy]:
    a_firm(app)
    writer = Busy(app)
    writer.start()
    yield writer
    writer.stopped.set()
    writer.join()


@on_both
def test_every_backup_restores_with_all_that_was_acknowledged_before_it(
    settings: Settings, databases: Databases, database_kind: str, tmp_path: Path, busy: Busy
) -> None:
    houses = Houses(settings, databases, database_kind, tmp_path)
    for _ in range(BACKUPS):
        while not busy.acknowledged:
            pass
        before = busy.acknowledged
        file = made(busy.app, tmp_path)
        after = busy.acknowledged

        with houses.another() as house:
            said = restored(house, file)
            links = audit.verify(house.extensions["cita"])

        assert said.code == 0, said.text
        assert before <= links
        assert after > before
