"""The staff's door: what a stranger learns there is nothing, and what a browser keeps is little."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from config import Settings
from scheduler.casework import audit
from scheduler.casework.parts import Parts
from scheduler.models import Audit, StaffSession, db
from tests.builders.browser import Browser, a_booking
from tests.builders.firm import a_firm
from tests.builders.settings import settings_for
from tests.builders.staff import PASSWORD, a_login, at_the_desk, code, password, row_of
from tests.conftest import Hands

DESK, LOGIN, CODE = "/desk", "/staff/login", "/staff/code"


def cookie_of(client: FlaskClient) -> str:
    cookie = client.get_cookie("cita")
    return cookie.value if cookie else ""


@pytest.fixture
def browser(app: Flask) -> Browser:
    a_firm(app)
    return Browser(app)


def test_password_and_code_lead_to_the_desk(app: Flask, browser: Browser) -> None:
    login = a_login(app)
    to_code = password(browser, login)

    to_desk = code(browser, login.code(app))

    assert (to_code.headers["Location"], to_desk.headers["Location"]) == (CODE, DESK)
    assert browser.follow(to_desk).status_code == 200


def test_a_password_alone_opens_nothing(app: Flask, browser: Browser) -> None:
    password(browser, a_login(app))

    assert browser.get(DESK).headers["Location"] == f"{LOGIN}?next=/desk"


def test_the_administrator_comes_to_her_account(app: Flask, browser: Browser) -> None:
    answer = password(browser, a_login(app, "admin", codes=False))

    assert answer.headers["Location"] == "/staff"
    assert browser.follow(answer).status_code == 200


def test_in_live_mode_nobody_signs_in_without_a_code(app: Flask, settings: Settings, browser: Browser) -> None:
    login = a_login(app, codes=False)
    app.extensions["cita_mode"] = "live"

    assert password(browser, login).headers["Location"] == f"{LOGIN}?no=1"


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_refusal_is_the_same_for_who_is_known_and_who_is_not(app: Flask, language: str) -> None:
    a_firm(app)
    known, pages = a_login(app), []
    for address in (known.email, "nobody@firm.example"):
        browser = Browser(app)
        browser.get(f"{LOGIN}?lang={language}")
        answer = browser.post(LOGIN, email=address, password="wrong")
        headers = {name: value for name, value in answer.headers if name not in {"Set-Cookie", "Date"}}
        browser.follow(answer)
        pages.append((answer.status_code, headers, browser.same_each_time()))

    assert pages[0] == pages[1]


def test_the_page_of_a_refusal_repeats_nothing_typed(app: Flask, browser: Browser) -> None:
    answer = password(browser, a_login(app), "sentinel-typed-password")
    browser.follow(answer)

    assert "sentinel" not in answer.text + answer.headers["Location"] + browser.seen.text


def test_five_wrong_passwords_make_the_right_one_wait(app: Flask, browser: Browser, hands: Hands) -> None:
    login = a_login(app)
    for _ in range(5):
        password(browser, login, "wrong")
    early = password(browser, login)
    hands.set(hands.now + timedelta(minutes=15))

    later = password(browser, login)

    assert (early.headers["Location"], later.headers["Location"]) == (f"{LOGIN}?no=1", CODE)


@pytest.mark.parametrize("padding", ["{}", " {}", "{}\t", "{:.3} {}"])
def test_a_used_code_opens_no_second_browser(app: Flask, padding: str) -> None:
    a_firm(app)
    login = a_login(app)
    said = login.code(app)
    first, second = Browser(app), Browser(app)
    for browser in (first, second):
        password(browser, login)
    code(first, said)

    assert code(second, padding.format(said, said[3:])).headers["Location"] == f"{CODE}?no=1"


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


NOT_OURS = [
    "//evil.test",
    "/\\evil.test",
    "https:evil.test",
    "https://evil.test/desk",
    "\t//evil.test",
    "/%2f%2fevil.test",
    "%252f%252fevil.test",
    "javascript:alert(1)",
    "/desk@evil.test",
    "//desk",
    "/desk\r\nSet-Cookie: a=b",
    "/desk/../x",
    "/c/token",
    "desk",
    "/desk?next=//evil.test",
]


@pytest.mark.parametrize("path", NOT_OURS)
def test_a_login_leads_to_our_own_pages_only(app: Flask, browser: Browser, path: str) -> None:
    login = a_login(app)
    password(browser, login, next=path)

    assert code(browser, login.code(app)).headers["Location"] == DESK


@pytest.mark.parametrize("path", NOT_OURS)
def test_neither_a_refusal_nor_who_is_signed_in_is_led_elsewhere(app: Flask, browser: Browser, path: str) -> None:
    refused = password(browser, a_login(app), "wrong", next=path)
    inside = at_the_desk(app)
    with app.app_context():
        already = inside.client.get(LOGIN, query_string={"next": path})

    assert (refused.headers["Location"], already.headers["Location"]) == (f"{LOGIN}?no=1", "/staff")


def test_who_asked_for_a_page_comes_to_it_after_the_login(app: Flask, browser: Browser) -> None:
    login = a_login(app)
    browser.follow(browser.get("/desk/tasks"))
    browser.post(LOGIN, email=login.email, password=PASSWORD, next="/desk/tasks")

    assert code(browser, login.code(app)).headers["Location"] == "/desk/tasks"


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


def test_the_chain_holds_after_all_of_it(app: Flask, parts: Parts, browser: Browser) -> None:
    login = a_login(app)
    password(browser, login, "wrong")
    password(browser, login)
    code(browser, login.code(app))
    browser.get(DESK)
    browser.post("/staff/logout")

    who = f"staff:{row_of(login).id}"
    links = db.session.scalars(select(Audit).where(Audit.subject == who).order_by(Audit.seq)).all()
    assert [link.action for link in links][1:] == ["sign_in_refused", "password_right", "signed_in", "signed_out"]
    assert audit.verify(parts) == db.session.query(Audit).count()


def test_https_names_the_cookie_so_that_no_other_host_sets_it(app: Flask, settings: Settings) -> None:
    from scheduler.app import _flask_config

    safe = _flask_config(settings_for(settings.data, base_url="https://citas.example"))

    assert (safe["SESSION_COOKIE_NAME"], safe["SESSION_COOKIE_SECURE"]) == ("__Host-cita", True)
