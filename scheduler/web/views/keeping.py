"""How an intake ends, and how long it is kept: taken or not, an attorney's hold, who wants everything deleted."""

from collections.abc import Collection, Mapping
from uuid import UUID

from flask import Flask, g, redirect, request
from flask.typing import ResponseReturnValue

from scheduler.casework import cases, ending, facts, holds, referring, reopening, withdrawing
from scheduler.casework.cases import NotThere
from scheduler.casework.ending import End, NoReasonCode
from scheduler.casework.facts import HELP
from scheduler.casework.referring import NoOffice, Office
from scheduler.casework.withdrawing import Withdraw
from scheduler.engine.states import IntakeState, Refused
from scheduler.web.desk_words import Words
from scheduler.web.parts import parts
from scheduler.web.views.desk import page
from scheduler.words import _l

ONE = "/desk/intake/<uuid:intake_id>"
DOOR = "waiting"
LONGEST_REASON = 300
DELETE, KEEP = "delete", "keep"
ENDS: Words = {
    "referred": _l("Another office may help her better"),
    "declined": _l("We do not take her"),
    "converted": _l("She has signed: she is a client now"),
}
WHY: Words = {
    "capacity": _l("We have no room"),
    "out_of_scope": _l("It is not what we do, or not where we do it"),
    "no_contact": _l("We do not reach her"),
    "merits_not_stated": _l("An attorney has looked at it; the reason is not written down"),
    "other": _l("Another reason"),
}


def register(app: Flask) -> None:
    app.add_url_rule(f"{ONE}/hold", "keeping.hold", hold)
    app.add_url_rule(f"{ONE}/hold", "keeping.change_hold", change_hold, methods=["POST"])
    app.add_url_rule(f"{ONE}/withdraw", "keeping.ask_withdraw", ask_withdraw)
    app.add_url_rule(f"{ONE}/withdraw", "keeping.withdraw", withdraw, methods=["POST"])
    app.add_url_rule(f"{ONE}/end", "keeping.ask_end", ask_end)
    app.add_url_rule(f"{ONE}/end", "keeping.end", end, methods=["POST"])
    app.add_url_rule(f"{ONE}/share", "keeping.share", share, methods=["POST"])
    app.add_url_rule(f"{ONE}/end/undo", "keeping.undo_end", undo_end, methods=["POST"])
    app.add_url_rule(f"{ONE}/withdraw/undo", "keeping.undo_withdraw", undo_withdraw, methods=["POST"])


def hold(intake_id: UUID) -> ResponseReturnValue:
    """Whether its purge is stopped, by whom and why."""
    return _hold(intake_id, note=request.args.get("note", ""))


def change_hold(intake_id: UUID) -> ResponseReturnValue:
    """Set a hold, keep it for another 90 days, or end it."""
    reason, wish = request.form.get("reason", "")[:LONGEST_REASON], request.form.get("wish", "")
    try:
        if wish == "end":
            holds.end_hold(parts(), g.staff, intake_id)
        elif wish == "keep":
            holds.keep_hold(parts(), g.staff, intake_id)
        else:
            holds.set_hold(parts(), g.staff, intake_id, reason)
    except holds.NoReason:
        return _hold(intake_id, note="reason", typed=reason), 400
    return redirect(f"{_address(intake_id)}/hold?note=saved", 303)


def ask_withdraw(intake_id: UUID) -> ResponseReturnValue:
    """Ask whether everything is to be deleted today, or after its days."""
    case = cases.open_case(parts(), g.staff, intake_id)
    note = request.args.get("note", "")
    held, ended = holds.hold_of(parts(), intake_id) is not None, reopening.ended(parts(), g.staff, intake_id)
    return page("withdraw.html", DOOR, case=case, note=note, held=held, ended=ended)


def withdraw(intake_id: UUID) -> ResponseReturnValue:
    """Do it; what is deleted has no page any more."""
    how = request.form.get("how")
    if how not in {DELETE, KEEP}:
        return redirect(f"{_address(intake_id)}/withdraw?note=choose", 303)
    try:
        is_purged = withdrawing.withdraw(parts(), g.staff, Withdraw(intake_id, delete=how == DELETE))
    except Refused:
        return redirect(f"{_address(intake_id)}/withdraw?note=refused", 303)
    return redirect("/desk?note=deleted" if is_purged else _address(intake_id), 303)


def ask_end(intake_id: UUID) -> ResponseReturnValue:
    """Ask as what it ends, and why."""
    case = cases.open_case(parts(), g.staff, intake_id)
    choices = {state: ENDS[state] for state in ending.choices(g.staff)}
    words = {"choices": choices, "reasons": WHY, "is_open": case.state in ending.OPEN}
    words |= {"ended": reopening.ended(parts(), g.staff, intake_id), "places": _places()}
    return page("end.html", DOOR, case=case, note=request.args.get("note", ""), **words)


def end(intake_id: UUID) -> ResponseReturnValue:
    """Do it."""
    state, reason = request.form.get("state", ""), request.form.get("reason", "")
    if state not in ending.choices(g.staff):
        return redirect(f"{_address(intake_id)}/end?note=choose", 303)
    try:
        ending.end(parts(), g.staff, End(intake_id, IntakeState(state), reason, _office()))
    except NoOffice:
        return redirect(f"{_address(intake_id)}/end?note=office", 303)
    except NoReasonCode:
        return redirect(f"{_address(intake_id)}/end?note=reason", 303)
    except Refused:
        return redirect(f"{_address(intake_id)}/end?note=refused", 303)
    return redirect(_address(intake_id), 303)


def share(intake_id: UUID) -> ResponseReturnValue:
    """What she said by phone: whether her answers may be shared with the office to which she is referred."""
    said = request.form.get("share")
    if said in {"yes", "no"}:
        referring.answer(parts(), intake_id, yes=said == "yes", who=g.staff)
    return redirect(_address(intake_id), 303)


def undo_end(intake_id: UUID) -> ResponseReturnValue:
    """Take back that we do not go on with her, or that she is a client."""
    return _undo(intake_id, reopening.ENDED)


def undo_withdraw(intake_id: UUID) -> ResponseReturnValue:
    """Take back that she wants no more help."""
    return _undo(intake_id, reopening.WITHDRAWN)


def _undo(intake_id: UUID, states: Collection[IntakeState]) -> ResponseReturnValue:
    try:
        reopening.reopen(parts(), g.staff, intake_id, states)
    except (NotThere, Refused):
        return redirect(f"{_address(intake_id)}?note=not_reopened", 303)
    return redirect(f"{_address(intake_id)}?note=reopened", 303)


def _places() -> Mapping[str, str]:
    """Places of help by name, with their numbers."""
    return {one.value["name"]: one.value.get("phone", "") for one in facts.of_kind(parts(), HELP).values()}


def _office() -> Office:
    """The office that was named; one of the list has its number."""
    name, phone = request.form.get("office", ""), request.form.get("office_phone", "")
    return Office(name, phone or _places().get(" ".join(name.split()), ""))


def _hold(intake_id: UUID, *, note: str, typed: str = "") -> str:
    case = cases.open_case(parts(), g.staff, intake_id)
    return page("hold.html", DOOR, case=case, hold=holds.hold_of(parts(), intake_id), note=note, typed=typed)


def _address(intake_id: UUID) -> str:
    return f"/desk/intake/{intake_id}"
