"""The stub says who of us has learned what she told, by whichever page she opened (intake.md §5.4, Rule 1.18)."""

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import audit, purging, uploads
from scheduler.casework.conflict_names import open_name
from scheduler.casework.parts import Parts
from scheduler.casework.retention import ASKED, purge_due
from scheduler.casework.transaction import writing
from scheduler.casework.uploads import Incoming
from scheduler.models import ConflictName, Consultation, Intake, Upload, db
from tests.builders.browser import a_booking
from tests.builders.files import a_file, a_photo
from tests.builders.firm import a_firm
from tests.builders.staff import a_login, who_is
from tests.conftest import on_both

MONDAY = "2026-11-30T17:00"


@pytest.fixture
def booked(app: Flask) -> Consultation:
    a_firm(app).with_attorney("Ana")
    return a_booking(app, MONDAY, state="cleared")


def another(app: Flask, name: str = "Eva") -> int:
    return int(a_firm(app).with_attorney(name).number(name))


def looks(app: Flask, parts: Parts, person: int, action: str, subject: str) -> None:
    who = who_is(a_login(app, "attorney", person=person))
    with writing() as session:
        audit.record(session, parts, who.actor, action, subject)


def exposed(parts: Parts, intake_id: UUID) -> list[int]:
    """The numbers of the stub, once she is purged."""
    with writing() as session:
        intake = session.get_one(Intake, intake_id)
        intake.state, intake.flags = "withdrawn", [ASKED]
    purge_due(parts)
    found = open_name(parts.keyring, db.session.scalars(select(ConflictName)).one())["facts"]["attorneys"]
    return list(found)


@pytest.mark.parametrize(
    "action", ["intake_viewed", "brief_read", "phone_page_viewed", "names_viewed", "letter_read", "files_listed"]
)
def test_a_look_at_her_intake_counts(app: Flask, parts: Parts, booked: Consultation, action: str) -> None:
    eva = another(app)
    looks(app, parts, eva, action, f"intake:{booked.intake_id}")

    assert exposed(parts, booked.intake_id) == [booked.attorney, eva]


@pytest.mark.parametrize("action", ["file_asked_for", "file_seen", "file_fetched"])
def test_a_look_at_one_of_her_files_counts(app: Flask, parts: Parts, booked: Consultation, action: str) -> None:
    eva = another(app)
    uploads.add(parts, booked.intake_id, Incoming(a_file(a_photo()), "IMG_1.JPG", "nta"))
    looks(app, parts, eva, action, f"upload:{db.session.scalars(select(Upload.id)).one()}")

    assert exposed(parts, booked.intake_id) == [booked.attorney, eva]


def test_a_look_at_her_consultation_counts(app: Flask, parts: Parts, booked: Consultation) -> None:
    eva = another(app)
    looks(app, parts, eva, "consultation_viewed", f"consultation:{booked.id}")

    assert exposed(parts, booked.intake_id) == [booked.attorney, eva]


@on_both
def test_a_second_attorney_counts_and_an_interpreter_does_not(app: Flask, parts: Parts, booked: Consultation) -> None:
    second, interpreter, relay = (another(app, name) for name in ("Eva", "Ida", "Rex"))
    with writing() as session:
        call = session.get_one(Consultation, booked.id)
        call.second, call.interpreter, call.relay = second, interpreter, relay

    assert exposed(parts, booked.intake_id) == [booked.attorney, second]


def test_what_shows_nothing_of_her_does_not_count(app: Flask, parts: Parts, booked: Consultation) -> None:
    looks(app, parts, another(app), "hold_kept", f"intake:{booked.intake_id}")

    assert exposed(parts, booked.intake_id) == [booked.attorney]


def test_a_look_at_another_does_not_count(app: Flask, parts: Parts, booked: Consultation) -> None:
    looks(app, parts, another(app), "intake_viewed", "intake:00000000-0000-0000-0000-000000000000")

    assert exposed(parts, booked.intake_id) == [booked.attorney]


def test_an_action_that_is_not_on_the_list_would_be_noticed(
    app: Flask, parts: Parts, booked: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purging, "LOOKS", ("intake_viewed", "brief_read"))
    looks(app, parts, another(app), "files_listed", f"intake:{booked.intake_id}")

    assert exposed(parts, booked.intake_id) == [booked.attorney]
