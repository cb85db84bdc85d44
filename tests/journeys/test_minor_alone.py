"""A girl of fifteen is alone in Tijuana: she gets a time, and the desk sees at once that she is a child."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.journeys import pages
from tests.journeys.desk import signs_in
from tests.journeys.pages import answers, instead, starts
from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser

MOST = 29


def test_she_gets_a_time_and_the_desk_sees_that_she_is_a_child(
    app: Flask, window: Callable[..., Reader], weighed: Callable[[Reader, int], bool]
) -> None:
    she = window()
    starts(she)
    answers(she, instead(about=about))
    is_booked(she)
    robin = signs_in(app, window, "receptionist")
    robin.goes_to("Consultations")
    robin.page.get_by_role("row").get_by_role("link").click()
    robin.presses("The client’s answers")
    robin.reads("child: a trained person calls")
    robin.reads("child without an adult")
    robin.looks_around()

    assert she.barriers + robin.barriers == []
    assert weighed(she, MOST)


def about(she: Reader) -> None:
    """She leaves out with whom she is, and is asked once more."""
    pages.about(she, given="Luz", family="Xol Caal", born="2011")
    she.presses("Continuar")
    expect(she.page.locator("#errors")).to_be_focused()
    she.looks_around()
    she.page.locator("#errors").get_by_role("link").first.click()
    expect(she.group("¿Con quién está usted?").get_by_role("radio").first).to_be_focused()
    she.chooses("¿Con quién está usted?", "Solo/a o solo con otros menores")


def is_booked(she: Reader) -> None:
    she.sees("Elija una hora")
    she.takes_the_time(0)
    she.chooses("¿Cómo quiere hablar?", "Llamada")
    she.presses("Guardar esta hora")
    she.sees("Su cita está guardada")
    she.looks_around()
