"""Hours that end before they begin may be a slip of the hand: said back, and saved after a second press only."""

import re
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import working
from scheduler.models import Override, WorkingHours, db
from tests.builders.browser import Browser
from tests.builders.firm import a_firm
from tests.builders.staff import at_the_desk

ONE = "/desk/people/1"
WEEK = {str(day): "9:00-17:00" for day in range(5)} | {"5": "", "6": ""}
SLIP = {**WEEK, "0": "9:00-5:00", "2": "9:00-12:30, 13:30-17:00"}
PRESS, BACK = "They are meant over midnight: save", "Change what I wrote"


@pytest.fixture
def desk(app: Flask) -> Browser:
    a_firm(app).with_attorney("Ana")
    browser = at_the_desk(app, "receptionist")
    browser.get(ONE)
    return browser


def monday() -> list[tuple[int, int]]:
    db.session.rollback()
    mine = select(WorkingHours.start, WorkingHours.end).where(WorkingHours.weekday == 0)
    return [(row.start, row.end) for row in db.session.execute(mine)]


def days() -> list[tuple[int | None, int | None]]:
    db.session.rollback()
    return [(row.start, row.end) for row in db.session.scalars(select(Override))]


def presses(browser: Browser, text: str, button: str) -> str:
    """Send the form with this button as the page has it; what is read in the end."""
    (form,) = (one for one in re.findall(r"<form.*?</form>", text, re.S) if button in one)
    fields = {name: unescape(said) for name, said in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)}
    fields |= dict(re.findall(r'<button name="([^"]+)" value="([^"]+)"', form))
    fields.pop("csrf_token")
    answer = browser.post(unescape(re.findall(r'action="([^"]+)"', form)[0]), **fields)
    return browser.follow(answer).text if answer.status_code == 303 else answer.text


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        pytest.param("9:00-5:00", "9:00 to 5:00 the next morning: 20 hours", id="the afternoon was meant"),
        pytest.param("22:00-2:30", "22:00 to 2:30 the next morning: 4 hours, 30 minutes", id="a night"),
        pytest.param("20:00-15:00", "20:00 to 15:00 the next day: 19 hours", id="into the next afternoon"),
        pytest.param("23:30-0:15", "23:30 to 0:15 the next morning: 45 minutes", id="less than an hour"),
    ],
)
def test_hours_over_midnight_are_said_back_and_nothing_is_saved_yet(desk: Browser, hours: str, said: str) -> None:
    answer = desk.post(f"{ONE}/week", **{**WEEK, "0": hours})

    assert (answer.status_code, said in answer.text, "Monday" in answer.text) == (200, True, True)
    assert monday() == [(540, 1020)]


@pytest.mark.parametrize("hours", ["9:00-17:00", "14:00-0:00", "14:00-24:00", "0:00-24:00"])
def test_hours_that_end_the_same_day_are_saved_at_once(desk: Browser, hours: str) -> None:
    assert desk.post(f"{ONE}/week", **{**WEEK, "0": hours}).status_code == 303


def test_the_hours_of_the_afternoon_are_proposed_where_those_may_be_meant(desk: Browser) -> None:
    slip, night = (desk.post(f"{ONE}/week", **{**WEEK, "0": hours}).text for hours in ("9:00-5:00", "22:00-2:00"))

    assert ("write 9:00-17:00." in slip, "If the afternoon" in night) == (True, False)


def test_said_twice_they_are_saved(desk: Browser) -> None:
    asked = desk.post(f"{ONE}/week", **SLIP).text

    text = presses(desk, asked, PRESS)

    assert ("Saved." in text, monday()) == (True, [(540, 300)])


def test_who_goes_back_finds_all_that_she_typed(desk: Browser) -> None:
    asked = desk.post(f"{ONE}/week", **SLIP).text

    text = presses(desk, asked, BACK)

    assert ('value="9:00-5:00"' in text, 'value="9:00-12:30, 13:30-17:00"' in text) == (True, True)
    assert monday() == [(540, 1020)]


def test_the_hours_of_a_single_day_are_asked_about_too(desk: Browser) -> None:
    asked = desk.post(f"{ONE}/day", day="2026-11-30", windows="9:00-5:00").text
    before = days()

    presses(desk, asked, PRESS)

    assert ("20 hours" in asked, before, days()) == (True, [], [(540, 300)])


def test_a_night_that_is_hers_already_is_not_asked_about_again(desk: Browser) -> None:
    presses(desk, desk.post(f"{ONE}/week", **SLIP).text, PRESS)

    again = [desk.post(f"{ONE}/week", **{**SLIP, **more}).status_code for more in ({"4": ""}, {"1": "9:00-5:00"})]

    assert again == [303, 200]


@pytest.mark.parametrize("forged", ["", "0.540", "0.540.301", "1.540.300", "a.b.c", "0.540.300.7", "9" * 9000])
def test_a_yes_to_other_hours_is_none_to_these(desk: Browser, forged: str) -> None:
    answer = desk.post(f"{ONE}/week", **SLIP, night=forged)

    assert (answer.status_code, monday()) == (200, [(540, 1020)])


def test_both_questions_are_asked_and_both_answers_kept(app: Flask, booked: object) -> None:
    browser = at_the_desk(app, "receptionist")
    browser.get(ONE)
    asked = browser.post(f"{ONE}/week", **{**WEEK, "4": "22:00-2:00"}).text

    calls = presses(browser, asked, PRESS)
    text = presses(browser, calls, "Save all the same")

    assert ("4 hours" in asked, "Calls would be outside" in calls, "Saved." in text) == (True, True, True)


def test_a_question_that_was_not_asked_would_be_noticed(desk: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "_refuse_nights", lambda *_all: None)

    desk.post(f"{ONE}/week", **SLIP)

    assert monday() == [(540, 300)]
