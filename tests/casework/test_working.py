"""Hours, single days, stays and closures are changed at the desk: at once everywhere, and no call is forgotten."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from config import Settings
from scheduler.casework import audit, outside, working
from scheduler.casework.openings import offered
from scheduler.casework.outside import CallsOutside
from scheduler.casework.parts import Parts
from scheduler.casework.working import Change, NotHours
from scheduler.models import Closure, Consultation, Override, Person, Stay, Task, WorkingHours, db
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.onlooker import another_process
from tests.builders.staff import a_login, who_is
from tests.casework.appointments import at, booked
from tests.conftest import on_both

NIGHT = {0: [(22 * 60, 2 * 60)]}
OF_NIGHT = {(0, 22 * 60, 2 * 60)}
MONDAY = date(2026, 11, 30)
THERE = "America/New_York"


def a_change(app: Flask, **more: Any) -> Change:
    return Change(who_is(a_login(app, "admin")), 1, **{"nights": OF_NIGHT, **more})


def version() -> int:
    db.session.rollback()
    return db.session.scalars(select(Person.version).where(Person.number == 1)).one()


def starts(parts: Parts, app: Flask) -> tuple[datetime, ...]:
    db.session.rollback()
    return offered(parts, an_intake(app).id).starts


def left_outside() -> list[Task]:
    db.session.rollback()
    return list(db.session.scalars(select(Task).where(Task.kind == outside.TASK)))


@on_both
def test_a_week_with_a_night_in_it_replaces_the_old_one(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    before = version()

    working.set_week(parts, a_change(app), NIGHT)

    assert version() == before + 1
    rows = db.session.scalars(select(WorkingHours)).all()
    assert [(row.weekday, row.start, row.end) for row in rows] == [(0, 1320, 120)]
    assert audit.verify(parts) > 0


def test_a_day_has_hours_of_its_own_then_none_then_those_of_the_week(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    change, found = a_change(app), []

    for windows in ([(600, 660), (720, 780)], [], None):
        working.set_day(parts, change, MONDAY, windows)
        found.append([(row.start, row.end) for row in db.session.scalars(select(Override))])

    assert found == [[(600, 660), (720, 780)], [(None, None)], []]


@on_both
def test_a_stay_moves_her_hours_to_the_clock_of_where_she_is(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    call = booked(app, at(30, 9))

    working.add_stay(parts, a_change(app), MONDAY, date(2026, 12, 4), THERE)

    found = starts(parts, app)
    assert at(30, 13) in found
    assert at(30, 14) not in found
    assert again(Consultation, call.id).attorney_zone == THERE


@pytest.mark.parametrize(
    ("days", "zone", "why"),
    [
        pytest.param((4, 9), THERE, "overlap", id="she is elsewhere on one of these days"),
        pytest.param((1, 4), THERE, "overlap", id="their last day is another one's first"),
        pytest.param((20, 19), THERE, "days", id="it ends before it begins"),
        pytest.param((20, 21), "America/Springfield", "zone", id="there is no such zone"),
        pytest.param((20, 21), "", "zone", id="no zone is said"),
        pytest.param((20, 21), "../etc/passwd", "zone", id="a path is no zone"),
    ],
)
def test_a_stay_that_cannot_be_is_refused(app: Flask, parts: Parts, days: tuple[int, int], zone: str, why: str) -> None:
    a_firm(app).with_attorney("Ana").with_stay("Ana", date(2026, 12, 4), date(2026, 12, 8), THERE)
    first, last = (date(2026, 12, day) for day in days)

    with pytest.raises(NotHours, match=why):
        working.add_stay(parts, a_change(app), first, last, zone)

    db.session.rollback()
    assert len(db.session.scalars(select(Stay)).all()) == 1


@on_both
def test_another_process_knows_of_a_stay_with_its_commit(app: Flask, parts: Parts, settings: Settings) -> None:
    a_firm(app).with_attorney("Ana")
    hers = an_intake(app).id
    with another_process(settings) as onlooker:
        before = onlooker.starts(hers)

        working.add_stay(parts, a_change(app), MONDAY, MONDAY, THERE)

        gone = set(before) - set(onlooker.starts(hers))
    assert at(30, 16) in gone
    assert at(30, 9) not in gone


def test_a_stay_ends_earlier_or_never_was(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana").with_stay("Ana", MONDAY, date(2026, 12, 8), THERE)
    stay = db.session.scalars(select(Stay.id)).one()

    working.end_stay(parts, a_change(app), stay, date(2026, 12, 2))
    ended = db.session.scalars(select(Stay.last_day)).one()
    working.end_stay(parts, a_change(app), stay, None)

    assert ended == date(2026, 12, 2)
    assert db.session.scalars(select(Stay)).all() == []


def test_a_stay_does_not_grow_into_another_and_is_nobody_else_s(app: Flask, parts: Parts) -> None:
    firm = a_firm(app).with_attorney("Ana").with_attorney("Eva")
    firm.with_stay("Ana", MONDAY, MONDAY, THERE).with_stay("Ana", date(2026, 12, 4), date(2026, 12, 8), THERE)
    stay = db.session.scalars(select(Stay.id).where(Stay.first_day == MONDAY)).one()
    who = who_is(a_login(app, "admin"))

    with pytest.raises(NotHours, match="overlap"):
        working.end_stay(parts, Change(who, 1), stay, date(2026, 12, 4))
    with pytest.raises(NotHours, match="stay"):
        working.end_stay(parts, Change(who, 2), stay, None)


CHANGES: list[Any] = [
    pytest.param(lambda parts, change: working.set_week(parts, change, NIGHT), id="another week"),
    pytest.param(lambda parts, change: working.set_day(parts, change, MONDAY, [(600, 720)]), id="other hours that day"),
    pytest.param(lambda parts, change: working.add_stay(parts, change, MONDAY, MONDAY, THERE), id="a stay elsewhere"),
    pytest.param(
        lambda parts, change: working.close(parts, change.who, MONDAY, "Day of rest", change.agreed), id="a closure"
    ),
]


@on_both
@pytest.mark.parametrize("act", CHANGES)
def test_a_call_that_would_lie_outside_is_named_and_nothing_is_saved(
    app: Flask, parts: Parts, act: Callable[[Parts, Change], None]
) -> None:
    a_firm(app).with_attorney("Ana")
    hers, before = booked(app, at(30, 16)), version()

    with pytest.raises(CallsOutside) as refused:
        act(parts, a_change(app))

    assert [(call.consultation_id, call.name) for call in refused.value.calls] == [(hers.id, "Ana")]
    assert (version(), left_outside()) == (before, [])


@pytest.mark.parametrize("act", CHANGES)
def test_a_call_that_is_agreed_to_stays_and_is_a_task(
    app: Flask, parts: Parts, act: Callable[[Parts, Change], None]
) -> None:
    a_firm(app).with_attorney("Ana")
    hers = booked(app, at(30, 16))

    act(parts, a_change(app, agreed=frozenset({hers.id})))

    assert [task.consultation_id for task in left_outside()] == [hers.id]


def test_who_agreed_to_one_call_did_not_agree_to_another(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    seen, _booked_since = booked(app, at(30, 16)), booked(app, at(30, 15))

    with pytest.raises(CallsOutside):
        working.set_week(parts, a_change(app, agreed=frozenset({seen.id})), NIGHT)


def test_a_call_that_was_outside_before_is_not_named(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    hers = booked(app, at(30, 16))
    working.set_week(parts, a_change(app, agreed=frozenset({hers.id})), NIGHT)

    working.set_day(parts, a_change(app), date(2026, 12, 1), [])

    assert len(left_outside()) == 1


def test_the_look_at_the_calls_has_power(app: Flask, parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "_works", lambda _hours, _row: True)
    a_firm(app).with_attorney("Ana")
    booked(app, at(30, 16))

    with pytest.raises(pytest.fail.Exception), pytest.raises(CallsOutside):
        working.set_week(parts, a_change(app), NIGHT)


def test_a_closure_is_taken_back(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    who = who_is(a_login(app, "admin"))
    working.close(parts, who, MONDAY, "Day of rest")
    closed = starts(parts, app)

    working.open_again(parts, who, MONDAY)

    assert at(30, 9) not in closed
    assert at(30, 9) in starts(parts, app)
    assert db.session.scalars(select(Closure)).all() == []
