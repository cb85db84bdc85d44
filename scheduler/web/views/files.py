"""Files from her phone, on a client's own page."""

from typing import Any

from flask import Flask, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from forms.files import FilesForm
from scheduler.casework import arriving, more, scanning, uploads
from scheduler.casework.more import NotOpen
from scheduler.casework.uploads import Already, Enough, Incoming, Unfit
from scheduler.web import proving
from scheduler.web.apply import context
from scheduler.web.parts import parts
from scheduler.web.views.client import look

RULE = "/c/<token>/files"
INPUT = "uploads"
OUTCOME = "files"
KEPT, REFUSED, ENOUGH, SMALLER, HERE = "kept", "refused", "enough", "smaller", "here"


def register(app: Flask) -> None:
    app.add_url_rule(RULE, "files.show", show)
    app.add_url_rule(RULE, "files.save", save, methods=["POST"])


def show(token: str) -> ResponseReturnValue:
    """What she has sent, and the way to send more."""
    seen = look(token)
    if not more.is_open(parts(), seen.intake):
        return redirect(f"/c/{token}", 303)
    if not proving.is_proven(seen):
        return proving.ask(token, seen, f"/c/{token}")
    words: dict[str, Any] = {"form": FilesForm(None, context({})), "files": uploads.kept(seen.intake.id)}
    coming = len(arriving.on_their_way(parts(), seen.intake.id))
    outcome = session.pop(OUTCOME, {})
    return render_template(
        "client/files.html",
        action=request.path,
        back_url=f"/c/{token}/more/papers",
        outcome=outcome,
        coming=coming,
        is_one_lost=scanning.may_send_again(parts(), seen.intake),
        **words,
    )


def save(token: str) -> ResponseReturnValue:
    """Keep what may be kept, and say how many that were; nothing of a file is ever shown here."""
    seen = look(token)
    if proving.is_proof() or not proving.is_proven(seen):
        return proving.answer(token, seen)
    form = FilesForm(request.form, context({}))
    form.validate()
    for sent in request.files.getlist(INPUT):
        if sent.filename:
            count(_keep(seen.intake.id, sent, form.answers().get("shows", "")))
    return redirect(request.path, 303)


def count(outcome: str) -> None:
    """What came of one more file, until the page says it."""
    counted = session.get(OUTCOME, {})
    session[OUTCOME] = {**counted, outcome: counted.get(outcome, 0) + 1}


def _keep(intake_id: Any, sent: FileStorage, shows: str) -> str:
    try:
        uploads.add(parts(), intake_id, Incoming(sent.stream, sent.filename or "", shows))
    except Already:
        return HERE
    except Unfit:
        return REFUSED
    except (Enough, NotOpen):
        return ENOUGH
    return KEPT
