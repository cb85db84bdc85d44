"""A consultation is cancelled: its time is free, everybody is told, and who must be called is."""

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from scheduler.casework import kinds, links
from scheduler.casework.moving import (
    Cancel,
    NoOffer,
    Refused,
    cancel,
)
from scheduler.casework.parts import Parts
from scheduler.engine.states import Actor
from scheduler.models import Consultation, Outbox, Person, Task, db
from tests.builders.firm import a_firm, again
from tests.casework.appointments import URGENT, at, booked, somebody
from tests.conftest import TUESDAY, on_both


@on_both
def test_a_cancelled_consultation_frees_its_time_and_its_page_is_dead(app: Flask, parts: Parts) -> None:
    firm = a_firm(app).with_attorney("Ana")
    hers = booked(app, at(25, 9))
    token = links.token_of(parts, hers)
    version = again(Person, firm.people["Ana"].id).version

    cancel(parts, Cancel(hers.id))

    gone = again(Consultation, hers.id)
    assert (gone.state, gone.sequence, gone.dtstamp) == ("cancelled_client", 1, TUESDAY + timedelta(seconds=1))
    assert links.find(parts, token) is None
    assert again(Person, firm.people["Ana"].id).version == version + 1
    assert booked(app, at(25, 9)).starts_at == at(25, 9)


@on_both
def test_everybody_is_told_of_a_cancellation_and_nobody_is_reminded(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    hers = booked(app, at(30, 9))

    cancel(parts, Cancel(hers.id))

    waiting = db.session.query(Outbox).filter_by(consultation_id=hers.id, state="waiting")
    told = {row.kind for row in waiting}
    assert {kinds.CANCELLATION, kinds.CANCELLED_YOU} <= told
    assert not told & {kinds.BOOKED, *kinds.REMINDERS}


def test_cancelling_twice_is_once(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    hers = booked(app, at(25, 9))

    for _ in range(2):
        cancel(parts, Cancel(hers.id))

    assert again(Consultation, hers.id).sequence == 1


@pytest.mark.parametrize(
    ("answers", "tasks"),
    [
        pytest.param({}, set(), id="a normal case"),
        pytest.param(URGENT, {"keep_a_time"}, id="an urgent one"),
    ],
)
def test_who_is_urgent_and_cancels_is_called(
    app: Flask, parts: Parts, answers: dict[str, str], tasks: set[str]
) -> None:
    a_firm(app).with_attorney("Ana")
    hers = booked(app, at(25, 9), **answers)

    cancel(parts, Cancel(hers.id))

    assert {task.kind for task in db.session.query(Task)} & {"keep_a_time", "offer_new_time"} == tasks


def test_the_firm_cancels_only_with_somebody_who_will_call(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    hers = booked(app, at(25, 9))

    with pytest.raises(NoOffer):
        cancel(parts, Cancel(hers.id, Actor.ATTORNEY, by_firm=True))

    assert again(Consultation, hers.id).state == "booked"


@on_both
def test_whom_the_firm_has_cancelled_gets_another_time_from_a_named_person(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    hers, staff = booked(app, at(25, 9)), somebody()

    cancel(parts, Cancel(hers.id, Actor.RECEPTIONIST, staff.id, by_firm=True, caller=staff.id, reason="ill"))

    assert again(Consultation, hers.id).state == "cancelled_firm"
    task = db.session.query(Task).filter_by(kind="offer_new_time").one()
    assert (task.caller, task.consultation_id) == (staff.id, hers.id)
    assert kinds.CANCELLED_US in {row.kind for row in db.session.query(Outbox)}


def test_a_client_does_not_cancel_for_the_firm(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    hers = booked(app, at(25, 9))

    with pytest.raises(Refused):
        cancel(parts, Cancel(hers.id, by_firm=True, caller=uuid4()))
