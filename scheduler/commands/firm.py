"""`flask --app wsgi firm load FILE`: the firm, its people, hours and closures from a TOML file."""

import tomllib
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from config import Settings
from scheduler.casework import firm_file
from scheduler.casework.parts import Parts


def register(app: Flask, parts: Parts, _settings: Settings) -> None:
    """Hang the command on the app."""
    group = AppGroup("firm", help="The firm's rules and people.")

    @group.command("load")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    def load(file: Path) -> None:
        """Load the firm, or bring it up to the file: people are known by their address, nobody is deleted."""
        try:
            loaded = firm_file.load(parts, tomllib.loads(file.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, firm_file.BadFirmFile) as problem:
            raise click.ClickException(f"{file.name}: {problem}") from None
        click.echo(f"{loaded.alias}: {loaded.people} people, {loaded.closures} closures.")

    app.cli.add_command(group)
