"""What a signed-in browser holds: a cookie for us alone, which is worth nothing before, after, or elsewhere."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from config import Settings
from scheduler.casework.parts import Parts
from scheduler.models import Audit, StaffSession, db
from tests.builders.browser import Browser, a_booking
from tests.builders.firm import a_firm
from tests.builders.settings import settings_for
from tests.builders.staff import a_login, at_the_desk, code, password
from tests.conftest import Hands
from tests.web.signing_in.conftest import CODE, DESK, LOGIN


def cookie_of(client: FlaskClient) -> str:
    cookie = client.get_cookie("cita")
    return cookie.value if cookie else ""


def test_a_planted_cookie_is_worth_nothing_after_the_login(app: Flask, browser: Browser) -> None:
    login = a_login(app)
    browser.get(LOGIN)
    planted = cookie_of(browser.client)
    password(browser, login)
    waiting = cookie_of(browser.client)
    code(browser, login.code(app))
    attacker = Browser(app)

    answers = []
    for cookie in (planted, waiting):
        attacker.client.set_cookie("cita", cookie)
        answers.append(attacker.get(DESK).status_code)

    assert len({planted, waiting, cookie_of(browser.client)}) == 3
    assert answers == [303, 303]


def test_nothing_of_the_session_before_goes_on_but_the_language(app: Flask, browser: Browser) -> None:
    with browser.client.session_transaction() as session:
        session.update(draft="planted", waiting_for_code="planted", locale="es")
    password(browser, a_login(app, codes=False))

    with browser.client.session_transaction() as session:
        assert "planted" not in session.values()
        assert session["locale"] == "es"


def test_a_revoked_session_is_refused_at_the_next_request(app: Flask) -> None:
    a_firm(app)
    browser = at_the_desk(app)
    before = browser.get(DESK).status_code
    db.session.execute(text("UPDATE staff_session SET ended_at = '2026-11-24 17:00:00'"))
    db.session.commit()

    assert (before, browser.get(DESK).status_code) == (200, 303)


def test_a_session_of_thirty_idle_minutes_is_over(app: Flask, hands: Hands) -> None:
    a_firm(app)
    browser = at_the_desk(app)
    hands.set(hands.now + timedelta(minutes=30))

    assert browser.get(DESK).status_code == 303


def test_who_signs_out_leaves_nothing_in_the_browser(app: Flask) -> None:
    a_firm(app)
    browser = at_the_desk(app)
    kept = cookie_of(browser.client)

    answer = browser.post("/staff/logout")

    assert answer.headers["Location"] == LOGIN
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    browser.client.set_cookie("cita", kept)
    assert browser.get(DESK).status_code == 303


@pytest.mark.parametrize(
    ("headers", "token"),
    [
        pytest.param({}, "", id="no token"),
        pytest.param({}, "another", id="another session's token"),
        pytest.param({"Origin": "https://evil.test"}, "own", id="another site's page"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, "own", id="another site's request"),
    ],
)
@pytest.mark.parametrize("path", [LOGIN, CODE, "/staff/logout", "task", "move", "cancel"])
def test_no_other_site_makes_a_change(app: Flask, parts: Parts, path: str, headers: dict[str, str], token: str) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_booking(app, "2026-11-27T17:00")
    browser, other = at_the_desk(app), Browser(app)
    known = {
        "task": f"/desk/tasks/{call.id}/done",
        "move": f"/desk/consultation/{call.id}/move",
        "cancel": f"/desk/consultation/{call.id}/cancel",
    }
    tokens = {"": "", "own": token_on(browser, "/staff"), "another": token_on(other, LOGIN)}
    before = db.session.query(Audit).count()

    answer = browser.client.post(
        known.get(path, path), headers=headers, data={"csrf_token": tokens[token], "email": "a", "by": "client"}
    )

    db.session.rollback()
    assert answer.status_code in {400, 403}
    assert db.session.query(Audit).count() == before


@pytest.mark.parametrize("override", [{"X-HTTP-Method-Override": "POST"}, {}])
def test_a_get_changes_nothing(app: Flask, override: dict[str, str]) -> None:
    a_firm(app)
    browser = at_the_desk(app)

    assert browser.client.get("/staff/logout?_method=POST", headers=override).status_code == 405
    assert browser.get(DESK).status_code == 200


def token_on(browser: Browser, path: str) -> str:
    page = browser.get(path).text
    return page.split('name="csrf_token" value="')[1].split('"')[0]


def test_the_cookie_is_for_us_alone(app: Flask, browser: Browser) -> None:
    password(browser, a_login(app))
    cookie = browser.client.get_cookie("cita")

    assert cookie is not None
    assert (cookie.http_only, cookie.same_site) == (True, "Lax")


def test_a_token_stands_in_the_database_as_its_hash(app: Flask) -> None:
    a_firm(app)
    browser = at_the_desk(app)
    with browser.client.session_transaction() as session:
        token = session["_user_id"]

    kept = db.session.scalars(select(StaffSession.sha256)).all()
    assert all(len(one) == 32 and one != token.encode() for one in kept)


def test_https_names_the_cookie_so_that_no_other_host_sets_it(app: Flask, settings: Settings) -> None:
    from scheduler.app import _flask_config

    safe = _flask_config(settings_for(settings.data, base_url="https://citas.example"))

    assert (safe["SESSION_COOKIE_NAME"], safe["SESSION_COOKIE_SECURE"]) == ("__Host-cita", True)
