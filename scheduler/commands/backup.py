"""`flask --app wsgi backup` and `restore`: the database and the uploads, or the keys, into a sealed file and back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import flask_migrate
from alembic.migration import MigrationContext
from flask import Flask

from config import Settings
from scheduler.casework import backup, key_backup
from scheduler.casework.archive import NoArchive
from scheduler.casework.keyring import WrongMasterKey
from scheduler.casework.ledger import LedgerBroken
from scheduler.casework.parts import Parts
from scheduler.models import db

REFUSALS: dict[type[Exception], str] = {
    NoArchive: "The file is no backup, was cut off or was changed.",
    WrongMasterKey: "CITA_KEYS does not hold the key of this backup.",
    LedgerBroken: "The purge ledger does not hold: somebody has changed it.",
    backup.NotEmpty: "The database is not empty; a backup goes into an empty one.",
    backup.OtherRevision: "The backup is of another version; restore it with that one, then upgrade.",
    key_backup.OlderThanLedger: "Keys were destroyed after this backup was made; it would bring them back.",
    key_backup.OtherKeys: "The keystore holds other keys than this backup.",
}
"""What is said of a refusal; nothing was changed."""


def register(app: Flask, parts: Parts, _settings: Settings) -> None:
    """Hang the commands on the app."""

    @app.cli.command("backup")
    @click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
    @click.option("--keys", is_flag=True, help="The keys and the purge ledger, and nothing else.")
    def back_up(file: Path, *, keys: bool) -> None:
        """Write a backup that only CITA_KEYS opens, while the service goes on."""
        if file.exists():
            raise click.ClickException("There is a file of this name already.")
        if keys:
            click.echo(f"{key_backup.back_up_keys(parts.keyring, file)} keys. Keep them apart, and not for long.")
        else:
            made = backup.back_up(parts, file, _revision())
            click.echo(f"{sum(made.rows.values())} rows, {made.uploads} uploads, no keys.")

    @app.cli.command("restore")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--keys", is_flag=True, help="The file holds keys.")
    @click.option("--check", is_flag=True, help="Read it to the end, and change nothing.")
    def restore(file: Path, *, keys: bool, check: bool) -> None:
        """Bring a backup back into an empty database; what was purged stays purged."""
        with _refusals_said():
            click.echo(_keys(parts, file, check=check) if keys else _database(parts, file, check=check))


def _keys(parts: Parts, file: Path, *, check: bool) -> str:
    if check:
        return f"All is there: {len(key_backup.check_keys(parts.keyring, file).keys)} keys."
    return f"{key_backup.restore_keys(parts.keyring, file)} keys were brought back."


def _database(parts: Parts, file: Path, *, check: bool) -> str:
    made = backup.check(parts.keyring, file)
    if check:
        return f"All is there: {sum(made.rows.values())} rows, {made.uploads} uploads."
    flask_migrate.upgrade()
    done = backup.restore(parts, file, _revision())
    said = f"{done.rows} rows. {done.purged_again} intakes were purged after the backup and stay purged."
    return f"{said} {done.without_key} cannot be opened: their keys are not here." if done.without_key else said


def _revision() -> str:
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


@contextmanager
def _refusals_said() -> Iterator[None]:
    try:
        yield
    except tuple(REFUSALS) as refusal:
        raise click.ClickException(REFUSALS[type(refusal)]) from None
