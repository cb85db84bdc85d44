"""Finish later, and go on: by the number, then by a code; the pages are the same whether there is such a number."""

from flask import Flask, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from forms.base import QuestionForm
from forms.resuming import CodeForm, NumberForm
from scheduler.casework import leaving, resuming
from scheduler.casework.proofs import WrongProof
from scheduler.casework.resuming import Typed, may_resume
from scheduler.web.apply import address, context, draft_token, forget_everybody, open_here, standing, this_draft
from scheduler.web.parts import parts
from scheduler.web.views.leave import PATH as LEFT
from scheduler.words import _l

LATER, NUMBER, CODE = address("later"), "/resume", "/resume/code"
ASKED, PROBLEM = "asked", "problem"
WRONG = _l("That is not what we have. Please check it, or call us.")


def register(app: Flask) -> None:
    app.add_url_rule(LATER, "resuming.later", later)
    app.add_url_rule(LATER, "resuming.stop", stop, methods=["POST"])
    app.add_url_rule(NUMBER, "resuming.number", number)
    app.add_url_rule(NUMBER, "resuming.ask", ask, methods=["POST"])
    app.add_url_rule(CODE, "resuming.code", code)
    app.add_url_rule(CODE, "resuming.resume", resume, methods=["POST"])


def later() -> ResponseReturnValue:
    """Her number, and how she goes on with it."""
    draft = this_draft()
    if draft is None or not draft.is_open:
        return redirect(standing(draft), 303)
    words = {"ref": draft.ref, "by_code": may_resume(draft.answers, []), "back_url": standing(draft)}
    return render_template("intake/later.html", **words)


def stop() -> ResponseReturnValue:
    """This browser lets go of her answers; they are kept."""
    leaving.step_away(parts(), draft_token())
    forget_everybody()
    return redirect(LEFT, 303)


def number() -> ResponseReturnValue:
    """Ask for her number."""
    return render_template("intake/resume.html", form=_form(NumberForm), action=NUMBER)


def ask() -> ResponseReturnValue:
    """Take a number; what follows is the same for every one."""
    form = NumberForm(request.form, context({}))
    if not form.validate():
        return _again(NUMBER, "unreadable")
    session[ASKED] = resuming.ask(parts(), form.number)
    return redirect(CODE, 303)


def code() -> ResponseReturnValue:
    """Ask for the code."""
    if ASKED not in session:
        return redirect(NUMBER, 303)
    return render_template("intake/resume.html", form=_form(CodeForm), action=CODE, asked=True)


def resume() -> ResponseReturnValue:
    """Open her answers in this browser, and in no other."""
    form = CodeForm(request.form, context({}))
    if not form.validate():
        return _again(CODE, "unreadable")
    try:
        token = resuming.resume(parts(), Typed(str(session.get(ASKED, "")), form.digits))
    except WrongProof:
        return _again(CODE, "wrong")
    leaving.step_away(parts(), draft_token())
    session.pop(ASKED)
    open_here(token)
    return redirect(standing(this_draft()), 303)


def _again(path: str, problem: str) -> ResponseReturnValue:
    """The same page once more, without what was typed."""
    session[PROBLEM] = problem
    return redirect(path, 303)


def _form(kind: type[QuestionForm]) -> QuestionForm:
    form, problem = kind(None, context({})), session.pop(PROBLEM, "")
    for question in form.questions():
        question.errors = [str(WRONG if problem == "wrong" else question.error)] if problem else []
    return form
