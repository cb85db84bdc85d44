"""An attorney and an interpreter are booked together or not at all."""

import pytest
from flask import Flask

from scheduler.casework import kinds
from scheduler.casework.booking import BookSlot, SlotTaken, book
from scheduler.casework.moving import Cancel, MoveTo, cancel, move
from scheduler.casework.openings import offered
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.zones import minute_of
from scheduler.models import Block, Consultation, Outbox, Task, db
from tests.builders.firm import a_firm, again, an_intake
from tests.casework.appointments import MAM, at, booked, taken
from tests.conftest import on_both


@on_both
def test_both_are_taken_in_one_booking_for_as_long_as_interpreting_takes(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana").with_interpreter("Mara", languages=("mam", "es"), buffer_after=5)

    hers = booked(app, at(30, 9), **MAM)

    assert (hers.attorney, hers.interpreter, hers.ends_at) == (1, 2, at(30, 10, 15))
    nine = minute_of(at(30, 9))
    assert taken() == [(1, nine, nine + 75), (2, nine, nine + 80)]
    assert db.session.query(Task).filter_by(kind="find_interpreter").count() == 0


@on_both
def test_where_the_interpreter_is_taken_nobody_is_booked(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana").with_attorney("Beto").with_interpreter("Mara", languages=("mam", "es"))
    booked(app, at(30, 9), **MAM)

    with pytest.raises(SlotTaken):
        booked(app, at(30, 9, 30), **MAM)

    assert db.session.query(Consultation).count() == 1
    assert len(taken()) == 2


@on_both
def test_the_guard_refuses_both_where_it_alone_knows_that_one_is_taken(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana").with_interpreter("Mara", languages=("mam", "es"))
    nine = minute_of(at(30, 9))
    with writing() as session:
        session.add(Block(person=2, b0=nine - 40 * 1440, b1=nine + 40 * 1440, kind="import"))

    with pytest.raises(SlotTaken):
        booked(app, at(30, 9), **MAM)

    assert [person for person, _b0, _b1 in taken()] == [2]


def test_only_times_are_offered_at_which_both_are_free(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana").with_interpreter("Mara", languages=("mam", "es"), hours="13:00-15:00")

    found = offered(parts, an_intake(app, **MAM).id)

    assert {(start.astimezone(at(1, 1).tzinfo).hour, start.minute) for start in found.starts} == {(21, 0), (21, 30)}


def test_two_relay_where_no_one_speaks_both_ends(app: Flask, parts: Parts) -> None:
    firm = a_firm(app).with_attorney("Ann", languages=("en",)).with_interpreter("Mara", languages=("mam", "es"))
    firm.with_interpreter("Tess", languages=("es", "en"))

    hers = booked(app, at(30, 9), **MAM)

    assert (hers.attorney, hers.interpreter, hers.relay) == (1, 2, 3)
    assert [person for person, _b0, _b1 in taken()] == [1, 2, 3]


def test_without_anybody_of_her_language_a_person_finds_somebody(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana").with_interpreter("Mara", languages=("quc", "es"))

    hers = booked(app, at(30, 9), **MAM)

    assert hers.interpreter is None
    assert db.session.query(Task).filter_by(kind="find_interpreter").count() == 1


@on_both
def test_a_move_takes_both_along(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana").with_interpreter("Mara", languages=("mam", "es"))
    hers = booked(app, at(30, 9), **MAM)

    move(parts, MoveTo(hers.id, at(30, 13)))

    one = minute_of(at(30, 13))
    assert taken() == [(1, one, one + 75), (2, one, one + 75)]
    assert again(Consultation, hers.id).interpreter == 2


@on_both
def test_a_cancellation_frees_both_and_ends_both_invitations(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana").with_interpreter("Mara", languages=("mam", "es"))
    hers = booked(app, at(30, 9), **MAM)

    cancel(parts, Cancel(hers.id))

    assert taken() == []
    ends = {row.reader for row in db.session.query(Outbox).filter_by(kind=kinds.CANCELLATION)}
    assert ends == {"attorney:1", "interpreter:2"}


@on_both
def test_each_is_invited_alone_to_one_meeting(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana").with_interpreter("Mara", languages=("mam", "es"))

    booked(app, at(30, 9), **MAM)

    invitations = db.session.query(Outbox).filter_by(kind=kinds.INVITATION)
    assert {(row.reader, row.facts["sequence"]) for row in invitations} == {("attorney:1", 0), ("interpreter:2", 0)}


def test_who_is_screened_off_is_neither_offered_nor_booked(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana").with_attorney("Beto", hours="13:00-17:00")
    intake = an_intake(app)
    with writing() as session:
        session.merge(intake).screened_off = [1]

    starts = offered(parts, intake.id).starts

    assert {start.hour for start in starts} <= {21, 22, 23, 0}
    assert book(parts, BookSlot(intake.id, starts[0], "phone")).attorney == 2


def test_round_robin_gives_it_to_who_waits_longest_however_loaded(app: Flask, parts: Parts) -> None:
    a_firm(app, assignment="round_robin").with_attorney("Ana").with_attorney("Beto", last_assigned_at=at(24, 8))
    for hour in (9, 10):
        booked(app, at(30, hour))

    assert [row.attorney for row in db.session.query(Consultation).order_by(Consultation.starts_at)] == [1, 2]
