"""Call me instead: a number is enough, a person asks the rest."""

from typing import Any

from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forms.booking import CallMeForm
from scheduler.casework import intake, rejections
from scheduler.casework.calls import AskForCall, ask_for_call
from scheduler.casework.intake import Draft, NoDraft
from scheduler.casework.rejections import Rejected
from scheduler.engine.branches import WE_WILL_CALL, is_reachable
from scheduler.web import proving
from scheduler.web.apply import address, context, draft_token, drawn, knows_little, standing, this_draft, what_it_knows
from scheduler.web.parts import parts
from scheduler.web.proving import WRONG
from scheduler.words import locale

PAGE = "call-me"
SINCE = "contact"
"""The first page from which she may ask."""


def register(app: Flask) -> None:
    app.add_url_rule(address(PAGE), "calls.ask", show)
    app.add_url_rule(address(PAGE), "calls.save", save, methods=["POST"])


def show() -> ResponseReturnValue:
    """The number to call, the one she gave if she did."""
    draft = this_draft()
    if draft is None or not _may_ask(draft):
        return redirect(standing(draft), 303)
    form = drawn(CallMeForm, PAGE, context(what_it_knows(draft)), rejections.of(PAGE, draft.rejected))
    back = standing(draft) if draft.is_open else address("time")
    return render_template("intake/call_me.html", form=form, back_url=back)


def save() -> ResponseReturnValue:
    """Put the call on the desk's list."""
    draft = this_draft()
    if draft is None or not _may_ask(draft):
        return redirect(standing(draft), 303)
    form = CallMeForm(request.form, context(draft.answers))
    if not form.validate():
        intake.reject(parts(), draft_token(), Rejected(PAGE, form.raw()))
        return redirect(address(PAGE), 303)
    if _is_anothers(draft, form.answers()["contact_phone"]):
        intake.reject(parts(), draft_token(), Rejected(PAGE, form.raw(), {"contact_phone": [str(WRONG)]}))
        return redirect(address(PAGE), 303)
    try:
        ask_for_call(parts(), draft_token(), _asked(form.answers()))
    except NoDraft:
        return redirect(standing(None), 303)
    return redirect(address(WE_WILL_CALL), 303)


def _asked(said: dict[str, Any]) -> AskForCall:
    hours, language = tuple(said.get("safe_times", ())), said.get("spoken_language", "")
    return AskForCall(said["contact_phone"], said.get("given_names", ""), locale(), hours, language)


def _is_anothers(draft: Draft, phone: str) -> bool:
    """Who came by a letter's link and knew a year of birth has us call the number we know, or telephones."""
    known = draft.answers.get("contact_phone")
    return knows_little() and not proving.by_code() and known is not None and phone != known


def _may_ask(draft: Draft) -> bool:
    """Not before she said how she is reached, and not twice."""
    if draft.promise is not None:
        return False
    known = context(draft.answers)
    return not draft.is_open or is_reachable(SINCE, draft.answers, known.today, **known.firm.branching)
