"""Somebody urgent whose names hit: her time is kept quietly until a person has called her, after the decision, too."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import slot_holds
from scheduler.casework.deciding import clear
from scheduler.casework.lapses import expire_holds
from scheduler.casework.parts import Parts
from scheduler.models import Consultation, Intake, Task, db
from tests.builders.browser import TOKEN
from tests.builders.reviews import a_hit, judge, letters, open_tasks
from tests.builders.staff import at_the_desk
from tests.conftest import Hands, on_both

URGENT = {"immediate_danger": "yes"}
WARNED = re.compile(r'name="warned" value="([a-z_]+)"')


def cleared_after(app: Flask, parts: Parts, hands: Hands, **later: int) -> Intake:
    intake = a_hit(app, parts, **URGENT)
    hands.set(hands.now + timedelta(**later))
    expire_holds(parts)
    clear(parts, judge(app), intake.id, "a note")
    return intake


def states() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Consultation.state).order_by(Consultation.booked_at)))


@on_both
def test_the_four_office_hours_begin_anew_with_the_decision(app: Flask, parts: Parts, hands: Hands) -> None:
    cleared_after(app, parts, hands, hours=3)

    hands.set(hands.now + timedelta(hours=3, minutes=59))
    expire_holds(parts)

    assert states()[-1] == "held"


@on_both
def test_a_time_that_went_by_while_somebody_decided_is_kept_anew(app: Flask, parts: Parts, hands: Hands) -> None:
    cleared_after(app, parts, hands, hours=26)

    assert states() == ["expired_hold", "held"]


def test_her_call_is_on_the_list_before_it_lapses_and_stays_there_after(app: Flask, parts: Parts, hands: Hands) -> None:
    intake = cleared_after(app, parts, hands, hours=1)

    due = db.session.scalars(select(Task.due_at).where(Task.intake_id == intake.id, Task.done_at.is_(None))).all()
    hands.set(hands.now + timedelta(hours=30))
    expire_holds(parts)

    assert [one for one in due if one <= hands.now - timedelta(hours=26)]
    assert (states()[-1], bool(open_tasks())) == ("expired_hold", True)


def test_she_is_asked_to_call_and_the_desk_books_the_time_with_her(app: Flask, parts: Parts, hands: Hands) -> None:
    intake = cleared_after(app, parts, hands, hours=1)
    asked = "please_call" in letters()
    desk = at_the_desk(app)
    desk.get(f"/desk/intake/{intake.id}/book")
    leads = f'href="/desk/intake/{intake.id}/book/confirm"' in desk.seen.text
    desk.get(f"/desk/intake/{intake.id}/book/confirm")
    warned = WARNED.findall(desk.seen.text)

    booking = f"/desk/intake/{intake.id}/book/confirm"
    sent = {"call_mode": "phone", "reason": "urgent", "csrf_token": TOKEN.findall(desk.seen.text)[0]}
    with app.app_context():
        desk.client.post(booking, data={**sent, "warned": warned})

    assert (asked, leads, states()[-1]) == (True, True, "booked")
    assert "booked" in letters()


def test_without_it_the_time_would_be_gone(
    app: Flask, parts: Parts, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slot_holds, "keep_on", lambda *_: None)
    cleared_after(app, parts, hands, hours=3)

    hands.set(hands.now + timedelta(hours=3, minutes=59))
    expire_holds(parts)

    assert states() == ["expired_hold"]
