"""The desk says that she cannot be reached as before, and nothing automatic is sent to her; or that she can again."""

from uuid import UUID

from flask import Flask, abort, g, redirect, request
from flask.typing import ResponseReturnValue

from scheduler.casework.reached_again import NotSilenced, ReachAgain, Why, reach_again
from scheduler.casework.silencing import Silence, silence
from scheduler.engine.marks import UNREACHABLE, Unreachable
from scheduler.web.parts import parts
from scheduler.words import _l

WHYS: dict[Why, object] = {
    Why.BY_MISTAKE: _l("It was marked by mistake"),
    Why.PHONE_BACK: _l("She has her phone, or a new one"),
    Why.RELEASED: _l("She was released, or is back"),
    Why.SPOKE_TO_HER: _l("Somebody of ours spoke to her"),
}


def register(app: Flask) -> None:
    app.add_url_rule("/desk/intake/<uuid:intake_id>/unreachable", "silencing.silence", stop, methods=["POST"])
    app.add_url_rule("/desk/intake/<uuid:intake_id>/reachable", "silencing.reach", reach, methods=["POST"])
    app.context_processor(lambda: {"unreachable": list(Unreachable), "silenced": UNREACHABLE, "reachable": WHYS})


def stop(intake_id: UUID) -> ResponseReturnValue:
    """Stop every message to her, for one of the reasons there are."""
    why = request.form.get("why", "")
    if why not in set(Unreachable):
        abort(400)
    silence(parts(), g.staff, Silence(intake_id, Unreachable(why)))
    return redirect(f"/desk/intake/{intake_id}", 303)


def reach(intake_id: UUID) -> ResponseReturnValue:
    """Let her be written to as before, for one of the reasons there are."""
    why = request.form.get("why", "")
    if why not in set(Why):
        abort(400)
    try:
        reach_again(parts(), g.staff, ReachAgain(intake_id, Why(why)))
    except NotSilenced:
        return redirect(f"/desk/intake/{intake_id}", 303)
    return redirect(f"/desk/intake/{intake_id}?note=reachable", 303)
