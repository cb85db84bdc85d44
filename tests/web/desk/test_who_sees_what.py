"""To each of the staff only what is hers, and each look is told."""

import pytest
from flask import Flask

from scheduler.casework import audit
from scheduler.casework.parts import Parts
from scheduler.models import Consultation, Intake, db
from tests.builders.browser import Browser
from tests.builders.firm import a_firm, an_intake
from tests.builders.staff import a_login, at_the_desk, confirm_names
from tests.web.desk.walk import SENTINELS, a_task, links_about, pages_of


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


def test_each_look_is_written_down(app: Flask, parts: Parts, booked: Consultation) -> None:
    browser = at_the_desk(app)

    browser.get(f"/desk/intake/{booked.intake_id}")
    browser.get(f"/desk/consultation/{booked.id}")

    assert "intake_viewed" in links_about(f"intake:{booked.intake_id}")
    assert "consultation_viewed" in links_about(f"consultation:{booked.id}")
    assert audit.verify(parts)


def test_the_address_of_an_invitation_opens_the_brief_after_the_login(app: Flask, booked: Consultation) -> None:
    ref = db.session.get_one(Intake, booked.intake_id).ref
    confirm_names(app, booked.intake_id)
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


def test_the_brief_of_a_time_that_is_not_confirmed_is_not_there(app: Flask, booked: Consultation) -> None:
    """Whom the firm may not hear after all no attorney has read of (intake.md §6.2)."""
    ref = db.session.get_one(Intake, booked.intake_id).ref
    confirm_names(app, booked.intake_id)
    attorney = at_the_desk(app, "attorney", person=booked.attorney)
    before = attorney.get(f"/b/{ref}").status_code
    db.session.get_one(Consultation, booked.id).state = "tentative"
    db.session.commit()

    assert (before, attorney.get(f"/b/{ref}").status_code) == (200, 404)


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


@pytest.mark.parametrize("role", ["receptionist", "attorney"])
def test_who_calls_sees_the_word_to_say_first(app: Flask, role: str) -> None:
    a_firm(app)
    intake = an_intake(app, safe_word="Sentinelmariposa")
    browser = at_the_desk(app, role)

    seen = browser.get(f"/desk/intake/{intake.id}").text

    assert ("Say this word first" in seen or "Diga primero" in seen, seen.count("<b>Sentinelmariposa</b>")) == (True, 1)
    assert seen.count("Sentinelmariposa") == len(("the word", "what is said, in her language", "and in ours"))
