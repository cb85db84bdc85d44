"""A mother in Tijuana has a hearing in nine days: she is seen before it, and adds a few answers afterwards."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import expect

from scheduler.models import Consultation, Intake, db
from tests.channels.servers import Sink
from tests.journeys.letters import invitations
from tests.journeys.pages import answers, hearing, instead, safety, sent_back, starts
from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser

HEARING = datetime(2026, 12, 3, 8, 0, tzinfo=UTC)
"""Midnight in Tijuana, as the day of her hearing begins."""

DAY = timedelta(days=1)
MOST = 29


def safely(she: Reader) -> None:
    safety(she)
    she.photographs("question-360")


def in_nine_days(she: Reader) -> None:
    hearing(she, "3", "diciembre")


def test_she_is_seen_before_her_hearing_and_adds_a_few_answers(
    app: Flask, window: Callable[..., Reader], sink: Sink, weighed: Callable[[Reader, int], bool]
) -> None:
    she = window()
    starts(she)
    answers(she, instead(safety=safely, arrival=sent_back, dates=in_nine_days))
    offered = reads_all_times(she)
    takes_the_first(she)
    (asked,) = invitations(sink, 1)
    was_small = weighed(she, MOST)
    adds_answers(she)

    row = db.session.query(Intake).one()
    call = db.session.query(Consultation).one()
    assert she.barriers == []
    assert was_small
    assert row.must_be_seen_by is not None
    assert max(offered) < min(row.must_be_seen_by, HEARING - DAY)
    assert (asked.method, asked.sequence, asked.start) == ("REQUEST", 0, offered[0])
    assert (asked.uid, asked.start) == (call.uid, call.starts_at)
    assert not any(word in asked.summary for word in ("Rosa", "Hernández", "corte", "court"))


def reads_all_times(she: Reader) -> list[datetime]:
    """Every time that she may have, however many pages they take."""
    she.sees("Elija una hora")
    she.reads("Estas son horas de Tijuana.")
    she.looks_around()
    found = times(she)
    while she.page.get_by_role("link", name="Ver más horas").count():
        she.presses("Ver más horas")
        found += times(she)
    she.opens("/apply/time")
    return found


def times(she: Reader) -> list[datetime]:
    values = she.page.locator("[name=slot_id]").evaluate_all("all => all.map(one => one.value)")
    return [datetime.fromisoformat(value) for value in values]


def takes_the_first(she: Reader) -> None:
    she.takes_the_time(0)
    she.photographs("times-360")
    she.chooses("¿Cómo quiere hablar?", "Llamada")
    she.presses("Guardar esta hora")
    she.sees("Su cita está guardada")
    she.reads("(hora de Tijuana)")
    she.reads("Nuestros mensajes vienen de Citas LEU y nunca dicen de qué se tratan.")
    she.looks_around()


def adds_answers(she: Reader) -> None:
    """One page of those that nobody must answer, after her year of birth."""
    she.presses("Agregar unas respuestas — opcional")
    she.sees("¿Es usted?")
    she.writes("Año de nacimiento", "1990")
    she.presses("Continuar")
    she.sees("Personas con usted")
    she.page.get_by_label("¿Quién es esta persona?").first.select_option(label="Hijo/a")
    she.page.get_by_label("Edad en años").first.fill("4")
    she.looks_around()
    she.presses("Guardar y seguir")
    she.sees("Más sobre su llegada")
    expect(she.page.get_by_role("link", name="Saltar")).to_be_visible()
