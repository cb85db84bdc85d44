"""What a client sent, for those whose case it is."""

from uuid import UUID

from flask import Flask, Response, g, redirect, request
from flask.typing import ResponseReturnValue

from scheduler.casework import papers
from scheduler.casework.papers import REASONS, Ask, NoReason, NotReleased
from scheduler.casework.staff import SignInRefused
from scheduler.web import file_words
from scheduler.web.parts import parts
from scheduler.web.views.desk import page

DOOR = "waiting"
OF_ONE = "/desk/intake/<uuid:intake_id>/files"
ONE = "/desk/file/<uuid:upload_id>"
NOTHING_RUNS = "sandbox; default-src 'none'"


def register(app: Flask) -> None:
    app.add_url_rule(OF_ONE, "papers.all", show_all)
    app.add_url_rule(ONE, "papers.ask", ask)
    app.add_url_rule(ONE, "papers.fetch", fetch, methods=["POST"])
    app.add_url_rule(f"{ONE}/copy", "papers.copy", copy)


def show_all(intake_id: UUID) -> ResponseReturnValue:
    """Every file with its small copy."""
    ref, rows = papers.papers(parts(), g.staff, intake_id)
    return page("files.html", DOOR, ref=ref, rows=rows, intake_id=intake_id, files=file_words)


def ask(upload_id: UUID) -> ResponseReturnValue:
    """Why, and who is asking?"""
    row = papers.asked_for(parts(), g.staff, upload_id)
    return page("file.html", DOOR, row=row, reasons=REASONS, note=request.args.get("note", ""), files=file_words)


def fetch(upload_id: UUID) -> ResponseReturnValue:
    """The original, to be saved and not to be run: of a type of ours, under a name of ours."""
    form = request.form
    wish = Ask(form.get("reason", ""), form.get("password", ""), knows_unscanned="unscanned" in form)
    try:
        fetched = papers.fetch(parts(), g.staff, upload_id, wish)
    except NoReason:
        return redirect(f"{request.path}?note=reason", 303)
    except NotReleased:
        return redirect(f"{request.path}?note=unscanned", 303)
    except SignInRefused:
        return redirect(f"{request.path}?note=password", 303)
    answer = Response(fetched.pieces, mimetype=fetched.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{fetched.name}"'
    answer.headers["Content-Security-Policy"] = NOTHING_RUNS
    answer.content_length = fetched.size
    return answer


def copy(upload_id: UUID) -> ResponseReturnValue:
    """The small copy of a photo, made by us."""
    answer = Response(papers.copy_of(parts(), g.staff, upload_id), mimetype="image/jpeg")
    answer.headers["Content-Security-Policy"] = NOTHING_RUNS
    return answer
