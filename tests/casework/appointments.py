"""Words for tests of what is offered, booked, moved and cancelled."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from flask import Flask

from scheduler.casework import tasks
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.transaction import writing
from scheduler.models import Block, Consultation, Intake, Staff, db
from tests.builders.firm import an_intake
from tests.conftest import TUESDAY

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
URGENT = {"detained_now": "yes_immigration"}
MAM: dict[str, Any] = {"spoken_language": "mam", "interpreter_needed": "yes"}


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A time of 2026 by the firm's clock, as UTC; of November where no month is said."""
    return datetime(2026, month, day, hour, minute, tzinfo=LOS_ANGELES).astimezone(UTC)


def booked(app: Flask, start: datetime, mode: str = "phone", **answers: Any) -> Consultation:
    return book(app.extensions["cita"], BookSlot(an_intake(app, **answers).id, start, mode))


def taken() -> list[tuple[int, int, int]]:
    """Whose minutes are taken, from and to."""
    db.session.rollback()
    rows = db.session.query(Block).filter(Block.active).order_by(Block.person, Block.b0)
    return [(row.person, row.b0, row.b1) for row in rows]


def count(model: type[Any]) -> int:
    return db.session.query(model).count()


def somebody() -> Staff:
    staff = Staff(id=uuid4(), email="r@firm.example", name="R", roles=["receptionist"], password_hash="x")
    with writing() as session:
        session.add(staff)
    return staff


def a_task(kind: str, due: timedelta, intake: Intake) -> None:
    with writing() as session:
        tasks.add(session, kind, due_at=TUESDAY + due, now=TUESDAY, intake=intake)
