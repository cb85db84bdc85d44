"""A use case's one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Intake
from scheduler.models.database import WRITING, db

PATIENCE = 20.0
"""Seconds after which somebody asks SQLite itself, whose turn it ever is."""

_turn = Lock()


@contextmanager
def writing() -> Iterator[Session]:
    """
    Write in one transaction: committed at the end of the block, rolled back by any exception.

    On SQLite the write lock is taken at once; whatever this session had read before is read anew.
    """
    session = db.session()
    session.rollback()
    session.expire_all()
    with _in_turn(session):
        session.connection(execution_options={WRITING: True})
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


@contextmanager
def _in_turn(session: Session) -> Iterator[None]:
    """
    On SQLite the threads of a process write one after the other.

    Who waits here is woken in turn; who waits for the file looks again every tenth of a second, and in a rush in vain.
    """
    waited = session.get_bind().dialect.name == "sqlite" and _turn.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if waited:
            _turn.release()


def keep(session: Session, intake_id: UUID | None) -> None:
    """
    Keep an intake as it is while rows about it are written: its row is locked before them, and after people's.

    Who ends an intake locks it whole and then those rows; without this each would wait for the other (PostgreSQL).
    """
    session.execute(select(Intake.id).where(Intake.id == intake_id).with_for_update(read=True, key_share=True))


def end_reading() -> None:
    """End this session's read, so that no transaction is open while we wait for somebody else."""
    db.session.rollback()
