"""Prepared statements write and read what SQLAlchemy would, and refuse as it does."""

from datetime import timedelta, timezone
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from scheduler.casework.transaction import writing
from scheduler.models import Block, Outbox, Person, db
from scheduler.models.prepared import ListOfValues, Prepared, ask_ahead
from tests.builders.firm import a_firm
from tests.conftest import TUESDAY, on_both

WRITE, BLOCK = Prepared(insert(Outbox)), Prepared(insert(Block))
READ = Prepared(select(Outbox).where(Outbox.kind == bindparam("of")).order_by(Outbox.dedupe))
EAST = timezone(timedelta(hours=3))


def letter(dedupe: str, **more: Any) -> dict[str, Any]:
    said = {"dedupe": dedupe, "kind": "join", "reader": "client", "facts": {"mode": "ñ"}, "extras": b"\x00\xff"}
    return {**said, "due_at": TUESDAY.astimezone(EAST), "created_at": TUESDAY, **more}


@on_both
def test_what_it_writes_is_read_by_the_mapper_with_all_defaults(app: Flask) -> None:
    with writing() as session:
        WRITE.write(session, letter("a"), letter("b", not_after=TUESDAY))

    first, second = db.session.scalars(select(Outbox).order_by(Outbox.dedupe))
    assert (first.facts, first.extras, first.due_at) == ({"mode": "ñ"}, b"\x00\xff", TUESDAY)
    assert (first.state, first.attempts, first.claim, first.not_after) == ("waiting", 0, None, None)
    assert (second.not_after, first.id == second.id) == (TUESDAY, False)


@on_both
def test_what_the_mapper_writes_it_reads(app: Flask) -> None:
    row = uuid4()
    with writing() as session:
        session.add(Outbox(id=row, **letter("a")))

    found = READ.first(db.session(), of="join")

    assert (found.id, found.facts, found.extras, found.due_at) == (row, {"mode": "ñ"}, b"\x00\xff", TUESDAY)
    assert READ.first(db.session(), of="otp") is None


@on_both
def test_what_the_database_refuses_is_said_without_the_values(app: Flask) -> None:
    with pytest.raises(IntegrityError) as refused, writing() as session:
        WRITE.write(session, letter("a", reader="Rosa"), letter("a", reader="Rosa"))

    assert "Rosa" not in str(refused.value)
    assert READ.rows(db.session(), of="join") == []


@on_both
def test_what_was_not_written_is_taken_back_with_the_savepoint(app: Flask) -> None:
    with writing() as session:
        WRITE.write(session, letter("a"))
        nested = session.begin_nested()
        WRITE.write(session, letter("b"))
        nested.rollback()
        WRITE.write(session, letter("c"))

    assert [row.dedupe for row in READ.rows(db.session(), of="join")] == ["a", "c"]


@on_both
def test_the_guard_holds_against_it(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")

    with pytest.raises(IntegrityError, match="block_no_overlap"), writing() as session:
        BLOCK.write(session, {"person": 1, "b0": 0, "b1": 30}, {"person": 1, "b0": 29, "b1": 60})


@on_both
def test_what_was_asked_ahead_is_found_once_and_in_this_transaction_only(app: Flask) -> None:
    with writing() as session:
        WRITE.write(session, letter("a"))
        ask_ahead(session, (READ, {"of": "join"}), (READ, {"of": "otp"}))
        found = [[row.dedupe for row in READ.rows(session, of=kind)] for kind in ("join", "otp")]
        WRITE.write(session, letter("b"))
        again = [row.dedupe for row in READ.rows(session, of="join")]
        ask_ahead(session, (READ, {"of": "join"}))
    with writing() as session:
        WRITE.write(session, letter("c"))

    assert (found, again) == ([["a"], []], ["a", "b"])
    assert [row.dedupe for row in READ.rows(db.session(), of="join")] == ["a", "b", "c"]


def test_a_value_that_is_missing_is_noticed(app: Flask) -> None:
    with pytest.raises(KeyError), writing() as session:
        WRITE.write(session, {"dedupe": "a"})


def test_a_list_of_values_is_refused(app: Flask) -> None:
    listed = Prepared(select(Person.number).where(Person.number.in_([1, 2])))

    with pytest.raises(ListOfValues):
        listed.rows(db.session())
