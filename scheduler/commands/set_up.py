"""`flask --app wsgi set-up`: what `make run` does before it starts anything; one process, since each costs a second."""

from contextlib import suppress

import flask_migrate
from flask import Flask

from config import Settings
from scheduler.casework.demo import NotEmpty
from scheduler.casework.parts import Parts
from scheduler.commands.demo import load


def register(app: Flask, parts: Parts, settings: Settings) -> None:
    """Hang the command on the app."""

    @app.cli.command("set-up")
    def set_up() -> None:
        """Bring the tables up to date; outside live, fill an empty database with the demo firm."""
        flask_migrate.upgrade()
        if settings.mode != "live":
            with suppress(NotEmpty):
                load(parts, settings)
