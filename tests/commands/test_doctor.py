"""Whatever the service stands on is looked at: each thing that can be wrong is named, with what to do about it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text, update

from config import MasterKey, Settings
from scheduler.app import build_parts
from scheduler.casework import calendars, staff
from scheduler.casework.ledger import Ledger
from scheduler.casework.parts import Parts
from scheduler.casework.staff import NewStaff
from scheduler.casework.transaction import writing
from scheduler.channels.calendars import Kind, Source
from scheduler.models import Firm, Person, db
from tests.builders.databases import Databases
from tests.builders.firm import TEXTS, a_firm, an_intake
from tests.builders.servers import free_port
from tests.builders.settings import settings_for
from tests.commands.typing import in_mode, typed
from tests.conftest import on_both

DIALS = [{"en": "Danger now", "es": "Peligro ahora", "number": "911"}]
NUMBERS = {"US": DIALS, "MX": DIALS}


@pytest.fixture
def service(app: Flask, parts: Parts, settings: Settings) -> Flask:
    """A firm with an attorney and somebody who signs in, an intake, and jobs that are awake."""
    a_firm(app, texts={**TEXTS, "emergency": NUMBERS}).with_attorney("Ana")
    an_intake(app)
    staff.add_staff(parts, NewStaff("lea@firm.example", "Lea", ("receptionist",), "three quiet horses"))
    (settings.data / "heartbeat").touch()
    return app


@on_both
def test_all_is_well(service: Flask) -> None:
    said = typed(service, "doctor")

    assert (said.code, said.text.splitlines()[-1]) == (0, "All is well."), said.text


def sql(statement: str) -> Callable[[Settings], None]:
    def break_it(_settings: Settings) -> None:
        with writing() as session:
            session.execute(text(statement))

    return break_it


def a_calendar_of_yesterday(settings: Settings) -> None:
    parts = build_parts(settings)
    with writing() as session:
        row, _is_new = calendars.put(session, parts, 1, Source(Kind.ICS, "https://calendar.example/ana.ics"))
        row.good_at -= timedelta(hours=2)


def nobody_awake(settings: Settings) -> None:
    (settings.data / "heartbeat").unlink()


def without_numbers(*countries: str) -> Callable[[Settings], None]:
    def break_it(_settings: Settings) -> None:
        with writing() as session:
            told = {country: lines for country, lines in NUMBERS.items() if country not in countries}
            session.execute(update(Firm).values(texts={**TEXTS, "emergency": told}))

    return break_it


def a_readable_keystore(settings: Settings) -> None:
    (settings.data / "keystore").chmod(0o755)


def a_changed_ledger(settings: Settings) -> None:
    (settings.data / "keystore" / "purged").write_text("1 somebody 0\n")


def a_key_that_came_back(settings: Settings) -> None:
    key = next((settings.data / "keystore").glob("*.key"))
    Ledger(settings.data / "keystore" / "purged").add(key.stem)


def readable_keys(settings: Settings) -> None:
    (settings.data / "keys.env").touch(0o644)


def a_broken_key(settings: Settings) -> None:
    next(file for file in (settings.data / "keystore").glob("*.key") if "firm" not in file.name).write_text("{}")


LATE = """
INSERT INTO outbox (id, dedupe, kind, reader, facts, due_at, state, attempts, created_at)
VALUES ('00000000000000000000000000000001', 'x', 'otp', 'client', '{}', '2026-11-24 10:00:00', 'waiting', 0,
        '2026-11-24 10:00:00')
"""


@pytest.mark.parametrize(
    ("break_it", "message"),
    [
        pytest.param(sql("UPDATE alembic_version SET version_num = '0001'"), "db upgrade", id="an older revision"),
        pytest.param(sql("DROP TRIGGER block_no_overlap_insert"), "double bookings", id="no guard at an insert"),
        pytest.param(sql("DROP TRIGGER block_no_overlap_update"), "double bookings", id="no guard at an update"),
        pytest.param(sql("DELETE FROM firm"), "firm load FILE", id="no firm"),
        pytest.param(sql("UPDATE person SET active = false"), "no attorney", id="nobody can be booked"),
        pytest.param(without_numbers("MX"), "in danger in MX:", id="no number to call in Mexico"),
        pytest.param(without_numbers("US", "MX"), "in danger in US and MX:", id="no number to call at all"),
        pytest.param(sql("UPDATE staff SET active = false"), "staff add", id="nobody can sign in"),
        pytest.param(sql(LATE), "has been due for", id="a letter is late"),
        pytest.param(a_calendar_of_yesterday, "1 calendars were not read", id="a calendar is late"),
        pytest.param(nobody_awake, "python -m scheduler.jobs", id="nobody sends letters"),
        pytest.param(a_readable_keystore, "chmod 700", id="others can read the keystore"),
        pytest.param(readable_keys, "chmod 600", id="others can read the keys"),
        pytest.param(a_changed_ledger, "purge ledger does not hold at line 1", id="the ledger was changed"),
        pytest.param(a_key_that_came_back, "1 keys that were destroyed", id="a destroyed key is here again"),
        pytest.param(a_broken_key, "does not open", id="a key does not open"),
    ],
)
def test_what_is_wrong_is_named(
    service: Flask, settings: Settings, break_it: Callable[[Settings], None], message: str
) -> None:
    break_it(settings)

    said = typed(service, "doctor")

    assert (said.code, said.text.count("WRONG"), message in said.text) == (1, 1, True), said.text


def test_a_guard_that_is_missing_from_postgresql_is_named(databases: Databases, tmp_path: Path) -> None:
    app = in_mode(settings_for(tmp_path, database_url=databases.url("postgresql")))
    with app.app_context():
        with writing() as session:
            session.execute(text("ALTER TABLE block DROP CONSTRAINT block_no_overlap"))

        said = typed(app, "doctor")

        db.engine.dispose()
    assert "double bookings" in said.text


def test_a_database_that_does_not_answer_is_named(tmp_path: Path) -> None:
    app = in_mode(settings_for(tmp_path, database_url="postgresql+psycopg://x@127.0.0.1:1/x?connect_timeout=1"))

    with app.app_context():
        said = typed(app, "doctor")

    assert (said.code, "does not answer" in said.text) == (1, True)


def test_a_mail_server_that_does_not_answer_is_named(service: Flask, settings: Settings) -> None:
    said = typed(in_mode(settings, mail_url=f"smtp://127.0.0.1:{free_port()}"), "doctor")

    assert (said.code, "mail server" in said.text) == (1, True)


def test_live_asks_for_more(service: Flask, parts: Parts, settings: Settings) -> None:
    staff.add_staff(parts, NewStaff("a@x.example", "A", ("admin",), "three quiet horses", with_codes=False))
    with writing() as session:
        session.execute(update(Person).values(email="one@demo.example"))

    said = typed(in_mode(settings, mode="live"), "doctor")

    missing = ("CITA_MAIL_URL is not set", "the demo firm", "1 of the staff", "CITA_BASE_URL is not https")
    assert [sentence for sentence in missing if sentence not in said.text] == []
    assert said.text.splitlines()[-1] == "4 found."


def test_a_live_service_without_a_firm_is_told_how_to_get_one(app: Flask, settings: Settings) -> None:
    said = typed(in_mode(settings, mode="live"), "doctor")

    assert "flask --app wsgi firm load FILE" in said.text
    assert db.session.get(Firm, 1) is None


def test_a_key_that_was_forgotten_is_named(service: Flask, settings: Settings, parts: Parts) -> None:
    newer = replace(parts.keyring, masters=(MasterKey("t2", bytes(range(32))),))
    newer.make("zz-wrapped-by-another-key")

    said = typed(service, "doctor")

    assert (said.code, "CITA_KEYS must hold" in said.text) == (1, True)
