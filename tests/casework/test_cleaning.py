"""What has served its time is deleted to the day, and what still serves stays."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text

from scheduler.casework import audit, proofs
from scheduler.casework.cleaning import clean
from scheduler.casework.delivery import deliver_one
from scheduler.casework.links import token_of
from scheduler.casework.parts import Parts
from scheduler.casework.retention import ASKED, purge_due
from scheduler.casework.sessions import signed_in
from scheduler.casework.staff import sign_in
from scheduler.casework.transaction import writing
from scheduler.models import Audit, ClientLink, ConflictHash, ConflictName, Intake, Outbox, StaffSession, db
from tests.builders.browser import a_booking
from tests.builders.firm import a_firm, an_intake
from tests.builders.staff import PASSWORD, a_login
from tests.conftest import Hands, on_both

MONDAY = "2026-11-30T17:00"
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
YEAR, SIX_YEARS, SEVEN_YEARS = 365 * DAY, 2192 * DAY, 2557 * DAY


def a_letter(now: datetime, name: str, **columns: Any) -> None:
    letter = {"dedupe": name, "kind": "booked", "reader": "client", "due_at": now, "created_at": now, **columns}
    with writing() as session:
        session.add(Outbox(**letter))


@on_both
def test_a_settled_letter_is_kept_a_year_and_one_that_waits_for_ever(app: Flask, parts: Parts, hands: Hands) -> None:
    a_letter(hands.now, "sent", state="sent", settled_at=hands.now)
    a_letter(hands.now, "dropped", state="dropped")
    a_letter(hands.now, "waits")
    hands.set(hands.now + YEAR - SECOND)
    early = clean(parts).get("letters", 0)
    hands.set(hands.now + SECOND)

    found = clean(parts)["letters"]

    assert (early, found, [row.dedupe for row in db.session.query(Outbox)]) == (0, 2, ["waits"])


def test_the_firm_may_keep_letters_for_fewer_days(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app, retention={"letters": 30})
    a_letter(hands.now, "sent", state="sent", settled_at=hands.now)
    hands.set(hands.now + 30 * DAY)

    assert clean(parts)["letters"] == 1


@on_both
def test_a_code_is_forgotten_when_it_has_run_out_and_its_link_a_day_after_it_died(
    app: Flask, parts: Parts, hands: Hands
) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_booking(app, MONDAY)
    proofs.send_code(parts, token_of(parts, call))
    hands.set(hands.now + timedelta(minutes=10))

    codes = clean(parts)

    assert codes == {"codes": 1}
    assert db.session.query(ClientLink).filter(ClientLink.code_hash.is_not(None)).count() == 0
    hands.set(call.ends_at + timedelta(hours=2) + DAY)
    assert clean(parts)["links"] == 2


@on_both
def test_a_sign_in_that_is_over_is_deleted_and_a_living_one_is_not(app: Flask, parts: Parts, hands: Hands) -> None:
    login = a_login(app, codes=False)
    sign_in(parts, login.email, PASSWORD, codes_required=False)
    hands.set(hands.now + timedelta(hours=36))
    living = sign_in(parts, login.email, PASSWORD, codes_required=False)

    found = clean(parts)["sessions"]

    assert (found, db.session.query(StaffSession).count()) == (1, 1)
    assert signed_in(parts, living.token) is not None


@on_both
def test_a_stub_is_kept_seven_years_with_all_that_finds_it(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app)
    intake = an_intake(app)
    with writing() as session:
        row = session.get_one(Intake, intake.id)
        row.state, row.flags = "withdrawn", [ASKED]
    purge_due(parts)
    hands.set(hands.now + SEVEN_YEARS - SECOND)
    early = "stubs" in clean(parts), db.session.query(ConflictName).count()
    hands.set(hands.now + SECOND)

    found = clean(parts)["stubs"]

    assert (early, found) == ((False, 1), 1)
    assert (db.session.query(ConflictName).count(), db.session.query(ConflictHash).count()) == (0, 0)


def links_of_the_chain(parts: Parts, count: int) -> None:
    for number in range(count):
        with writing() as session:
            audit.record(session, parts, "system", "tried", "intake:1", number=number)


@on_both
def test_the_audit_is_kept_six_years_and_the_rest_of_the_chain_still_holds(
    app: Flask, parts: Parts, hands: Hands
) -> None:
    links_of_the_chain(parts, 3)
    hands.set(hands.now + SIX_YEARS)
    links_of_the_chain(parts, 2)
    early = clean(parts)
    hands.set(hands.now + SECOND)

    found = clean(parts)

    assert (early, found) == ({}, {"audit": 3})
    assert audit.verify(parts) == 4
    assert [link.action for link in db.session.query(Audit).order_by(Audit.seq)][2:] == ["audit_cut", "cleaned"]


def test_a_chain_that_was_cut_twice_holds(app: Flask, parts: Parts, hands: Hands) -> None:
    for _ in range(3):
        links_of_the_chain(parts, 2)
        hands.set(hands.now + SIX_YEARS + SECOND)
        clean(parts)

    assert audit.verify(parts) > 0


@on_both
@pytest.mark.parametrize(
    "tampering",
    [
        pytest.param("DELETE FROM audit WHERE seq = 1", id="the oldest link taken away"),
        pytest.param("DELETE FROM audit WHERE seq <= 2", id="the oldest two"),
        pytest.param("UPDATE audit SET facts = '{\"to\": 2}' WHERE seq = 3", id="another beginning claimed"),
    ],
)
def test_nobody_else_can_shorten_the_chain(app: Flask, parts: Parts, tampering: str) -> None:
    links_of_the_chain(parts, 3)
    with writing() as session:
        session.execute(text(tampering))

    with pytest.raises(audit.ChainBroken):
        audit.verify(parts)


def test_a_look_that_finds_nothing_leaves_no_trace(app: Flask, parts: Parts) -> None:
    links_of_the_chain(parts, 1)

    assert (clean(parts), audit.verify(parts)) == ({}, 1)


def test_the_letters_of_a_living_consultation_stay(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_booking(app, MONDAY)
    while deliver_one(parts):
        pass
    hands.set(hands.now + DAY)
    before = letters(call.id)

    clean(parts)

    assert letters(call.id) == before


def letters(consultation: UUID) -> int:
    return db.session.query(Outbox).filter_by(consultation_id=consultation).count()
