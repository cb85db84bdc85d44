from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.engine.states import IntakeState
from scheduler.models import Intake, Task, db
from tests.builders.browser import Browser, at
from tests.builders.client import Client
from tests.builders.firm import a_firm, an_intake
from tests.conftest import TUESDAY, Hands

FIRST = "2026-11-25T17:00Z"
TAKEN = "Alguien acaba de tomar esa hora"


@pytest.fixture
def intake(app: Flask) -> Intake:
    a_firm(app).with_attorney("Ana")
    return an_intake(app)


@pytest.fixture
def browser(app: Flask, intake: Intake) -> Browser:
    return Browser(app).with_intake(intake)


def a_firm_without_time(app: Flask, days: int) -> None:
    """One attorney, who is away for so many days."""
    firm = a_firm(app).with_attorney("Ana")
    for ahead in range(days):
        firm.with_override("Ana", TUESDAY.date() + timedelta(days=ahead))


def everything() -> dict[str, list[str]]:
    """All rows of all tables."""
    db.session.rollback()
    tables = db.metadata.sorted_tables
    return {table.name: sorted(map(repr, db.session.execute(select(table)).all())) for table in tables}


def test_whose_hours_these_are_and_the_time_there_now_come_before_any_time(browser: Browser) -> None:
    browser.get("/apply/time")

    zone = browser.text.index("Tijuana")
    now = browser.text.index("Ahora allí son las 9:00 de la mañana.")
    assert zone < now < browser.text.index("9:00 de la mañana", now + 40)


def test_days_are_headings_of_her_own_calendar(browser: Browser) -> None:
    browser.get("/apply/time")

    assert "<legend>Miércoles, 25 de noviembre</legend>" in browser.seen.text


def test_the_twelve_earliest_are_shown_over_two_days(browser: Browser) -> None:
    browser.get("/apply/time")

    days = {value[:10] for value in browser.slots}
    assert (len(browser.slots), len(days) >= 2) == (12, True)


def test_every_time_says_its_part_of_the_day_and_is_the_hour_of_her_city(browser: Browser) -> None:
    browser.get("/apply/time")

    for value, said in browser.slots.items():
        local = at(value.removesuffix("Z")).astimezone(ZoneInfo("America/Tijuana"))
        clock = f"{local.hour % 12 or 12}:{local.minute:02}"
        part = "de la mañana" if local.hour < 12 else "del mediodía" if clock == "12:00" else "de la tarde"
        assert said == f"{clock} {part}"


def test_in_the_week_in_which_only_the_attorneys_clock_changes_her_hours_move(app: Flask, hands: Hands) -> None:
    hands.set(at("2027-03-10T17:00"))
    a_firm(app).with_attorney("Ana")
    browser = Browser(app).with_intake(an_intake(app, mx_city="mexico_city"))

    browser.get("/apply/time?week=2027-W10")
    before = browser.slots
    browser.get("/apply/time?week=2027-W11")

    assert before["2027-03-12T17:00Z"] == "11:00 de la mañana"
    assert browser.slots["2027-03-15T16:00Z"] == "10:00 de la mañana"


def test_more_times_come_by_week_and_lead_back(browser: Browser) -> None:
    browser.get("/apply/time")
    assert 'href="?week=2026-W48"' in browser.seen.text
    browser.get("/apply/time?week=2026-W49")

    assert {date.fromisoformat(value[:10]).isocalendar().week for value in browser.slots} == {49}
    assert 'href="?week=2026-W48"' in browser.seen.text
    assert 'href="?week=2026-W50"' in browser.seen.text


@pytest.mark.parametrize("week", ["2026-W01", "nonsense", "%00", "2026-W48" * 400])
def test_a_week_without_times_shows_the_earliest(browser: Browser, week: str) -> None:
    browser.get(f"/apply/time?week={week}")

    assert browser.seen.status_code == 200
    assert FIRST in browser.slots


def test_in_english_the_parts_of_the_day_are_english(browser: Browser) -> None:
    browser.get("/apply/time?lang=en")

    assert browser.slots[FIRST] == "9:00 am"


@pytest.mark.parametrize(
    ("answers", "chosen", "missing"),
    [
        pytest.param({}, "phone", None, id="by text: a phone call"),
        pytest.param({"contact_channel": "whatsapp"}, "whatsapp_call", None, id="by WhatsApp: a WhatsApp call"),
        pytest.param(
            {"contact_channel": "email", "contact_phone": None, "contact_email": "rosa@mail.example"},
            "video",
            "phone",
            id="by e-mail without a phone: video",
        ),
        pytest.param({"device_safe": "no"}, "phone", "video", id="somebody sees her device: no video"),
    ],
)
def test_how_to_talk_is_chosen_by_how_she_is_reached(
    app: Flask, answers: dict[str, Any], chosen: str, missing: str | None
) -> None:
    a_firm(app).with_attorney("Ana")
    browser = Browser(app).with_intake(an_intake(app, **answers))

    browser.get("/apply/time")

    assert f'value="{chosen}" checked' in browser.seen.text
    assert f'value="{missing}"' not in browser.seen.text


def test_where_nothing_is_free_in_time_three_later_ones_and_a_promised_call(app: Flask) -> None:
    a_firm_without_time(app, days=23)
    client = Client(app).through_all_pages()

    client.get("/apply/time")

    assert len(client.slots) == 3
    assert "Queremos hablar con usted antes. Una persona le llamará antes del miércoles, 25 de nov" in client.text
    assert [task.kind for task in db.session.scalars(select(Task))] == ["find_earlier_slot"]


def test_to_look_at_late_times_twenty_times_leaves_the_database_as_it_was(app: Flask) -> None:
    a_firm_without_time(app, days=23)
    client = Client(app).through_all_pages()
    before = everything()

    looks = [client.get("/apply/time").status_code for _ in range(20)]

    assert (looks, everything()) == ([200] * 20, before)


def test_who_finds_no_time_any_more_may_ask_for_a_call(app: Flask) -> None:
    a_firm_without_time(app, days=23)
    browser = Browser(app).with_intake(an_intake(app))

    browser.get("/apply/time")

    assert "Queremos hablar con usted antes. Pida que le llamemos" in browser.text
    assert db.session.scalars(select(Task)).all() == []


def test_where_the_last_time_was_just_taken_a_call_is_promised(app: Flask) -> None:
    a_firm_without_time(app, days=23)
    browser = Browser(app).with_intake(an_intake(app))
    browser.get("/apply/time")

    browser.seen = browser.post("/apply/time", slot_id=FIRST, call_mode="phone")

    assert TAKEN in browser.text
    assert "Una persona le llamará antes del miércoles, 25 de nov" in browser.text


def test_where_nothing_is_free_at_all_she_is_still_called(app: Flask) -> None:
    a_firm(app)
    browser = Browser(app).with_intake(an_intake(app))

    browser.get("/apply/time")

    assert "Queremos hablar con usted antes." in browser.text
    assert 'href="/apply/call-me"' in browser.seen.text


def test_without_an_intake_there_are_no_times(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")

    assert Browser(app).get("/apply/time").headers["Location"] == "/"


def test_an_intake_that_a_person_must_see_first_is_shown_no_times(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")
    browser = Browser(app).with_intake(an_intake(app, state=IntakeState.CONFLICT_REVIEW))

    assert browser.get("/apply/time").status_code == 303


def test_the_times_are_not_kept_by_the_browser_and_say_nothing_outside(browser: Browser) -> None:
    browser.get("/apply/time")

    assert browser.seen.headers["Cache-Control"] == "no-store"
    assert "<title>Citas</title>" in browser.seen.text
