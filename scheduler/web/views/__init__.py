"""The views, one door a module; each registers its own routes."""

from flask import Flask

from scheduler.web.views import (
    ageing,
    booking,
    brief,
    calendars,
    call_tries,
    calls,
    checked,
    client,
    conflicts,
    consultations,
    correct,
    desk,
    desk_booking,
    files,
    health,
    helping,
    idle,
    intake,
    keeping,
    leave,
    more,
    name_lists,
    new_time,
    papers,
    people,
    pieces,
    public,
    questions,
    resuming,
    short,
    silencing,
    staff,
    still_here,
    time_off,
    waiting_letter,
    working,
)

CLIENT_DOORS = (
    health,
    intake,
    idle,
    leave,
    calls,
    booking,
    client,
    new_time,
    correct,
    more,
    files,
    resuming,
    short,
    pieces,
    helping,
    waiting_letter,
    still_here,
    public,
)
STAFF_DOORS = (
    staff,
    desk,
    call_tries,
    consultations,
    people,
    desk_booking,
    time_off,
    working,
    checked,
    brief,
    papers,
    calendars,
    ageing,
    questions,
    keeping,
    silencing,
    conflicts,
    name_lists,
)


def register_views(app: Flask) -> None:
    """Register every door's routes."""
    for door in (*CLIENT_DOORS, *STAFF_DOORS):
        door.register(app)
