"""The firm's names are read in from a list: send it, say what its columns mean, try it, read it in."""

from uuid import UUID

from flask import Flask, g, redirect, request
from flask.typing import ResponseReturnValue

from scheduler.casework import conflict_lists, conflict_settings
from scheduler.casework.conflict_lists import NotEnough
from scheduler.engine.conflicts import Who
from scheduler.engine.name_lists import MEANINGS, MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Columns, TooLong, Unreadable
from scheduler.web import conflict_words
from scheduler.web.parts import parts
from scheduler.web.views.desk import page

DOOR = "conflicts"
START = "/desk/conflicts/import"
ONE = f"{START}/<uuid:list_id>"


def register(app: Flask) -> None:
    app.add_url_rule(START, "name_lists.start", start)
    app.add_url_rule(START, "name_lists.send", send, methods=["POST"])
    app.add_url_rule(ONE, "name_lists.columns", columns)
    app.add_url_rule(ONE, "name_lists.name_columns", name_columns, methods=["POST"])
    app.add_url_rule(f"{ONE}/check", "name_lists.check", check)
    app.add_url_rule(f"{ONE}/check", "name_lists.read_in", read_in, methods=["POST"])


def start() -> ResponseReturnValue:
    """Choose a file, or sign that there is none."""
    words = {"note": request.args.get("note", ""), "new": request.args.get("new", 0, type=int)}
    bounds = {"megabytes": MOST_BYTES // 1_000_000, "rows": MOST_ROWS}
    return page("names_send.html", DOOR, settings=conflict_settings.settings(), **words, **bounds)


def send() -> ResponseReturnValue:
    """Keep the file until it is read in, at most a day."""
    file = request.files.get("file")
    content = file.stream.read(MOST_BYTES + 1) if file else b""
    try:
        list_id = conflict_lists.send(parts(), g.staff, content)
    except TooLong:
        return redirect(f"{START}?note=long", 303)
    except Unreadable:
        return redirect(f"{START}?note=unreadable", 303)
    return redirect(f"{START}/{list_id}", 303)


def columns(list_id: UUID) -> ResponseReturnValue:
    """Its headings and first rows, and what each column means."""
    shown = conflict_lists.opened(parts(), list_id)
    words = {"meant": shown.columns or shown.guessed, "meanings": MEANINGS, "note": request.args.get("note", "")}
    return page("names_columns.html", DOOR, code=conflict_words, shown=shown, **words)


def name_columns(list_id: UUID) -> ResponseReturnValue:
    """Keep what each column means."""
    said = {number: request.form.get(f"column-{number}", "") for number in range(MOST_COLUMNS)}
    everybody = request.form.get("everybody", "")
    meant = Columns(
        {number: meaning for number, meaning in said.items() if meaning in MEANINGS},
        Who(everybody) if everybody in set(Who) else None,
    )
    try:
        conflict_lists.name_columns(parts(), list_id, meant)
    except NotEnough:
        return redirect(f"{START}/{list_id}?note=not_enough", 303)
    return redirect(f"{START}/{list_id}/check", 303)


def check(list_id: UUID) -> ResponseReturnValue:
    """What would be kept."""
    try:
        tried = conflict_lists.try_it(parts(), list_id)
    except NotEnough:
        return redirect(f"{START}/{list_id}?note=not_enough", 303)
    return page("names_check.html", DOOR, code=conflict_words, tried=tried, list_id=list_id)


def read_in(list_id: UUID) -> ResponseReturnValue:
    """Keep it."""
    try:
        new = conflict_lists.read_in(parts(), g.staff, list_id)
    except NotEnough:
        return redirect(f"{START}/{list_id}?note=not_enough", 303)
    return redirect(f"{START}?note=done&new={new}", 303)
