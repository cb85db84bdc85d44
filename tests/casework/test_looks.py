"""Who opens many clients' answers that are not her own, or at night, is told of to others."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import diary, looks
from scheduler.casework.cases import open_case
from scheduler.casework.diary import NotHersToDo
from scheduler.casework.looks import MOST, alarms
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.models import Audit, Intake, Task, db
from tests.builders.browser import a_booking
from tests.builders.firm import a_firm, an_intake
from tests.builders.staff import a_login, at_the_desk, who_is
from tests.conftest import Hands, on_both


@pytest.fixture
def client(app: Flask) -> Intake:
    a_firm(app).with_attorney("Ana")
    return an_intake(app, given_names="Sentinelname")


@pytest.fixture
def who(app: Flask, client: Intake) -> SignedIn:
    return who_is(a_login(app, "receptionist", name="Robin Desk"))


def opens(parts: Parts, who: SignedIn, intake: Intake, times: int) -> None:
    for _time in range(times):
        open_case(parts, who, intake.id)


def told(parts: Parts) -> list[tuple[str, str, int]]:
    db.session.rollback()
    return [(one.name, one.why, one.count) for one in alarms(parts)]


def on_the_list() -> int:
    db.session.rollback()
    return len(db.session.scalars(select(Task.id).where(Task.kind == looks.ALARM_TASK)).all())


@on_both
@pytest.mark.parametrize(("times", "expected"), [(MOST, []), (MOST + 1, [("Robin Desk", "many", MOST + 1)])])
def test_more_than_twenty_within_an_hour_are_told_once(
    parts: Parts, who: SignedIn, client: Intake, times: int, expected: list[tuple[str, str, int]]
) -> None:
    opens(parts, who, client, times)

    assert (told(parts), on_the_list()) == (expected, len(expected))


def test_ever_more_within_that_hour_is_one_alarm(parts: Parts, who: SignedIn, client: Intake) -> None:
    opens(parts, who, client, MOST + 5)

    assert (len(told(parts)), on_the_list()) == (1, 1)


def test_what_is_older_than_an_hour_does_not_count(parts: Parts, who: SignedIn, client: Intake, hands: Hands) -> None:
    opens(parts, who, client, MOST)
    hands.set(hands.now + timedelta(hours=1))

    opens(parts, who, client, 1)

    assert told(parts) == []


def test_others_looks_are_others(app: Flask, parts: Parts, who: SignedIn, client: Intake) -> None:
    opens(parts, who, client, MOST)

    opens(parts, who_is(a_login(app, "paralegal")), client, 1)

    assert told(parts) == []


def test_who_opens_her_own_case_is_not_counted(app: Flask, parts: Parts, client: Intake, hands: Hands) -> None:
    call = a_booking(app, "2026-11-27T17:00")
    hers = who_is(a_login(app, "attorney", person=call.attorney))
    hands.set(hands.now + timedelta(hours=12))

    opens(parts, hers, db.session.get_one(Intake, call.intake_id), MOST + 1)

    assert told(parts) == []


@on_both
def test_one_look_while_the_office_is_closed_is_told(parts: Parts, who: SignedIn, client: Intake, hands: Hands) -> None:
    hands.set(hands.now + timedelta(hours=12))

    opens(parts, who, client, 2)

    assert told(parts) == [("Robin Desk", "closed", 1)]


def test_nothing_of_a_client_is_in_it(parts: Parts, who: SignedIn, client: Intake) -> None:
    opens(parts, who, client, MOST + 1)

    link = db.session.scalars(select(Audit).where(Audit.action == looks.ALARM)).one()
    task = db.session.scalars(select(Task).where(Task.kind == looks.ALARM_TASK)).one()
    assert (link.subject, link.facts) == (f"staff:{who.id}", {"why": "many", "count": MOST + 1})
    assert (task.intake_id, task.consultation_id, str(client.id) in task.dedupe) == (None, None, False)


@pytest.mark.parametrize("role", ["admin", "conflicts"])
def test_those_who_answer_for_it_read_who_and_when_and_not_at_whom(
    app: Flask, parts: Parts, who: SignedIn, client: Intake, role: str
) -> None:
    opens(parts, who, client, MOST + 1)

    browser = at_the_desk(app, role)
    browser.get("/admin/looks")

    assert ("Robin Desk more than 20 within an hour 21" in browser.text, client.ref in browser.text) == (True, False)


def the_alarm() -> Task:
    db.session.rollback()
    return db.session.scalars(select(Task).where(Task.kind == looks.ALARM_TASK)).one()


def test_whom_an_alarm_is_about_does_not_tick_it_off(parts: Parts, who: SignedIn, client: Intake) -> None:
    opens(parts, who, client, MOST + 1)

    with pytest.raises(NotHersToDo):
        diary.do_task(parts, who, the_alarm().id)

    assert the_alarm().done_at is None


def test_anybody_else_ticks_it_off(app: Flask, parts: Parts, who: SignedIn, client: Intake) -> None:
    opens(parts, who, client, MOST + 1)

    diary.do_task(parts, who_is(a_login(app, "receptionist")), the_alarm().id)

    assert the_alarm().done_at is not None


def test_the_list_gives_her_no_button_for_it_and_a_forged_one_is_refused(app: Flask, client: Intake) -> None:
    hers, others = at_the_desk(app), at_the_desk(app)
    for _time in range(MOST + 1):
        hers.get(f"/desk/intake/{client.id}")
    path = f"/desk/tasks/{the_alarm().id}/done"

    shown = [path in browser.get("/desk/tasks").text for browser in (hers, others)]

    assert (shown, hers.post(path).status_code) == ([False, True], 403)
    assert the_alarm().done_at is None


def test_a_count_that_stopped_counting_would_be_noticed(
    parts: Parts, who: SignedIn, client: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "MOST", 10**6)

    opens(parts, who, client, MOST + 1)

    assert told(parts) == []
