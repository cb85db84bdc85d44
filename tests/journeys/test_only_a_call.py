"""Somebody who only wants to be called, and goes on with nothing more than a number."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.journeys.desk import signs_in
from tests.journeys.pages import PAGES, answers, starts
from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser

MOST = 12
FIRST_THREE = PAGES[:3]


def test_who_leaves_a_number_is_told_by_when_she_is_called_and_waits_on_the_desk_s_list(
    app: Flask, window: Callable[..., Reader], weighed: Callable[[Reader, int], bool]
) -> None:
    she = window(script=False)
    starts(she)
    answers(she, FIRST_THREE, sends=False)
    asks_for_a_call(she)
    robin = signs_in(app, window, "receptionist")
    robin.reads("wants a call")
    robin.looks_around()
    robin.goes_to("Tasks")
    robin.reads("Call her back")
    robin.looks_around()

    assert she.barriers + robin.barriers == []
    assert weighed(she, MOST)


def asks_for_a_call(she: Reader) -> None:
    she.sees("Formas seguras de comunicarnos")
    she.presses("Mejor llámenme")
    she.sees("Mejor llámenme")
    she.presses("Pedir una llamada")
    she.reads("Escriba el número completo con el país.")
    she.looks_around()
    she.picks("País", "México +52", within="Número de teléfono")
    she.writes("Número", "664 123 4567")
    she.writes("¿Por quién debemos preguntar? (opcional)", "Rosa")
    she.presses("Pedir una llamada")
    she.sees("Gracias")
    she.reads("Una persona le contactará antes")
    she.looks_around()
