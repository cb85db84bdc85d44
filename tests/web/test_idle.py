"""A page that nobody touches asks whether she is still there, then goes; "Start" is for the next person."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from scheduler.casework.links import digest
from scheduler.engine.states import IntakeState
from scheduler.models import Intake, db
from tests.builders.browser import Browser
from tests.builders.client import Client
from tests.builders.firm import an_intake
from tests.conftest import Hands
from tests.web.conftest import DEVICES

pytestmark = pytest.mark.usefixtures("one_attorney")

STILL_HERE = "/apply/still-here"


def minutes(hands: Hands, count: float) -> None:
    hands.set(hands.now + timedelta(minutes=count))


@pytest.mark.parametrize(("answers", "limit"), DEVICES)
def test_a_browser_that_is_left_alone_opens_the_answers_so_long_and_no_longer(
    app: Flask, hands: Hands, answers: dict[str, Any], limit: int
) -> None:
    early, late = (Client(app).through_all_pages(until="where", **answers) for _ in range(2))
    early.get("/apply/about")
    late.get("/apply/about")

    minutes(hands, limit - 0.1)
    before = early.get("/apply/about").status_code
    minutes(hands, 0.1)
    after = late.get("/apply/about")

    assert (before, after.status_code, after.headers["Location"]) == (200, 303, "/apply/safety")


@pytest.mark.parametrize(("answers", "limit"), DEVICES)
def test_the_page_asks_two_minutes_before(app: Flask, answers: dict[str, Any], limit: int) -> None:
    client = Client(app).through_all_pages(until="where", **answers)

    client.get("/apply/about")

    after, script = limit * 60 - 120, f'data-ends="{limit * 60}" data-asks="{limit * 60 - 120}"'
    assert f'<noscript><meta http-equiv="refresh" content="{after};url={STILL_HERE}?page=about"></noscript>' in (
        client.seen.text
    )
    assert script in client.seen.text


def test_the_question_stands_for_what_is_left_and_keeps_nothing_open(app: Flask, hands: Hands) -> None:
    client = Client(app).through_all_pages(until="where")
    client.get("/apply/about")
    minutes(hands, 58)

    client.get(f"{STILL_HERE}?page=about")
    shown = client.seen.text
    minutes(hands, 2)

    assert '<meta http-equiv="refresh" content="120;url=/x">' in shown
    assert "Cerraremos esta página en 2 minutos para protegerle." in client.text
    assert client.get("/apply/about").status_code == 303


def test_who_is_still_there_goes_back_to_her_page_for_as_long_again(app: Flask, hands: Hands) -> None:
    client = Client(app).through_all_pages(until="where")
    client.get("/apply/about")
    minutes(hands, 59)
    client.get(f"{STILL_HERE}?page=about")

    answer = client.sends(STILL_HERE, {"page": "about"})
    minutes(hands, 59)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/apply/about")
    assert client.get("/apply/about").status_code == 200


@pytest.mark.parametrize("page", ["//elsewhere.example", "https://elsewhere.example", "../desk", "", "a" * 99, "elena"])
def test_nobody_is_led_elsewhere_by_that_page(app: Flask, page: str) -> None:
    client = Client(app).through_all_pages(until="where")
    client.get("/apply/about")

    assert client.sends(STILL_HERE, {"page": page}).headers["Location"] == "/apply/where"


def test_once_it_is_over_the_question_leads_to_the_empty_page_and_the_cookie_is_forgotten(
    app: Flask, hands: Hands
) -> None:
    client = Client(app).through_all_pages(until="where")
    client.get("/apply/about")
    minutes(hands, 60)

    said, asked = client.sends(STILL_HERE, {}), client.get(STILL_HERE)
    client.get("/x")

    assert (asked.headers["Location"], said.headers["Location"], client.token) == ("/x", "/x", "")


def test_the_draft_itself_lives_on(app: Flask, hands: Hands) -> None:
    client = Client(app).through_all_pages(until="where")
    minutes(hands, 61)
    client.get("/x")

    db.session.rollback()
    assert db.session.scalars(select(Intake.state)).all() == [IntakeState.DRAFT]


def test_leaving_from_her_own_page_deletes_her_draft_however_late(app: Flask, hands: Hands) -> None:
    client = Client(app).through_all_pages(until="where")
    page = client.get("/apply/where").text
    mark = page.partition('name="of" value="')[2].partition('"')[0]
    minutes(hands, 61)

    client.sends("/x", {"of": mark})

    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Intake)) == 0


@pytest.mark.parametrize("mark", ["", "0" * 12, "x"])
def test_a_page_of_another_intake_deletes_nothing_of_hers(app: Flask, hands: Hands, mark: str) -> None:
    client = Client(app).through_all_pages(until="where")
    minutes(hands, 61)

    client.sends("/x", {"of": mark})

    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Intake)) == 1


def test_leaving_in_a_browser_that_was_left_alone_deletes_nobody_s_draft(app: Flask, hands: Hands) -> None:
    client = Client(app).through_all_pages(until="where")
    minutes(hands, 61)
    client.get("/")

    client.leaves()

    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Intake)) == 1


def test_what_was_sent_is_shown_no_longer_than_a_draft(app: Flask, hands: Hands) -> None:
    client = Client(app).through_all_pages()
    shown = client.get("/apply/time").status_code
    minutes(hands, 60)

    assert (shown, client.get("/apply/time").status_code) == (200, 303)


def test_start_leads_to_the_first_page_where_nothing_is_open(app: Flask) -> None:
    client = Client(app).begins()

    assert 'href="/apply/safety"' in client.seen.text
    assert "Seguir con mis respuestas" not in client.text


def test_start_begins_anew_and_the_old_draft_stays_closed(app: Flask) -> None:
    client = Client(app).through_all_pages(until="where")
    ref, old = client.row.ref, client.token
    client.get("/")

    answer = client.sends("/", {})
    first = client.get("/apply/safety")

    db.session.rollback()
    kept = db.session.scalars(select(Intake).where(Intake.ref == ref)).one()
    assert (answer.status_code, answer.headers["Location"], first.status_code) == (303, "/apply/safety", 200)
    assert "checked" not in first.text
    assert (kept.state, kept.draft_hash == digest(old)) == (IntakeState.DRAFT, False)


def test_she_goes_on_only_where_she_chooses_to(app: Flask) -> None:
    client = Client(app).through_all_pages(until="where")

    client.get("/")

    assert 'href="/apply/where">Seguir con mis respuestas</a>' in client.seen.text


def test_outside_her_time_nobody_is_offered_her_answers(app: Flask, hands: Hands) -> None:
    client = Client(app).through_all_pages(until="where")
    minutes(hands, 60)

    client.get("/")

    assert "Seguir con mis respuestas" not in client.text


def test_a_copy_of_the_cookie_opens_nothing_once_somebody_began_anew(app: Flask) -> None:
    sent = an_intake(app)
    browser = Browser(app).with_intake(sent)
    copy = browser.client.get_cookie("cita")
    browser.get("/")
    browser.post("/")

    other = Browser(app)
    other.client.set_cookie("cita", copy.value if copy else "")

    assert other.get("/apply/time").status_code == 303
