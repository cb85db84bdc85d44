"""One time is booked once, with everything that follows from it, or nothing is."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from scheduler.casework import audit, kinds, links
from scheduler.casework.booking import BookSlot, NotBookable, NotOffered, SlotTaken, book
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.zones import minute_of
from scheduler.models import Block, Consultation, ConsultationChange, Outbox, Person, Task, db
from tests.builders.firm import AFirm, a_firm, again, an_intake
from tests.casework.appointments import at, booked, count
from tests.conftest import TUESDAY, Hands, on_both


@on_both
def test_a_booking_is_one_row_with_its_identity_both_zones_and_her_attorney(app: Flask, parts: Parts) -> None:
    firm = a_firm(app).with_attorney("Ana", zone="America/New_York")

    made = booked(app, at(25, 9), "whatsapp_call", mx_city="ciudad_juarez")

    stored = again(Consultation, made.id)
    assert (stored.state, stored.sequence, stored.partstat, stored.call_mode) == (
        "booked",
        0,
        "NEEDS-ACTION",
        "whatsapp_call",
    )
    assert (stored.starts_at, stored.ends_at) == (at(25, 9), at(25, 9, 45))
    assert (stored.client_zone, stored.attorney_zone) == ("America/Ciudad_Juarez", "America/New_York")
    assert (stored.attorney, stored.booked_at, stored.dtstamp) == (firm.number("Ana"), TUESDAY, TUESDAY)
    assert stored.uid.endswith("@citas.example")


@on_both
def test_everything_that_follows_is_written_in_the_same_commit(app: Flask, parts: Parts) -> None:
    firm = a_firm(app).with_attorney("Ana", buffer_before=10, buffer_after=5)
    person = firm.people["Ana"]

    made = booked(app, at(25, 10))

    block = db.session.query(Block).one()
    assert (block.b0, block.b1) == (minute_of(at(25, 10)) - 10, minute_of(at(25, 10)) + 50)
    assert (block.person, block.consultation_id, block.intake_id, block.active) == (1, made.id, made.intake_id, True)
    moves = db.session.query(ConsultationChange.old_state, ConsultationChange.new_state).all()
    assert sorted(moves, key=str) == sorted([(None, "held"), ("held", "booked")], key=str)
    assert {row.kind for row in db.session.query(Outbox)} >= {kinds.INVITATION, kinds.BOOKED}
    link = links.find(parts, links.token_of(parts, made))
    assert link is not None
    assert link.consultation_id == made.id
    after = again(Person, person.id)
    assert (after.version, after.last_assigned_at) == (2, TUESDAY)
    assert audit.verify(parts) == 1


@on_both
def test_the_same_submit_twice_is_one_booking_and_one_answer(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana").with_attorney("Beto")
    intake = an_intake(app)
    first = book(parts, BookSlot(intake.id, at(25, 9), "phone"))

    second = book(parts, BookSlot(intake.id, at(25, 9), "phone"))
    another_time = book(parts, BookSlot(intake.id, at(25, 12), "video"))

    assert first.id == second.id == another_time.id
    assert (count(Consultation), count(Block)) == (1, 1)
    assert db.session.query(Outbox).filter_by(kind=kinds.INVITATION).count() == 1


@on_both
def test_of_several_the_least_loaded_that_week_takes_it(app: Flask, parts: Parts, hands: Hands) -> None:
    firm = a_firm(app).with_attorney("Ana").with_attorney("Beto").with_attorney("Carla")
    starts = [at(25, 9), at(25, 10), at(25, 11), at(25, 12), at(30, 9)]

    taken = []
    for minutes, start in enumerate(starts):
        hands.set(TUESDAY - timedelta(hours=1) + timedelta(minutes=minutes))
        taken.append(booked(app, start).attorney)

    assert taken == [firm.number(name) for name in ("Ana", "Beto", "Carla", "Ana", "Beto")]


@on_both
def test_the_next_candidate_takes_it_when_the_guard_refuses_the_first(app: Flask, parts: Parts) -> None:
    firm = a_firm(app).with_attorney("Ana").with_attorney("Beto")
    unseen_by_the_look = minute_of(at(25, 9)) - 40 * 1440
    with writing() as session:
        session.add(Block(person=firm.number("Ana"), b0=unseen_by_the_look, b1=minute_of(at(25, 9, 30)), kind="import"))

    made = booked(app, at(25, 9))

    assert made.attorney == firm.number("Beto")
    assert [again(Person, firm.people[name].id).version for name in ("Ana", "Beto")] == [1, 2]


@on_both
def test_lapsed_holds_and_her_own_are_switched_off_with_the_booking(app: Flask, parts: Parts) -> None:
    firm = a_firm(app).with_attorney("Ana")
    mine = an_intake(app)
    hold = {"person": firm.number("Ana"), "kind": "hold"}
    nine = minute_of(at(25, 9))
    with writing() as session:
        session.add(Block(b0=nine - 15, b1=nine, expires_at=TUESDAY, **hold))
        session.add(Block(b0=nine, b1=nine + 20, expires_at=TUESDAY, **hold))
        session.add(Block(b0=nine + 20, b1=nine + 60, expires_at=at(25, 9), intake_id=mine.id, **hold))

    made = book(parts, BookSlot(mine.id, at(25, 9), "phone"))

    assert [block.consultation_id for block in db.session.query(Block).filter_by(active=True)] == [made.id]


def test_with_an_interpreter_the_slot_is_longer_and_one_is_to_be_found(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")

    made = booked(app, at(25, 9), spoken_language="mam", interpreter_needed="yes")

    assert made.ends_at - made.starts_at == timedelta(minutes=75)
    task = db.session.query(Task).filter_by(kind="find_interpreter").one()
    assert (task.consultation_id, task.due_at <= made.starts_at) == (made.id, True)


@on_both
def test_a_time_after_she_must_be_seen_is_booked_where_nothing_is_free_before(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana", hours={4: "9:00-12:00"})
    third, a_week_later = at(27, 10), datetime(2026, 12, 4, 19, tzinfo=UTC)

    made = booked(app, third, detained_now="yes_immigration")

    assert made.starts_at == third
    assert {"find_earlier_slot"} <= {task.kind for task in db.session.query(Task)}
    with pytest.raises(NotOffered):
        booked(app, a_week_later, detained_now="yes_immigration")
    with pytest.raises(SlotTaken):
        booked(app, at(27, 10, 30), detained_now="yes_immigration")


def test_a_video_call_has_a_room_and_a_call_has_none(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")

    video, phone = booked(app, at(25, 9), "video"), booked(app, at(25, 10))

    assert (video.room is None, phone.room is None) == (False, True)


def test_who_cancelled_books_again_under_another_key_only(app: Flask, parts: Parts) -> None:
    house: AFirm = a_firm(app).with_attorney("Ana")
    first = booked(app, at(25, 9))
    with writing() as session:
        session.execute(text("UPDATE consultation SET state = 'cancelled_client'"))
        session.execute(text("UPDATE block SET active = false"))

    with pytest.raises(NotBookable):
        book(parts, BookSlot(first.intake_id, at(25, 9), "phone"))
    second = book(parts, BookSlot(first.intake_id, at(25, 9), "phone", key="again-1"))

    assert house.people
    assert second.id != first.id
