"""Every route is public or stands in the policy, and each role gets exactly what is its own."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask

from scheduler.casework.access import Permission, Role
from scheduler.web import access
from tests.builders.browser import Browser
from tests.builders.staff import at_the_desk
from tests.builders.things import FACTS_OF_HERS, address, ask, first_attorney

PAGES = "<any(safety,who,language,contact,about,where,arrival,dates,names,notices):page>"

MORE = "<any(people,entry,reasons,place,past,papers,call):page>"

PUBLIC_ROUTES = {
    "GET /",
    "POST /",
    f"GET /apply/{PAGES}",
    f"POST /apply/{PAGES}",
    "GET /api/openapi.json",
    "GET /api/slots",
    "GET /apply/ask-first",
    "GET /apply/call-me",
    "POST /apply/call-me",
    "GET /apply/call-now",
    "GET /apply/done",
    "GET /apply/still-here",
    "POST /apply/still-here",
    "GET /apply/time",
    "POST /apply/time",
    "GET /apply/tips",
    "GET /apply/we-will-call",
    "GET /c/<token>",
    "GET /c/<token>/calendar.ics",
    "GET /c/<token>/cancel",
    "POST /c/<token>/cancel",
    "GET /c/<token>/facts",
    "POST /c/<token>/facts",
    f"GET /c/<token>/facts/{FACTS_OF_HERS}",
    f"POST /c/<token>/facts/{FACTS_OF_HERS}",
    "GET /c/<token>/files",
    "POST /c/<token>/files",
    "POST /c/<token>/files/begin",
    "POST /c/<token>/files/<uuid:file_id>/<int:number>",
    "POST /c/<token>/files/<uuid:file_id>/whole",
    "GET /c/<token>/letter",
    "POST /c/<token>/letter",
    f"GET /c/<token>/more/{MORE}",
    f"POST /c/<token>/more/{MORE}",
    "GET /c/<token>/move",
    "POST /c/<token>/move",
    "GET /c/<token>/new-time",
    "POST /c/<token>/new-time",
    "GET /c/<token>/not-now",
    "POST /c/<token>/not-now",
    "GET /c/<token>/still-here",
    "POST /c/<token>/still-here",
    "GET /healthz",
    "POST /apply/next",
    "GET /apply/hand-over",
    "GET /apply/helped",
    "GET /apply/later",
    "POST /apply/later",
    "GET /resume",
    "POST /resume",
    "GET /resume/code",
    "POST /resume/code",
    "GET /s/<code>",
    "POST /s/<code>",
    "GET /staff/code",
    "POST /staff/code",
    "GET /staff/login",
    "POST /staff/login",
    "GET /static/<path:name>",
    "GET /x",
    "POST /x",
}

DESK = {"receptionist", "paralegal", "attorney", "conflicts"}
FACTS = {"attorney", "admin"}
FILES = {"attorney", "paralegal"}
NAMES = {"attorney", "conflicts"}
HOURS = {"receptionist", "attorney", "admin"}
MATRIX: dict[str, set[str]] = {
    "GET /desk": DESK,
    "GET /desk/consultations": DESK,
    "GET /desk/tasks": DESK,
    "GET /desk/intake/<uuid:intake_id>": DESK,
    "GET /desk/consultation/<uuid:consultation_id>": DESK,
    "GET /desk/consultation/<uuid:consultation_id>/move": {"receptionist", "attorney"},
    "GET /desk/consultation/<uuid:consultation_id>/cancel": {"receptionist", "attorney"},
    "GET /desk/consultation/<uuid:consultation_id>/report": {"receptionist", "paralegal", "attorney"},
    "POST /desk/consultation/<uuid:consultation_id>/report": {"receptionist", "paralegal", "attorney"},
    "GET /desk/consultation/<uuid:consultation_id>/people": {"receptionist", "attorney"},
    "GET /desk/intake/<uuid:intake_id>/screened": {"conflicts"},
    "GET /desk/intake/<uuid:intake_id>/names": {"conflicts", "attorney"},
    "POST /desk/intake/<uuid:intake_id>/names": {"attorney"},
    "GET /desk/intake/<uuid:intake_id>/book": {"receptionist", "attorney"},
    "POST /desk/intake/<uuid:intake_id>/book": {"receptionist", "attorney"},
    "GET /desk/intake/<uuid:intake_id>/book/confirm": {"receptionist", "attorney"},
    "POST /desk/intake/<uuid:intake_id>/book/confirm": {"receptionist", "attorney"},
    "GET /desk/time-off": {"receptionist", "attorney"},
    "POST /desk/time-off": {"receptionist", "attorney"},
    "GET /desk/people": HOURS,
    "GET /desk/people/<int:number>": HOURS,
    "POST /desk/people/<int:number>/week": HOURS,
    "POST /desk/people/<int:number>/day": HOURS,
    "POST /desk/people/<int:number>/stay": HOURS,
    "POST /desk/people/<int:number>/stay/<uuid:stay_id>": HOURS,
    "POST /desk/people/<int:number>": {"admin"},
    "POST /desk/people": {"admin"},
    "POST /desk/closures": {"admin"},
    "GET /b/<ref>": {"attorney"},
    "GET /desk/intake/<uuid:intake_id>/files": FILES,
    "GET /desk/file/<uuid:upload_id>": FILES,
    "GET /desk/file/<uuid:upload_id>/copy": FILES,
    "GET /admin/facts": FACTS,
    "GET /admin/questions": {"admin"},
    "GET /admin/looks": {"admin", "conflicts"},
    "POST /admin/questions": {"admin"},
    "GET /admin/facts/<uuid:fact_id>": FACTS,
    "GET /desk/intake/<uuid:intake_id>/hold": {"attorney"},
    "GET /desk/intake/<uuid:intake_id>/withdraw": {"receptionist"},
    "GET /desk/intake/<uuid:intake_id>/end": {"paralegal", "attorney"},
    "POST /desk/intake/<uuid:intake_id>/level": DESK,
    "POST /desk/intake/<uuid:intake_id>/try": DESK,
    "POST /desk/intake/<uuid:intake_id>/merge/<uuid:other_id>": {"receptionist", "paralegal"},
    f"GET /desk/intake/<uuid:intake_id>/facts/{FACTS_OF_HERS}": {"receptionist", "paralegal", "attorney"},
    f"POST /desk/intake/<uuid:intake_id>/facts/{FACTS_OF_HERS}": {"receptionist", "paralegal", "attorney"},
    "POST /desk/intake/<uuid:intake_id>/unreachable": {"receptionist", "paralegal", "attorney"},
    "POST /desk/intake/<uuid:intake_id>/reachable": {"receptionist", "paralegal", "attorney"},
    "GET /desk/conflicts": {"conflicts"},
    "GET /desk/intake/<uuid:declined_id>/letter": DESK,
    "GET /desk/conflicts/<uuid:review_id>": {"conflicts"},
    "GET /desk/conflicts/<uuid:decided_id>/undo": {"conflicts"},
    "POST /desk/conflicts/<uuid:decided_id>/undo": {"conflicts"},
    "GET /desk/conflicts/search": DESK,
    "GET /desk/conflicts/import": NAMES,
    "GET /desk/conflicts/import/<uuid:list_id>": NAMES,
    "GET /desk/conflicts/import/<uuid:list_id>/check": NAMES,
    "POST /desk/conflicts/import/<uuid:list_id>": NAMES,
    "POST /desk/conflicts/import/<uuid:list_id>/check": NAMES,
    "POST /desk/conflicts/settings": {"conflicts"},
    "POST /desk/conflicts/none": NAMES,
    "POST /desk/conflicts/search": DESK,
    "POST /desk/conflicts/import": NAMES,
    "POST /desk/conflicts/<uuid:review_id>": {"conflicts"},
    "GET /desk/calendars": DESK,
    "POST /desk/calendars": {"receptionist", "attorney"},
    "POST /desk/calendars/choose": {"receptionist", "attorney"},
    "POST /desk/calendars/<uuid:calendar_id>/read": {"receptionist", "attorney"},
    "GET /staff": DESK | {"admin"},
    "POST /desk/tasks/<uuid:task_id>/done": DESK,
    "POST /desk/consultation/<uuid:consultation_id>/move": {"receptionist", "attorney"},
    "POST /desk/consultation/<uuid:consultation_id>/people": {"receptionist", "attorney"},
    "POST /desk/intake/<uuid:intake_id>/screened": {"conflicts"},
    "POST /desk/consultation/<uuid:consultation_id>/cancel": {"receptionist", "attorney"},
    "POST /desk/calendars/<uuid:calendar_id>/remove": {"receptionist", "attorney"},
    "POST /desk/intake/<uuid:intake_id>/hold": {"attorney"},
    "POST /desk/intake/<uuid:intake_id>/withdraw": {"receptionist"},
    "POST /desk/intake/<uuid:intake_id>/end": {"paralegal", "attorney"},
    "POST /desk/file/<uuid:upload_id>": FILES,
    "POST /admin/facts": FACTS,
    "POST /admin/facts/<uuid:fact_id>": FACTS,
    "POST /admin/facts/<uuid:fact_id>/remove": FACTS,
    "POST /staff/logout": DESK | {"admin"},
}
"""What each role may ask for: every route that is not public, each thing its own; logging out comes last."""


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
