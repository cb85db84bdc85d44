from typing import Any

import pytest

from scheduler.engine.safe_word import is_told
from tests.engine.answering import herself, partial


@pytest.mark.parametrize(
    ("word", "more"),
    [
        pytest.param("Ana", {}, id="her first name"),
        pytest.param("lopez cruz", {}, id="both surnames, without accent and capitals"),
        pytest.param("CRUZ", {}, id="one of them"),
        pytest.param("ana-lopez-cruz", {}, id="all of her name"),
        pytest.param("Chelo", {"preferred_name": "Chelo"}, id="what she is called"),
        pytest.param("Rosa", {"helper_name": "Rosa Paz"}, id="her helper"),
        pytest.param("casa esperanza", {"helper_org": "Casa Esperanza"}, id="for whom the helper works"),
        pytest.param("Anita", {"other_names_used": ["Anita Paz"]}, id="a name she had"),
        pytest.param("juan", {"conflict_people": [{"name": "Juan Pérez", "role": "employer"}]}, id="her boss"),
        pytest.param("664 123 4567", {}, id="her number as she dials it"),
        pytest.param("+52 664 123 4567", {}, id="her number with its country"),
        pytest.param("ana.lopez", {"contact_email": "ana.lopez@example.org"}, id="her address before the at"),
        pytest.param("1990", {}, id="her year of birth"),
        pytest.param("2/5/1990", {}, id="her birthday"),
        pytest.param("05-02-1990", {}, id="her birthday as in the United States"),
        pytest.param("8/12/2026", {}, id="her day in court"),
        pytest.param("1988", {"birth_date": partial(1988)}, id="a year alone"),
        pytest.param("A 012 345 678", {"a_number": "012345678"}, id="her A-number"),
    ],
)
def test_what_others_may_know_is_no_secret_word(word: str, more: dict[str, Any]) -> None:
    assert is_told(herself(safe_word=word.removeprefix("A "), **more))


@pytest.mark.parametrize(
    ("word", "more"),
    [
        pytest.param("mariposa", {}, id="a word of her own"),
        pytest.param("Anabel", {}, id="more than her name"),
        pytest.param("0101", {"birth_date": partial(1990)}, id="a day she did not give"),
        pytest.param(None, {}, id="none"),
        pytest.param("...", {"helper_org": ""}, id="signs alone are none"),
    ],
)
def test_any_other_word_is_one(word: str | None, more: dict[str, Any]) -> None:
    assert not is_told(herself(safe_word=word, **more))
