from typing import Any

import icalendar
import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework.parts import Parts
from scheduler.engine.wording import banned_words
from scheduler.models import Consultation, db
from tests.builders.browser import Browser, a_booking, own_page
from tests.builders.client import Client
from tests.builders.firm import a_firm, an_intake

SLOT = "2026-11-25T17:00Z"
UNSAFE = [
    pytest.param({"device_safe": "no"}, id="somebody sees her device"),
    pytest.param({"device_safe": "not_sure"}, id="she is not sure"),
    pytest.param({"phone_shared": "shared_unsafe"}, id="her phone is shared with somebody unsafe"),
]


def done(app: Flask, call_mode: str = "phone", **answers: Any) -> Browser:
    """The end of the way: a time is booked, the page says so."""
    a_firm(app).with_attorney("Ana")
    browser = Browser(app).with_intake(an_intake(app, **answers))
    browser.get("/apply/time")
    browser.follow(browser.post("/apply/time", slot_id=SLOT, call_mode=call_mode))
    return browser


def test_it_says_the_time_in_her_city_and_her_number(app: Flask) -> None:
    browser = done(app)

    assert "Su cita está guardada" in browser.text
    assert "Miércoles, 25 de noviembre, a las 9:00 de la mañana (hora de Tijuana)" in browser.text
    assert "Su número es T0" in browser.text


def test_who_would_not_say_where_she_is_reads_of_her_own_hour(app: Flask) -> None:
    browser = done(app, mx_city="prefer_not")

    assert "(su hora)" in browser.text


def test_it_says_who_calls_from_which_number_and_how_messages_come(app: Flask) -> None:
    browser = done(app)

    assert "+12135550100" in browser.text
    assert "Nuestros mensajes vienen de Citas LEU y nunca dicen de qué se tratan." in browser.text


@pytest.mark.parametrize(
    "answers",
    [
        *UNSAFE,
        pytest.param({"may_write": "no"}, id="she wants no messages"),
        pytest.param({"contact_channel": "call", "may_write": None}, id="she chose to be called"),
    ],
)
def test_where_no_message_may_be_sent_it_says_that_a_person_calls(app: Flask, answers: dict[str, str]) -> None:
    browser = done(app, **answers)

    assert "Nuestros mensajes vienen" not in browser.text
    assert "No le enviaremos mensajes." in browser.text


def test_it_leads_to_her_own_page_and_to_the_file_for_her_calendar(app: Flask, parts: Parts) -> None:
    browser = done(app)
    consultation = db.session.scalar(db.select(Consultation))
    assert consultation is not None

    page = parts.base_url + own_page(app, consultation)

    assert f'href="{page}"' in browser.seen.text
    assert f'href="{page}/calendar.ics"' in browser.seen.text


@pytest.mark.parametrize("answers", UNSAFE)
def test_on_an_unsafe_device_there_is_no_link_and_no_file(app: Flask, answers: dict[str, str]) -> None:
    browser = done(app, **answers)

    assert "/c/" not in browser.seen.text
    assert ".ics" not in browser.seen.text


def test_the_next_person_at_this_screen_begins_anew_and_sees_nothing_of_the_last(app: Flask) -> None:
    browser = done(app)
    browser.get("/apply/safety")

    browser.follow(browser.post("/apply/safety", device_safe="yes", immediate_danger="no"))

    assert "¿Quién necesita ayuda?" in browser.text
    assert browser.get("/apply/done").status_code == 303


def test_who_has_still_to_choose_a_time_is_led_to_the_times(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")

    assert Browser(app).with_intake(an_intake(app)).get("/apply/safety").headers["Location"] == "/apply/time"


def test_nothing_booked_yet_leads_back_to_the_times(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")

    assert Browser(app).with_intake(an_intake(app)).get("/apply/done").headers["Location"] == "/apply/time"


def test_the_file_asks_nobody_anything_and_says_only_when(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")
    booked = a_booking(app, "2026-11-25T17:00")
    browser = Browser(app)
    browser.get("/?lang=es")

    file = browser.get(f"{own_page(app, booked)}/calendar.ics")

    calendar = icalendar.Calendar.from_ical(file.data)
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "PUBLISH"
    assert (event["UID"], event["SEQUENCE"], event.decoded("DTSTART")) == (booked.uid, 0, booked.starts_at)
    assert event["SUMMARY"] == "Cita"
    assert not {"ATTENDEE", "LOCATION", "DESCRIPTION", "URL"} & set(event)
    assert not event.walk("VALARM")
    assert banned_words(file.text) == []
    assert "filename=" in file.headers["Content-Disposition"]


@pytest.mark.parametrize("answers", UNSAFE)
def test_the_file_is_not_given_to_an_unsafe_device(app: Flask, answers: dict[str, str]) -> None:
    a_firm(app).with_attorney("Ana")
    booked = a_booking(app, "2026-11-25T17:00", **answers)

    assert Browser(app).get(f"{own_page(app, booked)}/calendar.ics").status_code == 404


def test_a_tentative_time_says_by_when_a_person_confirms_it(app: Flask, parts: Parts) -> None:
    a_firm(app, auto_clear=False).with_attorney("Ana")
    client = Client(app).through_all_pages()
    client.get("/apply/time")
    client.follow(client.post("/apply/time", slot_id="2026-12-01T17:00Z", call_mode="phone"))
    here = client.text
    client.get(own_page(app, db.session.scalars(select(Consultation)).one()))

    said = "Una persona le confirmará antes del miércoles, 25 de noviembre, a las 6:00 de la tarde."
    assert ("Le guardamos una hora" in here, said in here, said in client.text) == (True, True, True)
    assert "Agregar unas respuestas" not in here + client.text
