"""The views, one door a module; each registers its own routes."""

from flask import Flask

from scheduler.web.views import (
    booking,
    brief,
    calls,
    client,
    consultations,
    desk,
    health,
    idle,
    intake,
    keeping,
    leave,
    more,
    short,
    silencing,
    staff,
)

DOORS = (
    health,
    intake,
    idle,
    leave,
    calls,
    booking,
    client,
    more,
    short,
    staff,
    desk,
    consultations,
    brief,
    keeping,
    silencing,
)


def register_views(app: Flask) -> None:
    """Register every door's routes."""
    for door in DOORS:
        door.register(app)
