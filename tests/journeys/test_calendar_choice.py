"""The address of a calendar server is typed and calendars are chosen: nothing on these pages is in anybody's way."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from config import Settings
from tests.builders.radicale import PASSWORD, USER, Radicale, radicale
from tests.journeys.desk import signs_in
from tests.journeys.inspector import barriers
from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser

ADDRESS = "Its secret address, or that of its CalDAV server, with https. It is never shown again."


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Radicale]:
    """A server of two calendars."""
    with radicale(tmp_path / "radicale") as server:
        server.make("/ana/home/")
        yield server


@pytest.fixture
def settings(settings: Settings, server: Radicale) -> Settings:
    """The service of this test may ask it."""
    return replace(settings, fetch_allow=frozenset({server.server}))


def test_nothing_is_in_her_way_from_the_address_to_the_calendar(
    server: Radicale, app: Flask, firm: None, window: Callable[..., Reader]
) -> None:
    she = signs_in(app, window, "receptionist")
    she.opens("/desk/calendars")
    found = barriers(she.page)
    she.picks("Kind", "CalDAV server")
    she.writes(ADDRESS, f"http://{server.server}/")
    she.writes("Name at that server, if it wants one", USER)
    she.writes("Password there (better one for this program alone)", PASSWORD)

    she.presses("Read it and add it")
    she.reads("Which of them?")
    found += barriers(she.page)
    she.ticks("ana/work")
    she.presses("Read them and add them")
    she.reads("Last read well")

    assert found + barriers(she.page) == []
