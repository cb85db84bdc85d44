"""Who is in danger is somebody's: one of us says that she has it; after ten office minutes a second is asked."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from scheduler.casework import diary, in_danger
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.openings import offered
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.engine.states import IntakeState
from scheduler.engine.urgency import Level
from scheduler.models import Intake, Task, db
from tests.builders.firm import a_firm, an_intake
from tests.builders.reports import open_tasks
from tests.builders.staff import a_login, at_the_desk, quick_hashes, who_is
from tests.casework.appointments import a_task, at
from tests.conftest import Hands, on_both

MINUTE = timedelta(minutes=1)
ALARM, SECOND = "say_i_have_it", "second_person"


@pytest.fixture
def desk(app: Flask) -> SignedIn:
    a_firm(app).with_attorney("Ana")
    return who_is(a_login(app, "receptionist"))


def one(app: Flask, level: Level = Level.E, state: IntakeState = IntakeState.CLEARED) -> Intake:
    intake = an_intake(app, state=state)
    with writing() as session:
        session.get_one(Intake, intake.id).urgency = level
    a_task("call_urgent", timedelta(hours=1), intake)
    return intake


def level(intake: Intake, to: Level) -> None:
    with writing() as session:
        session.get_one(Intake, intake.id).urgency = to


def alarms(intake: Intake) -> list[str]:
    db.session.rollback()
    mine = db.session.query(Task.kind).filter(Task.intake_id == intake.id, Task.done_at.is_(None))
    return sorted(kind for (kind,) in mine if kind in in_danger.ALARMS)


def says_so(parts: Parts, desk: SignedIn, kind: str) -> None:
    db.session.rollback()
    diary.do_task(parts, desk, db.session.query(Task.id).filter_by(kind=kind, done_at=None).scalar())


@on_both
@pytest.mark.parametrize("level", list(Level))
def test_only_the_most_urgent_are_asked_for_and_once(app: Flask, parts: Parts, desk: SignedIn, level: Level) -> None:
    intake = one(app, level)

    asked = in_danger.alarm(parts), in_danger.alarm(parts)

    assert asked == ((1, 0) if level is Level.E else (0, 0))
    assert (ALARM in open_tasks(intake.id)) is (level is Level.E)


@on_both
@pytest.mark.parametrize(("minutes", "is_asked"), [(9, False), (10, True)])
def test_after_ten_minutes_a_second_person_is_asked(  # noqa: PLR0917 - a table
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands, minutes: int, is_asked: bool
) -> None:
    intake = one(app)
    in_danger.alarm(parts)
    hands.set(hands.now + minutes * MINUTE)

    in_danger.alarm(parts)
    in_danger.alarm(parts)

    assert (SECOND in open_tasks(intake.id)) is is_asked


@pytest.mark.parametrize(
    ("then", "is_asked"),
    [(at(25, 8), False), (at(25, 9, 9), False), (at(25, 9, 10), True)],
    ids=["while closed", "nine minutes after we opened", "ten minutes after"],
)
def test_at_night_the_ten_minutes_begin_when_we_open(  # noqa: PLR0917 - a table
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands, then: datetime, is_asked: bool
) -> None:
    hands.set(at(24, 22))
    intake = one(app)
    in_danger.alarm(parts)
    hands.set(then)

    in_danger.alarm(parts)

    assert (SECOND in open_tasks(intake.id)) is is_asked


@pytest.mark.parametrize("kind", [ALARM, SECOND])
def test_whoever_says_it_stands_beside_the_call_and_nobody_else_is_asked(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands, kind: str
) -> None:
    intake = one(app)
    for _turn in range(2):
        in_danger.alarm(parts)
        hands.set(hands.now + 10 * MINUTE)
    in_danger.alarm(parts)

    says_so(parts, desk, kind)
    hands.set(hands.now + timedelta(hours=1))
    in_danger.alarm(parts)

    assert set(open_tasks(intake.id)) == {"call_urgent"}
    assert db.session.query(Task.caller).filter_by(kind="call_urgent").scalar() == desk.id


@pytest.mark.parametrize("now", ["booked", "less urgent", "over"])
def test_of_whom_it_is_no_longer_true_nobody_is_asked(app: Flask, parts: Parts, desk: SignedIn, now: str) -> None:
    intake = one(app)
    in_danger.alarm(parts)
    if now == "booked":
        book(parts, BookSlot(intake.id, offered(parts, intake.id).starts[-1], "phone"))
    else:
        with writing() as session:
            row = session.get_one(Intake, intake.id)
            row.urgency, row.state = (Level.N, row.state) if now == "less urgent" else (Level.E, IntakeState.WITHDRAWN)

    in_danger.alarm(parts)

    assert ALARM not in open_tasks(intake.id)


@on_both
def test_who_waits_again_after_a_while_is_asked_for_again_at_once(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands
) -> None:
    intake = one(app)
    in_danger.alarm(parts)
    level(intake, Level.N)
    in_danger.alarm(parts)
    level(intake, Level.E)
    hands.set(hands.now + MINUTE)

    asked = in_danger.alarm(parts)

    assert (asked, alarms(intake)) == (1, [ALARM])


@on_both
@pytest.mark.parametrize("days", [2, 4])
def test_whom_nobody_takes_for_days_is_one_task_and_not_asked_anew_once_she_is_taken(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands, days: int
) -> None:
    intake = one(app)
    in_danger.alarm(parts)
    for _day in range(days):
        hands.set(hands.now + timedelta(days=1, minutes=1))
        in_danger.alarm(parts)
    waiting = alarms(intake)
    says_so(parts, desk, ALARM)
    hands.set(hands.now + MINUTE)

    asked = in_danger.alarm(parts)

    assert (waiting, alarms(intake), asked) == ([ALARM, SECOND], [], 0)


def test_without_the_look_nobody_would_be_asked(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = one(app)
    in_danger.alarm(parts)
    hands.set(hands.now + timedelta(hours=1))
    monkeypatch.setattr(in_danger, "_unheard", lambda _now: [])

    in_danger.alarm(parts)

    assert SECOND not in open_tasks(intake.id)


def test_at_the_desk_it_is_one_button(app: Flask, parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    quick_hashes(monkeypatch)
    a_firm(app)
    intake = one(app)
    in_danger.alarm(parts)
    browser = at_the_desk(app, "receptionist")
    task = db.session.query(Task.id).filter_by(kind=ALARM).scalar()
    shown = browser.get("/desk/tasks").text

    browser.follow(browser.post(f"/desk/tasks/{task}/done"))

    assert ("I have it, I call her" in shown, set(open_tasks(intake.id))) == (True, {"call_urgent"})
