"""One consultation at the desk: look at it, move it, cancel it."""

from typing import Any
from uuid import UUID

from flask import Flask, g, redirect, request
from flask.typing import ResponseReturnValue

from forms.booking import MoveForm
from forms.context import PageContext
from scheduler.casework import after_call, cases, openings, retention
from scheduler.casework.firm import firm
from scheduler.casework.moving import Cancel, MoveTo, NoOffer, NotBookable, NotOffered, Refused, SlotTaken, cancel, move
from scheduler.engine.states import Actor
from scheduler.web import call_words
from scheduler.web.parts import parts
from scheduler.web.timetable import start_of, times_words, timetable
from scheduler.web.views.desk import page
from scheduler.words import locale

DOOR = "consultations"
ONE = "/desk/consultation/<uuid:consultation_id>"
REASONS = ("attorney_ill", "attorney_busy", "firm_closed", "other")


def register(app: Flask) -> None:
    app.add_url_rule(ONE, "desk.consultation", show)
    app.add_url_rule(f"{ONE}/move", "desk.times", times)
    app.add_url_rule(f"{ONE}/move", "desk.move", move_it, methods=["POST"])
    app.add_url_rule(f"{ONE}/cancel", "desk.ask_cancel", ask_cancel)
    app.add_url_rule(f"{ONE}/cancel", "desk.cancel", cancel_it, methods=["POST"])


def show(consultation_id: UUID) -> ResponseReturnValue:
    """What is booked, and what was just done with it."""
    row = cases.open_consultation(parts(), g.staff, consultation_id)
    words = {"after": after_call.shown(consultation_id), "calls": call_words}
    kept = retention.kept_until(parts(), row.intake_id)
    return page("consultation.html", DOOR, row=row, note=request.args.get("note", ""), kept=kept, **words)


def times(consultation_id: UUID) -> ResponseReturnValue:
    """The times to which it can be moved, by the client's clock."""
    return _times(consultation_id)


def move_it(consultation_id: UUID) -> ResponseReturnValue:
    """Move it, once; where somebody was quicker, what is left is shown."""
    form = MoveForm(request.form, PageContext(today=firm().today(parts().clock.now()), locale=locale()))
    if not form.validate():
        return redirect(f"{_address(consultation_id)}/move?note=choose", 303)
    start = start_of(form.answers()["slot_id"])
    try:
        move(parts(), MoveTo(consultation_id, start, cases.actor_of(g.staff), g.staff.id))
    except (SlotTaken, NotOffered):
        return _times(consultation_id, taken=True)
    except (Refused, NotBookable):
        return redirect(f"{_address(consultation_id)}?note=refused", 303)
    return redirect(f"{_address(consultation_id)}?note=moved", 303)


def ask_cancel(consultation_id: UUID) -> ResponseReturnValue:
    """Ask on whose wish it is cancelled, and who calls her."""
    row = cases.open_consultation(parts(), g.staff, consultation_id)
    words: dict[str, Any] = {"reasons": REASONS, "callers": cases.callers(), "note": request.args.get("note", "")}
    by_client = cases.actor_of(g.staff) is Actor.RECEPTIONIST
    return page("cancel.html", DOOR, row=row, by_client=by_client, **words)


def cancel_it(consultation_id: UUID) -> ResponseReturnValue:
    """Cancel it on her wish, or on ours with somebody named who calls her."""
    by, reason = request.form.get("by"), request.form.get("reason", "")
    if by not in {"client", "firm"}:
        return redirect(f"{_address(consultation_id)}/cancel?note=choose", 303)
    wish = Cancel(
        consultation_id,
        cases.actor_of(g.staff),
        g.staff.id,
        by_firm=by == "firm",
        reason=reason if by == "firm" and reason in REASONS else None,
        caller=_caller() if by == "firm" else None,
    )
    try:
        cancel(parts(), wish)
    except NoOffer:
        return redirect(f"{_address(consultation_id)}/cancel?note=caller", 303)
    except Refused:
        return redirect(f"{_address(consultation_id)}?note=refused", 303)
    return redirect(f"{_address(consultation_id)}?note=cancelled", 303)


def _times(consultation_id: UUID, *, taken: bool = False) -> ResponseReturnValue:
    row = cases.open_consultation(parts(), g.staff, consultation_id)
    try:
        offer = openings.offered(parts(), row.intake_id, moving=row.id)
    except NotBookable:
        return redirect(f"{_address(consultation_id)}?note=refused", 303)
    shown = times_words(offer, timetable(offer, request.args.get("week")), parts().clock.now())
    note = request.args.get("note", "")
    return page("move.html", DOOR, row=row, taken=taken, late=offer.late, note=note, **shown), 409 if taken else 200


def _address(consultation_id: UUID) -> str:
    return f"/desk/consultation/{consultation_id}"


def _caller() -> UUID | None:
    """The one of the staff who is named, if she can call."""
    named = request.form.get("caller", "")
    return next((one.id for one in cases.callers() if str(one.id) == named), None)
