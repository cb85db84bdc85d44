"""She leaves while a file of hers is on its way, and the page she is taken to is slow: nothing brings ours back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Route

from scheduler.engine.file_kinds import MEGABYTE
from scheduler.engine.states import IntakeState
from tests.builders.browser import a_booking, own_page
from tests.builders.files import RECORDING
from tests.builders.firm import a_firm
from tests.journeys.pages import proves_who_she_is
from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser

NEUTRAL = "https://example.com/"
VOICE = RECORDING + bytes(2 * MEGABYTE)
A_MOMENT = 1500
"""Milliseconds in which our script would have come back."""


@pytest.fixture
def own(app: Flask) -> str:
    a_firm(app, neutral_site={"": NEUTRAL}).with_attorney("Ana")
    return own_page(app, a_booking(app, "2026-11-27T17:00", state=IntakeState.CLEARED))


def held(kept: list[Route]) -> Callable[[Route], None]:
    """What is asked waits there until somebody answers it."""

    def hold(route: Route) -> None:
        kept.append(route)

    return hold


def test_who_leaves_while_a_file_is_on_its_way_is_not_brought_back(
    window: Callable[..., Reader], own: str, tmp_path: Path
) -> None:
    (tmp_path / "voice.ogg").write_bytes(VOICE)
    she, slow, pieces, asked = window(), list[Route](), list[Route](), list[str]()
    she.opens(own)
    proves_who_she_is(she)
    she.opens(f"{own}/files")
    she.page.route(f"{NEUTRAL}**", held(slow))
    she.page.route("**/files/*/1", held(pieces))
    she.page.get_by_label("Elija fotos, PDF o grabaciones").set_input_files(tmp_path / "voice.ogg")
    with she.page.expect_request("**/files/*/1"):
        she.presses("Enviar")
    she.page.on("request", lambda one: asked.append(one.url) if one.is_navigation_request() else None)

    she.page.locator("#leave button").click(no_wait_after=True)
    she.page.wait_for_timeout(A_MOMENT)
    pieces[0].continue_()
    she.page.wait_for_timeout(A_MOMENT)

    assert asked == [NEUTRAL]
