"""Who is on a call, and who may never hear somebody: the desk changes the one, who decides on names the other."""

from uuid import UUID

from flask import Flask, g, redirect, request
from flask.typing import ResponseReturnValue

from scheduler.casework import cases, reseating, screening
from scheduler.casework.reseating import NobodyFits, NoReason, Reseat
from scheduler.casework.slots import SlotTaken
from scheduler.casework.wanted import NotBookable
from scheduler.engine.states import Refused
from scheduler.web.parts import parts
from scheduler.web.views.desk import page

CALL = "/desk/consultation/<uuid:consultation_id>/people"
SCREEN = "/desk/intake/<uuid:intake_id>/screened"
REASONS = ("attorney_ill", "attorney_busy", "conflict", "language", "interpreter", "other")


def register(app: Flask) -> None:
    app.add_url_rule(CALL, "people.ask", ask)
    app.add_url_rule(CALL, "people.change", change, methods=["POST"])
    app.add_url_rule(SCREEN, "people.screen", screen)
    app.add_url_rule(SCREEN, "people.screen_off", screen_off, methods=["POST"])


def ask(consultation_id: UUID) -> ResponseReturnValue:
    """Who is on the call, and who could be."""
    row = cases.open_consultation(parts(), g.staff, consultation_id)
    try:
        choice = reseating.choice(parts(), consultation_id)
    except NotBookable:
        return redirect(f"{_address(consultation_id)}?note=refused", 303)
    words = {"choice": choice, "reasons": REASONS, "note": request.args.get("note", "")}
    return page("people.html", "consultations", row=row, **words)


def change(consultation_id: UUID) -> ResponseReturnValue:
    """Change it; the client is told nothing, for the time stays."""
    attorney = request.form.get("attorney", 0, type=int)
    reason = request.form.get("reason", "")
    wish = Reseat(
        consultation_id,
        attorney=attorney,
        interpreter=request.form.get("interpreter") == "on",
        second=request.form.get("second", None, type=int),
        reason=reason if reason in REASONS else "",
        actor=cases.actor_of(g.staff),
        staff_id=g.staff.id,
    )
    try:
        reseating.reseat(parts(), wish)
    except NoReason:
        return redirect(f"{_address(consultation_id)}/people?note=why", 303)
    except (NobodyFits, SlotTaken):
        return redirect(f"{_address(consultation_id)}/people?note=taken", 303)
    except (Refused, NotBookable):
        return redirect(f"{_address(consultation_id)}?note=refused", 303)
    return redirect(f"{_address(consultation_id)}?note=reseated", 303)


def screen(intake_id: UUID) -> ResponseReturnValue:
    """Who may not hear her."""
    return page("screened.html", "conflicts", screen=screening.screen(intake_id), intake_id=intake_id)


def screen_off(intake_id: UUID) -> ResponseReturnValue:
    """Write it down."""
    screening.screen_off(parts(), g.staff, intake_id, request.form.getlist("person", type=int))
    return redirect(f"/desk/intake/{intake_id}", 303)


def _address(consultation_id: UUID) -> str:
    return f"/desk/consultation/{consultation_id}"
