"""The booking use case against raw: the same rows in the same number of commits by the driver alone, interleaved."""

import sqlite3
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Protocol
from uuid import UUID

import psycopg
from flask import Flask
from psycopg.types.json import Json
from sqlalchemy.engine import make_url

from config import Settings
from scheduler.app import create_app
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.openings import offered
from scheduler.casework.parts import Parts
from scheduler.models import Consultation, db
from tests.builders.databases import Databases, remove
from tests.builders.firm import a_firm, an_intake
from tests.builders.settings import settings_for

TARGET = 0.4
BOOKINGS, WARM_UP = 200, 30
ATTORNEYS = 3
TABLES = {
    "consultation": "id",
    "consultation_change": "consultation_id",
    "block": "consultation_id",
    "client_link": "consultation_id",
    "outbox": "consultation_id",
    "task": "consultation_id",
    "audit": "subject",
}
"""What a booking writes, parents first, and the column that names its consultation."""

Row = tuple[Any, ...]
Statement = tuple[str, Row]


class Driver(Protocol):
    """The same database, spoken to without anything in between; `mark` stands for a value in a statement."""

    mark: str

    def rows(self, statement: str, consultation: UUID | str) -> tuple[list[str], list[Row]]: ...
    def write(self, statements: list[Statement]) -> None: ...


@dataclass
class Sqlite:
    """Safe as the service's own connections are; the write lock is taken at once."""

    connection: sqlite3.Connection
    mark: str = "?"

    @classmethod
    def of(cls, url: str) -> "Sqlite":
        connection = sqlite3.connect(str(make_url(url).database), isolation_level=None)
        for pragma in ("busy_timeout=20000", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
        return cls(connection)

    def rows(self, statement: str, consultation: UUID | str) -> tuple[list[str], list[Row]]:
        key = consultation.hex if isinstance(consultation, UUID) else consultation
        found = self.connection.execute(statement, (key,))
        return [column[0] for column in found.description], found.fetchall()

    def write(self, statements: list[Statement]) -> None:
        self.connection.execute("BEGIN IMMEDIATE")
        for statement, row in statements:
            self.connection.execute(statement, row)
        self.connection.execute("COMMIT")


@dataclass
class Postgresql:
    """One transaction, every row by a statement that is prepared once it has been used a few times."""

    connection: psycopg.Connection[Row]
    mark: str = "%s"

    @classmethod
    def of(cls, url: str) -> "Postgresql":
        return cls(psycopg.connect(url.replace("+psycopg", "").replace("postgres:@", "postgres@"), autocommit=True))

    def rows(self, statement: str, consultation: UUID | str) -> tuple[list[str], list[Row]]:
        found = self.connection.execute(statement, (consultation,))
        names = [column.name for column in found.description or ()]
        return names, [tuple(Json(cell) if isinstance(cell, (dict, list)) else cell for cell in row) for row in found]

    def write(self, statements: list[Statement]) -> None:
        with self.connection.transaction():
            for statement, row in statements:
                self.connection.execute(statement, row)


def again(driver: Driver, booked: Consultation) -> list[Statement]:
    """Take out what the booking wrote, and return the statements that write the same rows once more."""
    writes: list[Statement] = []
    removals: list[Statement] = []
    for table, column in TABLES.items():
        key = f"consultation:{booked.id}" if table == "audit" else booked.id
        names, rows = driver.rows(f'SELECT * FROM "{table}" WHERE {column} = {driver.mark}', key)
        columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join([driver.mark] * len(names))
        writes += [(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', row) for row in rows]
        first = f'DELETE FROM "{table}" WHERE "{names[0]}" = {driver.mark}'
        removals = [*((first, (row[0],)) for row in rows), *removals]
    driver.write(removals)
    bump = f"UPDATE person SET version = version + 1 WHERE number = {driver.mark}"
    return [(bump, (booked.attorney,)), *writes]


def measure(app: Flask, driver: Driver) -> tuple[float, float, int]:
    """Median milliseconds of the use case and of raw, and how many rows one booking writes."""
    parts: Parts = app.extensions["cita"]
    firm = a_firm(app, horizon_days=60)
    for number in range(ATTORNEYS):
        firm.with_attorney(f"Attorney {number}", hours="9:00-18:00")
    intakes = [an_intake(app).id for _ in range(BOOKINGS)]
    starts = offered(parts, intakes[0]).starts[::2]
    use_case, raw, written = [], [], 0
    for turn, intake in enumerate(intakes):
        begun = perf_counter()
        booked = book(parts, BookSlot(intake, starts[turn % len(starts)], "phone"))
        use_case.append((perf_counter() - begun) * 1000)
        db.session.remove()
        statements = again(driver, booked)
        written = len(statements)
        begun = perf_counter()
        driver.write(statements)
        raw.append((perf_counter() - begun) * 1000)
    return median(use_case[WARM_UP:]), median(raw[WARM_UP:]), written


def run(kind: str, databases: Databases, folder: Path) -> bool:
    """Measure one kind of database; whether the target is reached."""
    url = databases.url(kind)
    settings: Settings = replace(settings_for(folder / kind, database_url=url), clock_file=None)
    app = create_app(settings)
    with app.app_context():
        driver = Sqlite.of(url) if kind == "sqlite" else Postgresql.of(url)
        use_case, raw, rows = measure(app, driver)
        driver.connection.close()
        db.session.remove()
        db.engine.dispose()
    ratio = raw / use_case
    print(
        f"booking, {kind}: raw {raw:.2f} ms ({rows} statements), use case {use_case:.2f} ms "
        f"= {ratio:.0%} of raw's rate (target {TARGET:.0%})"
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
