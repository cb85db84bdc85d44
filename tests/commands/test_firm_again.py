"""The firm's file, loaded again: what the desk has changed stays, unless it is to be replaced; no call is forgotten."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import firm_file, outside, rows, working
from scheduler.casework.firm_words import BOUNDS, LENGTHS
from scheduler.casework.parts import Parts
from scheduler.casework.working import Change
from scheduler.engine.triage import slot_length
from scheduler.models import Closure, Person, Stay, Task, WorkingHours, db
from tests.builders.settings import EXAMPLE
from tests.builders.staff import a_login, quick_hashes, who_is
from tests.casework.appointments import at, booked
from tests.commands.typing import Said, typed
from tests.conftest import on_both

ANA, MARTA = "ana@example.org", "marta@example.org"
OTHERS = {0: [(600, 660)]}
KEPT = "Kept as it is at the desk"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_hashes(monkeypatch)


def loads(app: Flask, *words: str, old: str = "", new: str = "", folder: Path | None = None) -> Said:
    file = EXAMPLE
    if folder is not None:
        file = folder / "firm.toml"
        file.write_text(EXAMPLE.read_text().replace(old, new, 1))
    return typed(app, "firm", "load", *words, str(file))


def person(address: str) -> Person:
    db.session.rollback()
    return db.session.scalars(select(Person).where(Person.email == address)).one()


def changed_at_the_desk(app: Flask, parts: Parts) -> None:
    """Ana's week, a journey and a closure are other than in the file."""
    who = who_is(a_login(app, "admin"))
    change = Change(who, person(ANA).number)
    working.set_week(parts, change, OTHERS)
    working.add_stay(parts, change, date(2026, 12, 7), date(2026, 12, 8), "Europe/Madrid")
    working.close(parts, who, date(2026, 12, 31), "Day of rest")
    db.session.scalars(select(Person).where(Person.email == ANA)).one().daily_cap = 2
    db.session.commit()


def here() -> tuple[int | None, ...]:
    """How many of the desk's there are: windows of Ana's week, journeys, closed days; her cap."""
    ana = person(ANA)
    windows = select(WorkingHours).filter_by(person_id=ana.id)
    found = [len(db.session.scalars(wanted).all()) for wanted in (windows, select(Stay), select(Closure))]
    return (*found, ana.daily_cap)


@on_both
def test_what_the_desk_has_changed_stays_and_is_named(app: Flask, parts: Parts) -> None:
    loads(app)
    changed_at_the_desk(app, parts)
    before = here()

    said = loads(app)

    assert here() == before == (1, 1, 2, 2)
    assert KEPT in said.text
    assert [line.strip().partition(": ")[2] for line in said.text.splitlines()[2:]] == [
        "weekly hours, journeys, daily_cap",
        "other days",
    ]


@on_both
def test_with_a_flag_the_file_s_are_put_in_its_place(app: Flask, parts: Parts) -> None:
    loads(app)
    first = here()
    changed_at_the_desk(app, parts)

    said = loads(app, "--replace")

    assert (here(), KEPT in said.text) == (first, False)


def test_a_file_that_says_what_is_here_names_nothing(app: Flask) -> None:
    first = loads(app)

    assert loads(app).text == first.text


def test_what_only_the_file_says_is_brought_up_to_it(app: Flask, tmp_path: Path) -> None:
    loads(app)

    said = loads(
        app, old=f'email = "{ANA}"', new=f'email = "{ANA}"\nroom_url = "https://meet.example/a"', folder=tmp_path
    )

    assert (person(ANA).room_url, KEPT in said.text) == ("https://meet.example/a", False)


def test_who_came_at_the_desk_is_not_sent_away_by_the_file(app: Flask, tmp_path: Path) -> None:
    loads(app)

    said = loads(app, old=MARTA, new="other@example.org", folder=tmp_path)

    assert [person(one).active for one in (ANA, MARTA, "other@example.org")] == [True, True, True]
    assert ": not in the file" in said.text


def test_who_takes_no_calls_any_more_takes_none_because_the_file_is_loaded(app: Flask) -> None:
    loads(app)
    person(ANA).active = False
    db.session.commit()

    said = loads(app)

    assert (person(ANA).active, "takes no calls" in said.text) == (False, True)


@on_both
def test_calls_that_the_file_s_hours_leave_outside_are_tasks(app: Flask, parts: Parts, tmp_path: Path) -> None:
    loads(app)
    call = booked(app, at(30, 11))

    said = loads(
        app, "--replace", old='mon = ["9:00-12:00", "13:00-17:00"]', new='mon = ["9:00-12:00"]', folder=tmp_path
    )

    left = [row.consultation_id for row in db.session.scalars(select(Task).where(Task.kind == outside.TASK))]
    assert (left, "each a task for the desk: 1." in said.text) == ([call.id], True)


def test_a_call_and_what_is_kept_free_around_it_never_reach_further_than_is_looked(app: Flask) -> None:
    longest = slot_length(interpreter=True, child=True, base=LENGTHS[1])

    assert BOUNDS["buffer_before"][1] + longest + BOUNDS["buffer_after"][1] < rows.REACH


def test_a_file_that_replaced_unasked_would_be_noticed(
    app: Flask, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads(app)
    changed_at_the_desk(app, parts)
    before, load = here(), firm_file.load
    monkeypatch.setattr(firm_file, "load", lambda parts, document, **_said: load(parts, document, replace=True))

    loads(app)

    assert here() != before
