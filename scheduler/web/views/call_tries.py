"""A call that came to nothing is written down where her intake is read."""

from uuid import UUID

from flask import Flask, abort, g, redirect, request
from flask.typing import ResponseReturnValue

from scheduler.casework.call_tries import InVain, in_vain
from scheduler.engine.calls import Cause
from scheduler.web.parts import parts


def register(app: Flask) -> None:
    app.add_url_rule("/desk/intake/<uuid:intake_id>/try", "call_tries.save", save, methods=["POST"])


def save(intake_id: UUID) -> ResponseReturnValue:
    """Write it down, and say so where it was asked."""
    cause = request.form.get("cause", "")
    if cause not in set(Cause):
        abort(400)
    is_over = in_vain(parts(), g.staff, InVain(intake_id, Cause(cause)))
    return redirect(f"/desk/intake/{intake_id}?note={'given_up' if is_over else 'tried'}", 303)
