"""A woman is like somebody the firm knows and waits for a call; another has a time that a person must confirm."""

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask

from scheduler.casework.parts import Parts
from scheduler.engine.conflicts import Who
from scheduler.models import Consultation, db
from tests.builders.names import keep, known
from tests.channels.servers import Sink
from tests.journeys.desk import signs_in
from tests.journeys.letters import invitations
from tests.journeys.pages import about, answers, contact, hearing, instead, sent_back
from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser

MOST = 29
WHY = ("conflict", "Carlos", "cliente", "parecid", "corte", "nombre")
"""What would say why, or of what, she waits."""

FLORES = partial(about, given="Marta", family="Flores Xol", born="1985")


@pytest.fixture
def firm(firm: None, parts: Parts) -> None:
    """It has acted for a woman of this name, and a person clears every request."""
    keep(parts, known("Rosa Elena", "Hernández Paz", Who.ADVERSE))


def test_who_is_like_another_waits_for_a_call_and_what_is_tentative_is_booked_once_it_is_clear(
    app: Flask, window: Callable[..., Reader], sink: Sink, weighed: Callable[[Reader, int], bool]
) -> None:
    rosa, marta, inga = window(), window(), signs_in(app, window, "conflicts")
    lets_a_person_clear(inga)
    waits_for_a_call(rosa)
    told, kept = rosa.page.locator("main").inner_text(), times("held")
    has_a_time_for_now(marta)
    decides(inga, "somebody is alike", barriers=True)
    before = len(sink.envelopes)
    decides(inga, "a person clears")

    (invited,) = invitations(sink, 1)
    assert rosa.barriers + marta.barriers + inga.barriers == []
    assert weighed(rosa, MOST)
    assert not any(word in told for word in WHY)
    assert (kept, before) == (1, 0)
    assert invited.method == "REQUEST"
    assert is_booked(marta)


def times(state: str) -> int:
    """How many are so; the urgent one's best time is kept for her without a word."""
    db.session.rollback()
    return db.session.query(Consultation).filter_by(state=state).count()


def lets_a_person_clear(inga: Reader) -> None:
    inga.goes_to("Conflicts")
    inga.presses("Let a person clear each of them")
    inga.reads("It is set.")


def in_a_week(she: Reader) -> None:
    hearing(she, "1", "diciembre")


def waits_for_a_call(rosa: Reader) -> None:
    rosa.opens("/apply/safety")
    answers(rosa, instead(arrival=sent_back, dates=in_a_week), looks=False)
    rosa.sees("Gracias")
    rosa.reads("Una persona le contactará antes")
    rosa.reads("(hora de Tijuana), de la forma segura que eligió.")
    rosa.looks_around()


def has_a_time_for_now(marta: Reader) -> None:
    marta.opens("/apply/safety")
    answers(marta, instead(about=FLORES, contact=partial(contact, number="664 765 4321")), looks=False)
    marta.takes_the_time(0)
    marta.presses("Guardar esta hora")
    marta.sees("Le guardamos una hora")
    marta.reads("Una persona le confirmará antes")
    marta.looks_around()


def decides(inga: Reader, why: str, *, barriers: bool = False) -> None:
    """Nothing speaks against the request that waits for this reason."""
    inga.goes_to("Conflicts")
    if barriers:
        inga.looks_around()
    inga.page.get_by_role("row").filter(has_text=why).get_by_role("link").click()
    inga.sees_part("May we hear her?")
    if barriers:
        inga.looks_around()
    inga.chooses("What do you decide?", "We may hear her")
    inga.writes("Why, in a few words", "another person")
    inga.presses("Decide")
    inga.reads("It is decided. Everybody who waits is told.")


def is_booked(marta: Reader) -> bool:
    """Her page says her time and nothing more of a person who must confirm."""
    marta.presses("Ver o cambiar mi cita")
    marta.sees("Su cita")
    return "confirmará" not in marta.page.locator("main").inner_text()
