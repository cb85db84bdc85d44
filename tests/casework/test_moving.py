"""A consultation is moved: the same row and UID, everybody is told, and the old time is free for others."""

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import update

from scheduler.casework import kinds
from scheduler.casework.booking import NotOffered, SlotTaken
from scheduler.casework.moving import (
    Cancel,
    MoveTo,
    NoSuchConsultation,
    Refused,
    TooLate,
    TooManyMoves,
    cancel,
    move,
)
from scheduler.casework.openings import offered
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.states import Actor
from scheduler.engine.zones import minute_of
from scheduler.models import Block, Consultation, ConsultationChange, Outbox, Person, db
from tests.builders.firm import a_firm, again
from tests.casework.appointments import at, booked, somebody
from tests.conftest import TUESDAY, Hands, on_both


@on_both
def test_a_move_keeps_row_uid_and_attorney_and_counts_on_what_calendars_compare(app: Flask, parts: Parts) -> None:
    firm = a_firm(app).with_attorney("Ana").with_attorney("Beto")
    booked(app, at(27, 9))
    hers = booked(app, at(25, 9))
    uid, block = hers.uid, db.session.query(Block).filter_by(consultation_id=hers.id).one().id

    move(parts, MoveTo(hers.id, at(27, 11)))

    moved = again(Consultation, hers.id)
    assert (moved.uid, moved.sequence, moved.dtstamp) == (uid, 1, TUESDAY + timedelta(seconds=1))
    assert (moved.starts_at, moved.ends_at, moved.state) == (at(27, 11), at(27, 11, 45), "booked")
    assert (moved.attorney, moved.client_moves) == (firm.number("Beto"), 1)
    own = db.session.query(Block).filter_by(consultation_id=hers.id).one()
    assert (own.id, own.b0, own.active) == (block, minute_of(at(27, 11)), True)


@on_both
def test_the_old_time_is_free_for_others_at_once(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    hers = booked(app, at(25, 9))

    move(parts, MoveTo(hers.id, at(25, 9, 30)))

    assert booked(app, at(25, 10, 30)).starts_at == at(25, 10, 30)
    assert booked(app, at(25, 13)).starts_at == at(25, 13)
    with pytest.raises(SlotTaken):
        booked(app, at(25, 9))


@on_both
def test_another_attorney_takes_it_where_hers_has_no_time(app: Flask, parts: Parts) -> None:
    firm = a_firm(app).with_attorney("Ana").with_attorney("Beto", hours="13:00-17:00", zone="America/Tijuana")
    hers = booked(app, at(25, 9))
    booked(app, at(25, 13))
    with writing() as session:
        session.execute(update(Consultation).values(attorney=1))
        session.execute(update(Block).values(person=1))

    moved = move(parts, MoveTo(hers.id, at(25, 13)))

    assert (moved.attorney, moved.attorney_zone) == (firm.number("Beto"), "America/Tijuana")
    assert again(Person, firm.people["Beto"].id).last_assigned_at == TUESDAY
    told = {(row.kind, row.reader) for row in db.session.query(Outbox).filter_by(consultation_id=hers.id)}
    assert {(kinds.CANCELLATION, "attorney:1"), (kinds.INVITATION, "attorney:2")} <= told


@on_both
def test_the_letters_of_the_old_time_are_replaced_in_the_same_commit(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    hers = booked(app, at(30, 9))

    move(parts, MoveTo(hers.id, at(30, 10)))

    waiting = db.session.query(Outbox).filter_by(consultation_id=hers.id, state="waiting", reader="client")
    assert {row.facts["sequence"] for row in waiting} == {1}
    assert kinds.MOVED in {row.kind for row in waiting}


def test_the_history_says_who_moved_what_from_when_to_when(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    hers, staff = booked(app, at(25, 9)), somebody()

    move(parts, MoveTo(hers.id, at(27, 9), Actor.RECEPTIONIST, staff.id))

    change = db.session.query(ConsultationChange).filter_by(actor=f"staff:{staff.id}").one()
    assert (change.old_start, change.new_start, change.new_state) == (at(25, 9), at(27, 9), "booked")


def test_the_same_move_twice_is_one(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    hers = booked(app, at(25, 9))

    for _ in range(2):
        move(parts, MoveTo(hers.id, at(27, 9)))

    moved = again(Consultation, hers.id)
    assert (moved.sequence, moved.client_moves) == (1, 1)


@on_both
def test_a_time_that_is_taken_or_was_never_offered_leaves_everything_as_it_was(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    hers = booked(app, at(25, 9))
    booked(app, at(25, 11))

    with pytest.raises(SlotTaken):
        move(parts, MoveTo(hers.id, at(25, 11, 30)))
    with pytest.raises(NotOffered):
        move(parts, MoveTo(hers.id, at(25, 11, 10)))

    stays = again(Consultation, hers.id)
    assert (stays.starts_at, stays.sequence) == (at(25, 9), 0)


@on_both
def test_the_guard_holds_for_a_move_too(app: Flask, parts: Parts) -> None:
    firm = a_firm(app).with_attorney("Ana")
    hers = booked(app, at(25, 9))
    with writing() as session:
        b0 = minute_of(at(25, 9)) - 40 * 1440
        session.add(Block(person=firm.number("Ana"), b0=b0, b1=minute_of(at(25, 9)), kind="import"))
        session.add(Block(person=firm.number("Ana"), b0=minute_of(at(25, 9, 45)), b1=b0 + 80 * 1440, kind="import"))

    with pytest.raises(SlotTaken):
        move(parts, MoveTo(hers.id, at(25, 13)))

    assert again(Consultation, hers.id).starts_at == at(25, 9)


def test_a_client_moves_it_three_times_and_then_telephones(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    hers = booked(app, at(25, 9))
    for hour in (10, 11, 12):
        move(parts, MoveTo(hers.id, at(27, hour)))

    with pytest.raises(TooManyMoves):
        move(parts, MoveTo(hers.id, at(27, 13)))

    assert move(parts, MoveTo(hers.id, at(27, 14), Actor.RECEPTIONIST)).client_moves == 3


@pytest.mark.parametrize(
    ("before", "allowed"),
    [
        pytest.param(timedelta(hours=2), True, id="two hours before"),
        pytest.param(timedelta(hours=2) - timedelta(seconds=1), False, id="a second later"),
    ],
)
def test_a_client_moves_it_until_two_hours_before(
    app: Flask, parts: Parts, hands: Hands, before: timedelta, allowed: bool
) -> None:
    a_firm(app).with_attorney("Ana")
    hers = booked(app, at(25, 13))
    hands.set(at(25, 13) - before)

    try:
        move(parts, MoveTo(hers.id, at(30, 9)))
    except TooLate:
        assert not allowed
    else:
        assert allowed


def test_the_desk_moves_it_later_than_that(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app).with_attorney("Ana")
    hers = booked(app, at(25, 13))
    hands.set(at(25, 12, 59))

    assert move(parts, MoveTo(hers.id, at(30, 9), Actor.RECEPTIONIST)).starts_at == at(30, 9)


def test_who_cannot_talk_now_takes_a_next_time_and_it_is_not_counted(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app).with_attorney("Ana")
    hers = booked(app, at(25, 13))
    hands.set(at(25, 13, 5))
    next_time = offered(parts, hers.intake_id, moving=hers.id).first[0]

    moved = move(parts, MoveTo(hers.id, next_time, not_now=True))

    assert (moved.client_moves, moved.not_now_at, moved.state) == (0, at(25, 13, 5), "booked")


@pytest.mark.parametrize(
    "state", ["completed", "no_show", "in_progress", "cancelled_firm", "cancelled_client", "expired_hold"]
)
def test_what_is_over_is_not_moved(app: Flask, parts: Parts, state: str) -> None:
    a_firm(app).with_attorney("Ana")
    hers = booked(app, at(25, 9))
    with writing() as session:
        session.execute(update(Consultation).values(state=state))

    with pytest.raises(Refused):
        move(parts, MoveTo(hers.id, at(27, 9)))


def test_what_never_was_is_neither_moved_nor_cancelled(app: Flask, parts: Parts) -> None:
    with pytest.raises(NoSuchConsultation):
        move(parts, MoveTo(uuid4(), at(27, 9)))
    with pytest.raises(NoSuchConsultation):
        cancel(parts, Cancel(uuid4()))
