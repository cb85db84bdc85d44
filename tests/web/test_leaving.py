from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from config import Settings
from scheduler.models import Intake, db
from tests.builders.browser import Browser, a_booking, own_page
from tests.builders.client import Client, a_client
from tests.builders.firm import a_firm
from tests.conftest import on_both

pytestmark = pytest.mark.usefixtures("one_attorney")


def intakes() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Intake)) or 0


def keys(settings: Settings) -> list[Path]:
    return [path for path in (settings.data / "keystore").glob("*.key") if not path.name.startswith("firm-")]


@on_both
def test_leaving_deletes_the_row_the_key_and_the_cookie(app: Flask, settings: Settings) -> None:
    client = Client(app).through_all_pages(until="names")
    client.get("/apply/names")

    answer = client.leaves()

    assert (answer.status_code, answer.headers["Location"]) == (303, "/x")
    assert (intakes(), keys(settings), client.token) == (0, [], "")
    assert "cita=;" in answer.headers["Set-Cookie"]


def test_nothing_of_the_draft_is_left_in_the_database_file(app: Flask, settings: Settings) -> None:
    client = Client(app).through_all_pages(until="names")
    number = client.row.ref.encode()
    client.get("/apply/names")

    client.leaves()
    db.session.remove()

    path = Path(settings.database_url.removeprefix("sqlite:///"))
    assert number not in path.read_bytes()


def test_what_was_sent_stays_and_the_cookie_goes(app: Flask, settings: Settings) -> None:
    client = Client(app).through_all_pages()
    client.get("/apply/time")

    client.leaves()

    assert (intakes(), len(keys(settings)), client.token) == (1, 1, "")


@on_both
def test_a_cookie_that_was_kept_opens_nothing_after_leaving_and_her_own_link_does(app: Flask) -> None:
    consultation = a_booking(app, "2026-11-27T17:00")
    sent, path = db.session.get_one(Intake, consultation.intake_id), own_page(app, consultation)
    browser, other = Browser(app).with_intake(sent), Browser(app).with_intake(sent)
    assert (browser.get("/apply/done").status_code, other.get("/apply/done").status_code) == (200, 200)

    browser.post("/x")

    assert (other.get("/apply/done").status_code, other.get(path).status_code) == (303, 200)


@pytest.mark.parametrize("token", ["", "old-and-wrong", "\x00"])
def test_leaving_needs_no_token(app: Flask, token: str) -> None:
    client = Client(app).through_all_pages(until="names")

    with app.app_context():
        answer = client.client.post("/x", data={"csrf_token": token})

    assert (answer.status_code, intakes()) == (303, 0)


@pytest.mark.parametrize("cookie", ["", "nonsense", "eyJkcmFmdCI6IngifQ.forged.signature"])
def test_leaving_needs_no_session_and_takes_a_broken_one_away(app: Flask, cookie: str) -> None:
    client = a_client(app)
    client.client.set_cookie("cita", cookie)

    with app.app_context():
        answer = client.client.post("/x")

    assert answer.status_code == 303
    assert "cita=;" in answer.headers["Set-Cookie"]


def test_another_site_cannot_make_her_leave(app: Flask) -> None:
    client = Client(app).through_all_pages(until="names")

    with app.app_context():
        answer = client.client.post("/x", headers={"Origin": "https://elsewhere.example"})

    assert (answer.status_code, intakes()) == (403, 1)


@pytest.mark.parametrize(
    ("languages", "site"),
    [
        pytest.param("es-MX,es;q=0.9", "https://mx.example", id="Mexico"),
        pytest.param("en-US", "https://us.example", id="the United States"),
        pytest.param("es", "https://all.example", id="no country"),
    ],
)
def test_the_page_after_leaving_is_empty_and_goes_on_at_once(app: Flask, languages: str, site: str) -> None:
    sites = {"US": "https://us.example", "MX": "https://mx.example", "": "https://all.example"}
    a_firm(app, neutral_site=sites)

    answer = app.test_client().get("/x", headers={"Accept-Language": languages})

    assert answer.headers["Refresh"] == f"0; url={site}"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "<body></body>" in answer.text
    assert "Set-Cookie" not in answer.headers


def test_opening_the_empty_page_deletes_nothing(app: Flask) -> None:
    client = Client(app).through_all_pages(until="names")

    client.get("/x")

    assert (intakes(), bool(client.token)) == (1, True)


def test_who_asks_for_somebody_who_does_not_agree_leaves_nothing_behind(app: Flask, settings: Settings) -> None:
    client = Client(app).through_all_pages(filler_role="family", client_agrees="no")

    assert client.where == "/apply/ask-first"
    assert (intakes(), keys(settings), client.token) == (0, [], "")
    client.get("/apply/ask-first")
    assert "pregunte primero" in client.text
