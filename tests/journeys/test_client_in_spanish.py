"""A woman in Tijuana, with a small telephone and no script, asks in Spanish, is booked, and moves her call."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.channels.servers import Sink
from tests.journeys.letters import invitations
from tests.journeys.reader import Inspector, Reader

pytestmark = pytest.mark.browser

FIRST = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)


def safety(she: Reader) -> None:
    she.sees("¿Es seguro hacer esto ahora?")
    she.chooses("¿Es seguro usar este teléfono o computadora ahora?", "Sí, puedo usarlo sin peligro")
    she.chooses("¿Está usted, o alguien con usted, en peligro hoy?", "No")
    she.photographs("question-360")


def who(she: Reader) -> None:
    she.sees("¿Quién necesita ayuda?")
    she.chooses("¿Quién necesita ayuda legal?", "Yo")


def language(she: Reader) -> None:
    she.sees("Su idioma")
    she.picks("¿Qué idioma habla mejor?", "Español")


def contact(she: Reader) -> None:
    she.sees("Formas seguras de comunicarnos")
    she.chooses("¿Cuál es la forma más segura de comunicarnos con usted?", "Mensaje de texto")
    she.picks("País", "México +52", within="Número de teléfono")
    she.writes("Número", "664 123 4567")
    she.chooses("¿Quién más usa o ve este teléfono?", "Solo yo")
    she.chooses("¿Podemos escribirle aquí sobre su cita?", "Sí, pueden escribirme aquí")
    she.chooses(
        "Si no contesta una llamada, ¿podemos dejar un mensaje de voz?",
        "Sí, pero no digan quiénes son ni por qué llaman",
    )


def about(she: Reader) -> None:
    she.sees("Sobre usted")
    she.writes("Nombre o nombres", "Rosa Elena")
    she.writes("Apellido o apellidos", "Hernández Paz")
    she.picks("Año", "1990", within="Fecha de nacimiento")
    she.picks("¿De qué país o países es ciudadano/a?", "Honduras")


def where(she: Reader) -> None:
    she.sees("Dónde está ahora")
    she.chooses("¿Dónde está ahora?", "México")
    she.picks("¿En qué ciudad o zona?", "Tijuana")


def arrival(she: Reader) -> None:
    she.sees("Su llegada a Estados Unidos")
    she.chooses("¿Ha estado alguna vez dentro de Estados Unidos, aunque sea unas horas?", "No, nunca")
    she.chooses(
        "¿Oficiales de EE. UU. le regresaron a México a esperar su fecha de corte?",
        "No, estoy esperando en México por mi cuenta",
    )


def dates(she: Reader) -> None:
    she.sees("Papeles y fechas que no pueden esperar")
    she.chooses("¿Tiene alguna carta con una fecha para hacer algo?", "No")


def names(she: Reader) -> None:
    she.sees("Nombres que debemos revisar")
    she.chooses(
        "¿Hay esposo, esposa, pareja, jefe, patrocinador u otra persona que sea parte de esto o esté en su contra?",
        "No",
    )
    she.chooses("¿Tiene abogado o alguien que le ayudó con sus papeles?", "No")


def notices(she: Reader) -> None:
    she.sees("Lo que debe saber antes de enviar")
    she.ticks(
        "Entiendo: enviar este formulario no convierte a esta oficina en mi abogado. "
        "Lo será solo si los dos firmamos un acuerdo."
    )
    she.ticks(
        "Acepto que esta oficina guarde y use mis respuestas para revisar conflictos, preparar mi llamada "
        "y decidir si puede ayudar."
    )


PAGES = (safety, who, language, contact, about, where, arrival, dates, names)


def test_she_asks_is_booked_and_moves_her_call_without_script(
    app: Flask, window: Callable[..., Reader], sink: Sink, inspector: Inspector
) -> None:
    she = window(script=False)
    found = asks(she, inspector)
    found += is_booked(she, inspector)
    (asked,) = invitations(sink, 1)
    found += moves(she, inspector)
    _, changed = invitations(sink, 2)

    assert found == []
    assert (asked.method, asked.sequence, asked.start) == ("REQUEST", 0, FIRST)
    assert (changed.method, changed.sequence, changed.uid) == ("REQUEST", 1, asked.uid)
    assert changed.start != asked.start
    assert "Rosa" not in asked.summary + changed.summary


def asks(she: Reader, inspector: Inspector) -> list[str]:
    she.opens("/")
    she.sees("Pida una cita")
    she.reads("Sin costo.")
    found = inspector.barriers(she)
    she.presses("Empezar")
    for page in PAGES:
        found += inspector.barriers(she)
        page(she)
        she.presses("Continuar")
    found += inspector.barriers(she)
    notices(she)
    she.presses("Enviar y elegir una hora")
    return found


def is_booked(she: Reader, inspector: Inspector) -> list[str]:
    she.sees("Elija una hora")
    she.reads("Estas son horas de Tijuana.")
    found = inspector.barriers(she)
    assert she.takes_the_time(0) == "9:00 de la mañana"
    she.photographs("times-360")
    she.chooses("¿Cómo quiere hablar?", "Llamada")
    she.presses("Guardar esta hora")
    she.sees("Su cita está guardada")
    she.reads("Miércoles, 25 de noviembre, a las 9:00 de la mañana")
    found += inspector.barriers(she)
    she.presses("Ver o cambiar mi cita")
    return found


def moves(she: Reader, inspector: Inspector) -> list[str]:
    she.sees("Su cita")
    she.reads("Le llamaremos desde")
    found = inspector.barriers(she)
    she.presses("Cambiar la hora")
    she.sees("¿Es usted?")
    found += inspector.barriers(she)
    she.writes("Año de nacimiento", "1990")
    she.presses("Continuar")
    she.sees("Cambiar la hora")
    found += inspector.barriers(she)
    she.takes_the_time(7)
    she.presses("Guardar esta hora")
    she.sees("Su cita")
    she.reads("Su nueva hora está guardada.")
    return found + inspector.barriers(she)
