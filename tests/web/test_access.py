"""Every route is public or stands in the policy, and each role gets exactly what is its own."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask

from scheduler.casework.access import Permission, Role
from scheduler.web import access
from tests.builders.browser import Browser
from tests.builders.staff import at_the_desk
from tests.builders.things import address, ask, first_attorney
from tests.web.routes import MATRIX, PUBLIC_ROUTES


def routes(app: Flask) -> Iterator[tuple[str, str]]:
    """Each route as `GET /path`, and its endpoint."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield f"{method} {rule.rule}", rule.endpoint


def test_the_public_routes_are_these_and_no_others(app: Flask) -> None:
    assert {route for route, endpoint in routes(app) if endpoint in access.PUBLIC} == PUBLIC_ROUTES


def test_every_route_is_public_or_stands_in_the_policy_and_none_is_both(app: Flask) -> None:
    endpoints = {endpoint for _route, endpoint in routes(app)}

    assert endpoints == set(access.PUBLIC) | set(access.POLICY)
    assert not set(access.PUBLIC) & set(access.POLICY)


def test_the_matrix_knows_every_route_that_is_not_public(app: Flask) -> None:
    assert {route for route, endpoint in routes(app) if endpoint not in access.PUBLIC} == set(MATRIX)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_gets_what_is_its_own_and_for_the_rest_there_is_no_such_page(
    app: Flask, things: dict[str, str], role: Role
) -> None:
    browser = at_the_desk(app, role, person=first_attorney(things))

    answers = {route: ask(browser, route, things) for route in MATRIX}

    assert {route for route, status in answers.items() if status != 404} == {
        route for route, roles in MATRIX.items() if role in roles
    }
    assert set(answers.values()) <= {200, 303, 400, 404}


def test_who_is_not_signed_in_is_sent_to_the_login_everywhere(app: Flask, things: dict[str, str]) -> None:
    browser = Browser(app)
    browser.get("/staff/login")

    for route in MATRIX:
        method, path = address(route, things)
        answer = browser.get(path) if method == "GET" else browser.post(path)
        assert answer.status_code == 303, route
        assert answer.headers["Location"].startswith("/staff/login"), route
        browser.get("/staff/login")


@pytest.mark.parametrize("role", list(Role))
def test_what_is_missing_is_missing_for_everybody(app: Flask, things: dict[str, str], role: Role) -> None:
    browser = at_the_desk(app, role, person=first_attorney(things))
    missing = {**dict.fromkeys(things, str(uuid4())), "<ref>": "ZZZZZZZZ"}

    answers = {ask(browser, route, missing) for route in MATRIX if "<" in route and route.startswith("GET")}

    assert answers == {404}


def test_without_its_policy_a_route_is_nobody_s(
    app: Flask, things: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = at_the_desk(app, "receptionist")
    monkeypatch.setattr(access, "POLICY", {})

    assert browser.get("/desk").status_code == 404


def test_a_policy_that_lets_everybody_in_is_noticed_by_the_matrix(
    app: Flask, things: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "POLICY", dict.fromkeys(access.POLICY, Permission.OWN_ACCOUNT))
    browser = at_the_desk(app, "admin")

    assert {route for route in ("GET /desk", "GET /desk/tasks") if ask(browser, route, things) != 404} != {
        route for route in ("GET /desk", "GET /desk/tasks") if "admin" in MATRIX[route]
    }
