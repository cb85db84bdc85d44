"""What the desk reads: who waits in which order, how many of what, in few queries."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from scheduler.casework import desk, diary
from scheduler.casework.moving import Cancel, cancel
from scheduler.casework.parts import Parts
from scheduler.casework.reach import reach
from scheduler.casework.transaction import writing
from scheduler.engine.states import IntakeState
from scheduler.models import Intake, Outbox, db
from tests.builders.browser import a_booking, at
from tests.builders.firm import ANSWERS, a_firm, an_intake
from tests.casework.appointments import a_task
from tests.conftest import TUESDAY, Hands, on_both

DANGER: dict[str, Any] = {"immediate_danger": "yes"}
HEARING: dict[str, Any] = {"court_papers": "yes", "next_hearing_date": "2026-12-08"}


def statements(app: Flask) -> list[str]:
    """Every statement from now on."""
    seen: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *said: seen.append(said[2]))
    return seen


@on_both
def test_the_most_urgent_stand_first(app: Flask, parts: Parts) -> None:
    a_firm(app)
    normal, danger, hearing = (an_intake(app, **said) for said in ({}, DANGER, HEARING))

    refs = [row.ref for row in desk.queue(parts).rows]

    assert refs == [danger.ref, hearing.ref, normal.ref]


def test_of_two_alike_who_has_waited_longer_stands_first(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app)
    first = an_intake(app)
    hands.set(hands.now + timedelta(minutes=1))
    second = an_intake(app)

    assert [row.ref for row in desk.queue(parts).rows] == [first.ref, second.ref]


@pytest.mark.parametrize(
    ("state", "waits"),
    [
        ("draft", False),
        ("submitted", True),
        ("call_requested", True),
        ("withdrawn", False),
        ("purged", False),
    ],
)
def test_who_waits_is_said_by_her_state(app: Flask, parts: Parts, state: str, waits: bool) -> None:
    a_firm(app)
    an_intake(app, state=IntakeState(state))

    assert bool(desk.queue(parts).rows) == waits


def test_who_has_a_consultation_waits_no_longer_until_it_is_cancelled(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_booking(app, "2026-11-27T17:00")
    while_booked = desk.queue(parts).rows

    cancel(parts, Cancel(call.id))

    assert (len(while_booked), len(desk.queue(parts).rows)) == (0, 1)


def test_a_row_says_what_the_desk_needs(app: Flask, parts: Parts) -> None:
    a_firm(app)
    an_intake(app, spoken_language="mam", interpreter_needed="yes", **HEARING)

    (row,) = desk.queue(parts).rows

    assert (row.name, row.level, row.language, row.interpreter) == ("Rosa H.", "U2", "mam", True)
    assert (row.place, row.zone, row.event_days) == ("Tijuana", "America/Tijuana", 14)


def test_a_purged_client_is_passed_over(app: Flask, parts: Parts) -> None:
    a_firm(app)
    gone, there = an_intake(app), an_intake(app)
    parts.keyring.destroy(gone.id)

    assert [row.ref for row in desk.queue(parts).rows] == [there.ref]


def test_a_long_queue_comes_in_pages(app: Flask, parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "PAGE", 2)
    a_firm(app)
    refs = [an_intake(app).ref for _ in range(5)]

    pages = [desk.queue(parts, number) for number in (1, 2, 3, 4)]

    assert sorted(row.ref for page in pages for row in page.rows) == sorted(refs)
    assert [page.more for page in pages] == [True, True, False, False]


@pytest.mark.parametrize(
    ("changes", "flags", "hour", "said"),
    [
        pytest.param({}, [], 9, (True, True, True), id="nine in the morning in Tijuana"),
        pytest.param({}, [], 8, (False, True, True), id="an hour too early"),
        pytest.param({"safe_times": ["evening"]}, [], 9, (False, True, True), id="she asked for the evening"),
        pytest.param({"phone_shared": "shared_unsafe"}, [], 9, (True, True, False), id="others hear her phone"),
        pytest.param({"device_safe": "no"}, [], 9, (True, True, False), id="others see her device"),
        pytest.param({"can_leave_message": "no"}, [], 9, (True, True, False), id="she wants no message"),
        pytest.param({}, ["manual_contact"], 9, (True, True, False), id="only a person may reach her"),
        pytest.param({"contact_phone": None}, [], 9, (False, False, True), id="she gave no number"),
    ],
)
def test_whether_she_may_be_called(
    changes: dict[str, Any], flags: list[str], hour: int, said: tuple[bool, bool, bool]
) -> None:
    now = TUESDAY + timedelta(hours=hour - 9)

    found = reach({**ANSWERS, **changes}, flags, "America/Tijuana", now)

    assert (found.now, found.number, found.messages) == said


def test_from_when_on_she_may_be_called() -> None:
    saturday_evening = at("2026-11-29T03:00")

    assert reach(ANSWERS, [], "America/Tijuana", saturday_evening).after == at("2026-11-30T17:00")


@on_both
def test_the_numbers_of_the_desk(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    a_booking(app, "2026-11-27T17:00")
    normal, danger = an_intake(app), an_intake(app, **DANGER)
    a_task("call_back", timedelta(minutes=-1), normal)
    a_task("call_back", timedelta(hours=1), danger)
    a_task("find_interpreter", timedelta(minutes=-1), danger)
    with writing() as session:
        for minutes in (4, 6):
            due = TUESDAY - timedelta(minutes=minutes)
            session.add(Outbox(dedupe=str(minutes), kind="otp", reader="client", due_at=due, created_at=due))

    counts = desk.counts(parts)

    assert (counts.waiting, counts.tasks, counts.call_now, counts.by_tomorrow) == (2, 3, 2, 1)
    assert (counts.today, counts.late) == (0, 1)


def test_today_is_the_firm_s_day(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_booking(app, "2026-11-27T17:00")
    hands.set(at("2026-11-28T07:59"))
    late_in_the_evening = desk.counts(parts).today, [row.id for row in diary.coming(parts)]
    hands.set(at("2026-11-28T08:00"))

    assert late_in_the_evening == (1, [call.id])
    assert (desk.counts(parts).today, diary.coming(parts)) == (0, ())


def test_a_queue_of_twenty_takes_no_more_queries_than_one_of_two(app: Flask, parts: Parts) -> None:
    a_firm(app)
    needed = []
    for more in (2, 18):
        for _ in range(more):
            an_intake(app)
        db.session.rollback()
        seen = statements(app)
        desk.queue(parts)
        needed.append(len(seen))

    assert needed[0] == needed[1] <= 5


def test_consultations_and_tasks_are_one_query_each(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    for day in ("27", "30"):
        call = a_booking(app, f"2026-11-{day}T17:00")
        a_task("call_back", timedelta(hours=1), db.session.get_one(Intake, call.intake_id))
    seen = statements(app)

    rows = diary.coming(parts), diary.to_do(parts)

    assert [len(those) for those in rows] == [2, 2]
    assert len([one for one in seen if "FROM consultation " in one or "FROM task " in one]) == 2
