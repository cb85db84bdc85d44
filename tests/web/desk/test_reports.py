"""On one page the desk and the attorney say what became of a call."""

import re
from datetime import datetime

import pytest
from flask import Flask

from scheduler.casework import unreported
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.models import Consultation, Firm, db
from tests.builders.browser import Browser
from tests.builders.reports import MINUTE
from tests.builders.staff import at_the_desk, confirm_names
from tests.conftest import Hands
from tests.web.desk.walk import links_about

LATER = 25
WEST, EAST = "America/Los_Angeles", "Asia/Tokyo"
DONE = {
    "what": "done",
    "result": "undecided",
    "dates": "yes",
    "step": "decide",
    "by": "herself",
    "back_on": "2026-12-07",
    "letter": "none",
}


def whole(fields: dict[str, str], browser: Browser) -> dict[str, str]:
    """The fields as they are sent: one of ours by the id that the page proposes."""
    if fields.get("by") != "herself":
        return fields
    proposed = re.search(r'id="by">.*?<option value="([^"]+)" selected', browser.seen.text, re.DOTALL)
    assert proposed is not None
    return {**fields, "by": proposed.group(1)}


@pytest.fixture
def path(app: Flask, booked: Consultation, hands: Hands) -> str:
    """The page of a call that should run since 25 minutes, its names confirmed."""
    confirm_names(app, booked.intake_id)
    hands.set(booked.starts_at + LATER * MINUTE)
    return f"/desk/consultation/{booked.id}/report"


@pytest.mark.parametrize(
    ("role", "fields", "state"),
    [
        pytest.param("attorney", {"what": "begun"}, "in_progress", id="it has begun"),
        pytest.param("attorney", {**DONE, "result": "undecided"}, "completed", id="we talked"),
        pytest.param("attorney", {**DONE, "result": "second_call"}, "completed", id="we talk again"),
        pytest.param(
            "attorney", {"what": "done", "result": "refer", "dates": "no"}, "completed", id="we talked, she is referred"
        ),
        pytest.param("attorney", {"what": "broken", "how": "unsafe"}, "interrupted", id="it broke off"),
        pytest.param("attorney", {"what": "no_show", "cause": "not_reached"}, "no_show", id="nobody answered"),
        pytest.param("receptionist", {"what": "no_show", "cause": "not_reached"}, "no_show", id="so says the desk"),
        pytest.param("receptionist", {"what": "no_show", "cause": "not_safe"}, "booked", id="she could not talk"),
        pytest.param("receptionist", {"what": "confirmed"}, "confirmed", id="she comes"),
    ],
)
def test_what_is_said_stands(app: Flask, path: str, role: str, fields: dict[str, str], state: str) -> None:
    browser = at_the_desk(app, role)
    browser.get(path)

    browser.follow(browser.post(path, **whole(fields, browser)))

    assert "Saved." in browser.text
    booked = db.session.query(Consultation).one()
    assert booked.state == state
    assert f"consultation_{state}" in links_about(f"consultation:{booked.id}")


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        pytest.param({}, 400, "Choose what became of it", id="nothing"),
        pytest.param({"what": "purged"}, 400, "Choose what became of it", id="no state of these"),
        pytest.param({"what": "done"}, 400, "Choose what became of it", id="what came of it is missing"),
        pytest.param({**DONE, "back_on": ""}, 400, "Choose what", id="the day is missing"),
        pytest.param({**DONE, "back_on": "2020-01-01"}, 400, "Choose what", id="over"),
        pytest.param({**DONE, "back_on": "2028-01-01"}, 400, "Choose what", id="in more than a year"),
        pytest.param({**DONE, "dates": ""}, 400, "Choose what", id="whether her dates were checked is missing"),
        pytest.param({**DONE, "step": ""}, 400, "Choose what", id="what is done next is missing"),
        pytest.param({**DONE, "by": "nobody"}, 400, "Choose what", id="who does it is missing"),
        pytest.param({**DONE, "letter": ""}, 400, "Choose what", id="the letter is missing"),
        pytest.param({"what": "broken", "how": "\0"}, 400, "Choose what became of it", id="nonsense"),
        pytest.param({"what": "closed"}, 303, "That cannot be done any more.", id="not from there"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_changed(
    app: Flask, path: str, fields: dict[str, str], status: int, said: str
) -> None:
    browser = at_the_desk(app, "attorney")
    browser.get(path)

    answer = browser.post(path, **whole(fields, browser))

    text = answer.text if status == 400 else browser.follow(answer).text
    assert (answer.status_code, said in text) == (status, True)
    assert db.session.query(Consultation).one().state == "booked"


@pytest.mark.parametrize(
    ("clock", "day_and_status"),
    [
        pytest.param((WEST, "2026-11-28T03:00"), ("2026-11-27", 303), id="west: today, where UTC is a day ahead"),
        pytest.param((WEST, "2026-11-28T03:00"), ("2026-11-26", 400), id="west: yesterday"),
        pytest.param((WEST, "2026-11-28T07:59"), ("2026-11-27", 303), id="west: the last minute of today"),
        pytest.param((WEST, "2026-11-28T08:00"), ("2026-11-27", 400), id="west: today is over"),
        pytest.param((EAST, "2026-11-27T18:00"), ("2026-11-28", 303), id="east: today, where UTC is a day behind"),
        pytest.param((EAST, "2026-11-27T18:00"), ("2026-11-27", 400), id="east: yesterday, which UTC has today"),
    ],
)
def test_whether_a_day_is_over_is_by_the_clock_of_the_firm(
    app: Flask, path: str, hands: Hands, clock: tuple[str, str], day_and_status: tuple[str, int]
) -> None:
    (zone, now), (day, status) = clock, day_and_status
    with writing() as session:
        session.get_one(Firm, 1).zone = zone
    hands.set(datetime.fromisoformat(f"{now}+00:00"))
    browser = at_the_desk(app, "attorney")
    browser.get(path)

    answer = browser.post(path, **whole({**DONE, "back_on": day}, browser))

    assert answer.status_code == status


def test_too_early_is_said_so(app: Flask, booked: Consultation, hands: Hands) -> None:
    browser, path = at_the_desk(app), f"/desk/consultation/{booked.id}/report"
    browser.get(path)

    answer = browser.post(path, what="no_show", cause="not_reached")

    assert (answer.status_code, "It is too early to say that." in answer.text) == (400, True)


@pytest.mark.parametrize(
    ("role", "there", "not_there"),
    [
        ("attorney", ["We talked", "It broke off", "We could not talk", "It has begun"], ["She said that she comes"]),
        ("receptionist", ["We could not talk", "She said that she comes"], ["We talked", "It broke off"]),
        ("paralegal", [], ["We talked", "It broke off", "We could not talk", "It has begun", "It is closed"]),
    ],
)
def test_a_page_has_the_buttons_of_its_reader_alone(
    app: Flask, path: str, role: str, there: list[str], not_there: list[str]
) -> None:
    browser = at_the_desk(app, role)

    browser.get(path)

    assert [words for words in there if words not in browser.text] == []
    assert [words for words in not_there if words in browser.text] == []


@pytest.mark.parametrize(
    ("language", "said"), [("en", "What became of the call?"), ("es", "¿Qué pasó con la llamada?")]
)
def test_the_question_leads_from_the_list_to_the_page_in_both_languages(
    app: Flask, parts: Parts, path: str, language: str, said: str
) -> None:
    unreported.ask(parts)
    browser = at_the_desk(app, "attorney")

    browser.get(f"/desk/tasks?lang={language}")

    assert f'href="{path}"' in browser.seen.text
    assert said in browser.text
    browser.get(path)
    assert said in browser.text
