"""One active jobs process a database: a lock that ends with the process that holds it."""

import fcntl
import logging
import os
from pathlib import Path
from threading import Event
from typing import Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

ASK_EVERY = 1.0
"""Seconds between two looks of a process that waits."""

LOCK = 0x4A4F4253

log = logging.getLogger(__name__)


class Leader(Protocol):
    """The right to be the active process."""

    def take(self) -> bool:
        """Whether it is ours, now or since before; never waits."""
        ...

    def give_back(self) -> None:
        """Let another process have it."""
        ...


class FileLeader:
    """A locked file beside the SQLite database; the system unlocks it when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self) -> bool:
        """Whether the file is locked by us."""
        if self._file is not None:
            return True
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        self._file = file
        return True

    def give_back(self) -> None:
        """Unlock the file, which stays: who removed it could let two in."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


class SessionLeader:
    """An advisory lock of a PostgreSQL session that does nothing else."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def take(self) -> bool:
        """Whether the session holds the lock; a session that broke is replaced by a new one, which asks anew."""
        try:
            if self._connection is None:
                return self._ask()
            self._connection.execute(text("SELECT 1"))
        except DBAPIError:
            self.give_back()
            return False
        return True

    def give_back(self) -> None:
        """End the session."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

    def _ask(self) -> bool:
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self._connection = connection
        if connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": LOCK}):
            return True
        self.give_back()
        return False


def leader_of(engine: Engine) -> Leader:
    """The lock that belongs to this database."""
    if engine.dialect.name == "sqlite":
        return FileLeader(Path(f"{engine.url.database}.jobs-lock"))
    return SessionLeader(engine)


def wait_for(leader: Leader, stopped: Event) -> bool:
    """Wait until we are the active process; False where we were asked to stop meanwhile."""
    if not stopped.is_set() and not leader.take():
        log.warning("Another jobs process is active; this one waits until it ends.")
        while not stopped.wait(ASK_EVERY) and not leader.take():
            pass
    return not stopped.is_set()
