"""Tasks ticked off, cases opened, briefs read: by whom, and each look written down."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from scheduler.casework import audit, cases, diary
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.cases import NotThere
from scheduler.casework.parts import Parts
from scheduler.engine.states import IntakeState
from scheduler.models import Audit, Intake, db
from tests.builders.browser import a_booking, at
from tests.builders.firm import a_firm, an_intake
from tests.builders.staff import a_login, confirm_names, who_is
from tests.casework.appointments import a_task
from tests.conftest import on_both


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
    confirm_names(app, call.intake_id)
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
