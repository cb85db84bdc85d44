"""Another process of the service that has looked at the times before, and looks again when it is told to."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from uuid import UUID

from config import Settings
from scheduler.app import create_app
from scheduler.casework.openings import offered
from scheduler.models import db


class Onlooker:
    """What somebody sees who asks that process."""

    def __init__(self, asked: Connection) -> None:
        self._asked = asked

    def starts(self, intake: UUID) -> tuple[datetime, ...]:
        """The times that this intake is offered there."""
        self._asked.send(intake)
        found: tuple[datetime, ...] = self._asked.recv()
        return found


@contextmanager
def another_process(settings: Settings) -> Iterator[Onlooker]:
    """It runs until the block ends."""
    spawn = get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_answer, args=(settings, theirs))
    process.start()
    try:
        yield Onlooker(ours)
    finally:
        ours.send(None)
        process.join()


def _answer(settings: Settings, asked: Connection) -> None:
    app = create_app(settings)
    while (intake := asked.recv()) is not None:
        with app.app_context():
            asked.send(offered(app.extensions["cita"], intake).starts)
    with app.app_context():
        db.engine.dispose()
