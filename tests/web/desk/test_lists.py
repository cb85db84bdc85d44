"""Who must be seen first, what is to be done, and when: in both languages."""

import pytest
from flask import Flask

from scheduler.casework import audit
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.models import Outbox
from tests.builders.browser import a_booking, at
from tests.builders.client import Client
from tests.builders.firm import a_firm, an_intake
from tests.builders.staff import at_the_desk
from tests.web.desk.walk import START, a_task, links_about


def test_the_queue_says_what_to_do_first(app: Flask) -> None:
    a_firm(app)
    an_intake(app, immediate_danger="yes", court_papers="yes", next_hearing_date="2026-12-08")
    browser = at_the_desk(app)

    browser.get("/desk")

    for words in (
        "Who must be seen first",
        "1 must be called now",
        "E",
        "Rosa H.",
        "9:00 am Tijuana",
        "yes",
        "in 14 days",
    ):
        assert words in browser.text, words


def test_an_overdue_task_is_marked_and_done_with_one_button(app: Flask, parts: Parts) -> None:
    a_firm(app)
    task = a_task(an_intake(app).id)
    browser = at_the_desk(app)
    browser.get("/desk/tasks")
    before = browser.text

    answer = browser.post(f"/desk/tasks/{task}/done", back="/desk/tasks")

    browser.follow(answer)
    assert "overdue" in before
    assert "Nothing is to do." in browser.text
    assert links_about(f"task:{task}") == ["task_done"]
    assert audit.verify(parts)


def test_where_a_button_leads_back_to_is_ours(app: Flask) -> None:
    a_firm(app)
    task = a_task(an_intake(app).id)
    browser = at_the_desk(app)

    answer = browser.post(f"/desk/tasks/{task}/done", back="//evil.test")

    assert answer.headers["Location"] == "/desk/tasks"


def test_a_consultation_is_shown_by_all_three_clocks(app: Flask) -> None:
    a_firm(app).with_attorney("Eva", zone="America/New_York")
    call = a_booking(app, START, mx_city="ciudad_juarez")
    browser = at_the_desk(app)

    browser.get(f"/desk/consultation/{call.id}")

    for words in ("9:00 am Los Angeles", "12:00 pm New York", "10:00 am Ciudad Juárez", "no answer yet"):
        assert words in browser.text, words


@pytest.mark.parametrize(("language", "title"), [("es", "A quién atender primero"), ("en", "Who must be seen first")])
def test_the_desk_speaks_both_languages(app: Flask, language: str, title: str) -> None:
    a_firm(app)
    browser = at_the_desk(app)

    browser.get(f"/desk?lang={language}")

    assert f'<html lang="{language}">' in browser.seen.text
    assert title in browser.text


def test_a_late_letter_is_counted_in_red(app: Flask) -> None:
    a_firm(app)
    with writing() as session:
        due = at("2026-11-24T16:50")
        session.add(Outbox(dedupe="late", kind="otp", reader="client", due_at=due, created_at=due))
    browser = at_the_desk(app)

    browser.get("/desk")

    assert "1 messages late" in browser.text


@pytest.mark.parametrize("page", ["0", "-1", "x", "1" * 400, ""])
def test_a_page_number_that_is_none_shows_the_queue(app: Flask, page: str) -> None:
    a_firm(app)
    browser = at_the_desk(app)

    assert browser.get(f"/desk?page={page}").status_code == 200


@pytest.mark.parametrize(
    ("language", "said"),
    [("es", "Llamarle: es urgente y no tiene cita"), ("en", "Call her: urgent, and no time booked")],
)
def test_the_call_to_who_is_urgent_and_took_no_time_is_in_words(app: Flask, language: str, said: str) -> None:
    a_firm(app).with_attorney("Ana")
    Client(app).through_all_pages(immediate_danger="yes")
    browser = at_the_desk(app, "receptionist")

    browser.get(f"/desk/tasks?lang={language}")

    assert said in browser.get("/desk/tasks").text
