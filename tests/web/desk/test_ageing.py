"""The page of facts that age."""

import re

import pytest
from flask import Flask

from scheduler.casework import facts
from scheduler.casework.parts import Parts
from scheduler.models import Intake, db
from tests.builders.browser import Browser, a_booking
from tests.builders.firm import a_firm, again
from tests.builders.staff import at_the_desk, confirm_names

ONE = re.compile(r'href="(/admin/facts/[0-9a-f-]{36})"')


@pytest.fixture
def admin(app: Flask) -> Browser:
    a_firm(app)
    return at_the_desk(app, "admin")


def one(browser: Browser) -> str:
    """The address of the first fact on the page."""
    found = ONE.search(browser.get("/admin/facts").text)
    return found.group(1) if found else ""


def test_everything_that_ages_stands_there_with_its_day(admin: Browser, parts: Parts) -> None:
    admin.get("/admin/facts")

    assert all(str(row.words["en"]) in admin.text for row in facts.everything(parts))
    assert admin.text.count("never") == len(facts.everything(parts))


def test_what_is_true_today_is_marked(admin: Browser, parts: Parts) -> None:
    path = one(admin)
    admin.get(path)
    row = next(row for row in facts.everything(parts) if path.endswith(str(row.id)))
    words = {f"words-{code}": text for code, text in row.words.items()}

    admin.follow(admin.post(path, reviewed="1", **words, **row.value))

    db.session.rollback()
    assert "Marked as looked over today." in admin.text
    assert facts.stale(parts) == len(facts.everything(parts)) - 1


def test_what_cannot_stand_there_is_said_and_stays_typed(admin: Browser) -> None:
    path = one(admin)
    admin.get(path)

    answer = admin.post(path, **{"words-en": "Only English", "words-es": ""})

    assert answer.status_code == 400
    assert "Nothing was changed" in answer.text
    assert "Only English" in answer.text


def test_a_place_of_help_is_added_and_taken_off(admin: Browser) -> None:
    admin.get("/admin/facts")
    place = {"city": "Tijuana", "name": "Casa Azul", "words-en": "Beds", "words-es": "Camas"}
    admin.follow(admin.post("/admin/facts", **place))
    added = "Casa Azul" in admin.text
    path = next(path for path in ONE.findall(admin.seen.text) if "Casa Azul" in admin.get(path).text)

    admin.follow(admin.post(f"{path}/remove"))

    assert (added, "Casa Azul" in admin.text) == (True, False)


@pytest.mark.parametrize(("role", "has_link"), [("receptionist", False), ("attorney", True), ("admin", True)])
def test_staff_are_told_what_is_old(app: Flask, role: str, has_link: bool) -> None:
    a_firm(app)
    browser = at_the_desk(app, role)

    browser.get("/staff")

    assert "Not looked over in 90 days" in browser.text
    assert ('href="/admin/facts">Look it over' in browser.seen.text) is has_link


def test_the_brief_reminds_of_the_fee_and_says_that_nobody_looked_it_over(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_booking(app, "2026-11-27T17:00")
    confirm_names(app, call.intake_id)
    attorney = at_the_desk(app, "attorney", person=call.attorney)

    attorney.get(f"/b/{again(Intake, call.intake_id).ref}")

    assert "fee and receipt before the date. (not looked over)" in attorney.text
