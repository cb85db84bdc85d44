"""`flask --app wsgi doctor`: what is wrong, and what to do about it."""

import sys

import click
from flask import Flask
from sqlalchemy.exc import DBAPIError

from config import Settings
from scheduler.casework.parts import Parts
from scheduler.commands.checks import CHECKS, FIRST, Check, Ground


def register(app: Flask, parts: Parts, settings: Settings) -> None:
    """Hang the command on the app."""

    @app.cli.command("doctor")
    def doctor() -> None:
        """Look at everything the service stands on; exit code 1 where something is wrong."""
        ground = Ground(app, parts, settings)
        try:
            problems = _look(ground, FIRST) or _look(ground, CHECKS)
        except DBAPIError as problem:
            click.echo(f"WRONG  database: it does not answer ({type(problem).__name__})")
            problems = 1
        click.echo(f"{problems} found." if problems else "All is well.")
        sys.exit(1 if problems else 0)


def _look(ground: Ground, checks: tuple[Check, ...]) -> int:
    """Say of each check how it stands; how many problems there are."""
    problems = 0
    for check in checks:
        wrong = check(ground)
        name = check.__name__.replace("_", " ")
        click.echo(f"WRONG  {name}: {wrong}" if wrong else f"ok     {name}")
        problems += wrong is not None
    return problems
