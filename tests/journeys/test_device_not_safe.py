"""Somebody who is not sure that her telephone is safe: advice first, no link, no letter; a person calls."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import expect

from config import Settings
from tests.channels.servers import Sink
from tests.journeys.desk import signs_in
from tests.journeys.letters import invitations
from tests.journeys.pages import answers, instead, safety
from tests.journeys.pages import contact as may_be_written_to
from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser

MOST = 29


def test_she_is_advised_gets_a_time_and_nothing_is_sent_to_her(
    app: Flask, window: Callable[..., Reader], sink: Sink, settings: Settings, weighed: Callable[[Reader, int], bool]
) -> None:
    she = window()
    is_advised(she)
    answers(she, instead(contact=contact)[1:])
    is_booked(she)
    kept = she.page.locator("main a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    invitations(sink, 1)
    robin = signs_in(app, window, "receptionist")
    robin.goes_to("Tasks")
    robin.reads("Tell her by phone: no message may be sent")

    assert she.barriers == []
    assert weighed(she, MOST)
    assert kept == []
    assert len(sink.envelopes) == 1
    assert not (settings.data / "texts").exists()


def is_advised(she: Reader) -> None:
    she.opens("/")
    she.presses("Empezar")
    safety(she, device="No estoy seguro/a")
    she.presses("Continuar")
    she.sees("Una forma más segura")
    she.reads("borrar todo puede parecer raro, así que quite solo esta página.")
    she.looks_around()
    she.presses("Seguir de todos modos")


def contact(she: Reader) -> None:
    """She says that we may write; from such a telephone that does not count, and nothing can be finished later."""
    may_be_written_to(she)
    she.reads("Solo llámenos con este número:")
    expect(she.page.get_by_role("link", name="Terminar después")).to_have_count(0)


def is_booked(she: Reader) -> None:
    she.sees("Elija una hora")
    she.looks_around()
    she.takes_the_time(0)
    she.chooses("¿Cómo quiere hablar?", "Llamada")
    she.presses("Guardar esta hora")
    she.sees("Su cita está guardada")
    she.reads("No le enviaremos mensajes. Una persona le llamará en las horas que son seguras para usted.")
    she.looks_around()
