"""Who wanted to be called is asked by one of the staff, page by page, and her intake is sent as if she had sent it."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import versions
from scheduler.casework.by_phone import PAGES
from scheduler.casework.documents import open_answers, seal_answers
from scheduler.casework.parts import Parts
from scheduler.engine.states import IntakeState
from scheduler.models import Audit, Consultation, Firm, Intake, Task, db
from tests.builders.browser import at
from tests.builders.client import Client
from tests.builders.firm import a_firm, again
from tests.builders.names import keep, known
from tests.builders.phoned import REST, asks, typed_on, wants_a_call
from tests.builders.staff import at_the_desk
from tests.builders.stopped import TOMORROW
from tests.conftest import on_both


def open_tasks() -> list[str]:
    db.session.rollback()
    return sorted(db.session.scalars(select(Task.kind).where(Task.done_at.is_(None))))


NO_ORDER = {"court_papers": "no", "removal_order": "no", "fear_interview": "none"}
LEFT: dict[str, Any] = {"ever_in_us": "left", "last_arrival_date": "2026-09", **NO_ORDER}
IN_TEN_DAYS = {"other_deadline": "yes", "other_deadline_kind": "other", "other_deadline_date": "2026-12-04"}
AGAINST: dict[str, Any] = {"conflict_people_any": "yes", "conflict_people": [("Carlos Mendoza Ruiz", "person_against")]}


@on_both
@pytest.mark.parametrize("role", ["receptionist", "paralegal"])
@pytest.mark.parametrize(
    ("auto_clear", "answers", "follows"),
    [
        pytest.param(True, {}, ("cleared", ["book_by_phone"]), id="no hit"),
        pytest.param(False, {}, ("conflict_review", ["book_by_phone"]), id="no hit, a person clears"),
        pytest.param(True, AGAINST, ("conflict_review", ["conflict_call"]), id="a hit"),
        pytest.param(True, IN_TEN_DAYS, ("cleared", ["call_urgent"]), id="urgent: called as who sends it herself"),
    ],
)
def test_what_is_asked_by_phone_is_sent_like_what_she_sends_herself(
    app: Flask, role: str, auto_clear: bool, answers: dict[str, Any], follows: tuple[str, list[str]]
) -> None:
    keep(a_firm(app, auto_clear=auto_clear).with_attorney("Ana").parts, known("Carlos", "Mendoza Ruiz"))
    intake = wants_a_call(app)

    where = asks(at_the_desk(app, role), intake, **answers)

    row = again(Intake, intake.id)
    assert where == f"/desk/intake/{intake.id}?note=asked_by_phone"
    assert (row.state, open_tasks()) == follows
    assert db.session.scalars(select(Audit.actor).where(Audit.action == "intake_submitted")).one().startswith("staff:")


def test_her_yes_is_kept_with_who_read_it_out_when_and_in_which_language(app: Flask, parts: Parts) -> None:
    a_firm(app, auto_clear=True).with_attorney("Ana")
    intake = wants_a_call(app)
    browser = at_the_desk(app, "receptionist")

    asks(browser, intake, REST[:-1])
    browser.get(f"/desk/intake/{intake.id}/phone/notices")
    browser.post(f"/desk/intake/{intake.id}/phone/notices", **typed_on("notices"), read_in="es")

    row = again(Intake, intake.id)
    said = open_answers(parts, row)["ticked"]["consent_privacy"]
    who = db.session.scalars(select(Audit.actor).where(Audit.action == "intake_submitted")).one()
    assert said == {
        "at": "2026-11-24T17:00:00+00:00",
        "language": "es",
        "version": row.notice_version,
        "read_out_by": who.removeprefix("staff:"),
    }


def test_nothing_is_sent_before_she_said_yes_to_all(app: Flask) -> None:
    a_firm(app, auto_clear=True).with_attorney("Ana")
    intake = wants_a_call(app)
    browser = at_the_desk(app, "receptionist")
    asks(browser, intake, REST[:-1])
    browser.get(f"/desk/intake/{intake.id}/phone/notices")

    answer = browser.post(f"/desk/intake/{intake.id}/phone/notices", ack_no_relationship="1")

    assert (answer.status_code, again(Intake, intake.id).state) == (400, IntakeState.CALL_REQUESTED)


def test_what_is_read_aloud_is_in_her_language_and_the_page_in_the_reader_s(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")
    intake = wants_a_call(app)
    browser = at_the_desk(app, "receptionist")
    asks(browser, intake, REST[:-1])

    page = browser.get(f"/desk/intake/{intake.id}/phone/notices").text

    assert "Usted pide una cita. No somos sus abogados." in page
    assert "She said yes: send it" in page


def test_a_page_that_is_not_reached_yet_leads_to_the_first_that_wants_something(app: Flask) -> None:
    a_firm(app)
    intake = wants_a_call(app)
    browser = at_the_desk(app, "receptionist")

    answer = browser.get(f"/desk/intake/{intake.id}/phone/notices")

    assert answer.headers["Location"] == f"/desk/intake/{intake.id}/phone/contact"


def test_whose_language_nobody_speaks_any_more_is_asked_about_an_interpreter_first_and_sent(app: Flask) -> None:
    a_firm(app, auto_clear=True).with_attorney("Ana")
    intake = wants_a_call(app)
    house = db.session.scalars(select(Firm)).one()
    house.settings = {**house.settings, "staff_languages": ["en"]}
    db.session.commit()
    browser = at_the_desk(app, "receptionist")

    leads = browser.get(f"/desk/intake/{intake.id}/phone/contact").headers["Location"]
    asks(browser, intake, ("language", *REST), interpreter_needed="yes")

    assert leads == f"/desk/intake/{intake.id}/phone/language"
    assert again(Intake, intake.id).state == IntakeState.CLEARED


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_is_not_asked_by_phone_leads_nobody_in_a_circle(app: Flask, parts: Parts, page: str) -> None:
    a_firm(app)
    intake = again(Intake, wants_a_call(app).id)
    seal_answers(parts, intake, {"ui_locale": "es", "contact_phone": "+526641234567"})
    db.session.commit()

    answer = at_the_desk(app, "receptionist").get(f"/desk/intake/{intake.id}/phone/{page}")

    assert answer.headers["Location"] == f"/desk/intake/{intake.id}"


def test_when_the_line_breaks_what_was_typed_waits_and_she_is_called_back_in_three_minutes(app: Flask) -> None:
    a_firm(app)
    intake = wants_a_call(app)
    browser = at_the_desk(app, "receptionist")
    asks(browser, intake, ("contact",))
    browser.get(f"/desk/intake/{intake.id}/phone/about")

    browser.post(f"/desk/intake/{intake.id}/phone/about", given_names="Rosa Elena", cut_off="1")

    kept = browser.get(f"/desk/intake/{intake.id}/phone/about").text
    db.session.rollback()
    task = db.session.scalars(select(Task).where(Task.kind == "cut_off")).one()
    assert ('value="Rosa Elena"' in kept, task.due_at) == (True, at("2026-11-24T17:03"))
    assert again(Intake, intake.id).state == IntakeState.CALL_REQUESTED


def test_without_the_version_the_second_would_overwrite_the_first(
    app: Flask, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_firm(app)
    intake = wants_a_call(app)
    monkeypatch.setattr(versions, "drawn_from", lambda *_: "always the same")
    ana, eva = at_the_desk(app, "receptionist"), at_the_desk(app, "paralegal")
    asks(ana, intake, ("contact", "about"))

    asks(eva, intake, ("about",), family_names="Paz")

    assert open_answers(parts, again(Intake, intake.id))["family_names"] == "Paz"


def test_two_who_ask_her_at_once_do_not_overwrite_each_other(app: Flask, parts: Parts) -> None:
    a_firm(app)
    intake = wants_a_call(app)
    ana, eva = at_the_desk(app, "receptionist"), at_the_desk(app, "paralegal")
    asks(ana, intake, ("contact",))
    address = f"/desk/intake/{intake.id}/phone/about"
    ana.get(address)
    eva.get(address)
    ana.post(address, **typed_on("about"))

    answer = eva.post(address, **typed_on("about", family_names="Paz"))

    assert answer.status_code == 409
    assert "Hernández Paz" in answer.text
    assert open_answers(parts, again(Intake, intake.id))["family_names"] == "Hernández Paz"


def test_names_that_the_front_desk_may_not_see_are_not_shown_and_stay(app: Flask, parts: Parts) -> None:
    a_firm(app, auto_clear=True).with_attorney("Ana")
    intake = wants_a_call(app)
    asks(at_the_desk(app, "paralegal"), intake, REST[:-1], **LEFT, a_number="A098765432")
    browser = at_the_desk(app, "receptionist")

    seen = browser.get(f"/desk/intake/{intake.id}/phone/dates").text
    asks(browser, intake, ("dates", "names", "notices"), **LEFT)

    row = again(Intake, intake.id)
    assert ("098765432" in seen, row.state) == (False, IntakeState.CLEARED)
    assert open_answers(parts, row)["a_number"] == "098765432"


@pytest.mark.parametrize("state", [one for one in IntakeState if one is not IntakeState.CALL_REQUESTED])
def test_only_who_wants_a_call_is_asked_by_phone(app: Flask, state: IntakeState) -> None:
    a_firm(app)
    intake = wants_a_call(app)
    browser = at_the_desk(app, "receptionist")
    address = f"/desk/intake/{intake.id}/phone/contact"
    browser.get(address)
    row = again(Intake, intake.id)
    row.state = state
    db.session.commit()

    answer = browser.post(address, **typed_on("contact"))

    assert answer.status_code in (303, 404)
    assert again(Intake, intake.id).state == state


def test_a_time_that_is_booked_ends_the_call_for_one(app: Flask) -> None:
    a_firm(app, auto_clear=True).with_attorney("Ana")
    intake = wants_a_call(app)
    asks(at_the_desk(app, "receptionist"), intake)
    before = open_tasks()

    browser = at_the_desk(app, "receptionist")
    browser.get(f"/desk/intake/{intake.id}/book")
    browser.follow(browser.post(f"/desk/intake/{intake.id}/book", slot_id="2026-11-30T17:00Z"))
    browser.post(f"/desk/intake/{intake.id}/book/confirm", call_mode="phone")

    assert (before, "book_by_phone" in open_tasks()) == (["book_by_phone"], False)
    assert "booked" in db.session.scalars(select(Consultation.state)).all()


def test_a_date_within_hours_stays_the_first_thing_to_do(app: Flask) -> None:
    a_firm(app, auto_clear=True).with_attorney("Ana")
    client = Client(app).through_all_pages(**TOMORROW)
    intake = client.row
    assert (intake.state, client.where) == (IntakeState.CALL_REQUESTED, "/apply/call-now")
    browser = at_the_desk(app, "receptionist")

    where = asks(browser, intake, ("names", "notices"))

    assert open_tasks() == ["call_urgent", "find_earlier_slot"]
    assert "get an attorney to the telephone now" in browser.get(where).text
