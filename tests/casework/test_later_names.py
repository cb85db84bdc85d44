"""Names that are read in after somebody was cleared: a person looks again, and nothing else moves."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import assigned, conflict_confirming, later_names, openings
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.conflict_lists import name_columns, read_in, send
from scheduler.casework.parts import Parts
from scheduler.engine.name_lists import Columns
from scheduler.engine.states import IntakeState
from scheduler.models import Consultation, Intake, Outbox, Task, db
from tests.builders.client import Client
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.staff import a_login, confirm_names, who_is
from tests.conftest import on_both

AGAINST: dict[str, Any] = {"conflict_people_any": "yes", "conflict_people": [("Carlos Mendoza Ruiz", "person_against")]}
ROWS = ("Carlos;Mendoza Ruiz;cliente", "Ida;Mora;contraria")


def read(app: Flask, parts: Parts, *rows: str) -> int:
    """A list of these rows is read in."""
    who = who_is(a_login(app, "conflicts"))
    list_id = send(parts, who, "\n".join(("Nombres;Apellidos;Tipo", *rows)).encode())
    name_columns(parts, list_id, Columns({0: "given", 1: "family", 2: "who"}))
    return read_in(parts, who, list_id)


def booked(app: Flask, parts: Parts) -> Consultation:
    """Cleared by itself and booked, before the firm knew of Carlos; an attorney has confirmed it."""
    a_firm(app).with_attorney("Ana")
    intake = Client(app).through_all_pages(**AGAINST).row
    call = book(parts, BookSlot(intake.id, openings.offered(parts, intake.id).starts[-1], "phone"))
    confirm_names(app, call.intake_id)
    return call


def letters() -> list[UUID]:
    db.session.rollback()
    return sorted(db.session.scalars(select(Outbox.id)), key=str)


def to_look_at() -> list[UUID | None]:
    db.session.rollback()
    return list(db.session.scalars(select(Task.intake_id).where(Task.kind == "names_again", Task.done_at.is_(None))))


@on_both
def test_a_hit_is_a_task_and_her_time_stays_and_she_is_told_nothing(app: Flask, parts: Parts) -> None:
    call = booked(app, parts)
    told = letters()

    read(app, parts, *ROWS)

    assert (to_look_at(), letters()) == ([call.intake_id], told)
    assert (again(Consultation, call.id).state, again(Intake, call.intake_id).state) == ("booked", "cleared")


def test_after_a_hit_an_attorney_confirms_anew(app: Flask, parts: Parts) -> None:
    call = booked(app, parts)

    read(app, parts, *ROWS)

    assert not assigned.is_confirmed(again(Intake, call.intake_id))
    assert conflict_confirming.look(parts, who_is(a_login(app, "attorney")), call.intake_id).found.hits


def test_names_that_are_like_nobody_s_change_nothing(app: Flask, parts: Parts) -> None:
    call = booked(app, parts)

    read(app, parts, ROWS[1])

    assert (to_look_at(), assigned.is_confirmed(again(Intake, call.intake_id))) == ([], True)


def test_what_was_known_before_is_not_looked_for_again(app: Flask, parts: Parts) -> None:
    call = booked(app, parts)
    read(app, parts, ROWS[0])
    db.session.scalars(select(Task).where(Task.kind == "names_again")).one().done_at = parts.clock.now()
    db.session.commit()

    added = read(app, parts, ROWS[0])

    assert (added, to_look_at(), again(Consultation, call.id).state) == (0, [], "booked")


@pytest.mark.parametrize(
    "state", [state for state in IntakeState if state not in {IntakeState.CLEARED, IntakeState.PURGED}]
)
def test_only_who_is_cleared_and_not_over_is_looked_at(app: Flask, parts: Parts, state: IntakeState) -> None:
    a_firm(app)
    people = [{"name": "Carlos Mendoza Ruiz", "role": "person_against"}]
    an_intake(app, state=state, conflict_people_any="yes", conflict_people=people)

    read(app, parts, *ROWS)

    assert to_look_at() == []


@on_both
def test_a_large_firm_is_looked_through_in_pieces(app: Flask, parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(later_names, "AT_ONCE", 2)
    a_firm(app)
    people = [{"name": "Carlos Mendoza Ruiz", "role": "person_against"}]
    for number in range(5):
        phone = f"+52664123450{number}"
        an_intake(app, contact_phone=phone, conflict_people_any="yes", conflict_people=people)
    read(app, parts, *ROWS)
    at_once = len(to_look_at())

    later = [later_names.compare(parts) for _look in range(3)]

    assert (at_once, later, len(to_look_at())) == (2, [2, 1, 0], 5)


def test_without_the_look_nobody_is_found(app: Flask, parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes the guard away and sees that it was what found her."""
    booked(app, parts)
    monkeypatch.setattr(later_names, "compare", lambda _parts: 0)

    read(app, parts, *ROWS)

    assert to_look_at() == []
