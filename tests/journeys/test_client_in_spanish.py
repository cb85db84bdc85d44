"""A woman in Tijuana, with a small telephone and no script, asks in Spanish, is booked, and moves her call."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.channels.servers import Sink
from tests.journeys.letters import invitations
from tests.journeys.pages import answers, starts
from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser

FIRST = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)


def test_she_asks_is_booked_and_moves_her_call_without_script(
    app: Flask, window: Callable[..., Reader], sink: Sink
) -> None:
    she = window(script=False)
    starts(she)
    answers(she)
    is_booked(she)
    (asked,) = invitations(sink, 1)
    moves(she)
    _, changed = invitations(sink, 2)

    assert she.barriers == []
    assert (asked.method, asked.sequence, asked.start) == ("REQUEST", 0, FIRST)
    assert (changed.method, changed.sequence, changed.uid) == ("REQUEST", 1, asked.uid)
    assert changed.start != asked.start
    assert "Rosa" not in asked.summary + changed.summary


def is_booked(she: Reader) -> None:
    she.sees("Elija una hora")
    she.reads("Estas son horas de Tijuana.")
    she.looks_around()
    assert she.takes_the_time(0) == "9:00 de la mañana"
    she.chooses("¿Cómo quiere hablar?", "Llamada")
    she.presses("Guardar esta hora")
    she.sees("Su cita está guardada")
    she.reads("Miércoles, 25 de noviembre, a las 9:00 de la mañana")
    she.looks_around()
    she.presses("Ver o cambiar mi cita")


def moves(she: Reader) -> None:
    she.sees("Su cita")
    she.reads("Le llamaremos desde")
    she.looks_around()
    she.presses("Cambiar la hora")
    she.sees("¿Es usted?")
    she.looks_around()
    she.writes("Año de nacimiento", "1990")
    she.presses("Continuar")
    she.sees("Cambiar la hora")
    she.looks_around()
    she.takes_the_time(7)
    she.presses("Guardar esta hora")
    she.sees("Su cita")
    she.reads("Su nueva hora está guardada.")
    she.looks_around()
