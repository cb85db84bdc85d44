"""Words for tests of moving and cancelling."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from flask import Flask

from scheduler.casework.booking import BookSlot, book
from scheduler.casework.transaction import writing
from scheduler.models import Consultation, Staff
from tests.builders.firm import an_intake

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
URGENT = {"detained_now": "yes_immigration"}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A time of November 2026 by the firm's clock, as UTC."""
    return datetime(2026, 11, day, hour, minute, tzinfo=LOS_ANGELES).astimezone(UTC)


def booked(app: Flask, start: datetime, **answers: Any) -> Consultation:
    return book(app.extensions["cita"], BookSlot(an_intake(app, **answers).id, start, "phone"))


def somebody() -> Staff:
    staff = Staff(id=uuid4(), email="r@firm.example", name="R", roles=["receptionist"], password_hash="x")
    with writing() as session:
        session.add(staff)
    return staff
