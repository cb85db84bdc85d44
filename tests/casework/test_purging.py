"""Whose days are over is purged: attorneys are told, nothing can be opened, a stub and times are left."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import LargeBinary, select, text

from config import Settings
from scheduler.casework import audit, cases, uploads
from scheduler.casework.conflict_names import open_name
from scheduler.casework.delivery import deliver_one
from scheduler.casework.documents import open_answers
from scheduler.casework.keyring import KeyGone
from scheduler.casework.parts import Parts
from scheduler.casework.retention import ASKED, purge_due
from scheduler.casework.transaction import writing
from scheduler.casework.uploads import Incoming
from scheduler.models import (
    Base,
    Block,
    ClientLink,
    ConflictName,
    Consultation,
    Intake,
    Outbox,
    SearchHash,
    Task,
    Upload,
    db,
)
from tests.builders.browser import a_booking
from tests.builders.files import a_file, a_photo
from tests.builders.firm import a_firm, again
from tests.builders.staff import a_login, who_is
from tests.conftest import Hands, on_both

MONDAY = "2026-11-30T17:00"
MONTH, YEAR = timedelta(days=30), timedelta(days=365)
HER: dict[str, Any] = {
    "contact_channel": "email",
    "contact_email": "rosa@mail.example",
    "conflict_people_any": "yes",
    "conflict_people": [{"name": "Ramón Ajeno", "role": "employer"}],
    "a_number": "A098765432",
}


def into(intake_id: UUID, state: str, **columns: Any) -> None:
    """Bring an intake into a state, as a person of the firm would."""
    with writing() as session:
        intake = session.get_one(Intake, intake_id)
        intake.state = state
        for name, value in columns.items():
            setattr(intake, name, value)


def send_all(parts: Parts) -> None:
    while deliver_one(parts):
        pass


@pytest.fixture
def booked(app: Flask, parts: Parts) -> Consultation:
    """A consultation to come whose letters have gone out, of an intake that was then withdrawn."""
    a_firm(app).with_attorney("Ana")
    call = a_booking(app, MONDAY, **HER)
    send_all(parts)
    return call


def purged(parts: Parts, hands: Hands, intake_id: UUID) -> Intake:
    """The intake, once it is withdrawn and its client has asked for it to be deleted at once."""
    into(intake_id, "withdrawn", changed_at=hands.now, flags=[ASKED])
    purge_due(parts)
    found: Intake = again(Intake, intake_id)
    return found


@on_both
def test_nothing_of_a_purged_intake_can_be_opened(app: Flask, parts: Parts, hands: Hands, booked: Consultation) -> None:
    intake = purged(parts, hands, booked.intake_id)

    assert intake.state == "purged"
    with pytest.raises(KeyGone):
        open_answers(parts, intake)
    assert str(intake.id) in parts.keyring.ledger.names()


@on_both
def test_no_row_about_her_holds_a_sealed_byte_or_what_the_queue_knew(
    app: Flask, parts: Parts, hands: Hands, booked: Consultation
) -> None:
    intake = purged(parts, hands, booked.intake_id)

    assert sealed_about(intake.id) == []
    assert (intake.language, intake.zone, intake.urgency, intake.event_at, intake.flags) == (None, None, None, None, [])
    assert db.session.query(SearchHash).filter_by(intake_id=intake.id).count() == 0
    assert db.session.query(ClientLink).filter_by(intake_id=intake.id).count() == 0


def sealed_about(intake_id: UUID) -> list[str]:
    """Each column that still holds bytes in a row about this intake, but for the name kept for conflict checks."""
    found = list[str]()
    for table in Base.metadata.sorted_tables:
        mine = table.columns.get("id" if table.name == "intake" else "intake_id")
        if mine is None or table.name == "conflict_name":
            continue
        held = [column for column in table.columns if isinstance(column.type, LargeBinary)]
        rows = db.session.execute(select(*held).where(mine == intake_id)).mappings().all() if held else []
        found += [f"{table.name}.{name}" for row in rows for name, value in row.items() if value is not None]
    return found


def test_before_the_purge_there_are_sealed_bytes_so_the_check_above_has_power(app: Flask, booked: Consultation) -> None:
    assert {"intake.contact", "consultation.link"} <= set(sealed_about(booked.intake_id))


@on_both
def test_the_attorney_is_told_that_the_call_is_off_and_the_client_hears_nothing_more(
    app: Flask, parts: Parts, hands: Hands, settings: Settings, booked: Consultation
) -> None:
    before = {path.name for path in settings.data.glob("mail/*.eml")}
    purged(parts, hands, booked.intake_id)
    hands.set(hands.now + timedelta(days=14))

    send_all(parts)

    new = [path.read_text() for path in settings.data.glob("mail/*.eml") if path.name not in before]
    assert len(new) == 1
    assert re.search(r'method="?CANCEL', new[0])
    assert "To: ana@firm.example" in new[0]
    assert db.session.query(Outbox).filter(Outbox.reader == "client", Outbox.state == "dropped").count()
    assert not db.session.query(Outbox).filter(Outbox.reader == "client", Outbox.state == "waiting").count()


@on_both
def test_the_time_is_free_again_and_no_task_is_left(
    app: Flask, parts: Parts, hands: Hands, booked: Consultation
) -> None:
    purged(parts, hands, booked.intake_id)

    assert again(Consultation, booked.id).state == "cancelled_firm"
    assert db.session.query(Block).filter_by(active=True).count() == 0
    assert db.session.query(Task).filter(Task.done_at.is_(None)).count() == 0


def test_the_mails_that_went_to_her_are_no_files_any_more(
    app: Flask, parts: Parts, hands: Hands, settings: Settings, booked: Consultation
) -> None:
    sent = [path for path in settings.data.glob("mail/*.eml") if "rosa@mail.example" in path.read_text()]

    purged(parts, hands, booked.intake_id)

    assert sent
    assert not [path for path in sent if path.exists()]


@on_both
def test_the_files_that_she_sent_are_gone(app: Flask, parts: Parts, hands: Hands, booked: Consultation) -> None:
    into(booked.intake_id, "cleared")
    uploads.add(parts, booked.intake_id, Incoming(a_file(a_photo()), "IMG_1.JPG", "nta"))
    sent = [path for path in parts.uploads.rglob("*") if path.is_file()]

    purged(parts, hands, booked.intake_id)

    assert sent
    assert list(parts.uploads.iterdir()) == []
    assert db.session.query(Upload).filter(Upload.facts.is_not(None)).count() == 0


@on_both
def test_a_stub_says_who_she_was_whom_she_named_and_who_of_us_knows(
    app: Flask, parts: Parts, hands: Hands, booked: Consultation
) -> None:
    eva = a_firm(app).with_attorney("Eva").number("Eva")
    cases.open_case(parts, who_is(a_login(app, "attorney", person=eva)), booked.intake_id)

    purged(parts, hands, booked.intake_id)

    document = open_name(parts.keyring, db.session.scalars(select(ConflictName)).one())
    assert document["names"] == [["Rosa Elena", "Hernández Paz"]]
    assert (document["birth"][0], document["countries"], document["phone"], document["email"]) == (1990, ["HN"], "", "")
    assert document["others"] == [["Ramón Ajeno", "employer"]]
    assert document["facts"] | {"at": ""} == {"outcome": "withdrawn", "attorneys": [booked.attorney, eva], "at": ""}


def test_an_intake_whose_key_is_gone_already_is_purged_without_a_stub(
    app: Flask, parts: Parts, hands: Hands, booked: Consultation
) -> None:
    parts.keyring.destroy(booked.intake_id)

    assert purged(parts, hands, booked.intake_id).state == "purged"
    assert db.session.query(ConflictName).count() == 0


def test_a_purge_stands_in_the_chain_with_its_reason(
    app: Flask, parts: Parts, hands: Hands, booked: Consultation
) -> None:
    purged(parts, hands, booked.intake_id)

    last = db.session.execute(text("SELECT action, facts FROM audit ORDER BY seq DESC")).first()
    assert last is not None
    assert last.action == "intake_purged"
    assert audit.verify(parts) > 0


def test_a_key_that_somebody_copied_back_is_gone_at_the_next_look(
    app: Flask, parts: Parts, hands: Hands, booked: Consultation
) -> None:
    file = parts.keyring.folder / f"{booked.intake_id}.key"
    copy = file.read_bytes()
    purged(parts, hands, booked.intake_id)
    file.write_bytes(copy)

    purge_due(parts)

    assert not file.exists()
