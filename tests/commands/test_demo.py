"""The demo firm: loaded once, into an empty database, from answers that the use cases took."""

import json
from collections import Counter
from datetime import UTC, datetime
from time import process_time

import pyotp
import pytest
from flask import Flask
from sqlalchemy import func, select

from config import Settings
from scheduler.casework import audit, openings, staff
from scheduler.casework.access import Role
from scheduler.casework.documents import open_answers
from scheduler.casework.parts import Parts
from scheduler.models import Closure, Consultation, Firm, Intake, Outbox, Person, Staff, Task, db
from tests.commands.typing import in_mode, typed
from tests.conftest import Hands, on_both

SECONDS = 5


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


@on_both
def test_no_page_of_the_demo_is_empty(app: Flask, parts: Parts) -> None:
    began = process_time()

    typed(app, "demo")

    assert process_time() - began < SECONDS
    assert [count(table) for table in (Firm, Person, Closure, Staff)] == [1, 4, 2, 5]
    levels = Counter(db.session.scalars(select(Intake.urgency)))
    assert {"E", "U1", "U2", "U3", "N"} <= levels.keys()
    states = Counter(db.session.scalars(select(Consultation.state)))
    assert states == {"booked": 8, "completed": 4}
    assert count(Task) > 0
    assert audit.verify(parts) > 50


def test_the_kinds_of_intakes_that_a_desk_meets_are_there(app: Flask, parts: Parts) -> None:
    typed(app, "demo")

    intakes = db.session.scalars(select(Intake)).all()
    flags = {flag for intake in intakes for flag in intake.flags}
    answers = [open_answers(parts, intake) for intake in intakes]
    assert {"manual_contact", "child_protocol", "phone_only", "interpreter", "helper_only"} <= flags
    assert {"draft", "call_requested", "conflict_review", "cleared"} == {intake.state for intake in intakes}
    assert {"self", "family"} <= {said.get("filler_role") for said in answers}
    assert "prefer_call" in {said.get("conflict_people_any") for said in answers}


def test_everybody_in_the_demo_is_made_up(app: Flask, parts: Parts) -> None:
    typed(app, "demo")

    answers = [open_answers(parts, intake) for intake in db.session.scalars(select(Intake))]
    addresses = [said["contact_email"] for said in answers if "contact_email" in said]
    ours = [*db.session.scalars(select(Person.email)), *db.session.scalars(select(Staff.email))]
    assert {address.rpartition("@")[2] for address in addresses} == {"example.com"}
    assert {address.rpartition("@")[2] for address in ours} == {"demo.example"}
    assert {said["contact_phone"][:10] for said in answers if "contact_phone" in said} == {"+121355501"}


def test_a_second_load_is_refused_or_passed_over_and_changes_nothing(app: Flask) -> None:
    typed(app, "demo")
    before = [count(table) for table in (Intake, Staff, Person, Outbox)]

    refused, passed_over = typed(app, "demo"), typed(app, "demo", "--if-empty")

    assert (refused.code, "not empty" in refused.text) == (1, True)
    assert (passed_over.code, passed_over.text) == (0, "")
    assert [count(table) for table in (Intake, Staff, Person, Outbox)] == before


def test_the_demo_is_never_loaded_in_mode_live(app: Flask, settings: Settings) -> None:
    said = typed(in_mode(settings, mode="live"), "demo", "--if-empty")

    assert (said.code, "never" in said.text) == (1, True)
    assert count(Firm) == 0


def test_the_logins_are_noted_for_us_alone_and_let_in(app: Flask, parts: Parts, settings: Settings) -> None:
    typed(app, "demo")

    file = settings.data / "demo.json"
    noted = json.loads(file.read_text())
    assert file.stat().st_mode & 0o777 == 0o600
    assert [login["role"] for login in noted["logins"]] == list(Role)
    for login in noted["logins"]:
        waiting = staff.sign_in(parts, login["email"], login["password"], codes_required=True)
        code = pyotp.TOTP(login["totp"]).at(parts.clock.now())
        assert staff.give_code(parts, waiting.token, code).complete
    assert len(noted["addresses"]["client_pages"]) == 8


def test_the_letters_of_last_week_do_not_leave_any_more(app: Flask) -> None:
    typed(app, "demo")

    been = select(Consultation.id).where(Consultation.state == "completed")
    assert set(db.session.scalars(select(Outbox.state).where(Outbox.consultation_id.in_(been)))) == {"dropped"}


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(datetime(2026, 11, 29, 3, tzinfo=UTC), id="a Saturday night in the office"),
        pytest.param(datetime(2026, 12, 25, 18, tzinfo=UTC), id="Christmas"),
        pytest.param(datetime(2027, 3, 14, 10, tzinfo=UTC), id="the clocks change"),
    ],
)
def test_the_demo_loads_on_any_day(app: Flask, parts: Parts, hands: Hands, day: datetime) -> None:
    hands.set(day)

    said = typed(app, "demo")

    assert (said.code, said.text) == (0, "")
    assert openings.earliest_free_day(parts) is not None
    assert count(Consultation) == 12
