"""The database: the base of every table, instants in UTC, names of constraints, and how each connection begins."""

from collections.abc import Callable
from datetime import UTC, datetime
from select import POLLIN, poll
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Engine, LargeBinary, MetaData, String, Uuid, event
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Session, make_transient_to_detached, registry
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
WRITING = "cita_writing"


class NaiveInstant(Exception):
    """An instant without a zone was about to be stored."""


def in_utc(value: datetime) -> datetime:
    """
    The instant by the clock of UTC.

    Raises:
        NaiveInstant: It has no zone.
    """
    if value.tzinfo is None:
        raise NaiveInstant(value)
    return value if value.tzinfo is UTC else value.astimezone(UTC)


def _as_text(value: datetime | None) -> str | None:
    return None if value is None else in_utc(value).isoformat(" ", "microseconds")[:26]


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant; stored in UTC, read back aware."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else in_utc(value)

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], str | datetime | None] | None:
        """On SQLite straight to the text that SQLAlchemy would store; it is called for every instant of a booking."""
        return _as_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every table."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={
            datetime: UtcDateTime,
            UUID: Uuid,
            bytes: LargeBinary,
            str: String,
            dict[str, Any]: JSON,
            list[str]: JSON,
            list[int]: JSON,
        },
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def columns(row: Base) -> dict[str, Any]:
    """What a new row holds, for an insert past the mapper; what it does not say gets its default."""
    return {name: value for name, value in vars(row).items() if name != "_sa_instance_state"}


def adopt(session: Session, row: Base) -> None:
    """Let the session know a row that was inserted past the mapper, as if it had been read."""
    make_transient_to_detached(row)
    session.add(row)


def prepare(engine: Engine) -> None:
    """Hang on what every connection of this engine needs to be safe."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _pragmas)
        event.listen(engine, "begin", _begin)
    else:
        event.listen(engine, "checkout", _refuse_a_dead_one)


def _pragmas(connection: Any, _record: object) -> None:
    """Durable, patient, and forgetting what is deleted; transactions are begun by us."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "busy_timeout=20000",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _refuse_a_dead_one(connection: Any, _record: object, _proxy: object) -> None:
    """
    A server that goes away says so, and nothing else is said on a connection at rest: no question need be asked of it.

    Raises:
        DisconnectionError: Something is said; the pool takes another connection.
    """
    heard = poll()
    heard.register(connection.fileno(), POLLIN)
    if connection.closed or heard.poll(0):
        raise DisconnectionError


def _begin(connection: Connection) -> None:
    """A write takes the lock at once: a read that turns into a write would not wait for it."""
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def shorten_log(engine: Engine) -> bool:
    """Bring SQLite's log into the file and empty it, so that it holds no older pages; False while somebody reads."""
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        row = cursor.fetchone()
        cursor.close()
    finally:
        connection.close()
    return row is not None and not row[0]
