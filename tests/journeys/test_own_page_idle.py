"""Somebody walks away from her own page, behind the proof: it goes, and Back shows nothing that she typed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Route, expect

from scheduler.engine.states import IntakeState
from tests.builders.browser import a_booking, own_page
from tests.builders.firm import a_firm
from tests.conftest import Hands
from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser

NEUTRAL = "https://example.com/"
TYPED = "Sentinelstory"
STORY = "[name=fear_note]"


@pytest.fixture
def firm(app: Flask) -> None:
    a_firm(app, neutral_site={"": NEUTRAL}).with_attorney("Ana")


def tells_why_she_is_afraid(she: Reader, own: str) -> None:
    she.page.route(f"{NEUTRAL}**", nothing)
    she.opens(f"{own}/more/reasons")
    she.sees("¿Es usted?")
    she.page.locator("[name=birth_year]").fill("1990")
    she.presses("Continuar")
    she.sees("Por qué tiene miedo")
    she.page.wait_for_load_state()
    she.page.locator(STORY).fill(TYPED)


def nothing(route: Route) -> None:
    route.fulfill(status=200, body="the weather")


def goes_back(she: Reader) -> str:
    """What is shown on the way back, as far as it leads."""
    seen = ""
    for _step in range(4):
        she.page.go_back()
        she.page.wait_for_load_state()
        values = "Array.from(document.querySelectorAll('input,textarea'), (one) => one.value).join(' ')"
        seen += she.page.content() + str(she.page.evaluate(values))
    return seen


@pytest.fixture
def own(app: Flask) -> str:
    return own_page(app, a_booking(app, "2026-11-27T17:00", state=IntakeState.CLEARED))


def test_her_page_asks_then_goes_by_itself(window: Callable[..., Reader], hands: Hands, own: str) -> None:
    she = window()
    she.page.clock.install()
    tells_why_she_is_afraid(she, own)
    question = she.page.get_by_role("dialog")

    she.page.clock.fast_forward("58:30")
    expect(question).to_be_visible()
    found = she.inspector.barriers(she.page, has_script=False)
    hands.set(hands.now + timedelta(minutes=60))
    she.page.clock.fast_forward("01:00:30")

    expect(she.page).to_have_url(NEUTRAL, timeout=15_000)
    assert (found, TYPED in goes_back(she)) == ([], False)


def test_who_says_that_she_is_there_goes_on_with_what_she_typed(
    window: Callable[..., Reader], hands: Hands, own: str
) -> None:
    she = window()
    she.page.clock.install()
    tells_why_she_is_afraid(she, own)
    hands.set(hands.now + timedelta(minutes=59))
    she.page.clock.fast_forward("59:00")

    with she.page.expect_request("**/still-here"):
        she.page.get_by_role("button", name="Sigo aquí").click()
    she.page.wait_for_load_state("networkidle")
    hands.set(hands.now + timedelta(minutes=59))

    expect(she.page.locator(STORY)).to_have_value(TYPED)
    she.opens(f"{own}/more/people")
    she.sees("Personas con usted")


def test_without_script_it_leads_to_the_question_and_on(window: Callable[..., Reader], hands: Hands, own: str) -> None:
    she = window(script=False)
    tells_why_she_is_afraid(she, own)
    hands.set(hands.now + timedelta(seconds=60 * 60 - 5))
    she.opens(f"{own}/still-here?page=more/reasons")
    she.sees("¿Sigue ahí?")
    hands.set(hands.now + timedelta(seconds=5))

    expect(she.page).to_have_url(NEUTRAL, timeout=15_000)
    she.opens(f"{own}/more/reasons")
    she.sees("¿Es usted?")
