"""Others are on a call at the time it has: told to them alone, each change whole or not at all."""

import pytest
from flask import Flask
from sqlalchemy import update

from scheduler.casework import kinds, reseating
from scheduler.casework.parts import Parts
from scheduler.casework.reseating import NobodyFits, NoReason, Reseat, reseat
from scheduler.casework.screening import RESEAT_TASK, screen_off
from scheduler.casework.slots import SlotTaken
from scheduler.casework.transaction import writing
from scheduler.engine.states import Actor, Refused
from scheduler.engine.zones import minute_of
from scheduler.models import Consultation, ConsultationChange, Intake, Outbox, Task, db
from tests.builders.firm import a_firm, again
from tests.builders.staff import a_login, who_is
from tests.casework.appointments import MAM, at, booked, taken
from tests.conftest import on_both


def wish(call: Consultation, attorney: int, *, interpreter: bool = False, second: int | None = None) -> Reseat:
    return Reseat(call.id, attorney, interpreter, second, "attorney_ill", Actor.RECEPTIONIST)


def told(call: Consultation) -> set[tuple[str, str, int]]:
    rows = db.session.query(Outbox).filter_by(consultation_id=call.id).filter(Outbox.reader != "client")
    return {(row.kind, row.reader, row.facts["sequence"]) for row in rows}


@on_both
def test_another_attorney_takes_it_and_only_attorneys_are_told(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana").with_attorney("Beto", zone="America/New_York", hours="9:00-20:00")
    hers = booked(app, at(30, 10))
    old, letters = hers.attorney, db.session.query(Outbox).filter_by(reader="client").count()

    reseat(parts, wish(hers, 3 - old))

    row = again(Consultation, hers.id)
    assert (row.attorney, row.starts_at, row.uid, row.sequence) == (3 - old, at(30, 10), hers.uid, 1)
    assert [person for person, _b0, _b1 in taken()] == [3 - old]
    assert {(kinds.CANCELLATION, f"attorney:{old}", 1), (kinds.INVITATION, f"attorney:{3 - old}", 1)} <= told(hers)
    client = db.session.query(Outbox).filter_by(reader="client").all()
    assert (len(client), {letter.facts["sequence"] for letter in client}) == (letters, {1})


@on_both
def test_an_interpreter_is_dropped_and_added_again_with_the_longer_time(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana").with_interpreter("Mara", languages=("mam", "es"))
    hers = booked(app, at(30, 9), **MAM)

    reseat(parts, wish(hers, 1))
    alone = taken()
    reseat(parts, wish(hers, 1, interpreter=True))

    nine = minute_of(at(30, 9))
    assert alone == [(1, nine, nine + 75)]
    assert taken() == [(1, nine, nine + 75), (2, nine, nine + 75)]
    assert (kinds.CANCELLATION, "interpreter:2", 1) in told(hers)
    assert (kinds.INVITATION, "interpreter:2", 2) in told(hers)
    assert db.session.query(Task).filter_by(kind="find_interpreter").count() == 1


@on_both
def test_a_second_of_ours_is_booked_and_invited_too(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana").with_attorney("Beto", languages=("pt",))
    hers = booked(app, at(30, 9))

    reseat(parts, wish(hers, 1, second=2))

    assert [person for person, _b0, _b1 in taken()] == [1, 2]
    assert (kinds.INVITATION, "attorney:2", 1) in told(hers)


@on_both
@pytest.mark.parametrize(
    ("why", "refusal"),
    [
        pytest.param({"languages": ("pt",)}, NobodyFits, id="she does not speak with her"),
        pytest.param({"hours": "13:00-17:00"}, NobodyFits, id="she does not work then"),
        pytest.param({"screened": True}, NobodyFits, id="she may not hear her"),
        pytest.param({"taken": True}, SlotTaken, id="she has something else"),
    ],
)
def test_who_cannot_take_it_does_not_and_nothing_is_changed(
    app: Flask, parts: Parts, why: dict[str, object], refusal: type[Exception]
) -> None:
    columns = {name: value for name, value in why.items() if name in {"languages", "hours"}}
    a_firm(app).with_attorney("Ana").with_attorney("Beto", **columns)
    hers = booked(app, at(30, 9))
    old = hers.attorney
    if "screened" in why:
        with writing() as session:
            session.execute(update(Intake).values(screened_off=[3 - old]))
    if "taken" in why:
        booked(app, at(30, 9))
    before = taken()

    with pytest.raises(refusal):
        reseat(parts, wish(hers, 3 - old))

    assert (again(Consultation, hers.id).attorney, taken()) == (old, before)


def test_a_reason_is_asked_and_stands_in_the_history(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana").with_attorney("Beto")
    hers = booked(app, at(30, 9))

    with pytest.raises(NoReason):
        reseat(parts, Reseat(hers.id, 2, False, None, "", Actor.RECEPTIONIST))
    reseat(parts, wish(hers, 3 - hers.attorney))

    assert [row.reason for row in db.session.query(ConsultationChange).filter_by(actor="receptionist")] == [
        "attorney_ill"
    ]


def test_a_client_changes_nobody(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana").with_attorney("Beto")
    hers = booked(app, at(30, 9))

    with pytest.raises(Refused):
        reseat(parts, Reseat(hers.id, 2, False, None, "other", Actor.CLIENT))


def test_the_choice_names_those_alone_who_could(app: Flask, parts: Parts) -> None:
    firm = a_firm(app).with_attorney("Ana").with_attorney("Beto").with_attorney("Celia", languages=("pt",))
    firm.with_attorney("Dora", hours="13:00-17:00").with_interpreter("Mara", languages=("mam", "en"))
    hers = booked(app, at(30, 9))

    choice = reseating.choice(parts, hers.id)

    assert (choice.attorneys, choice.seconds, choice.interpreters) == ((1, 2), (2,), False)


def test_screening_somebody_off_calls_the_desk_where_she_is_booked(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana").with_attorney("Beto")
    hers = booked(app, at(30, 9))

    screen_off(parts, who_is(a_login(app, "conflicts")), hers.intake_id, [hers.attorney, 99])

    assert again(Intake, hers.intake_id).screened_off == [hers.attorney]
    assert db.session.query(Task).filter_by(kind=RESEAT_TASK, consultation_id=hers.id).count() == 1
