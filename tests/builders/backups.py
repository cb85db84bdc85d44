"""Words for backups: one that is made, another house into which it is brought, what a thief could do by hand."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from config import Settings
from scheduler.app import create_app
from scheduler.casework.archive import reading
from scheduler.casework.keyring import Keyring
from scheduler.casework.parts import Parts
from scheduler.models import Base, db
from tests.builders.databases import Databases
from tests.commands.typing import Said, typed


def made(app: Flask, folder: Path, *, keys: bool = False) -> Path:
    """A backup of the database, or of the keys."""
    file = folder / ("keys.cita" if keys else "database.cita")
    file.unlink(missing_ok=True)
    said = typed(app, "backup", str(file), *(["--keys"] if keys else []))
    if said.code:
        raise AssertionError(said.text)
    return file


@dataclass(frozen=True)
class Houses:
    """Places into which a backup can be brought."""

    settings: Settings
    databases: Databases
    kind: str
    folder: Path

    @contextmanager
    def another(self, kind: str = "", **changes: Any) -> Iterator[Flask]:
        """The same service with an empty database, and the data folder it had where no other is given."""
        new: dict[str, Any] = {"database_url": self.databases.url(kind or self.kind), **changes}
        app = create_app(replace(self.settings, **new))
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()

    def elsewhere(self, **changes: Any) -> AbstractContextManager[Flask]:
        """One with nothing: no database, no keystore."""
        return self.another(data=self.folder / "elsewhere", **changes)


def restored(app: Flask, file: Path, *words: str) -> Said:
    """Type `restore`."""
    return typed(app, "restore", str(file), *words)


def unpacked(file: Path, ring: Keyring) -> int:
    """Put the keys of a backup into a keystore by hand, past every check; how many there were."""
    ring.folder.mkdir(parents=True, exist_ok=True)
    with reading(file, ring) as members:
        found = {name: content.read() for name, content in members if name.endswith(".key")}
    for name, content in found.items():
        (ring.folder / name).write_bytes(content)
    return len(found)


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    db.session.rollback()
    tables = Base.metadata.sorted_tables
    return {table.name: sorted(map(tuple, db.session.execute(select(table))), key=repr) for table in tables}


def parts_of(app: Flask) -> Parts:
    found: Parts = app.extensions["cita"]
    return found
