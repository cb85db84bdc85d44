from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select

from scheduler.casework.booking import BookSlot, book
from scheduler.casework.documents import open_answers
from scheduler.casework.moving import Cancel, cancel
from scheduler.casework.parts import Parts
from scheduler.models import Consultation, Intake, Outbox, Task, db
from tests.builders.browser import Browser, at
from tests.builders.firm import a_firm, again, an_intake
from tests.conftest import TUESDAY, Hands

FIRST = "2026-11-25T17:00Z"
TAKEN = "Alguien acaba de tomar esa hora"


def count(model: type[Consultation | Task | Outbox]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def intake(app: Flask) -> Intake:
    a_firm(app).with_attorney("Ana")
    return an_intake(app)


@pytest.fixture
def browser(app: Flask, intake: Intake) -> Browser:
    return Browser(app).with_intake(intake)


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
        part = "de la mañana" if local.hour < 12 else "de la tarde"
        assert said == f"{local.hour % 12 or 12}:{local.minute:02} {part}"


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

    assert browser.slots[FIRST] == "9:00 in the morning"


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
    app: Flask, answers: dict[str, str], chosen: str, missing: str | None
) -> None:
    a_firm(app).with_attorney("Ana")
    browser = Browser(app).with_intake(an_intake(app, **answers))

    browser.get("/apply/time")

    assert f'value="{chosen}" checked' in browser.seen.text
    assert f'value="{missing}"' not in browser.seen.text


def test_a_chosen_time_is_booked(browser: Browser, intake: Intake) -> None:
    browser.get("/apply/time")

    answer = browser.post("/apply/time", slot_id=FIRST, call_mode="phone")

    booked = db.session.scalar(select(Consultation))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/apply/done")
    assert booked is not None
    assert (booked.intake_id, booked.starts_at) == (intake.id, at("2026-11-25T17:00"))


def test_sent_again_it_is_the_same_booking_and_the_same_page(browser: Browser) -> None:
    browser.get("/apply/time")
    answers = [browser.post("/apply/time", slot_id=FIRST, call_mode="phone") for _ in range(3)]
    letters = count(Outbox)
    answers.append(browser.post("/apply/time", slot_id="2026-11-27T17:00Z", call_mode="video"))
    browser.get("/apply/done")
    once = browser.same_each_time()
    browser.get("/apply/done")

    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {(303, "/apply/done")}
    assert (count(Consultation), count(Outbox)) == (1, letters)
    assert browser.same_each_time() == once


def test_once_booked_the_times_lead_to_the_booking(browser: Browser) -> None:
    browser.get("/apply/time")
    browser.post("/apply/time", slot_id=FIRST, call_mode="phone")

    assert browser.get("/apply/time").headers["Location"] == "/apply/done"


def test_a_time_taken_meanwhile_leaves_the_others_and_loses_nothing(
    app: Flask, parts: Parts, browser: Browser, intake: Intake
) -> None:
    before = open_answers(parts, again(Intake, intake.id))
    browser.get("/apply/time")
    book(parts, BookSlot(an_intake(app).id, at("2026-11-25T17:00"), "phone"))

    browser.seen = browser.post("/apply/time", slot_id=FIRST, call_mode="video")

    assert browser.seen.status_code == 409
    assert TAKEN in browser.text
    assert FIRST not in browser.slots
    assert len(browser.slots) == 12
    assert 'value="video" checked' in browser.seen.text
    assert open_answers(parts, again(Intake, intake.id)) == before


@pytest.mark.parametrize(
    "slot",
    [
        pytest.param("2026-11-25T17:10Z", id="between the times"),
        pytest.param("2026-11-24T16:00Z", id="in the past"),
        pytest.param("2026-11-24T19:00Z", id="too soon"),
        pytest.param("2026-11-26T17:00Z", id="on a holiday"),
        pytest.param("2026-11-25T05:00Z", id="at night"),
        pytest.param("2027-03-01T17:00Z", id="beyond the horizon"),
        pytest.param("9999-12-31T23:59Z", id="at the end of time"),
        pytest.param("0001-01-01T00:00Z", id="at its beginning"),
    ],
)
def test_a_time_never_offered_is_refused(browser: Browser, slot: str) -> None:
    browser.get("/apply/time")

    answer = browser.post("/apply/time", slot_id=slot, call_mode="phone")

    assert answer.status_code == 409
    assert count(Consultation) == 0


def test_a_time_of_another_service_is_refused(app: Flask) -> None:
    a_firm(app).with_attorney("Ana").with_attorney("Bob", languages=("en",), hours="9:00-18:00")
    browser = Browser(app).with_intake(an_intake(app))
    browser.get("/apply/time")

    answer = browser.post("/apply/time", slot_id="2026-11-26T01:00Z", call_mode="phone")

    assert answer.status_code == 409
    assert count(Consultation) == 0


@pytest.mark.parametrize(
    ("slot", "mode"),
    [
        pytest.param("", "video", id="nothing chosen"),
        pytest.param("tomorrow", "video", id="no time"),
        pytest.param("2026-13-45T99:99Z", "video", id="no such day"),
        pytest.param("\0" * 50, "video", id="control characters"),
        pytest.param("9" * 100_000, "video", id="very long"),
    ],
)
def test_nonsense_comes_back_as_a_message_with_the_rest_kept(browser: Browser, slot: str, mode: str) -> None:
    browser.get("/apply/time")

    answer = browser.post("/apply/time", slot_id=slot, call_mode=mode)
    browser.follow(answer)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/apply/time")
    assert "Elija día y hora." in browser.text
    assert 'value="video" checked' in browser.seen.text


def test_without_a_way_to_talk_she_is_asked_for_one(browser: Browser) -> None:
    browser.get("/apply/time")

    browser.follow(browser.post("/apply/time", slot_id=FIRST, call_mode="pigeon"))

    assert "Elija cómo hablar." in browser.text
    assert f'value="{FIRST}" id="slot_id" checked' in browser.seen.text


def test_where_nothing_is_free_in_time_three_later_ones_and_a_promised_call(app: Flask) -> None:
    firm = a_firm(app).with_attorney("Ana")
    for ahead in range(23):
        firm.with_override("Ana", TUESDAY.date() + timedelta(days=ahead))
    browser = Browser(app).with_intake(an_intake(app))

    browser.get("/apply/time")
    browser.get("/apply/time")

    assert len(browser.slots) == 3
    assert "Queremos hablar con usted antes. Una persona le llamará antes del miércoles, 25 de nov" in browser.text
    assert [task.kind for task in db.session.scalars(select(Task))] == ["find_earlier_slot"]


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
    browser = Browser(app).with_intake(an_intake(app, conflict_people_any="prefer_call"))

    assert browser.get("/apply/time").status_code == 303


def test_a_cancelled_time_can_be_chosen_anew_and_the_old_form_does_not_book(
    app: Flask, parts: Parts, browser: Browser
) -> None:
    browser.get("/apply/time")
    browser.post("/apply/time", slot_id=FIRST, call_mode="phone")
    booked = db.session.scalar(select(Consultation))
    assert booked is not None
    cancel(parts, Cancel(booked.id))

    stale = browser.post("/apply/time", slot_id=FIRST, call_mode="phone")
    still = count(Consultation)
    browser.get("/apply/time")
    fresh = browser.post("/apply/time", slot_id=FIRST, call_mode="phone", again="again-1")

    assert (stale.headers["Location"], still) == ("/", 1)
    assert (fresh.headers["Location"], count(Consultation)) == ("/apply/done", 2)


def test_the_times_are_not_kept_by_the_browser_and_say_nothing_outside(browser: Browser) -> None:
    browser.get("/apply/time")

    assert browser.seen.headers["Cache-Control"] == "no-store"
    assert "<title>Citas</title>" in browser.seen.text


def test_a_form_without_its_token_books_nothing(browser: Browser) -> None:
    browser.get("/apply/time")

    answer = browser.post("/apply/time", slot_id=FIRST, call_mode="phone", csrf_token="")

    assert answer.status_code == 400
    assert count(Consultation) == 0
