"""The desk keeps a time for somebody who waits, is warned, and books it."""

from flask import Flask

from scheduler.models import Block, Consultation, db
from tests.builders.firm import a_firm, an_intake
from tests.builders.staff import at_the_desk


def test_any_other_time_is_kept_and_booked_after_the_warning(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")
    path = f"/desk/intake/{an_intake(app).id}/book"
    browser = at_the_desk(app)
    browser.get(path)
    browser.follow(browser.post(path, day="2026-11-30", time="09:07", attorney="1"))
    warned = browser.text

    browser.follow(browser.post(f"{path}/confirm", warned="off_grid", reason="urgent", call_mode="phone"))

    assert "Not at one of the attorney’s usual minutes" in warned
    assert db.session.query(Consultation).filter_by(state="booked").count() == 1


def test_a_time_of_the_list_is_kept_for_her(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")
    path = f"/desk/intake/{an_intake(app).id}/book"
    browser = at_the_desk(app)
    browser.get(path)

    browser.follow(browser.post(path, slot_id="2026-11-30T17:00Z"))

    assert "It is kept until" in browser.text
    assert db.session.query(Block).filter_by(kind="hold", active=True).count() == 1


def test_nonsense_keeps_nothing(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")
    path = f"/desk/intake/{an_intake(app).id}/book"
    browser = at_the_desk(app)
    browser.get(path)

    browser.follow(browser.post(path, day="2026-11-31", time="noon", attorney="x"))

    assert "Choose a day and hour." in browser.text
    assert db.session.query(Block).count() == 0
