"""The desk as its people see it: in both languages, to each only what is hers, and each change is told."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from scheduler.casework import audit
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.models import Audit, Consultation, Intake, Outbox, Task, db
from tests.builders.browser import Browser, a_booking, at
from tests.builders.client import Client
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.staff import a_login, at_the_desk, row_of, who_is
from tests.conftest import TUESDAY

START, OTHER = "2026-11-27T17:00", "2026-11-30T18:00Z"
SENTINELS: dict[str, Any] = {
    "conflict_people_any": "yes",
    "conflict_people": [{"name": "Sentinelperson", "role": "spouse"}],
    "current_attorney": "yes",
    "a_number": "A098765432",
    "reasons": ["Sentinelreason"],
}


@pytest.fixture
def booked(app: Flask) -> Consultation:
    a_firm(app).with_attorney("Ana").with_attorney("Eva", zone="America/New_York")
    return a_booking(app, START, **SENTINELS)


def a_task(intake: UUID) -> UUID:
    with writing() as session:
        task = Task(dedupe="t", kind="call_back", intake_id=intake, due_at=at("2026-11-24T16:59"), created_at=TUESDAY)
        session.add(task)
    return task.id


def pages_of(call: Consultation) -> list[str]:
    one = f"/desk/consultation/{call.id}"
    listed = ["/desk", "/desk/consultations", "/desk/tasks", "/staff"]
    return [*listed, f"/desk/intake/{call.intake_id}", one, f"{one}/move", f"{one}/cancel"]


def links_about(subject: str) -> list[str]:
    db.session.rollback()
    return [link.action for link in db.session.query(Audit).filter(Audit.subject == subject).order_by(Audit.seq)]


def test_a_receptionist_meets_no_confidential_answer_on_any_page(app: Flask, booked: Consultation) -> None:
    an_intake(app, **SENTINELS)
    a_task(booked.intake_id)
    browser = at_the_desk(app, "receptionist", person=1)

    seen = [browser.get(page) for page in pages_of(booked)]

    assert {answer.status_code for answer in seen} == {200}
    assert not [word for answer in seen for word in ("Sentinel", "098765432") if word in answer.text]


@pytest.mark.parametrize("role", ["paralegal", "attorney", "conflicts"])
def test_who_may_see_the_names_sees_them_so_the_check_above_has_power(
    app: Flask, booked: Consultation, role: str
) -> None:
    browser = at_the_desk(app, role)

    assert "Sentinelperson" in browser.get(f"/desk/intake/{booked.intake_id}").text


def test_a_receptionist_sees_how_to_reach_her_and_her_dates(app: Flask) -> None:
    a_firm(app)
    intake = an_intake(app, court_papers="yes", next_hearing_date="2026-12-08")
    browser = at_the_desk(app, "receptionist")

    browser.get(f"/desk/intake/{intake.id}")

    assert "+526641234567" in browser.text
    assert "Tuesday, December 8, 2026" in browser.text


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


def test_the_desk_moves_a_consultation(app: Flask, parts: Parts, booked: Consultation) -> None:
    browser = at_the_desk(app)
    path = f"/desk/consultation/{booked.id}"
    offered = OTHER in browser.get(f"{path}/move?week=2026-W49").text

    answer = browser.post(f"{path}/move", slot_id=OTHER)

    browser.follow(answer)
    call = again(Consultation, booked.id)
    assert offered
    assert (call.starts_at, call.sequence, call.client_moves) == (at("2026-11-30T18:00"), 1, 0)
    assert "It has its new time." in browser.text
    assert "consultation_moved" in links_about(f"consultation:{booked.id}")
    assert audit.verify(parts)


def test_the_chain_says_who_moved_it(app: Flask, booked: Consultation) -> None:
    login = a_login(app, codes=False)
    browser = Browser(app)
    browser.get("/staff/login")
    browser.follow(browser.post("/staff/login", email=login.email, password="paper boats float at noon"))

    browser.post(f"/desk/consultation/{booked.id}/move", slot_id=OTHER)

    db.session.rollback()
    moved = db.session.query(Audit).filter(Audit.action == "consultation_moved").one()
    assert moved.actor == who_is(login).actor


@pytest.mark.parametrize(
    ("slot", "status", "words"),
    [
        pytest.param("", 303, "Choose a day and hour.", id="nothing chosen"),
        pytest.param("tomorrow", 303, "Choose a day and hour.", id="nonsense"),
        pytest.param("2026-11-30T18:07Z", 409, "That hour was just taken.", id="never offered"),
        pytest.param("2020-01-01T18:00Z", 409, "That hour was just taken.", id="in the past"),
    ],
)
def test_a_time_that_is_not_offered_changes_nothing(
    app: Flask, booked: Consultation, slot: str, status: int, words: str
) -> None:
    browser = at_the_desk(app)

    answer = browser.post(f"/desk/consultation/{booked.id}/move", slot_id=slot)

    text = answer.text if status == 409 else browser.follow(answer).text
    assert (answer.status_code, words in text) == (status, True)
    assert again(Consultation, booked.id).sequence == 0


def test_the_desk_cancels_on_her_wish(app: Flask, parts: Parts, booked: Consultation) -> None:
    browser = at_the_desk(app)

    browser.follow(browser.post(f"/desk/consultation/{booked.id}/cancel", by="client"))

    assert again(Consultation, booked.id).state == "cancelled_client"
    assert "It is cancelled." in browser.text
    assert "consultation_cancelled" in links_about(f"consultation:{booked.id}")
    assert audit.verify(parts)


def test_where_the_firm_cancels_somebody_named_calls_her(app: Flask, booked: Consultation) -> None:
    caller = row_of(a_login(app, "paralegal", name="Pat Caller"))
    browser = at_the_desk(app)

    browser.post(f"/desk/consultation/{booked.id}/cancel", by="firm", reason="attorney_ill", caller=str(caller.id))

    browser.get("/desk/tasks")
    assert again(Consultation, booked.id).state == "cancelled_firm"
    assert "Call her with another time" in browser.text
    assert "Pat Caller" in browser.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({}, "Choose who wishes it.", id="nothing chosen"),
        pytest.param({"by": "nobody"}, "Choose who wishes it.", id="nonsense"),
        pytest.param({"by": "firm"}, "Name somebody", id="nobody named"),
        pytest.param({"by": "firm", "caller": "\0"}, "Name somebody", id="nonsense named"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_cancelled(
    app: Flask, booked: Consultation, fields: dict[str, str], words: str
) -> None:
    browser = at_the_desk(app)

    answer = browser.post(f"/desk/consultation/{booked.id}/cancel", **fields)

    assert words in browser.follow(answer).text
    assert again(Consultation, booked.id).state == "booked"


def test_an_attorney_cancels_for_the_firm_only(app: Flask, booked: Consultation) -> None:
    browser = at_the_desk(app, "attorney")

    answer = browser.post(f"/desk/consultation/{booked.id}/cancel", by="client")

    assert "That cannot be done any more." in browser.follow(answer).text
    assert again(Consultation, booked.id).state == "booked"


def test_what_is_cancelled_can_not_be_moved(app: Flask, booked: Consultation) -> None:
    browser = at_the_desk(app)
    browser.post(f"/desk/consultation/{booked.id}/cancel", by="client")

    answer = browser.post(f"/desk/consultation/{booked.id}/move", slot_id=OTHER)

    assert "That cannot be done any more." in browser.follow(answer).text


def test_each_look_is_written_down(app: Flask, parts: Parts, booked: Consultation) -> None:
    browser = at_the_desk(app)

    browser.get(f"/desk/intake/{booked.intake_id}")
    browser.get(f"/desk/consultation/{booked.id}")

    assert "intake_viewed" in links_about(f"intake:{booked.intake_id}")
    assert "consultation_viewed" in links_about(f"consultation:{booked.id}")
    assert audit.verify(parts)


def test_the_address_of_an_invitation_opens_the_brief_after_the_login(app: Flask, booked: Consultation) -> None:
    ref = db.session.get_one(Intake, booked.intake_id).ref
    login = a_login(app, "attorney", person=booked.attorney)
    browser = Browser(app)
    browser.follow(browser.get(f"/b/{ref}"))
    browser.post("/staff/login", email=login.email, password="paper boats float at noon", next=f"/b/{ref}")
    browser.get("/staff/code")

    browser.follow(browser.post("/staff/code", code=login.code(app)))
    browser.get(f"/b/{ref}?lang=en")

    assert "Before the call" in browser.text
    assert ref in browser.text
    assert "brief_read" in links_about(f"intake:{booked.intake_id}")


@pytest.mark.parametrize(("language", "title"), [("es", "A quién atender primero"), ("en", "Who must be seen first")])
def test_the_desk_speaks_both_languages(app: Flask, language: str, title: str) -> None:
    a_firm(app)
    browser = at_the_desk(app)

    browser.get(f"/desk?lang={language}")

    assert f'<html lang="{language}">' in browser.seen.text
    assert title in browser.text


@pytest.mark.parametrize("role", ["receptionist", "attorney"])
def test_every_page_is_safe_to_show(app: Flask, booked: Consultation, role: str) -> None:
    browser = at_the_desk(app, role)

    for path in (*pages_of(booked), "/staff/code", "/nowhere"):
        answer = browser.get(path)
        assert answer.headers["Cache-Control"] == "no-store", path
        assert "unsafe" not in answer.headers["Content-Security-Policy"], path
        assert " style=" not in answer.text, path
        assert "<script" not in answer.text or path == "/nowhere", path


def test_what_a_client_typed_is_text_on_every_page(app: Flask) -> None:
    a_firm(app)
    intake = an_intake(app, given_names="<script>alert(1)</script>", family_names='"><img src=x>')
    browser = at_the_desk(app, "paralegal")

    pages = browser.get("/desk").text + browser.get(f"/desk/intake/{intake.id}").text

    assert "<script" not in pages
    assert "<img" not in pages


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


@pytest.mark.parametrize("role", ["receptionist", "attorney"])
def test_who_calls_sees_the_word_to_say_first(app: Flask, role: str) -> None:
    a_firm(app)
    intake = an_intake(app, safe_word="Sentinelmariposa")
    browser = at_the_desk(app, role)

    seen = browser.get(f"/desk/intake/{intake.id}").text

    assert ("Say this word first" in seen or "Diga primero" in seen, seen.count("Sentinelmariposa")) == (True, 1)
