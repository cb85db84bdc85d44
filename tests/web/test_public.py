"""What the firm's own site may ask: free starts, and nothing from which load or people could be read."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from werkzeug.test import TestResponse

from scheduler.app import create_app
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.models import Firm, db
from scheduler.web.views import public
from tests.builders.databases import Databases
from tests.builders.firm import a_firm, an_intake
from tests.builders.settings import settings_for
from tests.conftest import TUESDAY

WEEK = "/api/slots?from=2026-11-24&to=2026-12-01"
SITE = "https://www.example.org"
FRIDAY_NINE = "2026-11-27T17:00Z"


def ask(app: Flask, address: str, **headers: str) -> TestResponse:
    with app.app_context():
        return app.test_client().get(address, headers=headers)


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


def name_origins(*origins: str) -> None:
    with writing() as session:
        house = session.get_one(Firm, 1)
        house.settings = {**house.settings, "embed_origins": list(origins)}


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        pytest.param(SITE, SITE, id="the firm's own site"),
        pytest.param("https://example.org", None, id="the domain above it"),
        pytest.param("https://a.www.example.org", None, id="a domain under it"),
        pytest.param("http://www.example.org", None, id="the same, unsealed"),
        pytest.param("https://www.example.org:8443", None, id="another port"),
        pytest.param("https://www.example.org.evil.example", None, id="it begins the same"),
        pytest.param("HTTPS://WWW.EXAMPLE.ORG", None, id="as no browser says it"),
        pytest.param("null", None, id="nobody's"),
        pytest.param("", None, id="none"),
    ],
)
@pytest.mark.parametrize("address", [WEEK, "/api/openapi.json", "/api/slots"])
def test_only_pages_of_a_named_origin_may_read_it(app: Flask, address: str, origin: str, allowed: str | None) -> None:
    a_firm(app).with_attorney("Ana")
    name_origins(SITE)

    answer = ask(app, address, Origin=origin)

    assert answer.headers.get("Access-Control-Allow-Origin") == allowed
    assert "Origin" in answer.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_without_a_named_origin_no_page_may_read_it(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")

    assert "Access-Control-Allow-Origin" not in ask(app, WEEK, Origin=SITE).headers


@pytest.mark.parametrize("accepts", ["identity", "gzip", "br"])
def test_what_has_not_changed_is_not_sent_again(app: Flask, accepts: str) -> None:
    a_firm(app).with_attorney("Ana")
    first = ask(app, WEEK, **{"Accept-Encoding": accepts})

    again = ask(app, WEEK, **{"Accept-Encoding": accepts, "If-None-Match": first.headers["ETag"]})
    another = ask(app, f"{WEEK}&kind=child", **{"Accept-Encoding": accepts, "If-None-Match": first.headers["ETag"]})

    assert (first.headers["Cache-Control"], again.status_code, again.data) == ("no-cache", 304, b"")
    assert another.status_code == 200


@contextmanager
def another_firm(databases: Databases, folder: Path) -> Iterator[Flask]:
    clock = folder.with_suffix(".clock")
    clock.write_text(TUESDAY.isoformat())
    key = "another-key-for-another-firm-0123456789"
    app = create_app(settings_for(folder, database_url=databases.url("sqlite"), clock_file=clock, secret_key=key))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_the_same_answer_of_two_firms_is_named_differently(app: Flask, databases: Databases, tmp_path: Path) -> None:
    a_firm(app).with_attorney("Ana")
    ours = ask(app, WEEK)
    with another_firm(databases, tmp_path / "other") as other:
        a_firm(other).with_attorney("Eva")
        theirs = ask(other, WEEK)

    assert ours.data == theirs.data
    assert ours.headers["ETag"] != theirs.headers["ETag"]


def test_the_document_lists_this_one_question_and_names_nobody(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")

    said = ask(app, "/api/openapi.json").get_json()

    assert list(said["paths"]) == ["/api/slots"]
    assert not {"id", "name", "count", "attorney"} & set(names(said["paths"]["/api/slots"]["get"]["responses"]))


def names(said: object) -> Iterator[str]:
    """Every name of a property, however deep."""
    if isinstance(said, dict):
        yield from said.get("properties", {})
        for inner in said.values():
            yield from names(inner)


EXAMPLES = 5_000 if os.environ.get("CITA_SOAK") else 60
TOO_FAR_APART: list[Any] = [positive_data_acceptance]
"""The document cannot say that two days are at most 31 days apart."""


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_schemathesis_finds_nothing(app: Flask, mode: GenerationMode) -> None:
    a_firm(app).with_attorney("Ana", hours="9:00-12:00")
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    asked = Counter[int]()

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(schema["/api/slots"]["GET"].as_strategy(generation_mode=mode))
    def ask_it(case: schemathesis.Case[Any]) -> None:
        answer = case.call()
        asked[answer.status_code] += 1
        case.validate_response(answer, excluded_checks=TOO_FAR_APART)

    ask_it()

    assert set(asked) <= {200, 400, 405}
    assert asked.total() >= EXAMPLES


def test_schemathesis_would_find_a_field_that_the_document_does_not_name(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_firm(app).with_attorney("Ana")
    monkeypatch.setattr(public, "_said", lambda times: {"starts": [], "length": times.length, "zone": "", "count": 2})
    case = schemathesis.openapi.from_wsgi("/api/openapi.json", app)["/api/slots"]["GET"].Case(
        query={"from": "2026-12-01", "to": "2026-12-02"}
    )

    with pytest.raises(BaseExceptionGroup):
        case.call_and_validate()
