"""A use case's one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from scheduler.models.database import WRITING, db


@contextmanager
def writing() -> Iterator[Session]:
    """
    Write in one transaction: committed at the end of the block, rolled back by any exception.

    On SQLite the write lock is taken at once; whatever this session had read before is read anew.
    """
    session = db.session()
    session.rollback()
    session.expire_all()
    session.connection(execution_options={WRITING: True})
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise


def end_reading() -> None:
    """End this session's read, so that no transaction is open while we wait for somebody else."""
    db.session.rollback()
