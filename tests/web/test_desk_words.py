from datetime import UTC, datetime, timedelta

import pytest

from scheduler.web import desk_words
from scheduler.words import speaking

NOW = datetime(2026, 11, 24, 20, 5, tzinfo=UTC)
CITY = "America/Los_Angeles"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        pytest.param(59, "59 min", id="minutes alone"),
        pytest.param(60, "1 h", id="a full hour"),
        pytest.param(121, "2 h 1 min", id="both, each with its unit"),
        pytest.param(239, "3 h 59 min", id="up to four hours"),
        pytest.param(241, "4 h", id="then hours are enough"),
        pytest.param(2 * 24 * 60, "2 days", id="then days"),
    ],
)
def test_how_long_she_waits_names_its_units(minutes: int, words: str) -> None:
    with speaking("en"):
        assert desk_words.waited(NOW - timedelta(minutes=minutes), NOW) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        pytest.param("en", "Tue, Nov 24 12:05 pm", id="as it is written in the United States"),
        pytest.param("es", "mar, 24 nov 12:05 pm", id="as it is written in Spanish"),
    ],
)
def test_a_day_stands_in_the_order_of_the_reader_s_language(language: str, words: str) -> None:
    with speaking(language):
        assert desk_words.moment(NOW, CITY, NOW + timedelta(days=3)) == words


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        pytest.param("America/Los_Angeles", "Los Ángeles", id="with its accent"),
        pytest.param("America/New_York", "Nueva York", id="translated"),
        pytest.param("America/Indiana/Indianapolis", "Indianápolis", id="the last part of a zone"),
        pytest.param("America/Mexico_City", "Ciudad de México", id="in Mexico"),
        pytest.param("America/Phoenix", "Phoenix", id="the same in both languages"),
    ],
)
def test_a_city_is_called_as_in_the_reader_s_language(zone: str, name: str) -> None:
    with speaking("es"):
        assert desk_words.place(zone) == name
