"""A time that frees up is kept for the most urgent who waits for an earlier one, one at a time."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from scheduler.casework import earlier
from scheduler.casework.booking import NotOffered, SlotTaken
from scheduler.casework.lapses import expire_holds
from scheduler.casework.moving import Cancel, MoveTo, cancel, move
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.states import Actor
from scheduler.engine.urgency import Level
from scheduler.models import Block, Consultation, Intake, Task, db
from tests.builders.firm import a_firm, again, an_intake
from tests.casework.appointments import URGENT, at, booked
from tests.conftest import TUESDAY, Hands, on_both


def waits(app: Flask, level: Level = Level.U1) -> Intake:
    """Somebody urgent who was told that we look for an earlier time."""
    intake = an_intake(app, detained_now="yes_immigration")
    with writing() as session:
        session.execute(update(Intake).where(Intake.id == intake.id).values(urgency=level))
        task = Task(
            dedupe=f"f{intake.id}", kind="find_earlier_slot", intake_id=intake.id, due_at=TUESDAY, created_at=TUESDAY
        )
        session.add(task)
    return intake


def kept() -> list[tuple[Any, Any]]:
    db.session.rollback()
    rows = db.session.query(Block.intake_id, Consultation.starts_at).join(
        Consultation, Consultation.id == Block.consultation_id
    )
    return [(row[0], row[1]) for row in rows.filter(Block.kind == "hold", Block.active)]


def tasks_of(intake: Intake, kind: str = "offer_earlier") -> list[bool]:
    return [row.done_at is None for row in db.session.query(Task).filter_by(intake_id=intake.id, kind=kind)]


@on_both
def test_the_most_urgent_is_kept_the_freed_time_and_nobody_else(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana", hours={2: "11:00-11:45"})
    taken = booked(app, at(25, 11), **URGENT)
    calm, urgent = waits(app, Level.U2), waits(app, Level.U1)
    before = earlier.offer(parts)
    cancel(parts, Cancel(taken.id))

    count = earlier.offer(parts)

    assert (before, count) == (0, 1)
    assert kept() == [(urgent.id, at(25, 11))]
    assert (tasks_of(urgent), tasks_of(calm)) == ([True], [])
    with pytest.raises(SlotTaken):
        booked(app, at(25, 11), **URGENT)


@on_both
def test_what_lapses_goes_to_the_next_and_not_to_the_same_again(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app).with_attorney("Ana", hours={2: "15:00-15:45"})
    first, second = waits(app, Level.U1), waits(app, Level.U2)
    earlier.offer(parts)
    hands.set(at(24, 11, 1))
    expire_holds(parts)

    earlier.offer(parts)

    assert kept() == [(second.id, at(25, 15))]
    assert tasks_of(first) == [False]


@on_both
def test_who_has_a_late_time_takes_the_kept_one_by_a_move(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana", hours={2: "15:00-15:45", 4: "15:00-15:45"})
    holder = booked(app, at(25, 15), **URGENT)
    hers = booked(app, at(27, 15), **URGENT)
    cancel(parts, Cancel(holder.id))
    earlier.offer(parts)
    offered = kept()

    move(parts, MoveTo(hers.id, at(25, 15), Actor.RECEPTIONIST))

    assert offered == [(hers.intake_id, at(25, 15))]
    assert (again(Consultation, hers.id).starts_at, kept()) == (at(25, 15), [])
    intake = again(Intake, hers.intake_id)
    assert (tasks_of(intake), tasks_of(intake, "find_earlier_slot")) == ([False], [False])


def test_a_reserved_slot_is_for_the_urgent_alone_until_the_day_before(app: Flask, parts: Parts) -> None:
    a_firm(app, reserved_slots=1).with_attorney("Ana", hours={2: "9:00-9:45"})

    with pytest.raises(NotOffered):
        booked(app, at(25, 9))

    assert booked(app, at(25, 9), **URGENT).starts_at == at(25, 9)
