"""A paralegal sits beside an attorney: with her own time and invitation, and never alone with a client."""

from datetime import datetime
from uuid import uuid4

import pytest
from flask import Flask

from scheduler.casework import kinds, reseating, time_off
from scheduler.casework.assigned import is_assigned
from scheduler.casework.moving import Cancel, MoveTo, cancel, move
from scheduler.casework.openings import offered
from scheduler.casework.parts import Parts
from scheduler.casework.reseating import NobodyFits, Reseat, reseat
from scheduler.casework.sessions import SignedIn
from scheduler.casework.slots import SlotTaken
from scheduler.casework.time_off import Rehoming, TimeOff
from scheduler.engine.states import Actor
from scheduler.engine.zones import minute_of
from scheduler.models import Consultation, Intake, Outbox, db
from tests.builders.firm import AFirm, a_firm, again, an_intake
from tests.builders.staff import a_login, who_is
from tests.casework.appointments import at, booked, taken
from tests.conftest import on_both

ANA, PIA, EVA = 1, 2, 3
TEN = minute_of(at(30, 10))


def beside(call: Consultation, attorney: int = ANA, second: int | None = PIA) -> Reseat:
    return Reseat(call.id, attorney, interpreter=False, second=second, reason="other", actor=Actor.RECEPTIONIST)


def with_a_paralegal(app: Flask) -> AFirm:
    return a_firm(app).with_attorney("Ana").with_attorney("Pia", is_paralegal=True)


def test_a_paralegal_alone_is_offered_to_nobody(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Pia", is_paralegal=True)

    assert offered(parts, an_intake(app).id).starts == ()


@on_both
def test_while_the_attorney_is_taken_no_client_gets_the_paralegal(app: Flask, parts: Parts) -> None:
    with_a_paralegal(app)
    booked(app, at(30, 10))

    with pytest.raises(SlotTaken):
        booked(app, at(30, 10))


def test_a_call_is_not_given_to_a_paralegal(app: Flask, parts: Parts) -> None:
    with_a_paralegal(app)

    with pytest.raises(NobodyFits):
        reseat(parts, beside(booked(app, at(30, 10)), attorney=PIA, second=None))


def test_the_desk_chooses_her_as_the_second_and_nobody_else(app: Flask, parts: Parts) -> None:
    with_a_paralegal(app).with_attorney("Eva", hours="16:00-17:00")
    call = booked(app, at(30, 10))

    choice = reseating.choice(parts, call.id)

    assert (choice.attorneys, choice.seconds) == ((ANA,), (PIA,))


@on_both
def test_she_has_a_block_and_an_invitation_of_the_same_call(app: Flask, parts: Parts) -> None:
    with_a_paralegal(app)
    call = booked(app, at(30, 10))

    reseat(parts, beside(call))

    row = again(Consultation, call.id)
    assert (row.second, row.sequence, row.uid) == (PIA, 1, call.uid)
    assert taken() == [(ANA, TEN, TEN + 45), (PIA, TEN, TEN + 45)]
    letters = db.session.query(Outbox).filter_by(kind=kinds.INVITATION, consultation_id=call.id)
    assert {letter.reader for letter in letters if letter.facts["sequence"] == 1} == {"attorney:1", "attorney:2"}


@on_both
def test_where_she_is_taken_the_call_stays_as_it_was(app: Flask, parts: Parts) -> None:
    with_a_paralegal(app).with_attorney("Eva")
    first, second = booked(app, at(30, 10)), booked(app, at(30, 10))
    reseat(parts, beside(first, first.attorney))
    before, letters = taken(), db.session.query(Outbox).count()

    with pytest.raises(SlotTaken):
        reseat(parts, beside(second, second.attorney))

    assert (taken(), db.session.query(Outbox).count()) == (before, letters)


@on_both
def test_she_goes_with_the_call_where_it_is_moved_and_is_let_go_with_it(app: Flask, parts: Parts) -> None:
    with_a_paralegal(app)
    call = booked(app, at(30, 10))
    reseat(parts, beside(call))

    move(parts, MoveTo(call.id, at(30, 11), Actor.RECEPTIONIST))
    moved = taken()
    cancel(parts, Cancel(call.id))

    assert moved == [(ANA, TEN + 60, TEN + 105), (PIA, TEN + 60, TEN + 105)]
    assert taken() == []


def test_over_her_time_off_the_attorney_can_keep_the_call_without_her(app: Flask, parts: Parts) -> None:
    with_a_paralegal(app)
    call = booked(app, at(30, 10))
    reseat(parts, beside(call))
    wall = datetime.fromisoformat
    off = TimeOff(PIA, wall("2026-11-30T09:00"), wall("2026-11-30T12:00"), "leave")
    (hit,) = time_off.hits(parts, off)

    time_off.save(parts, who_is(a_login(app)), off, {call.id: Rehoming("give", attorney=ANA)})

    row = again(Consultation, call.id)
    assert hit.attorneys == {ANA: "Ana"}
    assert (row.attorney, row.second, row.starts_at) == (ANA, None, at(30, 10))


@pytest.mark.parametrize(
    ("person", "is_hers"), [pytest.param(PIA, True, id="who sits beside"), pytest.param(EVA, False, id="who does not")]
)
def test_who_sits_beside_reads_the_case_and_nobody_else_does(
    app: Flask, parts: Parts, person: int, is_hers: bool
) -> None:
    with_a_paralegal(app).with_attorney("Eva", hours="16:00-17:00")
    call = booked(app, at(30, 10))
    reseat(parts, beside(call))
    who = SignedIn(uuid4(), "Robin", ("paralegal",), "en", person)

    assert is_assigned(who, again(Intake, call.intake_id)) is is_hers
