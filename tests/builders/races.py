"""Clients who want the same minutes at the same moment, and what must hold after it."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import text

from scheduler.casework import rows
from scheduler.casework.booking import NotOffered, SlotTaken
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.models import db

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
MONDAY_TO_SATURDAY = dict.fromkeys(range(6), "9:00-18:00")
ROUNDS_OF_A_DAY = ((9, 45), (12, 15), (14, 45))


def times() -> Iterator[datetime]:
    """So far apart that no call of one round reaches into the next."""
    day = date(2026, 11, 25)
    while True:
        if day.weekday() < 6 and day != date(2026, 11, 26):
            for hour, minute in ROUNDS_OF_A_DAY:
                yield datetime(day.year, day.month, day.day, hour, minute, tzinfo=LOS_ANGELES).astimezone(UTC)
        day += timedelta(days=1)


def overlaps() -> int:
    """How many pairs of active blocks of one person share a minute."""
    db.session.rollback()
    pairs = """
        SELECT count(*) FROM block one JOIN block other ON one.person = other.person AND one.id < other.id
        WHERE one.active AND other.active AND one.b0 < other.b1 AND other.b0 < one.b1
    """
    return int(db.session.scalar(text(pairs)) or 0)


def count(model: type[Any], **columns: Any) -> int:
    db.session.rollback()
    return db.session.query(model).filter_by(**columns).count()


def at_once(work: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do all of it at the same moment, a thread each; what each returned."""
    gate = Barrier(len(work))

    def go(one: Callable[[], Any]) -> Any:
        gate.wait()
        return one()

    with ThreadPoolExecutor(len(work)) as pool:
        return [each.result() for each in [pool.submit(go, one) for one in work]]


def in_context(app: Flask, use_case: Callable[[Parts, Any], Any], request: Any) -> Callable[[], Any]:
    """A use case as a thread of the service does it: done or refused, and its connection given back."""

    def go() -> Any:
        with app.app_context():
            try:
                return use_case(app.extensions["cita"], request)
            except (SlotTaken, NotOffered) as refused:
                return type(refused)

    return go


def without_the_guard(app: Flask) -> None:
    with writing() as session:
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("ALTER TABLE block DROP CONSTRAINT block_no_overlap"))
        else:
            session.execute(text("DROP TRIGGER block_no_overlap_insert"))


def nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weaken the check: whatever is taken is not seen, neither before nor under the lock."""
    monkeypatch.setattr(rows, "with_their_time", lambda _asking, people, **_options: list(people))
