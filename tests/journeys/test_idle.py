"""Somebody walks away from her telephone: the page asks, then goes, with script and without."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Route, expect

from tests.builders.firm import a_firm
from tests.conftest import Hands
from tests.journeys.pages import language, safety, who
from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser

NEUTRAL = "https://example.com/"


@pytest.fixture
def firm(app: Flask) -> None:
    a_firm(app, neutral_site={"": NEUTRAL}).with_attorney("Ana")


def opens_a_page(she: Reader) -> None:
    she.page.route(f"{NEUTRAL}**", nothing)
    she.opens("/")
    she.presses("Empezar")
    for page in (safety, who, language):
        page(she)
        she.presses("Continuar")
    she.sees("Formas seguras de comunicarnos")
    she.page.wait_for_load_state()


def nothing(route: Route) -> None:
    route.fulfill(status=200, body="the weather")


def test_the_page_asks_then_goes_by_itself(window: Callable[..., Reader], hands: Hands) -> None:
    she = window()
    she.page.clock.install()
    opens_a_page(she)
    question = she.page.get_by_role("dialog")
    expect(question).to_be_hidden()

    she.page.clock.fast_forward("58:30")
    expect(question).to_be_visible()
    found = she.inspector.barriers(she.page, has_script=False)
    she.page.clock.fast_forward("02:00")

    expect(she.page).to_have_url(NEUTRAL)
    hands.set(hands.now + timedelta(minutes=60))
    she.opens("/apply/language")
    she.sees("¿Es seguro hacer esto ahora?")
    assert found == []


def test_who_says_that_she_is_there_goes_on_with_what_she_typed(window: Callable[..., Reader], hands: Hands) -> None:
    she = window()
    she.page.clock.install()
    opens_a_page(she)
    she.chooses("¿Cuál es la forma más segura de comunicarnos con usted?", "Mensaje de texto")
    she.writes("Número", "664 123 4567")
    hands.set(hands.now + timedelta(minutes=59))
    she.page.clock.fast_forward("59:00")

    with she.page.expect_request("**/apply/still-here") as told:
        she.page.get_by_role("button", name="Sigo aquí").click()

    assert told.value.method == "POST"
    expect(she.page.get_by_role("dialog")).to_be_hidden()
    expect(she.page.get_by_role("textbox", name="Número")).to_have_value("664 123 4567")
    she.page.wait_for_load_state("networkidle")
    hands.set(hands.now + timedelta(minutes=59))
    she.opens("/apply/contact")
    she.sees("Formas seguras de comunicarnos")


def test_without_script_the_page_leads_to_the_question_and_on(window: Callable[..., Reader], hands: Hands) -> None:
    she = window(script=False)
    opens_a_page(she)
    hands.set(hands.now + timedelta(seconds=60 * 60 - 5))
    she.opens("/apply/still-here?page=contact")
    she.sees("¿Sigue ahí?")
    hands.set(hands.now + timedelta(seconds=5))

    expect(she.page).to_have_url(NEUTRAL, timeout=15_000)
    she.opens("/apply/contact")
    she.sees("¿Es seguro hacer esto ahora?")
