"""Who works here no longer is booked by nobody from that moment on; who comes back is booked as before."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import bookable, calendar_reading, outside
from scheduler.casework.calendar_reading import Add
from scheduler.casework.calendars import NoSuchCalendar
from scheduler.casework.openings import offered
from scheduler.casework.parts import Parts
from scheduler.casework.staff_changes import Renew, let_go, renew
from scheduler.channels.calendars import Kind, Source
from scheduler.channels.fetch import Fetcher
from scheduler.models import Calendar, Consultation, Person, Staff, StaffSession, Task, db
from tests.builders.feeds import feeding
from tests.builders.firm import AFirm, a_firm, again, an_intake
from tests.builders.ics import calendar
from tests.builders.imported import FRIDAY
from tests.builders.staff import PASSWORD, Login, a_login, at_the_desk, quick_hashes, who_is
from tests.casework.appointments import at, booked
from tests.conftest import Hands, on_both


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_hashes(monkeypatch)


@pytest.fixture
def house(app: Flask) -> AFirm:
    return a_firm(app).with_attorney("Ana").with_interpreter("Mara")


def of_staff(app: Flask, *roles: str, person: int | None = 1, **more: Any) -> Login:
    return a_login(app, *roles, person=person, codes=False, **more)


def is_offered(app: Flask, parts: Parts) -> bool:
    db.session.rollback()
    return bool(offered(parts, an_intake(app).id).starts)


def to_do(call: Consultation) -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Task.kind).filter_by(consultation_id=call.id, done_at=None)))


def active() -> list[bool]:
    db.session.rollback()
    return list(db.session.scalars(select(Person.active).order_by(Person.number)))


@on_both
def test_an_attorney_who_leaves_is_offered_no_more_and_her_calls_are_tasks(
    app: Flask, parts: Parts, house: AFirm
) -> None:
    call, login = booked(app, at(30, 9)), of_staff(app, "attorney")
    before = is_offered(app, parts)

    calls = let_go(parts, login.email)

    assert (before, is_offered(app, parts), calls) == (True, False, 1)
    assert (to_do(call), again(Consultation, call.id).state) == ([outside.TASK], call.state)


def test_a_call_that_is_over_is_no_task(app: Flask, parts: Parts, house: AFirm, hands: Hands) -> None:
    call, login = booked(app, at(30, 9)), of_staff(app, "attorney")
    hands.set(call.ends_at + timedelta(hours=1))

    assert (let_go(parts, login.email), to_do(call)) == (0, [])


def test_her_page_is_closed_at_once(app: Flask, parts: Parts, house: AFirm) -> None:
    browser = at_the_desk(app, "attorney", person=1)
    email = db.session.scalar(select(Staff.email).where(Staff.person == 1))
    before = browser.get("/desk").status_code

    let_go(parts, str(email))

    assert (before, browser.get("/desk").status_code) == (200, 303)
    assert None not in db.session.scalars(select(StaffSession.ended_at)).all()


@on_both
def test_who_comes_back_is_offered_again_and_nothing_is_left_to_do(app: Flask, parts: Parts, house: AFirm) -> None:
    call, login = booked(app, at(30, 9)), of_staff(app, "attorney")
    let_go(parts, login.email)

    renew(parts, Renew(login.email, PASSWORD, with_codes=False))

    assert (is_offered(app, parts), to_do(call)) == (True, [])


def test_who_leaves_a_second_time_leaves_her_calls_as_tasks_again(
    app: Flask, parts: Parts, house: AFirm, hands: Hands
) -> None:
    call, login = booked(app, at(30, 9)), of_staff(app, "attorney")
    let_go(parts, login.email)
    renew(parts, Renew(login.email, PASSWORD, with_codes=False))
    hands.set(hands.now + timedelta(hours=1))

    let_go(parts, login.email)

    assert to_do(call) == [outside.TASK]


def test_who_took_no_calls_when_she_left_takes_none_when_she_is_back(app: Flask, parts: Parts, house: AFirm) -> None:
    login = of_staff(app, "attorney")
    db.session.scalars(select(Person).where(Person.number == 1)).one().active = False
    db.session.commit()
    let_go(parts, login.email)

    renew(parts, Renew(login.email, PASSWORD, with_codes=False))

    assert active() == [False, True]


def test_a_new_password_alone_changes_nobody_s_calls(app: Flask, parts: Parts, house: AFirm) -> None:
    login = of_staff(app, "attorney")
    db.session.scalars(select(Person).where(Person.number == 1)).one().active = False
    db.session.commit()

    renew(parts, Renew(login.email, PASSWORD, with_codes=False))

    assert active() == [False, True]


@pytest.mark.parametrize(
    ("roles", "person", "email", "expected"),
    [
        pytest.param(["attorney"], 1, "", [False, True], id="an attorney"),
        pytest.param(["paralegal"], 1, "", [True, True], id="a paralegal who works for her"),
        pytest.param(["receptionist"], None, "", [True, True], id="who is not in the calendar"),
        pytest.param(["receptionist"], None, "mara@firm.example", [True, False], id="an interpreter, by her address"),
        pytest.param(["admin"], None, "ANA@firm.example", [False, True], id="an attorney with another role"),
    ],
)
def test_only_she_herself_is_taken_out(  # noqa: PLR0917 - a row of the table
    app: Flask, parts: Parts, house: AFirm, roles: list[str], person: int | None, email: str, expected: list[bool]
) -> None:
    login = of_staff(app, *roles, person=person)
    if email:
        db.session.scalars(select(Staff)).one().email = email.lower()
        db.session.commit()

    let_go(parts, email or login.email)

    assert active() == expected


def test_who_goes_on_under_another_address_goes_on_being_booked(app: Flask, parts: Parts, house: AFirm) -> None:
    old = of_staff(app, "attorney")
    of_staff(app, "attorney")

    let_go(parts, old.email)

    assert active() == [True, True]


def test_her_calendars_are_read_no_more_until_she_is_back(app: Flask, house: AFirm, hands: Hands) -> None:
    with feeding(ana=calendar(FRIDAY).encode()) as feed:
        parts = replace(app.extensions["cita"], fetcher=Fetcher(frozenset({feed.server}), seconds=20))
        login = of_staff(app, "attorney")
        kept = calendar_reading.add(parts, who_is(login), Add(1, Source(Kind.ICS, feed.url())))
        let_go(parts, login.email)
        hands.set(hands.now + timedelta(hours=1))

        read = calendar_reading.read_due(parts)
        with pytest.raises(NoSuchCalendar):
            calendar_reading.read(parts, kept)
        renew(parts, Renew(login.email, PASSWORD, with_codes=False))

        assert (read, calendar_reading.read_due(parts), again(Calendar, kept).problem) == (0, 1, None)


def test_an_end_that_took_nobody_out_would_be_noticed(
    app: Flask, parts: Parts, house: AFirm, monkeypatch: pytest.MonkeyPatch
) -> None:
    login = of_staff(app, "attorney")
    monkeypatch.setattr(bookable, "end", lambda *_all: ([], 0))

    let_go(parts, login.email)

    assert is_offered(app, parts)
