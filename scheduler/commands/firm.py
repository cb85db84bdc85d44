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
    @click.option("--replace", is_flag=True, help="Put the file's hours, rules and closures in place of the desk's.")
    def load(*, file: Path, replace: bool) -> None:
        """Load the firm, or bring it up to the file: people are known by their address, nobody is deleted."""
        try:
            loaded = firm_file.load(parts, tomllib.loads(file.read_text(encoding="utf-8")), replace=replace)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, firm_file.BadFirmFile) as problem:
            raise click.ClickException(f"{file.name}: {problem}") from None
        _tell(loaded)

    app.cli.add_command(group)


def _tell(loaded: firm_file.Loaded) -> None:
    click.echo(f"{loaded.alias}: {loaded.people} people, {loaded.closures} closures.")
    if loaded.kept:
        click.echo(
            "Kept as it is at the desk, though the file says otherwise (--replace puts the file's in its place):"
        )
    for name, what in loaded.kept.items():
        click.echo(f"  {name}: {', '.join(what)}")
    if loaded.left:
        click.echo(f"Calls outside of somebody's hours now, each a task for the desk: {loaded.left}.")
