"""Every night everybody is looked at anew; a person may say otherwise; what follows stands on the desk's list."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework.cases import NotThere
from scheduler.casework.documents import open_answers
from scheduler.casework.judging import MayNotLower, NoReason, SetLevel, set_level
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.casework.triage_runs import Run, nightly
from scheduler.engine.states import IntakeState
from scheduler.engine.urgency import Level
from scheduler.models import Audit, Intake, Task, db
from tests.builders.browser import a_booking
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.staff import a_login, quick_hashes, who_is
from tests.conftest import Hands, on_both

IN_NINE_DAYS: dict[str, Any] = {
    "ever_in_us": "sent_back",
    "waiting_in_mexico_program": "yes_papers",
    "court_papers": "yes",
    "next_hearing_date": "2026-12-03",
}
BEFORE_TWO = datetime(2026, 11, 27, 9, 59, tzinfo=UTC)
AFTER_TWO = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
"""Two in the morning of 27 November in Los Angeles, when the hearing is six days away."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    quick_hashes(monkeypatch)
    return iter(())


def tasks_of(intake: Intake) -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(select(Task.kind).where(Task.intake_id == intake.id)))


def look(parts: Parts, intake: Intake, **answers: Any) -> None:
    with writing() as session:
        row = session.get_one(Intake, intake.id)
        Run(session, parts, row, {**open_answers(parts, row), **answers}, parts.clock.now()).look()


@on_both
def test_a_date_that_came_closer_raises_her_by_night(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app)
    intake = an_intake(app, **IN_NINE_DAYS)
    before = intake.urgency
    hands.set(AFTER_TWO)

    seen = nightly(parts)

    assert (seen, before, again(Intake, intake.id).urgency) == (1, Level.U2, Level.U1)


@pytest.mark.parametrize(
    ("at", "seen"),
    [
        pytest.param(BEFORE_TWO, 0, id="a minute before two"),
        pytest.param(AFTER_TWO, 1, id="at two"),
    ],
)
def test_the_night_begins_at_two_by_the_firms_clock(
    app: Flask, parts: Parts, hands: Hands, at: datetime, seen: int
) -> None:
    a_firm(app)
    an_intake(app)
    hands.set(at)

    assert nightly(parts) == seen


def test_one_look_a_day_is_enough(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app)
    an_intake(app)
    hands.set(AFTER_TWO)

    assert (nightly(parts), nightly(parts)) == (1, 0)


@pytest.mark.parametrize(
    "state",
    [
        pytest.param(IntakeState.DRAFT, id="not sent"),
        pytest.param(IntakeState.WITHDRAWN, id="withdrawn"),
        pytest.param(IntakeState.DECLINED, id="declined"),
    ],
)
def test_nobody_looks_at_what_is_not_open(app: Flask, parts: Parts, hands: Hands, state: IntakeState) -> None:
    a_firm(app)
    an_intake(app, state=state)
    hands.set(AFTER_TWO)

    assert nightly(parts) == 0


def test_an_intake_whose_key_is_gone_does_not_stop_the_night(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app)
    gone = an_intake(app)
    an_intake(app)
    parts.keyring.destroy(gone.id)
    hands.set(AFTER_TWO)

    assert nightly(parts) == 1


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        pytest.param({"court_papers": "yes", "next_hearing_date": "unknown"}, "check_acis", id="T05b: no court date"),
        pytest.param({"detained_now": "yes_immigration"}, "locate_person", id="T02: held"),
        pytest.param({"immediate_danger": "yes"}, "safety_call", id="T01: in danger"),
        pytest.param(
            {"ever_in_us": "left", "last_arrival_date": {"unknown": True}}, "narrow_arrival_date", id="T14: no arrival"
        ),
    ],
)
def test_what_a_rule_asks_of_the_desk_becomes_a_task(
    app: Flask, parts: Parts, answers: dict[str, Any], kind: str
) -> None:
    a_firm(app)
    intake = an_intake(app)

    look(parts, intake, **answers)

    assert tasks_of(intake) == {kind}


@on_both
def test_a_time_after_the_new_see_by_makes_a_task(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_booking(app, "2026-12-09T17:00")
    intake = db.session.get_one(Intake, call.intake_id)

    look(parts, intake, **IN_NINE_DAYS)

    assert "find_earlier_slot" in tasks_of(intake)


@on_both
@pytest.mark.parametrize(
    ("role", "level"),
    [
        pytest.param("receptionist", Level.E, id="the desk raises"),
        pytest.param("paralegal", Level.N, id="a paralegal lowers"),
        pytest.param("attorney", Level.N, id="an attorney lowers"),
    ],
)
def test_a_level_is_set_and_stays_through_the_night(
    app: Flask, parts: Parts, hands: Hands, role: str, level: Level
) -> None:
    a_firm(app)
    intake = an_intake(app, court_papers="yes", next_hearing_date="unknown", ever_in_us="left")
    set_level(parts, who_is(a_login(app, role)), SetLevel(intake.id, level, "seen the paper, no date"))
    hands.set(AFTER_TWO)

    nightly(parts)

    assert again(Intake, intake.id).urgency == level
    assert db.session.scalar(select(Audit.facts).where(Audit.action == "level_set")) == {"old": "U2", "new": level}


@pytest.mark.parametrize(
    ("role", "reason", "refusal"),
    [
        pytest.param("receptionist", "she sounded calm to me", MayNotLower, id="the desk"),
        pytest.param("conflicts", "she sounded calm to me", MayNotLower, id="the conflict check"),
        pytest.param("attorney", "", NoReason, id="no reason"),
        pytest.param("paralegal", " too   few ", NoReason, id="nine letters and spaces"),
    ],
)
def test_nobody_lowers_without_the_right_or_a_reason(
    app: Flask, parts: Parts, role: str, reason: str, refusal: type[Exception]
) -> None:
    a_firm(app)
    intake = an_intake(app, immediate_danger="yes")

    with pytest.raises(refusal):
        set_level(parts, who_is(a_login(app, role)), SetLevel(intake.id, Level.N, reason))

    assert again(Intake, intake.id).urgency == Level.E


def test_a_lowered_level_gives_more_time(app: Flask, parts: Parts) -> None:
    a_firm(app)
    intake = an_intake(app, immediate_danger="yes")
    before = intake.must_be_seen_by

    set_level(parts, who_is(a_login(app, "attorney")), SetLevel(intake.id, Level.U2, "spoke with her, she is safe"))

    assert again(Intake, intake.id).must_be_seen_by > before


def test_an_intake_that_is_over_has_no_level_to_set(app: Flask, parts: Parts) -> None:
    a_firm(app)
    intake = an_intake(app, state=IntakeState.WITHDRAWN)

    with pytest.raises(NotThere):
        set_level(parts, who_is(a_login(app, "attorney")), SetLevel(intake.id, Level.U1))
