"""W2: a firm of 50 attorneys in four zones with 5,000 blocks in the next 30 days, and the same rows for the peer."""

import json
import random
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import insert

from scheduler.casework.transaction import writing
from scheduler.engine.zones import minute_of
from scheduler.models import Block
from tests.builders.firm import a_firm

NOW = datetime(2027, 2, 28, 8, 0, tzinfo=UTC)
"""The clocks of three of the zones change within the 30 days."""

FIRST, DAYS, LENGTH = date(2027, 3, 1), 30, 30
ZONES = ("America/New_York", "America/Chicago", "America/Los_Angeles", "America/Mexico_City")
PEOPLE, BLOCKS = 50, 5_000

Taken = tuple[int, datetime, datetime]
"""Which attorney, from 0; from when to when by her own clock."""


def taken() -> list[Taken]:
    """Half hours of working days, drawn without putting one back."""
    working = [FIRST + timedelta(days=ahead) for ahead in range(DAYS)]
    cells = list(product(range(PEOPLE), [day for day in working if day.weekday() < 5], range(18, 34)))
    found = []
    for index, day, half in sorted(random.Random(2).sample(cells, BLOCKS)):
        start = datetime.combine(day, datetime.min.time(), ZoneInfo(ZONES[index % 4])) + timedelta(minutes=30 * half)
        found.append((index, start, start + timedelta(minutes=LENGTH)))
    return found


def ours(app: Flask) -> None:
    """The firm in our tables."""
    firm = a_firm(app, horizon_days=DAYS + 2, base_length=LENGTH, notice_minutes=0)
    for index in range(PEOPLE):
        firm.with_attorney(f"Attorney {index}", zone=ZONES[index % 4])
    rows = [{"person": index + 1, "b0": minute_of(start), "b1": minute_of(end)} for index, start, end in taken()]
    with writing() as session:
        session.execute(insert(Block), rows)


def theirs(file: Path) -> None:
    """The same rows as the peer reads them."""
    people = [{"number": index + 1, "zone": ZONES[index % 4]} for index in range(PEOPLE)]
    blocks = [(index, f"{start:%Y-%m-%d}", f"{start:%H:%M}", f"{end:%H:%M}") for index, start, end in taken()]
    said: dict[str, Any] = {"people": people, "blocks": blocks, "first": str(FIRST), "days": DAYS, "length": LENGTH}
    file.write_text(json.dumps(said))
