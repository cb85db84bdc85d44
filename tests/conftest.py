"""What every test may ask for: a service on a real database with a clock that can be moved, and no network."""

import io
import logging
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import coverage
import pytest
from flask import Flask

from config import Settings
from scheduler.app import create_app
from scheduler.casework.parts import Parts
from scheduler.models import db
from tests.builders.databases import Databases, remove
from tests.builders.settings import settings_for

MEASURED = "measured"
"""The property of a test that says what it measured."""

TUESDAY = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
"""Tuesday, 24 November 2026, 9 in the morning in Los Angeles and Tijuana."""


def pytest_sessionfinish() -> None:
    """What was covered is kept before a worker says that it has finished: who is slow to leave then is ended."""
    measured = coverage.Coverage.current()
    if measured is not None:
        measured.save()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was measured, whichever process measured it."""
    for report in terminalreporter.stats.get("passed", ()):
        for name, said in report.user_properties:
            if name == MEASURED:
                terminalreporter.write_line(f"{report.nodeid.rpartition('/')[2]}: {said}")


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    made = Databases(tmp_path_factory.mktemp("databases"))
    yield made
    made.stop()
    if made._server is not None:
        remove(made._short_folder)


@pytest.fixture
def database_kind() -> str:
    """SQLite; a test that must hold on both asks for `on_both` instead."""
    return "sqlite"


on_both = pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"])


class Hands:
    """The hands of a clock: `set` them, or `go_on` by minutes."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.set(TUESDAY)

    def set(self, instant: datetime) -> None:
        fresh = self.file.with_suffix(".new")
        fresh.write_text(instant.isoformat())
        fresh.replace(self.file)

    @property
    def now(self) -> datetime:
        return datetime.fromisoformat(self.file.read_text())


@pytest.fixture
def hands(tmp_path: Path) -> Hands:
    return Hands(tmp_path / "clock")


@pytest.fixture
def settings(tmp_path: Path, databases: Databases, database_kind: str, hands: Hands) -> Settings:
    return settings_for(tmp_path / "var", database_url=databases.url(database_kind), clock_file=hands.file)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def parts(app: Flask) -> Parts:
    found: Parts = app.extensions["cita"]
    return found


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse any socket but loopback's."""
    connect = socket.socket.connect

    def only_loopback(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            pytest.fail(f"a test reached for {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_loopback)


@pytest.fixture
def spoken() -> Iterator[io.StringIO]:
    """Everything that any of our parts or libraries says to the logs, however quietly."""
    stream = io.StringIO()
    handler, root = logging.StreamHandler(stream), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)
