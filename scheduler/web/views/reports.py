"""What became of a call: said on one page, in one tap where nothing more belongs to it."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from flask import Flask, g, redirect, request
from flask.typing import ResponseReturnValue

from scheduler.casework import after_call, cases, reporting
from scheduler.casework.after_call import Next, NoLetter
from scheduler.casework.firm import firm
from scheduler.casework.reporting import NotSaid, Report, TooEarly
from scheduler.engine.calls import NO_FOLLOW_UP, Broken, Cause, Letter, Result, Step
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

YES, NO = "yes", "no"

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
    said = _said(consultation_id, state)
    try:
        call = reporting.report(parts(), g.staff, said)
    except NoLetter:
        return _shown(consultation_id, "no_letter"), 400
    except NotSaid:
        return _shown(consultation_id, "missing"), 400
    except TooEarly:
        return _shown(consultation_id, "too_early"), 400
    except Refused:
        return redirect(f"/desk/consultation/{consultation_id}?note=refused", 303)
    return redirect(f"{_next_page(said, call.intake_id)}?note=reported", 303)


def _next_page(said: Report, intake_id: UUID) -> str:
    """Where it goes on: she is told that we do not go on with her, or the second call is booked."""
    if said.result in NO_FOLLOW_UP:
        return f"/desk/intake/{intake_id}/end"
    if said.result is Result.SECOND_CALL:
        return f"/desk/intake/{intake_id}/book"
    return f"/desk/consultation/{said.consultation_id}"


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
        following=_following() if is_done else None,
        letter=_code(Letter, "letter") if state in reporting.AFTERWARDS else None,
    )


def _following() -> Next | None:
    """What is done next, and by whom; None as long as it is not said whether her dates were looked through."""
    checked, callers = request.form.get("dates"), {str(one.id): one.id for one in cases.callers()}
    if checked not in {YES, NO}:
        return None
    return Next(checked == YES, _code(Step, "step"), callers.get(request.form.get("by", "")))


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
    codes |= {"steps": list(Step), "letters": list(Letter), "callers": cases.callers()}
    codes["after"] = after_call.shown(consultation_id)
    return page("report.html", "consultations", row=row, buttons=buttons, said=request.form, note=note, **codes)
