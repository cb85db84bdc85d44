"""The desk says that she cannot be reached as before: nothing automatic is sent to her any more."""

from uuid import UUID

from flask import Flask, abort, g, redirect, request
from flask.typing import ResponseReturnValue

from scheduler.casework.silencing import Silence, silence
from scheduler.engine.marks import Unreachable
from scheduler.web.parts import parts


def register(app: Flask) -> None:
    app.add_url_rule("/desk/intake/<uuid:intake_id>/unreachable", "silencing.silence", stop, methods=["POST"])
    app.context_processor(lambda: {"unreachable": list(Unreachable)})


def stop(intake_id: UUID) -> ResponseReturnValue:
    """Stop every message to her, for one of the reasons there are."""
    why = request.form.get("why", "")
    if why not in set(Unreachable):
        abort(400)
    silence(parts(), g.staff, Silence(intake_id, Unreachable(why)))
    return redirect(f"/desk/intake/{intake_id}", 303)
