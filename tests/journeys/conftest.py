"""A service that runs, with its jobs process and a mail server, and a browser to walk through it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright

from config import Settings
from tests.builders.databases import Databases
from tests.builders.firm import a_firm
from tests.builders.jobs import start_jobs
from tests.builders.mail import mailing_to
from tests.builders.servers import free_port
from tests.builders.web import web
from tests.channels.servers import Sink
from tests.conftest import MEASURED, Hands
from tests.journeys.inspector import Inspector
from tests.journeys.reader import Reader

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000
PAGE, WHOLE = 14_000, 90_000
"""Bytes, compressed, that one page and one journey may take."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        missing = "no chromium here: journeys need Debian's package of that name"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture
def settings(tmp_path: Path, databases: Databases, hands: Hands, sink: Sink) -> Iterator[Settings]:
    port = free_port()
    where = {"port": port, "base_url": f"http://127.0.0.1:{port}", "database_url": databases.url("sqlite")}
    with mailing_to(sink, tmp_path / "var", clock_file=hands.file, **where) as settings:
        yield settings


@pytest.fixture
def firm(app: Flask) -> None:
    """Two attorneys in Los Angeles who speak Spanish and English."""
    a_firm(app).with_attorney("Ana").with_attorney("Eva")


@pytest.fixture
def service(chromium: Browser, settings: Settings, firm: None, tmp_path: Path) -> Iterator[str]:
    """Web and jobs, running; the address for browsers. Where there is no browser nothing is started."""
    with web(settings):
        jobs = start_jobs(settings, tmp_path / "jobs.log")
        try:
            yield settings.base_url
        finally:
            jobs.terminate()
            jobs.wait(timeout=20)


@pytest.fixture
def window(chromium: Browser, service: str, inspector: Inspector) -> Iterator[Callable[..., Reader]]:
    """Opens windows on the service; by default a telephone's."""
    opened = []

    def open_window(*, width: int = 360, height: int = 640, script: bool = True, language: str = "es-MX") -> Reader:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            locale=language,
            ignore_https_errors=True,
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return Reader(context.new_page(), service, inspector, script)

    yield open_window
    for context in opened:
        context.close()


@pytest.fixture
def weighed(record_property: Callable[[str, object], None]) -> Callable[[Reader, int], bool]:
    """Whether she needed no more answers and bytes than she should; what it was is told at the end of the tests."""

    def weigh(she: Reader, most: int) -> bool:
        weights = she.weights()
        said = f"{len(she.said)} answers of {most}, {sum(weights):,} bytes, at most {max(weights):,} at once"
        record_property(MEASURED, said)
        return len(she.said) <= most and sum(weights) <= WHOLE and max(weights) <= PAGE

    return weigh


@pytest.fixture
def inspector(chromium: Browser) -> Iterator[Inspector]:
    made = Inspector(chromium)
    yield made
    made.close()
