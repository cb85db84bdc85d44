"""Words for typing a command: what it said, and with which code it ended."""

from dataclasses import dataclass, replace
from typing import Any

from flask import Flask

from config import Settings
from scheduler.app import create_app
from scheduler.models import db


@dataclass(frozen=True, slots=True)
class Said:
    code: int
    text: str


def typed(app: Flask, *words: str, answers: str = "") -> Said:
    """Type `flask --app wsgi <words>`."""
    db.session.remove()
    result = app.test_cli_runner().invoke(args=list(words), input=answers)
    db.session.remove()
    return Said(result.exit_code, result.output)


def in_mode(settings: Settings, **changes: Any) -> Flask:
    """The same service with other settings."""
    return create_app(replace(settings, **{"clock_file": None, **changes}))
