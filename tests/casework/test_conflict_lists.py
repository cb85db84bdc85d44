"""A list of names from its file to the index, and back to nothing where it is given up."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from scheduler.casework import conflict_lists, conflict_names, conflict_search, conflict_settings
from scheduler.casework.cases import NotThere
from scheduler.casework.conflict_lists import NotEnough, Tried, forget, name_columns, opened, read_in, send, try_it
from scheduler.casework.conflict_search import by_name
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.engine.conflicts import Who
from scheduler.engine.name_lists import Columns, Unreadable
from scheduler.models import Audit, ConflictList, ConflictName, db
from tests.builders.firm import a_firm
from tests.builders.staff import a_login, who_is
from tests.conftest import Hands, on_both

FILE = "Nombres;Apellidos;Tel;Tipo\nCarlos;Mendoza Ruiz;(213) 555-0142;cliente\n=1+1;x;;cliente\nEva;Luna;12;pirata\n"
FILE += "Ida;Mora;12;contraria\nCARLOS;Ruiz Mendoza;+1 213 555 0142;cliente\n"
COLUMNS = Columns({0: "given", 1: "family", 2: "phone", 3: "who"})


@pytest.fixture
def who(app: Flask) -> SignedIn:
    a_firm(app, auto_clear=False, conflict_names=None)
    return who_is(a_login(app, "conflicts"))


@pytest.fixture
def sent(parts: Parts, who: SignedIn) -> UUID:
    list_id = send(parts, who, FILE.encode())
    name_columns(parts, list_id, COLUMNS)
    return list_id


def kept() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(ConflictName)) or 0


def test_its_columns_are_guessed_and_its_first_rows_shown(parts: Parts, who: SignedIn) -> None:
    shown = opened(parts, send(parts, who, FILE.encode()))

    assert (shown.guessed.meanings, shown.columns) == ({0: "given", 1: "family", 3: "who"}, None)
    assert (len(shown.sample), shown.sample[0][0]) == (5, "Carlos")


def test_a_try_counts_and_keeps_nothing(parts: Parts, who: SignedIn, sent: UUID) -> None:
    tried = try_it(parts, sent)

    assert (tried.good, tried.new, tried.bad, tried.bad_in_all) == (3, 2, ((3, "not_a_name"), (4, "who")), 2)
    assert (tried.left_out, tried.sample[0].identity.phone, kept()) == ((("phone", 1),), "+12135550142", 0)


@on_both
def test_who_was_read_in_is_found(app: Flask, parts: Parts, who: SignedIn, sent: UUID) -> None:
    assert read_in(parts, who, sent) == 2

    db.session.rollback()
    hits = conflict_search.search(db.session(), parts, [by_name("Carlos Mendoza"), by_name("Ida Mora")]).hits
    assert {hit.who for hit in hits} == {Who.CLIENT, Who.ADVERSE}
    assert (conflict_settings.settings().how, db.session.scalar(select(ConflictList.id))) == ("list", None)


def test_a_list_that_is_read_in_again_doubles_nobody(parts: Parts, who: SignedIn, sent: UUID) -> None:
    read_in(parts, who, sent)
    again = send(parts, who, FILE.encode("utf-16"))
    name_columns(parts, again, COLUMNS)

    assert (try_it(parts, again).new, read_in(parts, who, again), kept()) == (0, 0, 2)


def test_a_list_cut_short_is_read_in_to_its_end(
    parts: Parts, who: SignedIn, sent: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conflict_lists, "AT_ONCE", 1)
    add, calls = conflict_names.add, []

    def cut(*args: object) -> int:
        calls.append(args)
        if len(calls) == 2:
            raise InterruptedError
        return add(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(conflict_names, "add", cut)
    with pytest.raises(InterruptedError):
        read_in(parts, who, sent)

    assert (kept(), read_in(parts, who, sent), kept()) == (1, 1, 2)


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param(Columns({0: "given"}), id="nothing says who they are"),
        pytest.param(Columns({2: "phone"}, Who.CLIENT), id="no names"),
    ],
)
def test_columns_that_would_keep_nobody_are_refused(parts: Parts, who: SignedIn, columns: Columns) -> None:
    list_id = send(parts, who, FILE.encode())

    with pytest.raises(NotEnough):
        name_columns(parts, list_id, columns)
    with pytest.raises(NotEnough):
        try_it(parts, list_id)


def test_a_list_that_names_nobody_is_no_source(parts: Parts, who: SignedIn) -> None:
    list_id = send(parts, who, b"Name\n=1+1\n")
    name_columns(parts, list_id, Columns({0: "name"}, Who.CLIENT))

    with pytest.raises(NotEnough):
        read_in(parts, who, list_id)

    assert conflict_settings.settings().how == ""


def test_what_is_no_list_is_not_kept(parts: Parts, who: SignedIn) -> None:
    with pytest.raises(Unreadable):
        send(parts, who, b"PK\x03\x04")

    assert db.session.scalar(select(ConflictList.id)) is None


def test_only_the_last_list_of_somebody_is_there(parts: Parts, who: SignedIn, sent: UUID) -> None:
    send(parts, who, FILE.encode())

    with pytest.raises(NotThere):
        opened(parts, sent)


def test_after_a_day_a_list_is_forgotten(parts: Parts, who: SignedIn, sent: UUID, hands: Hands) -> None:
    hands.set(hands.now + timedelta(days=1))

    with pytest.raises(NotThere):
        opened(parts, sent)
    forget(parts)
    db.session.rollback()
    assert db.session.scalar(select(ConflictList.id)) is None


def test_no_name_of_it_stands_in_clear(parts: Parts, who: SignedIn, sent: UUID) -> None:
    row = db.session.scalars(select(ConflictList)).one()
    facts = repr(db.session.execute(select(Audit.action, Audit.facts)).all())

    assert (b"Mendoza" in row.file, b"given" in (row.columns or b""), "Mendoza" in facts) == (False, False, False)


def test_a_try_says_how_many(parts: Parts, who: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conflict_lists, "MOST_ERRORS", 1)
    list_id = send(parts, who, FILE.encode())
    name_columns(parts, list_id, COLUMNS)

    tried: Tried = try_it(parts, list_id)

    assert (len(tried.bad), tried.bad_in_all) == (1, 2)
