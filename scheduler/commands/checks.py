"""What `doctor` looks at, one check a function: it says what is wrong and what to do, or nothing."""

import os
import socket
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import func, select, text

from config import Settings
from scheduler.casework import calendars as theirs
from scheduler.casework.health import Health, health
from scheduler.casework.keyring import WrongMasterKey
from scheduler.casework.ledger import LedgerBroken
from scheduler.casework.parts import Parts
from scheduler.channels.smtp import PORTS
from scheduler.models import Firm, Person, Staff, db

PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
GUARDS = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'block_no_overlap_%'",
    "postgresql": "SELECT count(*) FROM pg_constraint WHERE conname = 'block_no_overlap'",
}
GUARDS_NEEDED = {"sqlite": 2, "postgresql": 1}
DRIFT = 5
CONNECT = 5
COUNTRIES = ("US", "MX")


@dataclass(frozen=True, slots=True)
class Ground:
    """What is examined."""

    app: Flask
    parts: Parts
    settings: Settings = field(repr=False)

    @property
    def is_live(self) -> bool:
        """Whether real people rely on it."""
        return self.settings.mode == "live"

    @property
    def health(self) -> Health:
        """How letters leave just now."""
        return health(self.parts, Path(self.app.config["HEARTBEAT"]))


Check = Callable[[Ground], str | None]


def revision(ground: Ground) -> str | None:
    """The tables are those of this version."""
    config = ground.app.extensions["migrate"].migrate.get_config()
    newest = ScriptDirectory.from_config(config).get_current_head()
    with db.engine.connect() as connection:
        stands = MigrationContext.configure(connection).get_current_revision()
    if stands == newest:
        return None
    return f"the database is at revision {stands or 'none'} instead of {newest}: flask --app wsgi db upgrade"


def pragmas(_ground: Ground) -> str | None:
    """SQLite writes durably and forgets what is deleted."""
    if db.engine.dialect.name != "sqlite":
        return None
    wrong = [name for name, value in PRAGMAS.items() if db.session.scalar(text(f"PRAGMA {name}")) != value]
    return f"SQLite is not set up as it must be: {', '.join(wrong)}" if wrong else None


def guard(_ground: Ground) -> str | None:
    """The schema itself refuses a double booking."""
    kind = db.engine.dialect.name
    if db.session.scalar(text(GUARDS[kind])) == GUARDS_NEEDED[kind]:
        return None
    return "the guard against double bookings is missing from the schema: restore the database from a backup"


def keystore(ground: Ground) -> str | None:
    """Every data key opens with the master keys that are given."""
    for name in ground.parts.keyring.names():
        try:
            ground.parts.keyring.open(name)
        except (WrongMasterKey, ValueError, KeyError):
            return f"the key {name} of the keystore does not open: CITA_KEYS must hold the key that wrapped it"
    return None


def ledger(ground: Ground) -> str | None:
    """What was purged is known, and no key of it has come back."""
    try:
        gone = ground.parts.keyring.ledger.names()
    except LedgerBroken as line:
        return f"the purge ledger does not hold at line {line}: somebody has changed CITA_DATA/keystore/purged"
    back = gone.intersection(ground.parts.keyring.names())
    return f"{len(back)} keys that were destroyed are here again; the jobs process destroys them" if back else None


def folders(ground: Ground) -> str | None:
    """We can write where we must, and others cannot read there."""
    try:
        with tempfile.TemporaryFile(dir=ground.settings.data):
            pass
    except OSError as problem:
        return f"CITA_DATA cannot be written: {problem.strerror}"
    store = ground.parts.keyring.folder
    if store.exists() and store.stat().st_mode & 0o077:
        return "others can read the folder keystore in CITA_DATA: chmod 700"
    return None


def mail(ground: Ground) -> str | None:
    """There is a way out for mail, and it answers."""
    if ground.settings.mail_url is None:
        return "CITA_MAIL_URL is not set: every mail becomes a file and reaches nobody" if ground.is_live else None
    url = urlsplit(ground.settings.mail_url)
    try:
        socket.create_connection((url.hostname or "", url.port or PORTS[url.scheme]), CONNECT).close()
    except OSError as problem:
        return f"the mail server of CITA_MAIL_URL does not answer: {problem.strerror or type(problem).__name__}"
    return None


def clock(ground: Ground) -> str | None:
    """The machine's clock is that of the database, and the zones of the border are known."""
    try:
        ZoneInfo("America/Ciudad_Juarez")
    except ZoneInfoNotFoundError:
        return "the time zones are older than 2022: install the tzdata of requirements.txt"
    if db.engine.dialect.name != "postgresql":
        return None
    theirs: datetime = db.session.scalar(select(func.clock_timestamp())) or ground.parts.clock.real_now()
    drift = abs((theirs - ground.parts.clock.real_now()).total_seconds())
    return f"this clock and the database's are {drift:.0f} seconds apart: set up NTP" if drift > DRIFT else None


def jobs(ground: Ground) -> str | None:
    """Somebody sends the letters."""
    if ground.health.is_awake:
        return None
    return "no jobs process is active, so that no letter leaves: python -m scheduler.jobs"


def letters(ground: Ground) -> str | None:
    """No letter is late."""
    late = ground.health
    return None if late.is_in_time else f"a letter has been due for {late.oldest_unsent or 0} seconds"


def calendars(ground: Ground) -> str | None:
    """Attorneys' other calendars are read."""
    late = theirs.late(ground.parts)
    return f"{late} calendars were not read well for an hour or more: see /desk/calendars" if late else None


def firm(ground: Ground) -> str | None:
    """There is a firm with somebody who can be booked and somebody who signs in; in live not the demo's."""
    if db.session.get(Firm, 1) is None:
        return "there is no firm yet: flask --app wsgi firm load FILE (docs/operations.md)"
    attorneys = select(Person.email).where(Person.active, Person.kind == "attorney")
    addresses = list(db.session.scalars(attorneys))
    if not addresses:
        return "no attorney can be booked: name one in the firm's file and load it again"
    if ground.is_live and any(address.endswith("@demo.example") for address in addresses):
        return "the demo firm is in this database: live needs a database of its own"
    return None


def emergency_numbers(_ground: Ground) -> str | None:
    """Whoever is in danger is shown whom to call, in either country."""
    house = db.session.get(Firm, 1)
    if house is None:
        return None
    told = house.texts.get("emergency", {})
    without = [country for country in COUNTRIES if not told.get(country)]
    if not without:
        return None
    return f"no number to call in danger in {' and '.join(without)}: docs/firm.example.toml has them; dial each first"


def staff(ground: Ground) -> str | None:
    """Somebody can sign in; in live nobody without one-time codes."""
    active = select(func.count(Staff.id)).where(Staff.active)
    if not db.session.scalar(active):
        return "nobody can sign in: flask --app wsgi staff add"
    without = db.session.scalar(active.where(Staff.totp.is_(None))) if ground.is_live else 0
    return f"{without} of the staff have no one-time codes, so that they cannot sign in" if without else None


def address(ground: Ground) -> str | None:
    """Clients of a live service reach it by https."""
    if not ground.is_live or ground.settings.https:
        return None
    return "CITA_BASE_URL is not https: put a TLS proxy in front (docs/operations.md)"


def own_files(ground: Ground) -> str | None:
    """The key file, where there is one, is read by us alone."""
    file = ground.settings.data / "keys.env"
    if file.exists() and (file.stat().st_mode & 0o077 or file.stat().st_uid != os.getuid()):
        return "others can read keys.env in CITA_DATA: chmod 600"
    return None


FIRST: tuple[Check, ...] = (revision,)
"""Where this is wrong, nothing else can be looked at."""

CHECKS: tuple[Check, ...] = (
    pragmas,
    guard,
    keystore,
    ledger,
    folders,
    own_files,
    mail,
    clock,
    jobs,
    letters,
    calendars,
    firm,
    emergency_numbers,
    staff,
    address,
)
