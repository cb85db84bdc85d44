"""What became of a call: said on one page, in one tap where nothing more belongs to it."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from flask import Flask, g, redirect, request
from flask.typing import ResponseReturnValue

from scheduler.casework import cases, reporting
from scheduler.casework.firm import firm
from scheduler.casework.reporting import NotSaid, Report, TooEarly
from scheduler.engine.calls import Broken, Cause, Result
from scheduler.engine.states import ConsultationState, Refused
from scheduler.web import call_words
from scheduler.web.parts import parts
from scheduler.web.views.desk import page

RULE = "/desk/consultation/<uuid:consultation_id>/report"
CALLED: Mapping[str, ConsultationState] = {
    "confirmed": ConsultationState.CONFIRMED,
    "begun": ConsultationState.IN_PROGRESS,
    "done": ConsultationState.COMPLETED,
    "broken": ConsultationState.INTERRUPTED,
    "no_show": ConsultationState.NO_SHOW,
    "follow_up": ConsultationState.FOLLOW_UP,
    "closed": ConsultationState.CLOSED,
}
"""The buttons, and the states they lead to."""

Code = TypeVar("Code", bound=StrEnum)


def register(app: Flask) -> None:
    app.add_url_rule(RULE, "reports.ask", ask)
    app.add_url_rule(RULE, "reports.save", save, methods=["POST"])


def ask(consultation_id: UUID) -> ResponseReturnValue:
    """What can be said of it."""
    return _shown(consultation_id, request.args.get("note", ""))


def save(consultation_id: UUID) -> ResponseReturnValue:
    """Write it down; what is missing, or comes too early, is said where it was asked, with what was chosen."""
    state = CALLED.get(request.form.get("what", ""))
    if state is None:
        return _shown(consultation_id, "missing"), 400
    try:
        reporting.report(parts(), g.staff, _said(consultation_id, state))
    except NotSaid:
        return _shown(consultation_id, "missing"), 400
    except TooEarly:
        return _shown(consultation_id, "too_early"), 400
    except Refused:
        return redirect(f"/desk/consultation/{consultation_id}?note=refused", 303)
    return redirect(f"/desk/consultation/{consultation_id}?note=reported", 303)


def _said(consultation_id: UUID, state: ConsultationState) -> Report:
    """Of what was chosen only that which belongs to the state."""
    is_done, is_broken = state is ConsultationState.COMPLETED, state is ConsultationState.INTERRUPTED
    return Report(
        consultation_id,
        state,
        result=_code(Result, "result") if is_done else None,
        back_on=_day(request.form.get("back_on", "")) if is_done else None,
        broken=_code(Broken, "how") if is_broken else None,
        cause=_code(Cause, "cause") if state is ConsultationState.NO_SHOW else None,
    )


def _code(codes: type[Code], name: str) -> Code | None:
    said = request.form.get(name, "")
    return codes(said) if said in set(codes) else None


def _day(said: str) -> date | None:
    """A day that is not over where the firm is; None for anything else."""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return None
    return day if day >= firm().today(parts().clock.now()) else None


def _shown(consultation_id: UUID, note: str) -> str:
    row = cases.open_consultation(parts(), g.staff, consultation_id)
    allowed = reporting.allowed(g.staff, row.state)
    buttons = [name for name, state in CALLED.items() if state in allowed]
    codes = {"calls": call_words, "results": list(Result), "ways": list(Broken), "causes": list(Cause)}
    return page("report.html", "consultations", row=row, buttons=buttons, said=request.form, note=note, **codes)
