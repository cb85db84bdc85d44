"""After a purge nothing she typed is found anywhere: not in files, not in logs, not even sealed in the database."""

import io
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from config import Settings
from scheduler.casework.delivery import deliver_one
from scheduler.casework.parts import Parts
from scheduler.casework.withdrawing import Withdraw, withdraw
from scheduler.models import Intake, db
from scheduler.models.database import shorten_log
from tests.builders.databases import Databases
from tests.builders.firm import a_firm
from tests.builders.sentinels import ADDRESS, asks_and_books, files, found, rows
from tests.builders.staff import a_login, who_is
from tests.conftest import Hands, on_both

PIECE = slice(16, 64)
"""Bytes out of the middle of a sealed document: random, so that they stand nowhere else."""


@pytest.fixture
def told(app: Flask, parts: Parts) -> Intake:
    """She has typed, booked, and got her mails."""
    a_firm(app).with_attorney("Ana")
    asks_and_books(app, parts, contact_channel="email", contact_email=ADDRESS)
    return db.session.scalars(select(Intake).where(Intake.contact.is_not(None), Intake.submitted_at.is_not(None))).one()


def everywhere(settings: Settings, databases: Databases, log: io.StringIO) -> dict[str, bytes]:
    """Every byte that the service, its database and its logs hold."""
    kept = files(settings) | {"rows": rows(), "logs": log.getvalue().encode()}
    if settings.database_url.startswith("postgresql"):
        kept |= {str(path): path.read_bytes() for path in databases.server_files(settings.database_url)}
    return kept


def deletes(app: Flask, parts: Parts, hands: Hands, intake_id: UUID) -> None:
    """She asks for it at the desk; the attorney is told; half a day goes by."""
    withdraw(parts, who_is(a_login(app, "receptionist")), Withdraw(intake_id, delete=True))
    hands.set(hands.now + timedelta(hours=12))
    while deliver_one(parts):
        pass
    db.session.remove()
    shorten_log(db.engine)


@on_both
def test_nothing_she_typed_is_found_anywhere(  # noqa: PLR0917 - the house, its logs, its database
    app: Flask,
    parts: Parts,
    settings: Settings,
    databases: Databases,
    hands: Hands,
    told: Intake,
    spoken: io.StringIO,
) -> None:
    deletes(app, parts, hands, told.id)

    kept = everywhere(settings, databases, spoken)

    assert {place: words for place, content in kept.items() if (words := found(content))} == {}


def test_before_the_purge_her_address_is_found_so_the_check_above_has_power(
    settings: Settings, databases: Databases, told: Intake, spoken: io.StringIO
) -> None:
    kept = everywhere(settings, databases, spoken)

    assert [place for place, content in kept.items() if found(content)]


def test_not_even_what_was_sealed_is_left_in_the_file_or_the_log_of_sqlite(
    app: Flask, parts: Parts, settings: Settings, hands: Hands, told: Intake
) -> None:
    pieces = [(document or b"")[PIECE] for document in (told.contact, told.place, told.confidential)]
    there = [piece for piece in pieces if holds(settings, piece)]

    deletes(app, parts, hands, told.id)

    assert there == pieces
    assert [piece for piece in pieces if holds(settings, piece)] == []
    assert Path(f"{database(settings)}-wal").stat().st_size == 0


def database(settings: Settings) -> Path:
    return Path(settings.database_url.removeprefix("sqlite:///"))


def holds(settings: Settings, piece: bytes) -> bool:
    """Whether these bytes stand in the database's file or its log."""
    place = database(settings)
    return any(piece in path.read_bytes() for path in place.parent.glob(f"{place.name}*"))
