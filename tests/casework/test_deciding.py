"""What a person's decision on the names does, and that no clock makes it for her."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import audit, conflict_desk, openings
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.cases import NotThere
from scheduler.casework.deciding import NoNote, clear, decline
from scheduler.casework.lapses import expire_holds
from scheduler.casework.parts import Parts
from scheduler.casework.retention import purge_due
from scheduler.engine.conflicts import Likeness, Status, Who
from scheduler.engine.states import IntakeState
from scheduler.models import Audit, Block, ConflictName, ConflictReview, Consultation, Intake, Outbox, Task, db
from tests.builders.client import Client
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.names import keep, known
from tests.builders.reviews import AGAINST, a_hit, judge, letters, open_tasks, tentative
from tests.builders.staff import a_login, who_is
from tests.conftest import Hands, on_both


@on_both
def test_once_she_is_cleared_her_tentative_time_is_booked_and_invites(app: Flask, parts: Parts) -> None:
    call = tentative(app, parts)

    clear(parts, judge(app), call.intake_id, "nobody of ours")

    intake = again(Intake, call.intake_id)
    assert (intake.state, intake.conflict_status) == ("cleared", Status.CLEAR)
    assert (again(Consultation, call.id).state, "invitation" in letters(), "booked" in letters()) == (
        "booked",
        True,
        True,
    )
    assert [kind for kind in letters() if kind.startswith("remind")] != []
    assert audit.verify(parts) > 0


@on_both
def test_who_has_no_time_yet_chooses_one_and_her_call_stays_to_be_made(app: Flask, parts: Parts) -> None:
    intake = a_hit(app, parts)

    clear(parts, judge(app), intake.id, "another Carlos")

    assert (open_tasks(), bool(openings.offered(parts, intake.id).starts)) == (["conflict_call"], True)


def test_who_was_called_before_it_was_clear_is_called_again(app: Flask, parts: Parts) -> None:
    intake = a_hit(app, parts)
    db.session.scalars(select(Task)).one().done_at = parts.clock.now()
    db.session.commit()

    clear(parts, judge(app), intake.id, "another Carlos")

    assert open_tasks() == ["offer_new_time"]


def test_a_time_that_went_by_meanwhile_is_made_good_by_a_person(app: Flask, parts: Parts, hands: Hands) -> None:
    call = tentative(app, parts)
    hands.set(call.starts_at + timedelta(minutes=1))

    clear(parts, judge(app), call.intake_id, "nobody of ours")

    assert (again(Consultation, call.id).state, "offer_new_time" in open_tasks()) == ("tentative", True)


@on_both
def test_whom_the_firm_may_not_hear_has_no_time_any_more_and_is_told_by_a_person(app: Flask, parts: Parts) -> None:
    call = tentative(app, parts)

    decline(parts, judge(app), call.intake_id, "we act for her husband")

    intake = again(Intake, call.intake_id)
    assert (intake.state, intake.conflict_status) == ("declined_conflict", Status.CONFLICT)
    assert again(Consultation, call.id).state == "cancelled_firm"
    assert (open_tasks(), db.session.scalars(select(Block).where(Block.active)).all()) == (["tell_declined"], [])
    assert "invitation" not in letters()


def test_nobody_is_told_why(app: Flask, parts: Parts) -> None:
    intake = a_hit(app, parts)
    decline(parts, judge(app), intake.id, "we act for Carlos Mendoza")

    facts = repr(db.session.execute(select(Audit.action, Audit.facts)).all()) + repr(
        db.session.execute(select(Outbox.kind, Outbox.facts)).all()
    )
    note = db.session.scalars(select(ConflictReview.note)).one() or b""
    assert ("Mendoza" in facts, b"Mendoza" in note) == (False, False)


@on_both
def test_what_she_told_is_gone_within_a_day_and_the_stub_stays(app: Flask, parts: Parts, hands: Hands) -> None:
    intake = a_hit(app, parts)
    decline(parts, judge(app), intake.id, "we act for her husband")
    hands.set(hands.now + timedelta(hours=23, minutes=30))

    purge_due(parts)

    assert again(Intake, intake.id).state == "purged"
    stub = db.session.scalars(select(ConflictName).where(ConflictName.intake_id == intake.id)).one()
    assert (stub.who, stub.source) == (Who.PROSPECT, "stub")


@on_both
def test_no_clock_lets_go_of_a_tentative_time_but_everybody_is_called(app: Flask, parts: Parts, hands: Hands) -> None:
    call = tentative(app, parts)
    hands.set(hands.now + timedelta(days=2))

    added = [conflict_desk.escalate(parts), conflict_desk.escalate(parts)]
    expire_holds(parts)

    (row,) = conflict_desk.waiting(parts)
    assert (added, row.is_late, row.tentative_at) == ([1, 0], True, call.starts_at)
    assert ("conflict_overdue" in open_tasks(), again(Consultation, call.id).state) == (True, "tentative")


def test_a_decision_ends_the_alarm(app: Flask, parts: Parts, hands: Hands) -> None:
    call = tentative(app, parts)
    hands.set(hands.now + timedelta(days=2))
    conflict_desk.escalate(parts)

    decline(parts, judge(app), call.intake_id, "we act for her husband")

    assert open_tasks() == ["tell_declined"]


@pytest.mark.parametrize("decide", [clear, decline])
@pytest.mark.parametrize(
    "state", [pytest.param(state, id=state) for state in IntakeState if state is not IntakeState.CONFLICT_REVIEW]
)
def test_only_what_waits_is_decided(app: Flask, parts: Parts, decide: Any, state: IntakeState) -> None:
    a_firm(app)

    with pytest.raises(NotThere):
        decide(parts, judge(app), an_intake(app, state=state).id, "a note")


@pytest.mark.parametrize("decide", [clear, decline])
def test_without_a_note_nothing_is_decided(app: Flask, parts: Parts, decide: Any) -> None:
    intake = a_hit(app, parts)

    with pytest.raises(NoNote):
        decide(parts, judge(app), intake.id, "  ")

    assert again(Intake, intake.id).state == "conflict_review"


def test_those_due_first_stand_in_front(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    keep(parts, known("Carlos", "Mendoza Ruiz"))
    normal = Client(app).through_all_pages(**AGAINST).row
    danger = (
        Client(app)
        .through_all_pages(**AGAINST, immediate_danger="yes", given_names="Eva", contact_phone="+52 664 111 1111")
        .row
    )

    assert [row.ref for row in conflict_desk.waiting(parts)] == [danger.ref, normal.ref]


def test_who_decides_sees_both_names(app: Flask, parts: Parts) -> None:
    intake = a_hit(app, parts)

    seen = conflict_desk.review(parts, judge(app), intake.id)

    (hit,) = seen.hits
    assert (hit.name, hit.known, hit.who, hit.by) == (
        "Carlos Mendoza Ruiz",
        "Carlos Mendoza Ruiz",
        Who.CLIENT,
        Likeness.NAMES,
    )
    assert seen.names == (("Rosa Elena Hernández Paz", ""), ("Carlos Mendoza Ruiz", "person_against"))


def test_a_search_tells_no_more_than_that_somebody_must_look(app: Flask, parts: Parts) -> None:
    a_firm(app)
    keep(parts, known("Carlos", "Mendoza Ruiz"))

    said = conflict_desk.ask(parts, who_is(a_login(app)), ["Ruiz Carlos Mendoza", "Eva Luna"], "on_the_phone")

    written = db.session.execute(select(Audit.action, Audit.facts).order_by(Audit.seq.desc())).first()
    assert said == {"Ruiz Carlos Mendoza": False, "Eva Luna": True}
    assert written == ("names_searched", {"purpose": "on_the_phone", "names": 2, "clear": 1})


@on_both
@pytest.mark.parametrize(
    ("decide", "kept"),
    [pytest.param(clear, ["held"], id="until she is called"), pytest.param(decline, ["expired_hold"], id="let go of")],
)
def test_a_time_that_is_kept_quietly_is_never_told(app: Flask, parts: Parts, decide: Any, kept: list[str]) -> None:
    intake = a_hit(app, parts, immediate_danger="yes")

    decide(parts, judge(app), intake.id, "a note")

    db.session.rollback()
    assert db.session.scalars(select(Consultation.state)).all() == kept
    assert [kind for kind in letters() if kind.startswith(("cancel", "booked", "invit"))] == []


@on_both
def test_the_time_that_was_kept_for_her_is_hers_once_she_is_cleared(app: Flask, parts: Parts) -> None:
    intake = a_hit(app, parts, immediate_danger="yes")
    kept = db.session.scalars(select(Consultation.starts_at)).one()
    clear(parts, judge(app), intake.id, "a note")

    call = book(parts, BookSlot(intake.id, kept, "phone"))

    assert (call.state, call.starts_at) == ("booked", kept)
