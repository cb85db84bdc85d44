"""The booking use case against raw: the same rows in the same number of commits by the driver alone, interleaved."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from flask import Flask
from psycopg.types.json import Json
from sqlalchemy import create_engine

from config import Settings
from scheduler.app import create_app
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.openings import offered
from scheduler.casework.parts import Parts
from scheduler.models import Consultation, db
from scheduler.models.database import prepare
from tests.builders.databases import Databases, remove
from tests.builders.firm import a_firm, an_intake
from tests.builders.settings import settings_for

TARGET = 0.4
DISK = 1.4
"""Milliseconds that a disk takes to keep a page: the quicker end of those that the target was set on (ADR 10)."""

BOOKINGS, WARM_UP = 200, 30
ATTORNEYS = 3
WRITTEN = {
    "consultation": "id",
    "consultation_change": "consultation_id",
    "block": "consultation_id",
    "client_link": "consultation_id",
    "outbox": "consultation_id",
    "task": "consultation_id",
    "audit": "subject",
}
"""What a booking inserts, parents first, and the column that names its consultation."""

Row = tuple[Any, ...]
Batch = tuple[str, list[Row]]
"""A statement and the rows it is carried out with."""


@dataclass(frozen=True)
class Raw:
    """A connection with nothing before it; `mark` stands for a value in a statement."""

    connection: Any
    mark: str

    def rows(self, table: str, column: str, key: object) -> tuple[list[str], list[Row]]:
        found = self.connection.execute(f'SELECT * FROM "{table}" WHERE "{column}" = {self.mark} ORDER BY 1', (key,))
        names = [column[0] for column in found.description]
        return names, [tuple(Json(cell) if isinstance(cell, dict | list) else cell for cell in row) for row in found]

    def write(self, batches: list[Batch]) -> None:
        """All of it in one commit; on SQLite the write lock is taken at once, as by the service."""
        cursor = self.connection.cursor()
        if self.mark == "?":
            cursor.execute("BEGIN IMMEDIATE")
        for statement, rows in batches:
            if len(rows) == 1:
                cursor.execute(statement, rows[0])
            else:
                cursor.executemany(statement, rows)
        self.connection.commit()


def what_it_wrote(raw: Raw, booked: Consultation) -> list[Batch]:
    """The statements that write what this booking wrote, with the values that the database holds."""
    batches: list[Batch] = []
    consultation = booked.id.hex if raw.mark == "?" else booked.id
    for table, column in WRITTEN.items():
        names, rows = raw.rows(table, column, f"consultation:{booked.id}" if table == "audit" else consultation)
        columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join([raw.mark] * len(names))
        batches.append((f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', rows))
    names, people = raw.rows("person", "number", booked.attorney)
    person = dict(zip(names, people[0], strict=True))
    bump = f"UPDATE person SET version = {raw.mark}, last_assigned_at = {raw.mark} WHERE number = {raw.mark}"
    assigned = (bump, [(person["version"], person["last_assigned_at"], booked.attorney)])
    raw.connection.rollback()
    return [assigned, *(batch for batch in batches if batch[1])]


@contextmanager
def connected(url: str) -> Iterator[Raw]:
    """The driver's own connection, made and set up by the service's code."""
    engine = create_engine(url)
    prepare(engine)
    pooled = engine.raw_connection()
    yield Raw(pooled.driver_connection, "?" if engine.dialect.name == "sqlite" else "%s")
    pooled.close()
    engine.dispose()


def measure(app: Flask, databases: Databases) -> tuple[float, float, int]:
    """Median milliseconds of the use case and of raw, and how many rows one booking writes."""
    parts: Parts = app.extensions["cita"]
    firm = a_firm(app, horizon_days=60)
    for number in range(ATTORNEYS):
        firm.with_attorney(f"Attorney {number}", hours="9:00-18:00")
    intakes = [an_intake(app).id for _ in range(BOOKINGS)]
    starts = offered(parts, intakes[0]).starts[::2]
    db.session.remove()
    db.engine.dispose()
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    use_case, raw, written = [], [], 0
    with connected(databases.copy(url)) as copy, connected(url) as ours:
        for turn, intake in enumerate(intakes):
            begun = perf_counter()
            booked = book(parts, BookSlot(intake, starts[turn % len(starts)], "phone"))
            use_case.append((perf_counter() - begun) * 1000)
            db.session.remove()
            batches = what_it_wrote(ours, booked)
            written = sum(len(rows) for _statement, rows in batches)
            begun = perf_counter()
            copy.write(batches)
            raw.append((perf_counter() - begun) * 1000)
        assert everything(ours) == everything(copy)
    return median(use_case[WARM_UP:]), median(raw[WARM_UP:]), written


def sync(folder: Path) -> float:
    """Median milliseconds that this disk takes to keep a page of 4 kB."""
    found = []
    with (folder / "sync").open("wb", buffering=0) as file:
        for _turn in range(BOOKINGS):
            file.write(bytes(4096))
            begun = perf_counter()
            os.fdatasync(file.fileno())
            found.append((perf_counter() - begun) * 1000)
    return median(found)


def everything(raw: Raw) -> list[Row]:
    """All that stands in the tables that a booking writes to."""
    found = [
        row for table in ("person", *WRITTEN) for row in raw.connection.execute(f'SELECT * FROM "{table}" ORDER BY 1')
    ]
    raw.connection.rollback()
    return found


def run(kind: str, databases: Databases, folder: Path) -> bool:
    """Measure one kind of database; whether the target is reached on a disk that takes its time (ADR 10)."""
    settings: Settings = replace(settings_for(folder / kind, database_url=databases.url(kind)), clock_file=None)
    app = create_app(settings)
    with app.app_context():
        use_case, raw, rows = measure(app, databases)
        db.session.remove()
        db.engine.dispose()
    here = sync(folder)
    longer = max(0.0, DISK - here)
    ratio = (raw + longer) / (use_case + longer)
    print(
        f"booking, {kind}: raw {raw:.2f} ms ({rows} rows), use case {use_case:.2f} ms = {raw / use_case:.0%} of raw's "
        f"rate on this disk, which keeps a page in {here:.2f} ms; = {ratio:.0%} where that takes {DISK} ms "
        f"(target {TARGET:.0%})"
    )
    return ratio >= TARGET


def main() -> int:
    """Print both; 1 when one of them misses the target."""
    with tempfile.TemporaryDirectory(prefix="cita-bench-") as folder:
        databases = Databases(Path(folder))
        try:
            reached = [run(kind, databases, Path(folder)) for kind in ("sqlite", "postgresql")]
        finally:
            databases.stop()
            if databases._server is not None:  # noqa: SLF001
                remove(databases._short_folder)  # noqa: SLF001
    return 0 if all(reached) else 1


if __name__ == "__main__":
    sys.exit(main())
