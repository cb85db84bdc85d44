"""A backup of the database and the uploads, which holds no key, and how it is brought back."""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from sqlalchemy import Connection, Table, delete, func, insert, select
from sqlalchemy.orm import Session

from scheduler.casework import purging, values
from scheduler.casework.archive import NoArchive, Writer, reading
from scheduler.casework.keyring import Keyring
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import end_reading, writing
from scheduler.models import Audit, Base, Firm, Intake, Staff, db

ROWS = 500
"""Rows of a table in one file of the archive."""

DATABASE, UPLOADS, MANIFEST = "database", "uploads", "manifest.json"
"""The folders of the archive, and the file at its end that says what must be in it."""


class NotEmpty(Exception):
    """The database is in use: it has a firm, staff, intakes or an audit; a backup goes into an empty one."""


class OtherRevision(Exception):
    """The backup is of another version's tables; the message is its revision."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: of which revision, and how many rows and uploads there are."""

    revision: str
    rows: Mapping[str, int]
    uploads: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore has done: rows, intakes that were purged after the backup, and those whose key is not here."""

    rows: int
    purged_again: int
    without_key: int


def back_up(parts: Parts, path: Path, revision: str) -> Manifest:
    """Write the database as it is at one instant, and the uploads, while the service goes on."""
    counts: dict[str, int] = {}
    with Writer(path, parts.keyring) as archive:
        with _at_one_instant() as connection:
            for table in Base.metadata.sorted_tables:
                for number, rows in enumerate(_dumped(connection, table)):
                    counts[table.name] = counts.get(table.name, 0) + values.count(rows)
                    archive.add(f"{DATABASE}/{table.name}/{number:06}.json", rows)
        files = sorted(file for file in parts.uploads.rglob("*") if file.is_file())
        added = [archive.add_file(f"{UPLOADS}/{file.relative_to(parts.uploads).as_posix()}", file) for file in files]
        manifest = Manifest(revision, counts, sum(added))
        archive.add(MANIFEST, json.dumps(asdict(manifest), sort_keys=True).encode())
    return manifest


def check(keyring: Keyring, path: Path) -> Manifest:
    """
    Read a backup to its end and see that all is there.

    Raises:
        NoArchive: It is none, was cut off or changed, or something is missing.
        WrongMasterKey: CITA_KEYS does not hold its key.
    """
    rows: dict[str, int] = {}
    uploads, manifest = 0, None
    with reading(path, keyring) as members:
        for name, content in members:
            table = _rows_of(name)
            if table is not None:
                rows[table] = rows.get(table, 0) + values.count(content.read())
            elif name.startswith(f"{UPLOADS}/"):
                uploads += 1
            elif name == MANIFEST:
                manifest = Manifest(**json.load(content))
    if manifest is None or uploads != manifest.uploads or rows != manifest.rows:
        raise NoArchive
    return manifest


def restore(parts: Parts, path: Path, revision: str) -> Restored:
    """
    Bring a backup back into an empty database; what was purged after it stays purged.

    Raises:
        NoArchive, WrongMasterKey: As for `check`; nothing was changed.
        OtherRevision: Its tables are another version's.
        NotEmpty: The database is in use.
        LedgerBroken: The ledger was tampered with, so that nobody knows what was purged.
    """
    manifest, gone = check(parts.keyring, path), parts.keyring.ledger.names()
    if manifest.revision != revision:
        raise OtherRevision(manifest.revision)
    with writing() as session:
        _make_room(session)
        with reading(path, parts.keyring) as members:
            for name, content in members:
                _bring_back(session, parts.uploads, name, content, gone)
        session.expire_all()
        purged_again = purging.replay(session, parts, gone)
    parts.keyring.replay()
    purging.finish(parts)
    return Restored(sum(manifest.rows.values()), purged_again, _without_key(parts))


def _at_one_instant() -> Connection:
    """A connection that reads what was so at its first read, whatever is written meanwhile."""
    connection = db.engine.connect()
    if connection.dialect.name == "postgresql":
        return connection.execution_options(isolation_level="REPEATABLE READ")
    return connection


def _dumped(connection: Connection, table: Table) -> Iterator[bytes]:
    names = [column.name for column in table.columns]
    result = connection.execution_options(yield_per=ROWS).execute(select(table))
    return (values.write(names, part) for part in result.partitions())


def _rows_of(name: str) -> str | None:
    """The table whose rows a file of the archive holds."""
    folder, _, rest = name.partition("/")
    return rest.partition("/")[0] if folder == DATABASE else None


def _make_room(session: Session) -> None:
    """Take away what the migrations have put into an empty database; one in use is refused."""
    for table in (Firm, Staff, Intake, Audit):
        if session.scalar(select(func.count()).select_from(table)):
            raise NotEmpty
    for rows in reversed(Base.metadata.sorted_tables):
        session.execute(delete(rows))


def _bring_back(session: Session, uploads: Path, name: str, content: IO[bytes], gone: frozenset[str]) -> None:
    table, path = _rows_of(name), PurePosixPath(name)
    if table is not None:
        session.connection().execute(insert(Base.metadata.tables[table]), values.read(content.read()))
    elif path.parts[0] == UPLOADS and ".." not in path.parts and not gone.intersection((*path.parts, path.stem)):
        file = uploads.joinpath(*path.parts[1:])
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            shutil.copyfileobj(content, out)


def _without_key(parts: Parts) -> int:
    """How many intakes are there whose answers nobody can open, though they were not purged."""
    there = select(Intake.id).where(Intake.contact.is_not(None))
    names = set(parts.keyring.names())
    missing = sum(str(intake_id) not in names for intake_id in db.session.scalars(there))
    end_reading()
    return missing
