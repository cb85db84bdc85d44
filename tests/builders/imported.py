"""An attorney's other calendar, and what of it the service knows."""

from datetime import timedelta
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from scheduler.casework import openings
from scheduler.casework.calendar_reading import Add, add
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.channels.calendars import Kind, Source
from scheduler.models import Busy, Person, Task, db
from tests.builders.feeds import Feed
from tests.builders.firm import an_intake
from tests.builders.ics import calendar, event
from tests.casework.appointments import at

FRIDAY = event("DTSTART;TZID=America/Los_Angeles:20261127T090000", "DTEND;TZID=America/Los_Angeles:20261127T170000")


def says(feed: Feed, *parts: list[str]) -> None:
    feed.files["/ana.ics"] = calendar(*parts).encode()


def added(parts: Parts, who: SignedIn, feed: Feed) -> UUID:
    return add(parts, who, Add(1, Source(Kind.ICS, feed.url())))


def another_added(parts: Parts, who: SignedIn, feed: Feed) -> UUID:
    """The same times at another address, which is another calendar of hers."""
    feed.files["/another.ics"] = feed.files["/ana.ics"]
    return add(parts, who, Add(1, Source(Kind.ICS, feed.url("/another.ics"))))


def free_hours(parts: Parts, app: Flask, day: int) -> list[int]:
    """The full hours at which a client is offered a call on a day of November, by the firm's clock."""
    db.session.remove()
    starts = openings.offered(parts, an_intake(app).id).starts
    hours = [start for start in starts if at(day, 0) <= start < at(day, 0) + timedelta(days=1) and not start.minute]
    return [int((start - at(day, 0)).total_seconds() // 3600) for start in hours]


def tasks(kind: str, *, is_open: bool = True) -> int:
    db.session.rollback()
    wanted = select(Task).where(Task.kind == kind)
    return len(db.session.scalars(wanted.where(Task.done_at.is_(None)) if is_open else wanted).all())


def version() -> int:
    db.session.rollback()
    return db.session.scalars(select(Person.version).where(Person.number == 1)).one()


def busy() -> list[tuple[int, int]]:
    db.session.rollback()
    return [(b0, b1) for b0, b1 in db.session.execute(select(Busy.b0, Busy.b1).order_by(Busy.b0))]
