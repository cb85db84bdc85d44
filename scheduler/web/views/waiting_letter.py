"""The letter that waits for her whom the firm could not take, when what she told is gone: her year opens it."""

from flask import Flask, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from forms.booking import ProofForm
from scheduler.casework import waiting_letters
from scheduler.casework.leaving import ON_SCREEN_UNSAFE
from scheduler.casework.links import digest
from scheduler.casework.proofs import Ways
from scheduler.casework.waiting_letters import WrongYear
from scheduler.web import locale, not_taken, staying
from scheduler.web.apply import context
from scheduler.web.parts import parts
from scheduler.web.proving import PROBLEMS

RULE = "/c/<token>/letter"
OPENED, PROBLEM = "letter_opened", "letter_problem"


def register(app: Flask) -> None:
    app.add_url_rule(RULE, "waiting_letter.show", show)
    app.add_url_rule(RULE, "waiting_letter.prove", prove, methods=["POST"])


def instead(token: str) -> ResponseReturnValue:
    """
    Where a link leads whose intake is gone: to the letter, if one waits behind it.

    Raises:
        NoSuchPage: None does.
    """
    waiting_letters.find(parts(), token)
    return redirect(f"/c/{token}/letter", 303)


def show(token: str) -> ResponseReturnValue:
    """Who is there? Then the letter, once."""
    letter = waiting_letters.find(parts(), token)
    staying.stay(token, ON_SCREEN_UNSAFE)
    locale.prefer(letter.locale)
    if session.pop(OPENED, "") == digest(token).hex():
        return not_taken.page(letter.deleted_on)
    form, problem = ProofForm(None, context({})), PROBLEMS.get(session.pop(PROBLEM, ""))
    form.birth_year.errors = [str(problem)] if problem is not None else []
    words = {"action": request.path, "back_url": "", "code_sent": False, "on_its_way": False}
    return render_template("client/prove.html", form=form, ways=Ways(year=True, code=False), **words)


def prove(token: str) -> ResponseReturnValue:
    """Take the year; the letter is shown by the next request, so that nothing typed stays in this one's answer."""
    waiting_letters.find(parts(), token)
    form = ProofForm(request.form, context({}))
    year = form.answers().get("birth_year") if form.validate() else None
    try:
        waiting_letters.prove(parts(), token, int(year or 0))
        session[OPENED] = digest(token).hex()
    except WrongYear:
        session[PROBLEM] = "wrong" if year else "unreadable"
    return redirect(request.path, 303)
