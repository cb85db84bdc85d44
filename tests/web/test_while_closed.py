"""Who cannot wait and is to be called reads when the office opens, and whom to call before."""

import zlib
from typing import Any

import pytest
from flask import Flask

from bench.pages import PAGE
from tests.builders.browser import at
from tests.builders.client import Client
from tests.builders.firm import a_firm
from tests.builders.stopped import TOMORROW
from tests.conftest import Hands

EVENING, MORNING = at("2026-11-25T05:00"), at("2026-11-24T18:00")
"""21:00 and 10:00 at the firm, in Los Angeles, and in Tijuana."""

BY_PHONE: dict[str, Any] = {"conflict_people_any": "prefer_call"}
DANGER: dict[str, Any] = {**BY_PHONE, "immediate_danger": "yes"}
IN_A_WEEK: dict[str, Any] = {**BY_PHONE, **TOMORROW, "next_hearing_date": "2026-12-01"}
NOT_URGENT: dict[str, Any] = {**BY_PHONE, "ever_in_us": "never", "waiting_in_mexico_program": "no"}
NUMBERS = {
    country: [{"en": f"Danger {count}", "es": f"Peligro {count}", "number": f"{number}-{count}"} for count in range(4)]
    for country, number in (("US", "1-800"), ("MX", "911"))
}
OPENS = {
    "es": "Abrimos el miércoles, 25 de noviembre, a las 9:00 de la mañana",
    "en": "We open Wednesday, November 25, at 9:00 am",
}
DIALS = {"es": "Peligro 3: 911-3", "en": "Danger 3: 911-3"}


def read(app: Flask, language: str, answers: dict[str, Any]) -> Client:
    """The page on which she reads that a person calls her."""
    client = Client(app).through_all_pages(language, **answers)
    client.get("/apply/we-will-call")
    return client


@pytest.fixture(autouse=True)
def firm(app: Flask) -> None:
    a_firm(app, texts={"emergency": NUMBERS}).with_attorney("Ana")


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize(
    ("level", "answers"), [pytest.param("E", DANGER, id="E: danger"), pytest.param("U1", IN_A_WEEK, id="U1: court")]
)
def test_who_cannot_wait_reads_when_we_open_and_whom_to_call_before(
    app: Flask, hands: Hands, language: str, level: str, answers: dict[str, Any]
) -> None:
    hands.set(EVENING)

    client = read(app, language, answers)

    assert (client.where, client.row.urgency) == ("/apply/we-will-call", level)
    assert (OPENS[language] in client.text, DIALS[language] in client.text) == (True, True)


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_page_stays_light_with_all_of_it(app: Flask, hands: Hands, language: str) -> None:
    hands.set(EVENING)

    page = read(app, language, DANGER).seen.data

    assert len(zlib.compress(page)) < PAGE


@pytest.mark.parametrize(
    ("now", "answers"),
    [
        pytest.param(MORNING, IN_A_WEEK, id="we are here"),
        pytest.param(EVENING, NOT_URGENT, id="it can wait until we are"),
    ],
)
def test_otherwise_she_reads_no_more_than_who_calls_and_when(
    app: Flask, hands: Hands, now: Any, answers: dict[str, Any]
) -> None:
    hands.set(now)

    client = read(app, "es", answers)

    assert (client.where, "Abrimos" in client.text, "911-3" in client.text) == ("/apply/we-will-call", False, False)
