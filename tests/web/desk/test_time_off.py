"""The desk enters time off, and says of every call in the way what becomes of it."""

from flask import Flask

from scheduler.models import Block, Consultation, db
from tests.builders.firm import again
from tests.builders.staff import at_the_desk

DAY = {"first_day": "2026-11-27", "last_day": "2026-11-27", "last_time": "20:00", "reason": "court", "weeks": "1"}


def test_a_call_in_the_way_is_asked_about_and_then_given_to_another(app: Flask, booked: Consultation) -> None:
    browser, other = at_the_desk(app), 3 - booked.attorney
    browser.get("/desk/time-off")
    day = {**DAY, "first_time": "08:00", "person": str(booked.attorney)}
    asked = browser.post("/desk/time-off", **day).text

    browser.follow(browser.post("/desk/time-off", **day, **{f"home-{booked.id}": f"give:{other}"}))

    assert "Calls are in the way." in asked
    assert "Saved." in browser.text
    assert again(Consultation, booked.id).attorney == other
    assert db.session.query(Block).filter_by(kind="time_off").count() == 1


def test_nonsense_is_refused(app: Flask, booked: Consultation) -> None:
    browser = at_the_desk(app)
    browser.get("/desk/time-off")

    answer = browser.post("/desk/time-off", **DAY, first_time="noon", person="1")

    assert answer.status_code == 400
