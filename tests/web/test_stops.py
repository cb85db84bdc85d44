from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import when
from scheduler.casework.lapses import expire_drafts
from scheduler.casework.parts import Parts
from scheduler.engine.states import IntakeState
from scheduler.models import Intake, Task, db
from scheduler.words import speaking
from tests.builders.browser import at
from tests.builders.client import ASKED, Client
from tests.builders.firm import a_firm
from tests.builders.staff import at_the_desk
from tests.builders.stopped import TOMORROW
from tests.conftest import TUESDAY, Hands, on_both

pytestmark = pytest.mark.usefixtures("one_attorney")


def task() -> Task:
    db.session.rollback()
    return db.session.scalars(select(Task)).one()


@on_both
def test_a_hearing_tomorrow_leads_to_the_telephone(app: Flask) -> None:
    client = Client(app).through_all_pages(**TOMORROW)
    client.get(client.where)

    assert client.where == "/apply/call-now"
    assert f"Diga el número {client.row.ref}" in client.text
    assert (client.row.state, client.row.urgency, task().kind) == (IntakeState.CALL_REQUESTED, "E", "call_now")


def test_after_hours_it_says_when_we_open_and_whom_to_call_before(app: Flask, hands: Hands) -> None:
    a_firm(app, texts={"emergency": {"MX": [{"en": "Danger", "es": "Peligro", "number": "911"}]}})
    hands.set(at("2026-11-25T05:00"))
    client = Client(app).through_all_pages(**TOMORROW)

    client.get("/apply/call-now")

    assert "Abrimos el miércoles, 25 de noviembre, a las 9:00 de la mañana" in client.text
    assert "Peligro: 911" in client.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({}, True, id="a phone only she sees"),
        pytest.param({"phone_shared": "shared_unsafe", "can_leave_message": None}, False, id="others see her phone"),
        pytest.param({"device_safe": "not_sure"}, False, id="others may see this device"),
    ],
)
def test_that_we_will_call_is_said_only_where_nobody_else_reads_it(
    app: Flask, changes: dict[str, Any], said: bool
) -> None:
    client = Client(app).through_all_pages(**{**TOMORROW, **changes})

    client.get("/apply/call-now")

    assert ("También recibimos sus respuestas y le llamaremos" in client.text) is said


def test_whoever_is_to_call_now_answers_no_more_pages(app: Flask) -> None:
    client = Client(app).through_all_pages(**TOMORROW)

    assert client.get("/apply/names").headers["Location"] == "/apply/call-now"


def test_a_hearing_that_came_close_while_she_paused_leads_to_the_telephone_at_the_end(app: Flask, hands: Hands) -> None:
    later = {**TOMORROW, "next_hearing_date": "2026-12-01"}
    client = Client(app).through_all_pages(until="notices", **later)
    hands.set(TUESDAY + timedelta(days=6))
    client.waits()

    client.answers("notices", ack_no_relationship="1", consent_privacy="1")

    assert (client.where, client.row.state) == ("/apply/call-now", IntakeState.CLEARED)


@on_both
def test_who_says_names_only_by_phone_is_called_by_the_promised_hour(app: Flask) -> None:
    client = Client(app).through_all_pages(conflict_people_any="prefer_call")
    client.get(client.where)

    assert client.where == "/apply/we-will-call"
    assert (client.row.state, task().kind) == (IntakeState.CONFLICT_REVIEW, "conflict_call")
    with speaking("es"):
        said = when.day_and_hour(task().due_at, "America/Tijuana")
    assert f"antes del {said} (hora de Tijuana)" in client.text


def test_who_wants_to_be_called_instead_gives_a_number_and_answers_no_more(app: Flask) -> None:
    client = Client(app).through_all_pages(until="about")
    client.get("/apply/call-me")
    assert 'value="664 123 4567"' in client.seen.text

    answer = client.sends("/apply/call-me", {"contact_phone": "+52 664 123 9999", "given_names": "Eva"})

    assert (answer.status_code, client.where) == (303, "/apply/we-will-call")
    assert (client.row.state, task().kind) == (IntakeState.CALL_REQUESTED, "call_back")
    assert (client.said["contact_phone"], client.said["given_names"]) == ("+526641239999", "Eva")
    assert client.get("/apply/about").headers["Location"] == "/apply/we-will-call"


@pytest.mark.parametrize(
    ("said", "language", "hours"),
    [
        pytest.param({}, "es", None, id="the number alone: the hours and the language she gave before, if any"),
        pytest.param({"safe_times": ["evening", "weekend"]}, "es", ["evening", "weekend"], id="when it is safe"),
        pytest.param({"spoken_language": "mam"}, "mam", None, id="the language she speaks"),
    ],
)
def test_who_is_to_be_called_says_when_and_in_which_language(
    app: Flask, said: dict[str, Any], language: str, hours: list[str] | None
) -> None:
    client = Client(app).through_all_pages(until="about")
    client.get("/apply/call-me")

    client.sends("/apply/call-me", {"contact_phone": "+526641239999", **said})

    assert (client.where, client.row.language) == ("/apply/we-will-call", language)
    assert client.said.get("safe_times") == hours


@pytest.mark.parametrize("page", ASKED[ASKED.index("contact") :])
def test_every_page_from_the_fourth_on_offers_a_call_instead(app: Flask, page: str) -> None:
    client = Client(app).through_all_pages(until=page)

    client.get(f"/apply/{page}")

    assert '<a href="/apply/call-me">' in client.seen.text


def test_the_desk_sees_when_it_is_safe_to_call(app: Flask) -> None:
    client = Client(app).through_all_pages(until="about")
    client.get("/apply/call-me")
    client.sends("/apply/call-me", {"contact_phone": "+526641239999", "safe_times": "evening"})
    desk = at_the_desk(app, "receptionist")

    desk.get(f"/desk/intake/{client.row.id}")

    assert "5 pm – 8 pm" in desk.text
    assert "Safe to call from 5:00 pm" in desk.text


@pytest.mark.parametrize("device", ["yes", "no"])
def test_no_clock_ends_who_waits_for_a_call(app: Flask, parts: Parts, hands: Hands, device: str) -> None:
    client = Client(app).through_all_pages(until="about", device_safe=device)
    client.get("/apply/call-me")
    client.sends("/apply/call-me", {"contact_phone": "+526641239999"})
    hands.set(at("2026-12-23T17:00"))

    ended = expire_drafts(parts)

    assert (ended, task().done_at) == (0, None)
    assert db.session.scalars(select(Intake.state)).all() == [IntakeState.CALL_REQUESTED]


def test_the_promise_is_the_end_of_the_next_business_day_where_nothing_is_urgent(app: Flask) -> None:
    client = Client(app).through_all_pages(until="about")
    client.get("/apply/call-me")
    client.sends("/apply/call-me", {"contact_phone": "+526641239999"})

    assert task().due_at == at("2026-11-26T02:00")


def test_a_number_that_is_none_is_shown_again_with_a_message(app: Flask) -> None:
    client = Client(app).through_all_pages(until="about")
    client.get("/apply/call-me")

    answer = client.sends("/apply/call-me", {"contact_phone": "12"})
    client.get(client.where)

    assert (answer.status_code, client.where) == (303, "/apply/call-me")
    assert 'id="errors"' in client.seen.text
    assert 'value="12"' in client.seen.text


def test_before_she_says_how_to_reach_her_there_is_no_call(app: Flask) -> None:
    client = Client(app).through_all_pages(until="language")

    assert client.get("/apply/call-me").headers["Location"] == "/apply/language"


@pytest.mark.parametrize("path", ["/apply/call-now", "/apply/we-will-call", "/apply/call-me", "/apply/tips"])
def test_without_an_intake_a_stop_leads_to_the_first_page(app: Flask, path: str) -> None:
    assert Client(app).get(path).headers["Location"] == "/apply/safety"


def test_none_of_the_times_fit_so_she_is_called(app: Flask) -> None:
    client = Client(app).through_all_pages()
    client.get("/apply/call-me")

    client.sends("/apply/call-me", {"contact_phone": "+526641234567"})

    assert (client.where, client.row.state) == ("/apply/we-will-call", IntakeState.CLEARED)
    assert task().kind == "call_back"
