"""A house of one attorney, whose calendar another server keeps."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.channels.fetch import Fetcher
from tests.builders.feeds import Feed, feeding
from tests.builders.firm import AFirm, a_firm
from tests.builders.ics import calendar
from tests.builders.imported import FRIDAY
from tests.builders.staff import a_login, who_is


@pytest.fixture
def feed() -> Iterator[Feed]:
    with feeding(ana=calendar(FRIDAY).encode()) as feed:
        yield feed


@pytest.fixture
def parts(app: Flask, feed: Feed) -> Parts:
    """The parts of the service, which may ask the test's server."""
    app.extensions["cita"] = replace(app.extensions["cita"], fetcher=Fetcher(frozenset({feed.server}), seconds=20))
    return app.extensions["cita"]  # type: ignore[no-any-return]


@pytest.fixture
def house(app: Flask, parts: Parts) -> AFirm:
    return a_firm(app).with_attorney("Ana")


@pytest.fixture
def lea(house: AFirm) -> SignedIn:
    return who_is(a_login(house.app))
