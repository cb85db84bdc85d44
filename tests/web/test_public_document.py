"""The document of the public question says all of it: a machine that makes questions of it finds nothing else."""

import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from scheduler.web.views import public
from tests.builders.firm import a_firm
from tests.builders.slots_asked import ask


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
    a_firm(app).with_attorney("Ana", hours="9:00-12:00").with_interpreter("Mara", languages=("mam", "es"))
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
