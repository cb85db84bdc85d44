"""`flask --app wsgi audit verify`: whether the chain of what was done holds."""

import click
from flask import Flask
from flask.cli import AppGroup

from config import Settings
from scheduler.casework import audit
from scheduler.casework.parts import Parts


def register(app: Flask, parts: Parts, _settings: Settings) -> None:
    """Hang the command on the app."""
    group = AppGroup("audit", help="The chain of what was done.")

    @group.command("verify")
    def verify() -> None:
        """Walk the chain; exit code 1 where a link was changed, removed or put in."""
        try:
            links = audit.verify(parts)
        except audit.ChainBroken as broken:
            raise click.ClickException(f"The chain does not hold at link {broken}.") from None
        click.echo(f"The chain holds: {links} links.")

    app.cli.add_command(group)
