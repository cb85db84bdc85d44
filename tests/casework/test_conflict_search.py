"""Whom the check finds, and that looking by hashes finds what looking at everybody finds."""

import random
from collections.abc import Sequence
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import conflict_names, conflict_search, identities, search
from scheduler.casework.conflict_names import Entry, keep_stub
from scheduler.casework.conflict_search import Found, Question, by_name, questions
from scheduler.casework.documents import open_answers
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.conflicts import Asked, Birth, Identity, Likeness, Who
from scheduler.engine.names import Name
from scheduler.engine.states import IntakeState
from scheduler.models import ConflictHash, ConflictName, Intake, db
from tests.builders.firm import a_firm, an_intake
from tests.builders.names import COUNTRIES, WAYS, a_name, keep, known
from tests.builders.staff import a_login
from tests.conftest import on_both

PAIRS = 500


def filed(app: Flask, **answers: Any) -> Intake:
    """An intake that is found by what it says."""
    intake = an_intake(app, **answers)
    parts: Parts = app.extensions["cita"]
    with writing() as session:
        search.index(session, parts.keyring.firm("search"), intake.id, open_answers(parts, intake))
    return intake


def look_for(parts: Parts, *wanted: Question) -> Found:
    db.session.rollback()
    return conflict_search.search(db.session(), parts, wanted)


def screen(app: Flask, intake: Intake) -> Found:
    parts: Parts = app.extensions["cita"]
    wanted = questions(parts, open_answers(parts, intake))
    return conflict_search.search(db.session(), parts, wanted, own=intake.id)


def against(name: str) -> dict[str, Any]:
    return {"conflict_people_any": "yes", "conflict_people": [{"name": name, "role": "person_against"}]}


@on_both
def test_the_other_side_is_one_of_our_clients(app: Flask, parts: Parts) -> None:
    a_firm(app)
    keep(parts, known("Carlos", "Mendoza Ruiz"))

    found = screen(app, filed(app, **against("carlos mendosa ruíz")))

    assert [(hit.name, hit.known, hit.who, hit.by) for hit in found.hits] == [
        ("carlos mendosa ruíz", "Carlos Mendoza Ruiz", Who.CLIENT, Likeness.NAMES)
    ]


@on_both
def test_the_other_side_has_asked_us_too(app: Flask, parts: Parts) -> None:
    a_firm(app)
    first = filed(app, given_names="Carlos", family_names="Mendoza Ruiz", contact_phone="+526640000000")

    found = screen(app, filed(app, **against("Carlos Mendoza")))

    assert [(hit.known, hit.who, hit.ref) for hit in found.hits] == [("Carlos Mendoza Ruiz", Who.PROSPECT, first.ref)]


def test_somebody_was_named_as_the_other_side_before(app: Flask, parts: Parts) -> None:
    a_firm(app)
    filed(app, given_names="Ana", family_names="Ruiz", contact_phone="+52664", **against("Rosa Hernández Paz"))

    found = screen(app, filed(app))

    assert [(hit.role, hit.who) for hit in found.hits] == [("", Who.ADVERSE)]


def test_she_who_comes_again_is_no_conflict_and_neither_is_whom_she_named(app: Flask, parts: Parts) -> None:
    a_firm(app)
    filed(app, **against("Carlos Mendoza"))

    assert screen(app, filed(app, **against("Carlos Mendoza"))) == Found((), returning=True)


def test_three_people_on_one_phone_are_no_conflict(app: Flask, parts: Parts) -> None:
    a_firm(app)
    names = (("Ana", "Ruiz Paz"), ("Eva", "Luna Gil"), ("Ida", "Mora Cruz"))
    sent = [filed(app, given_names=given, family_names=family) for given, family in names]

    assert [screen(app, intake).hits for intake in sent] == [(), (), ()]


@pytest.mark.parametrize(
    ("name", "who"),
    [
        pytest.param("Robin Desk", Who.STAFF, id="one of the staff"),
        pytest.param("Ana Robles", Who.STAFF, id="an attorney"),
        pytest.param("Ixchel Caal", Who.INTERPRETER, id="an interpreter"),
    ],
)
def test_people_of_the_firm_are_looked_at(app: Flask, parts: Parts, name: str, who: Who) -> None:
    a_firm(app).with_attorney("Ana Robles").with_interpreter("Ixchel Caal")
    a_login(app)

    assert [hit.who for hit in look_for(parts, by_name(name)).hits] == [who]


def test_a_purged_intake_is_still_found_by_its_stub(app: Flask, parts: Parts) -> None:
    a_firm(app)
    intake = filed(app, **against("Carlos Mendoza"))
    with writing() as session:
        keep_stub(session, parts, intake, open_answers(parts, intake), outcome="conflict", attorneys=[1])
        session.get_one(Intake, intake.id).state = IntakeState.PURGED
    parts.keyring.destroy(intake.id)

    hits = look_for(parts, by_name("Rosa Hernández Paz"), by_name("Carlos Mendoza")).hits

    assert {(hit.who, hit.source) for hit in hits} == {(Who.PROSPECT, "stub"), (Who.ADVERSE, "stub")}


def test_a_stub_keeps_no_way_to_reach_her(app: Flask, parts: Parts) -> None:
    a_firm(app)
    intake = filed(app, a_number="123456789")
    for _twice in range(2):
        with writing() as session:
            keep_stub(session, parts, intake, open_answers(parts, intake), outcome="withdrawn")

    row = db.session.scalars(select(ConflictName)).one()
    said = conflict_names.open_name(parts.keyring, row)
    number = identities.a_number(parts.keyring.firm("search"), "123456789")
    assert (said["phone"], said["email"], said["a_number"], said["facts"]["outcome"]) == ("", "", number, "withdrawn")


def test_who_is_kept_already_is_not_kept_twice(parts: Parts) -> None:
    one = known("Rosa", "Hernández Paz")

    assert [keep(parts, one, one), keep(parts, known("ROSA", "Paz Hernandez"))] == [1, 0]


def test_no_name_stands_in_the_tables_of_the_check(parts: Parts) -> None:
    keep(parts, known("Rosa", "Hernández Paz"))

    said = [
        repr(row) for table in (ConflictName, ConflictHash) for row in db.session.execute(select(*table.__table__.c))
    ]
    assert not [row for row in said if "rosa" in row.casefold() or "paz" in row.casefold()]


def pairs(chance: random.Random) -> list[tuple[str, Entry, Question]]:
    """Somebody who is kept, and the same one written differently, who is looked for; with the way it differs."""
    made = []
    for number in range(PAIRS):
        way = list(WAYS)[number % len(WAYS)]
        given, family = a_name(chance)
        birth, countries = Birth(chance.randrange(1950, 2008)), frozenset({chance.choice(COUNTRIES)})
        asked = Identity((Name(*WAYS[way](chance, given, family)),), birth, countries)
        made.append((way, known(given, family, birth=birth, countries=countries), Question(Asked(asked))))
    return made


def found_by_both(parts: Parts) -> tuple[int, int]:
    """How many hits a look at everybody finds, and how many of them the look by hashes finds."""
    made = pairs(random.Random(20261124))
    keep(parts, *(entry for _way, entry, _asked in made))
    rows = db.session.scalars(select(ConflictName)).all()
    everybody: Sequence[Any] = [
        conflict_search.File(row.id, row.source, conflict_names.people(parts.keyring, row)) for row in rows
    ]
    wanted = [asked for _way, _entry, asked in made]
    full = [set(conflict_search.weigh([one], everybody).hits) for one in wanted]
    quick = [set(look_for(parts, one).hits) for one in wanted]
    return sum(map(len, full)), sum(len(some & all_) for some, all_ in zip(quick, full, strict=True))


def test_hashes_find_what_a_look_at_everybody_finds(parts: Parts) -> None:
    everything, found = found_by_both(parts)

    assert (everything >= PAIRS * 0.9, found / everything) >= (True, 0.99)


def test_years_of_birth_alone_would_find_less(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    hashes = identities.hashes

    def less(*said: Any) -> set[tuple[str, bytes]]:
        return {(kind, digest) for kind, digest in hashes(*said) if kind == "birth_year"}

    monkeypatch.setattr(identities, "hashes", less)

    everything, found = found_by_both(parts)

    assert found / everything < 0.99
