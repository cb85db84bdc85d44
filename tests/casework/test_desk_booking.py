"""The desk books against a rule only after a named warning and with a reason, and never over another block."""

from typing import Any

import pytest
from flask import Flask

from scheduler.casework import desk_booking, slot_holds
from scheduler.casework.booking import BookSlot, ByDesk, NotBookable, NotWarned, SlotTaken, book
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.conflicts import Status
from scheduler.engine.states import IntakeState
from scheduler.engine.zones import minute_of
from scheduler.models import Audit, Block, Busy, Calendar, Consultation, ConsultationChange, db
from tests.builders.firm import a_firm, an_intake
from tests.casework.appointments import at, booked, somebody, taken
from tests.conftest import Hands, on_both


def known(app: Flask, start: Any, attorney: int = 1, **answers: Any) -> set[str]:
    intake = an_intake(app, **answers)
    slot_holds.keep_for_desk(app.extensions["cita"], somebody().id, intake.id, start, attorney)
    kept = desk_booking.kept(app.extensions["cita"], intake.id)
    assert kept is not None
    return set(kept.warnings)


@pytest.mark.parametrize(
    ("start", "columns", "answers", "warnings"),
    [
        pytest.param(at(30, 9), {}, {}, set(), id="a time like any other"),
        pytest.param(at(24, 11), {}, {}, {"too_soon"}, id="two hours from now"),
        pytest.param(at(30, 9, 7), {}, {}, {"off_grid"}, id="at seven past"),
        pytest.param(at(30, 17, 30), {}, {}, {"outside_hours", "unsafe_hours"}, id="in the evening"),
        pytest.param(at(30, 9), {"daily_cap": 0}, {}, {"over_cap"}, id="on a full day"),
        pytest.param(at(30, 9), {}, {"detained_now": "yes_immigration"}, {"too_late"}, id="after she must be seen"),
    ],
)
def test_each_rule_that_is_not_kept_is_named(
    app: Flask, start: Any, columns: dict[str, Any], answers: dict[str, Any], warnings: set[str]
) -> None:
    a_firm(app).with_attorney("Ana", **columns)

    assert known(app, start, **answers) == warnings


@on_both
def test_it_is_booked_with_the_warning_and_the_reason_and_both_are_written_down(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    intake, staff = an_intake(app), somebody()
    slot_holds.keep_for_desk(parts, staff.id, intake.id, at(30, 9, 7), 1)

    by = ByDesk(staff.id, 1, frozenset({"off_grid"}), "urgent")
    call = book(parts, BookSlot(intake.id, at(30, 9, 7), "phone", by_desk=by))

    seven_past = minute_of(at(30, 9, 7))
    assert (call.state, taken()) == ("booked", [(1, seven_past, seven_past + 45)])
    change = db.session.query(ConsultationChange).filter_by(consultation_id=call.id, new_state="booked").one()
    assert change.reason == "urgent"
    link = db.session.query(Audit).filter_by(action="consultation_booked").one()
    assert (link.actor, link.facts["warned"]) == (f"staff:{staff.id}", ["off_grid"])


@on_both
@pytest.mark.parametrize(
    ("warned", "reason"),
    [
        pytest.param(frozenset(), "urgent", id="not warned"),
        pytest.param(frozenset({"too_soon"}), "urgent", id="warned of something else"),
        pytest.param(frozenset({"off_grid"}), "", id="no reason"),
    ],
)
def test_without_warning_or_reason_it_is_not_booked(
    app: Flask, parts: Parts, warned: frozenset[str], reason: str
) -> None:
    a_firm(app).with_attorney("Ana")
    intake, by = an_intake(app), ByDesk(somebody().id, 1, warned, reason)

    with pytest.raises(NotWarned):
        book(parts, BookSlot(intake.id, at(30, 9, 7), "phone", by_desk=by))

    assert db.session.query(Consultation).count() == 0


@on_both
def test_never_over_another_block(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    booked(app, at(30, 9))
    intake, staff = an_intake(app), somebody()

    with pytest.raises(SlotTaken):
        slot_holds.keep_for_desk(parts, staff.id, intake.id, at(30, 9, 40), 1)

    assert len(taken()) == 1


@on_both
def test_over_what_another_calendar_says_after_a_warning(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    nine = minute_of(at(30, 9))
    with writing() as session:
        when = dict.fromkeys(("created_at", "read_at", "whole_at", "good_at"), at(24, 9))
        calendar = Calendar(person=1, kind="ics", address=b"x", good_until=at(30, 9), **when)
        session.add(calendar)
        session.flush()
        session.add(Busy(calendar_id=calendar.id, person=1, b0=nine, b1=nine + 60))

    assert known(app, at(30, 9)) == {"busy_elsewhere"}


def test_the_time_is_kept_for_twenty_minutes(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app).with_attorney("Ana")
    intake = an_intake(app)
    slot_holds.keep_for_desk(parts, somebody().id, intake.id, at(30, 9), 1)

    hands.set(at(24, 9, 20))

    assert desk_booking.kept(parts, intake.id) is None
    assert booked(app, at(30, 9)).attorney == 1


def test_who_is_screened_off_is_not_booked_by_the_desk_either(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    intake = an_intake(app)
    with writing() as session:
        session.merge(intake).screened_off = [1]

    with pytest.raises(Exception, match="2026-11-30"):
        slot_holds.keep_for_desk(parts, somebody().id, intake.id, at(30, 9), 1)


def test_while_names_are_looked_at_it_is_tentative(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    intake = an_intake(app, state=IntakeState.CONFLICT_REVIEW, status=Status.REVIEW)

    call = book(parts, BookSlot(intake.id, at(30, 9), "phone", by_desk=ByDesk(somebody().id, 1)))

    assert call.state == "tentative"


def test_who_has_not_sent_her_answers_is_not_booked(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    intake = an_intake(app, state=IntakeState.DRAFT)

    with pytest.raises(NotBookable):
        slot_holds.keep_for_desk(parts, somebody().id, intake.id, at(30, 9), 1)

    assert db.session.query(Block).count() == 0
