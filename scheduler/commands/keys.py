"""`flask --app wsgi keys rotate`: every data key wrapped by the newest of CITA_KEYS."""

import click
from flask import Flask
from flask.cli import AppGroup

from config import Settings
from scheduler.casework import audit
from scheduler.casework.keyring import WrongMasterKey
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.states import Actor


def register(app: Flask, parts: Parts, _settings: Settings) -> None:
    """Hang the command on the app."""
    group = AppGroup("keys", help="The keys that seal what clients tell.")

    @group.command("rotate")
    def rotate() -> None:
        """Wrap every key by the newest master key; the service may go on meanwhile."""
        newest = parts.keyring.masters[0].id
        try:
            count = parts.keyring.rotate()
        except WrongMasterKey:
            raise click.ClickException("CITA_KEYS must also hold the older keys, after the newest.") from None
        with writing() as session:
            audit.record(session, parts, Actor.SYSTEM, "keys_rotated", "firm:1", count=count, newest=newest)
        click.echo(
            f"{count} keys are wrapped anew by {newest}; the older master keys are needed for older backups only."
        )

    app.cli.add_command(group)
