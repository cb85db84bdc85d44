"""What the firm's own site may ask: free starts, and nothing from which load or people could be read."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from scheduler.casework.booking import BookSlot, book
from scheduler.casework.parts import Parts
from tests.builders.firm import a_firm, an_intake
from tests.builders.slots_asked import WEEK, ask

FRIDAY_NINE = "2026-11-27T17:00Z"


def starts(app: Flask, address: str = WEEK) -> list[str]:
    found: list[str] = ask(app, address).get_json()["starts"]
    return found


def test_free_starts_are_told_and_a_booked_one_is_not(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    before = starts(app)

    book(parts, BookSlot(an_intake(app).id, datetime(2026, 11, 27, 17, tzinfo=UTC), "phone"))

    assert FRIDAY_NINE in before
    assert FRIDAY_NINE not in starts(app)


def test_nothing_is_said_but_starts_a_length_and_a_zone(app: Flask) -> None:
    a_firm(app).with_attorney("Ana").with_attorney("Eva")

    answer = ask(app, WEEK)

    assert answer.get_json() == {"starts": starts(app), "length": 45, "zone": "America/Los_Angeles"}
    assert len(set(starts(app))) == len(starts(app))
    assert "Set-Cookie" not in answer.headers


def test_who_is_free_beside_another_changes_nothing(app: Flask) -> None:
    firm = a_firm(app).with_attorney("Ana")
    alone = ask(app, WEEK).data

    firm.with_attorney("Eva")

    assert ask(app, WEEK).data == alone


def test_what_is_kept_for_the_urgent_is_told_to_nobody(app: Flask) -> None:
    a_firm(app, reserved_slots=1).with_attorney("Ana", hours="9:00-11:00")

    assert starts(app, "/api/slots?from=2026-11-27&to=2026-11-28") == [FRIDAY_NINE]


@pytest.mark.parametrize(
    ("more", "first", "length"),
    [
        pytest.param("", "2026-11-25T17:00Z", 45, id="in Spanish where nothing is said"),
        pytest.param("&language=en", "2026-11-25T18:00Z", 45, id="in English"),
        pytest.param("&kind=child", "2026-11-25T17:00Z", 60, id="a child needs time"),
        pytest.param("&kind=interpreted&language=en", "2026-11-25T17:00Z", 75, id="everything is said twice"),
        pytest.param("&from=2026-11-26&to=2026-11-28", "2026-11-25T17:00Z", 45, id="what is said first counts"),
    ],
)
def test_language_and_kind_ask_for_other_times(app: Flask, more: str, first: str, length: int) -> None:
    a_firm(app).with_attorney("Ana", languages=("es",)).with_attorney("Eva", languages=("en",), hours="10:00-12:00")

    said = ask(app, WEEK + more).get_json()

    assert (said["starts"][0], said["length"]) == (first, length)


@pytest.mark.parametrize(
    ("days", "first", "last"),
    [
        pytest.param(
            "from=2026-11-27&to=2026-11-28", "2026-11-27T17:00Z", "2026-11-28T00:00Z", id="the firm's own day"
        ),
        pytest.param(
            "from=2026-11-27T18:00Z&to=2026-11-27T18:30Z", "2026-11-27T18:00Z", "2026-11-27T18:00Z", id="instants"
        ),
        pytest.param(
            "from=2026-11-27T18:00:00Z&to=2026-11-28", "2026-11-27T18:00Z", "2026-11-28T00:00Z", id="one of each"
        ),
    ],
)
def test_the_beginning_is_in_it_and_the_end_is_not(app: Flask, days: str, first: str, last: str) -> None:
    a_firm(app).with_attorney("Ana")

    found = starts(app, f"/api/slots?{days}")

    assert (found[0], found[-1]) == (first, last)


@pytest.mark.parametrize("days", ["from=0001-01-01&to=0001-01-02", "from=9999-12-01&to=9999-12-31"])
def test_days_far_off_have_no_times(app: Flask, days: str) -> None:
    a_firm(app).with_attorney("Ana")

    assert starts(app, f"/api/slots?{days}") == []


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("", id="no days"),
        pytest.param("from=&to=", id="empty days"),
        pytest.param("from=2026-12-01", id="one day"),
        pytest.param("from=2026-12-01&to=2027-01-02", id="32 days"),
        pytest.param("from=2026-12-01&to=2026-12-01", id="no day in it"),
        pytest.param("from=2026-12-02&to=2026-12-01", id="backwards"),
        pytest.param("from=2026-12-01T00:00Z&to=2027-01-01T00:01Z", id="a minute over 31 days"),
        pytest.param("from=2026-02-30&to=2026-03-01", id="no such day"),
        pytest.param("from=2026-12-01T24:30Z&to=2026-12-05", id="no such minute"),
        pytest.param("from=2026-12-01T00:00&to=2026-12-05", id="by no clock"),
        pytest.param("from=٢٠٢٦-12-01&to=2026-12-05", id="digits of another script"),
        pytest.param("from=2026-12-01%00&to=2026-12-05", id="a zero byte"),
        pytest.param("from=2026-12-01&to=2026-12-05&language=fr", id="a language that nobody speaks"),
        pytest.param("from=2026-12-01&to=2026-12-05&language=", id="no language"),
        pytest.param("from=2026-12-01&to=2026-12-05&kind=any", id="no such kind"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words_that_repeat_nothing(app: Flask, query: str) -> None:
    a_firm(app).with_attorney("Ana")

    answer = ask(app, f"/api/slots?{query}")

    assert (answer.status_code, answer.mimetype) == (400, "application/json")
    assert set(answer.get_json()) == {"error"}


def test_31_days_are_told_at_once(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")

    assert ask(app, "/api/slots?from=2026-12-01&to=2027-01-01").status_code == 200
