"""What the desk reads: who waits in which order, how many of what, in few queries."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import event

from scheduler.casework import audit, cases, desk, diary, tasks
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.cases import NotThere
from scheduler.casework.moving import Cancel, cancel
from scheduler.casework.parts import Parts
from scheduler.casework.reach import reach
from scheduler.casework.transaction import writing
from scheduler.engine.states import IntakeState
from scheduler.models import Audit, Intake, Outbox, db
from tests.builders.browser import a_booking, at
from tests.builders.firm import ANSWERS, a_firm, an_intake
from tests.builders.staff import a_login, who_is
from tests.conftest import TUESDAY, Hands, on_both

DANGER: dict[str, Any] = {"immediate_danger": "yes"}
HEARING: dict[str, Any] = {"court_papers": "yes", "next_hearing_date": "2026-12-08"}


def a_task(kind: str, due: timedelta, intake: Intake) -> None:
    with writing() as session:
        tasks.add(session, kind, due_at=TUESDAY + due, now=TUESDAY, intake=intake)


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


def test_an_overdue_task_is_marked_and_stands_first(app: Flask, parts: Parts) -> None:
    a_firm(app)
    intake = an_intake(app)
    a_task("find_interpreter", timedelta(minutes=1), intake)
    a_task("call_back", timedelta(minutes=-1), intake)

    assert [(row.kind, row.is_late) for row in diary.to_do(parts)] == [
        ("call_back", True),
        ("find_interpreter", False),
    ]


@on_both
def test_a_task_is_ticked_off_once_and_the_chain_says_by_whom(app: Flask, parts: Parts) -> None:
    a_firm(app)
    a_task("call_back", timedelta(0), an_intake(app))
    who, (row,) = who_is(a_login(app)), diary.to_do(parts)

    for _ in range(2):
        diary.do_task(parts, who, row.id)

    assert diary.to_do(parts) == ()
    assert actions(f"task:{row.id}") == [(who.actor, "task_done")]
    assert audit.verify(parts)


def test_a_task_that_is_not_there_is_refused(app: Flask, parts: Parts) -> None:
    with pytest.raises(diary.NoSuchTask):
        diary.do_task(parts, who_is(a_login(app)), uuid4())


@pytest.mark.parametrize("state", ["draft", "expired", "abandoned_by_exit", "purged"])
def test_what_was_not_sent_is_opened_by_nobody(app: Flask, parts: Parts, state: str) -> None:
    a_firm(app)
    intake = an_intake(app, state=IntakeState(state))

    with pytest.raises(NotThere):
        cases.open_case(parts, who_is(a_login(app)), intake.id)


def test_each_look_at_a_client_and_a_consultation_is_written_down(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_booking(app, "2026-11-27T17:00")
    who = who_is(a_login(app))

    cases.open_case(parts, who, call.intake_id)
    cases.open_consultation(parts, who, call.id)

    assert (who.actor, "intake_viewed") in actions(f"intake:{call.intake_id}")
    assert (who.actor, "consultation_viewed") in actions(f"consultation:{call.id}")


def test_a_case_holds_her_consultations_and_tasks(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    intake = an_intake(app)
    a_task("call_back", timedelta(hours=1), intake)
    call = book(parts, BookSlot(intake.id, at("2026-11-27T17:00"), "phone"))
    an_intake(app)

    case = cases.open_case(parts, who_is(a_login(app)), intake.id)

    assert ([row.id for row in case.consultations], [row.kind for row in case.tasks]) == ([call.id], ["call_back"])


@pytest.mark.parametrize(
    ("number", "opens"), [pytest.param(1, True, id="her own"), pytest.param(2, False, id="another's"), (None, False)]
)
def test_a_brief_is_for_the_attorney_of_the_consultation(
    app: Flask, parts: Parts, number: int | None, opens: bool
) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_booking(app, "2026-11-27T17:00")
    a_firm(app).with_attorney("Eva")
    who, ref = who_is(a_login(app, "attorney", person=number)), db.session.get_one(Intake, call.intake_id).ref

    if opens:
        assert cases.open_brief(parts, who, ref)[1].id == call.id
    else:
        with pytest.raises(NotThere):
            cases.open_brief(parts, who, ref)


def test_only_who_may_call_is_named_as_caller(app: Flask, parts: Parts) -> None:
    names = {"receptionist": "Ana", "admin": "Eva", "attorney": "Liz"}
    a_firm(app)
    for role, name in names.items():
        a_login(app, role, name=name)

    assert [one.name for one in cases.callers()] == ["Ana", "Liz"]


def actions(subject: str | UUID) -> list[tuple[str, str]]:
    db.session.rollback()
    links = db.session.query(Audit).filter(Audit.subject == subject).order_by(Audit.seq)
    return [(link.actor, link.action) for link in links]
