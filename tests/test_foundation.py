"""The ground everything stands on: durable writes, the guard of blocks, seals that hold."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from config import BadSetting, MasterKey, parse_keys
from scheduler.casework import audit
from scheduler.casework.keyring import KeyGone, Keyring, WrongMasterKey
from scheduler.casework.parts import Parts
from scheduler.casework.sealing import Broken, place, seal, unseal
from scheduler.casework.transaction import writing
from scheduler.models import Audit, Block, Person, db
from tests.builders.settings import MASTER
from tests.conftest import on_both


def a_person(number: int = 1) -> Person:
    return Person(number=number, kind="attorney", name="A", email="a@x.test", zone="America/New_York", languages=["es"])


def test_sqlite_writes_are_durable_patient_and_forget_what_is_deleted(app: Flask) -> None:
    names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")

    found = [db.session.scalar(text(f"PRAGMA {name}")) for name in names]

    assert found == ["wal", 2, 1, 1, 20000]


@on_both
@pytest.mark.parametrize(
    ("b0", "b1"),
    [
        pytest.param(100, 160, id="the same time"),
        pytest.param(130, 190, id="begins inside the first"),
        pytest.param(50, 101, id="ends one minute inside the first"),
        pytest.param(110, 120, id="lies within the first"),
        pytest.param(50, 300, id="surrounds the first"),
    ],
)
def test_no_two_active_blocks_of_one_person_overlap(app: Flask, b0: int, b1: int) -> None:
    with writing() as session:
        session.add(a_person())
        session.flush()
        session.add(Block(person=1, b0=100, b1=160))

    with pytest.raises(DBAPIError, match="block_no_overlap"), writing() as session:
        session.add(Block(person=1, b0=b0, b1=b1))


@on_both
def test_a_block_cannot_be_moved_into_another(app: Flask) -> None:
    with writing() as session:
        session.add(a_person())
        session.flush()
        session.add_all([Block(person=1, b0=100, b1=160), Block(person=1, b0=160, b1=200)])

    with pytest.raises(DBAPIError, match="block_no_overlap"), writing() as session:
        session.execute(text("UPDATE block SET b0 = 159 WHERE b0 = 160"))


@on_both
def test_blocks_back_to_back_of_others_and_inactive_ones_are_no_clash(app: Flask) -> None:
    with writing() as session:
        session.add_all([a_person(1), a_person(2)])
        session.flush()
        session.add_all(
            [
                Block(person=1, b0=100, b1=160),
                Block(person=1, b0=160, b1=200),
                Block(person=2, b0=100, b1=160),
                Block(person=1, b0=90, b1=170, active=False),
            ]
        )

    assert db.session.query(Block).count() == 4


@on_both
def test_without_the_guard_the_overlap_goes_through_so_the_check_above_has_power(app: Flask) -> None:
    with writing() as session:
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("ALTER TABLE block DROP CONSTRAINT block_no_overlap"))
        else:
            session.execute(text("DROP TRIGGER block_no_overlap_insert"))
        session.add(a_person())
        session.flush()
        session.add_all([Block(person=1, b0=100, b1=160), Block(person=1, b0=130, b1=190)])

    assert db.session.query(Block).count() == 2


def test_a_sealed_document_opens_with_its_key_at_its_place() -> None:
    key, where = bytes(32), place("intake", "contact", uuid4())

    assert unseal(seal({"given_names": "José"}, key, where), key, where) == {"given_names": "José"}


@pytest.mark.parametrize("position", [0, 11, 12, 20, -1])
def test_a_changed_byte_is_noticed(position: int) -> None:
    key, where = bytes(32), b"a:b:c"
    sealed = bytearray(seal({"a": "b"}, key, where))
    sealed[position] ^= 1

    with pytest.raises(Broken):
        unseal(bytes(sealed), key, where)


def test_a_document_does_not_open_in_another_row() -> None:
    sealed = seal({"a": 1}, bytes(32), place("intake", "contact", "1"))

    with pytest.raises(Broken):
        unseal(sealed, bytes(32), place("intake", "contact", "2"))


def test_a_data_key_is_wrapped_on_disk_and_readable_by_us_alone(tmp_path: Path) -> None:
    ring = Keyring(tmp_path / "keystore", (MASTER,))

    secret = ring.make("one")

    file = tmp_path / "keystore" / "one.key"
    assert ring.open("one") == secret
    assert secret not in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_destroyed_key_is_gone(tmp_path: Path) -> None:
    ring = Keyring(tmp_path, (MASTER,))
    ring.make("one")

    ring.destroy("one")

    with pytest.raises(KeyGone):
        ring.open("one")


def test_a_wrong_master_key_is_known_before_anything_is_served(tmp_path: Path) -> None:
    Keyring(tmp_path, (MASTER,)).make("one")
    same_id_other_secret = MasterKey(MASTER.id, bytes(range(32)))

    with pytest.raises(WrongMasterKey):
        Keyring(tmp_path, (same_id_other_secret,)).check()


@pytest.mark.parametrize(
    "text_of_keys",
    [
        pytest.param("k1:AAAA", id="too short"),
        pytest.param("k1", id="no secret"),
        pytest.param(":" + "A" * 43 + "=", id="no id"),
        pytest.param("k1:###", id="not base64"),
        pytest.param(",".join(["k1:" + "A" * 43 + "="] * 2), id="an id twice"),
    ],
)
def test_bad_master_keys_are_refused(text_of_keys: str) -> None:
    with pytest.raises(BadSetting):
        parse_keys(text_of_keys)


@on_both
def test_the_chain_of_what_was_done_holds(app: Flask, parts: Parts) -> None:
    for number in range(3):
        with writing() as session:
            audit.record(session, parts, "system", "tried", "intake:1", number=number, at=datetime.now(UTC).isoformat())

    assert audit.verify(parts) == 3


@on_both
@pytest.mark.parametrize(
    "tampering",
    [
        pytest.param("UPDATE audit SET actor = 'client' WHERE seq = 2", id="a field changed"),
        pytest.param("DELETE FROM audit WHERE seq = 2", id="a link taken out"),
        pytest.param("UPDATE audit SET seq = seq + 10", id="all links shifted"),
    ],
)
def test_tampering_with_the_chain_is_found(app: Flask, parts: Parts, tampering: str) -> None:
    for number in range(3):
        with writing() as session:
            audit.record(session, parts, "system", "tried", "intake:1", number=number)
    with writing() as session:
        session.execute(text(tampering))

    with pytest.raises(audit.ChainBroken):
        audit.verify(parts)


def test_a_link_is_written_by_every_record(app: Flask, parts: Parts) -> None:
    with writing() as session:
        audit.record(session, parts, "system", "tried", "intake:1")

    assert db.session.query(Audit).one().action == "tried"
