"""What a view hands to a use case."""

from typing import cast

from flask import current_app

from scheduler.casework.parts import Parts


def parts() -> Parts:
    """The parts that create_app built."""
    return cast("Parts", current_app.extensions["cita"])


def mode() -> str:
    """Which mode we run in: demo, live or test."""
    return str(current_app.extensions["cita_mode"])
