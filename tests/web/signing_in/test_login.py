"""The staff's door: what a stranger learns there is nothing, and what a browser keeps is little."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from config import Settings
from scheduler.casework import audit
from scheduler.casework.parts import Parts
from scheduler.models import Audit, db
from tests.builders.browser import Browser
from tests.builders.firm import a_firm
from tests.builders.staff import PASSWORD, a_login, at_the_desk, code, password, row_of
from tests.conftest import Hands
from tests.web.signing_in.conftest import CODE, DESK, LOGIN


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
