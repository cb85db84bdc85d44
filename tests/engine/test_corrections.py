"""What may be corrected once the answers were sent, and what stays as it is."""

import pytest

from scheduler.engine.corrections import NoSuchFacts, saved
from tests.engine.answering import TODAY, herself

WORD = {"safe_word": "pan de elote", "reasons": ["T05"], "first_held": {}}


@pytest.mark.parametrize("page", ["safety", "who", "about", "names", "time", "people", "nowhere"])
def test_other_pages_are_not_corrected(page: str) -> None:
    with pytest.raises(NoSuchFacts):
        saved(page, herself(), {}, TODAY)


def test_what_is_not_shown_again_stays_where_nothing_is_written_in_its_place() -> None:
    known = {**herself(), **WORD}

    assert saved("contact", known, {**known, "safe_word": None}, TODAY)["safe_word"] == "pan de elote"


def test_what_is_written_in_its_place_replaces_it() -> None:
    known = {**herself(), **WORD}

    assert saved("contact", known, {**known, "safe_word": "una vela"}, TODAY)["safe_word"] == "una vela"


def test_what_is_stored_beside_the_answers_stays() -> None:
    known = {**herself(), **WORD}

    said = saved("where", known, {"current_country": "MX", "mx_city": "matamoros"}, TODAY)

    assert (said["reasons"], said["mx_city"]) == (["T05"], "matamoros")
