from dataclasses import replace
from urllib.parse import quote

import pytest
from flask import Flask

from config import Settings
from scheduler.app import create_app
from tests.builders.client import Client, a_client

pytestmark = pytest.mark.usefixtures("one_attorney")

TYPED = "Sentinel-Xochitl"


def posts_without_a_token(client: Client) -> int:
    with client.app.app_context():
        return client.client.post("/apply/about", data={"given_names": TYPED}).status_code


def test_a_form_without_its_token_is_refused(app: Flask) -> None:
    assert posts_without_a_token(Client(app).through_all_pages(until="about")) == 400


def test_with_the_guard_of_forms_taken_away_the_same_form_goes_through(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False

    assert posts_without_a_token(Client(app).through_all_pages(until="about")) == 303


def test_a_form_that_another_site_sends_is_refused_whatever_token_it_has(app: Flask) -> None:
    client = Client(app).through_all_pages(until="about")
    client.get("/apply/about")
    token = client.seen.text.partition('name="csrf_token" value="')[2].partition('"')[0]

    for headers in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        with app.app_context():
            answer = client.client.post("/apply/about", data={"csrf_token": token}, headers=headers)
        assert answer.status_code == 403, headers


def test_the_cookie_is_kept_from_scripts_and_other_sites(app: Flask) -> None:
    cookie = a_client(app).seen.headers["Set-Cookie"]

    assert cookie.startswith("cita=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert not {"Expires", "Max-Age", "Domain"} & {part.partition("=")[0] for part in cookie.split("; ")}


def test_behind_https_the_cookie_is_secure_and_bound_to_the_host(settings: Settings, app: Flask) -> None:
    secure = create_app(replace(settings, base_url="https://citas.example"))
    a_page = secure.test_client().get("/", base_url="https://citas.example")

    cookie = a_page.headers["Set-Cookie"]
    assert cookie.startswith("__Host-cita=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))


def test_the_cookie_holds_no_answer(app: Flask) -> None:
    client = Client(app).through_all_pages(until="where", given_names="Xochitl")

    with client.client.session_transaction() as kept:
        assert set(kept) == {"locale", "csrf_token", "draft", "until"}


@pytest.mark.parametrize("path", ["/", "/apply/safety", "/apply/about", "/apply/call-me", "/x", "/apply/nothing"])
def test_nothing_is_kept_by_the_browser(app: Flask, path: str) -> None:
    client = Client(app).through_all_pages(until="where")

    assert client.get(path).headers["Cache-Control"] == "no-store"


def test_no_refusal_repeats_what_was_typed(app: Flask) -> None:
    client = Client(app).through_all_pages(until="about")
    client.get("/apply/about")
    token = client.seen.text.partition('name="csrf_token" value="')[2].partition('"')[0]
    typed = {"csrf_token": token, "given_names": TYPED}
    post, long = client.client.post, TYPED * 400_000

    with app.app_context():
        answers = {
            400: post("/apply/about", data={"given_names": TYPED}),
            403: post("/apply/about", data=typed, headers={"Origin": "https://elsewhere.example"}),
            404: post(f"/apply/{quote(TYPED)}", data=typed),
            405: client.client.put("/apply/about", data=typed),
            413: post("/apply/about", data={**typed, "family_names": long}),
        }

    assert {status: answer.status_code for status, answer in answers.items()} == {status: status for status in answers}
    assert not [status for status, answer in answers.items() if TYPED in answer.text]
