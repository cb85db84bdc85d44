"""The pages on which an administrator and the desk say who works when and where."""

from collections.abc import Mapping
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.models import Closure, Consultation, Override, Person, Stay, Task, WorkingHours, db
from tests.builders.browser import Browser
from tests.builders.firm import a_firm, again
from tests.builders.staff import at_the_desk

ALL, ONE = "/desk/people", "/desk/people/1"
WEEK = {str(day): "" for day in range(7)}
STAY = {"first": "2026-12-07", "last": "2026-12-11", "zone": "America/New_York"}
RULES = {
    "active": "on",
    "zone": "America/Tijuana",
    "buffer_before": "5",
    "buffer_after": "10",
    "grid_step": "20",
    "grid_offset": "10",
    "daily_cap": "6",
    "weekly_cap": "",
    "skills": "child, asylum",
    "gender": "woman",
    "languages": "mam",
}
NEW = {"kind": "interpreter", "name": "Mara", "email": "mara@firm.example", "zone": "America/Tijuana"}


@pytest.fixture
def admin(app: Flask) -> Browser:
    a_firm(app).with_attorney("Ana")
    return there(at_the_desk(app, "admin"))


def there(browser: Browser) -> Browser:
    browser.get(ALL)
    return browser


def weekly() -> list[tuple[int, int, int]]:
    db.session.rollback()
    return sorted((row.weekday, row.start, row.end) for row in db.session.scalars(select(WorkingHours)))


def test_the_week_is_written_as_it_is_said_and_shown_so_again(admin: Browser) -> None:
    week = {**WEEK, "0": "9:00-12:30, 13:30-17:00", "4": "22:00–2:00", "6": "0:00-24:00"}

    admin.follow(admin.post(f"{ONE}/week", **week, night="4.1320.120"))

    assert weekly() == [(0, 540, 750), (0, 810, 1020), (4, 1320, 120), (6, 0, 1440)]
    assert "Saved." in admin.text
    assert 'value="22:00-2:00"' in admin.seen.text


@pytest.mark.parametrize(
    "hours",
    [
        pytest.param("9 to 5", id="words"),
        pytest.param("9:00", id="one time"),
        pytest.param("9:00-9:00", id="no length"),
        pytest.param("24:00-2:00", id="a start at the end of the day"),
        pytest.param("9:00-24:30", id="after the end of the day"),
        pytest.param("9:00-12:00" * 500, id="very long"),
        pytest.param("<script>", id="markup"),
    ],
)
def test_hours_that_cannot_be_are_refused_and_stand_there_to_be_mended(admin: Browser, hours: str) -> None:
    before = weekly()

    answer = admin.post(f"{ONE}/week", **{**WEEK, "1": hours})

    assert answer.status_code == 400
    assert "Nothing was changed." in answer.text
    assert "<script>" not in answer.text
    assert weekly() == before


def test_a_journey_is_written_down_ends_earlier_and_is_removed(admin: Browser) -> None:
    admin.follow(admin.post(f"{ONE}/stay", **STAY))
    stay = db.session.scalars(select(Stay)).one()
    said = (stay.first_day, stay.zone, "New York" in admin.text)
    admin.post(f"{ONE}/stay/{stay.id}", until="2026-12-08")
    ended = again(Stay, stay.id).last_day

    admin.get(ONE)
    admin.post(f"{ONE}/stay/{stay.id}", until="2026-12-08", remove="yes")

    assert said == (date(2026, 12, 7), "America/New_York", True)
    assert ended == date(2026, 12, 8)
    assert again(Stay, stay.id) is None


@pytest.mark.parametrize(
    ("changes", "english", "spanish"),
    [
        pytest.param({"zone": "Narnia"}, "no such time zone", "Esa zona horaria no existe", id="no zone"),
        pytest.param({"last": "2026-12-01"}, "before the first", "anterior al primero", id="backwards"),
        pytest.param({"first": "soon"}, "Write a day", "Escriba un día", id="no day"),
        pytest.param({"first": "2026-12-02"}, "in another zone already", "ya hay otra zona", id="two zones a day"),
    ],
)
def test_a_journey_that_cannot_be_is_refused_in_her_language(
    app: Flask, changes: Mapping[str, str], english: str, spanish: str
) -> None:
    a_firm(app).with_attorney("Ana").with_stay("Ana", date(2026, 12, 1), date(2026, 12, 3), "Europe/Madrid")
    browser = there(at_the_desk(app))
    answers = [browser.post(f"{ONE}/stay", **{**STAY, **changes})]
    browser.get(f"{ALL}?lang=es")

    answers.append(browser.post(f"{ONE}/stay", **{**STAY, **changes}))

    assert [answer.status_code for answer in answers] == [400, 400]
    assert english in answers[0].text
    assert spanish in answers[1].text
    assert len(db.session.scalars(select(Stay)).all()) == 1


def test_the_desk_is_told_of_each_call_before_it_is_left_outside(app: Flask, booked: Consultation) -> None:
    browser = there(at_the_desk(app))
    path = f"{ALL}/{booked.attorney}/week"
    asked = browser.post(path, **{**WEEK, "0": "8:00-9:00"}).text
    before = len(weekly())

    browser.follow(browser.post(path, **{**WEEK, "0": "8:00-9:00"}, agreed=str(booked.id)))

    assert str(booked.id) in asked
    assert "Save all the same" in asked
    assert before > len(weekly())
    assert "Saved." in browser.text
    assert [task.kind for task in db.session.scalars(select(Task)) if task.consultation_id == booked.id] == [
        "hours_changed"
    ]


def test_an_administrator_learns_how_many_calls_there_are_and_nothing_of_them(app: Flask, booked: Consultation) -> None:
    browser = there(at_the_desk(app, "admin"))

    asked = browser.post(f"{ALL}/{booked.attorney}/week", **WEEK).text

    assert "does not work: 1." in asked
    assert "Nov 27" not in asked
    assert "/desk/consultation/" not in asked


def test_a_single_day_and_back(admin: Browser) -> None:
    admin.follow(admin.post(f"{ONE}/day", day="2026-11-30", windows=""))
    closed = "Mon, Nov 30, 2026: not working" in admin.text

    admin.post(f"{ONE}/day", day="2026-11-30", remove="yes")

    db.session.rollback()
    assert closed
    assert db.session.scalars(select(Override)).all() == []


def test_the_firm_is_closed_on_a_day_and_open_again(admin: Browser) -> None:
    admin.follow(admin.post("/desk/closures", day="2026-12-24", reason="Day of rest"))
    shown = "Day of rest" in admin.text

    admin.post("/desk/closures", day="2026-12-24", remove="yes")

    db.session.rollback()
    assert shown
    assert db.session.scalars(select(Closure)).all() == []


def test_the_rules_are_saved_and_shown(admin: Browser) -> None:
    admin.follow(admin.post(ONE, **RULES))

    person = db.session.scalars(select(Person)).one()
    assert (person.zone, person.languages, person.skills) == ("America/Tijuana", ["mam"], ["asylum", "child"])
    assert (person.buffer_before, person.buffer_after, person.grid_step, person.grid_offset) == (5, 10, 20, 10)
    assert (person.daily_cap, person.weekly_cap, person.active) == (6, None, True)
    assert person.gender == "woman"


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"grid_step": "0"}, id="a grid without a step"),
        pytest.param({"buffer_before": "-5"}, id="a negative buffer"),
        pytest.param({"daily_cap": "many"}, id="words for a number"),
        pytest.param({"buffer_after": ""}, id="no number"),
        pytest.param({"weekly_cap": "9" * 400}, id="a very long number"),
        pytest.param({"languages": "klingon"}, id="no language that we know"),
        pytest.param({"zone": ""}, id="no zone"),
        pytest.param({"gender": "unknown"}, id="a gender that nobody can ask for"),
    ],
)
def test_rules_that_cannot_be_are_refused(admin: Browser, changes: Mapping[str, str]) -> None:
    answer = admin.post(ONE, **{**RULES, **changes})

    db.session.rollback()
    assert answer.status_code == 400
    assert db.session.scalars(select(Person.zone)).one() == "America/Los_Angeles"


def test_a_paralegal_comes(admin: Browser) -> None:
    admin.follow(admin.post(ALL, **{**NEW, "kind": "paralegal"}, languages="es"))

    row = db.session.scalars(select(Person).where(Person.number == 2)).one()
    assert (row.kind, row.is_paralegal) == ("attorney", True)
    assert "Paralegal" in admin.text


def test_somebody_comes(admin: Browser) -> None:
    admin.follow(admin.post(ALL, **NEW, languages="mam"))

    mara = db.session.scalars(select(Person).where(Person.number == 2)).one()
    assert (mara.kind, mara.email, mara.languages) == ("interpreter", "mara@firm.example", ["mam"])
    assert "Mara" in admin.text


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"kind": "judge"}, id="a kind that there is not"),
        pytest.param({"name": " "}, id="no name"),
        pytest.param({"email": "ANA@firm.example"}, id="an address that somebody has"),
        pytest.param({"email": "mara"}, id="no address"),
        pytest.param({"email": "Mara <mara@firm.example>"}, id="an address with a name round it"),
        pytest.param({"email": "mara@firm.example,bea@firm.example"}, id="two addresses"),
        pytest.param({"name": "Mara\nLuz"}, id="a name of two lines"),
    ],
)
def test_nobody_comes_who_cannot_be(admin: Browser, changes: Mapping[str, str]) -> None:
    answer = admin.post(ALL, **{**NEW, **changes}, languages="mam")

    db.session.rollback()
    assert answer.status_code == 400
    assert len(db.session.scalars(select(Person)).all()) == 1
