"""How heavy a client's pages are on the wire, in both languages, on whatever branch, refused or not."""

import secrets
from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings

from bench.pages import ACCEPTED, JOURNEY, PAGE, Weighing, journey, stops
from forms.flow import BY_SLUG
from scheduler.web.access import PUBLIC
from tests.builders.earlier import EVERYTHING, earlier_answers
from tests.builders.firm import a_firm
from tests.builders.visitor import Visitor, listening
from tests.conftest import Hands

GZIP = ACCEPTED["http"]
LANGUAGES = ["es", "en"]
ELSEWHERE = {"/s/<code>", "/c/<token>/new-time", "/c/<token>/letter"} | {
    "/c/<token>/still-here",
    "/s/<code>/still-here",
}
"""The page that asks for a proof, which is weighed with every guarded page, or two sentences."""

NO_PAGES = {"/static/<path:name>", "/healthz", "/c/<token>/calendar.ics", "/api/slots", "/api/openapi.json"}


@pytest.fixture
def firm(app: Flask) -> None:
    a_firm(app).with_attorney("Ana").with_attorney("Eva").with_attorney("Iris", zone="America/New_York")


@pytest.fixture
def visitor(app: Flask, firm: None) -> Iterator[Visitor]:
    with listening(app) as visitor:
        yield visitor


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_journey_and_each_of_its_pages_are_light(app: Flask, firm: None, language: str) -> None:
    weights = journey(app, language, GZIP)

    assert sum(weights.values()) <= JOURNEY
    assert {path: weight for path, weight in weights.items() if weight > PAGE} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_other_page_is_light(app: Flask, firm: None, hands: Hands, language: str) -> None:
    weights = stops(app, hands.file, language, GZIP)

    assert {path: weight for path, weight in weights.items() if weight > PAGE} == {}


def test_no_page_of_a_client_is_left_out(app: Flask, firm: None, hands: Hands) -> None:
    weighed = {*journey(app, "es", GZIP), *stops(app, hands.file, "es", GZIP)}

    rules = {
        rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and rule.endpoint in PUBLIC
    }
    single = {rule for rule in rules if "<any(" not in rule and not rule.startswith("/staff")}
    assert single - weighed == ELSEWHERE | NO_PAGES


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=8, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(answers=earlier_answers)
def test_a_page_is_light_on_every_branch_as_it_is_asked_and_as_it_is_refused(
    visitor: Visitor, language: str, answers: dict[str, object]
) -> None:
    visitor.get(f"/?lang={language}")
    visitor.draft(answers)
    weighing = Weighing(visitor.app, GZIP)
    weighing.client = visitor.client
    for page in BY_SLUG:
        weighing.get(f"/apply/{page}")
        visitor.sends(f"/apply/{page}", [])
        weighing.get(f"/apply/{page}")

    assert {path: weight for path, weight in weighing.weights.items() if weight > PAGE} == {}


def test_a_page_that_grows_is_noticed(app: Flask, visitor: Visitor) -> None:
    app.context_processor(lambda: {"leave_url": f"https://example.com/?{secrets.token_hex(PAGE)}"})
    visitor.draft(EVERYTHING)
    weighing = Weighing(app, GZIP)
    weighing.client = visitor.client

    weighing.get("/apply/about")

    assert weighing.weights["/apply/about"] > PAGE
