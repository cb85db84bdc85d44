"""Facts that age: who answers for them looks them over, says that they are true, or changes them."""

from uuid import UUID

from flask import Flask, abort, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from scheduler.casework import desk, facts
from scheduler.casework.access import Permission
from scheduler.casework.desk import Counts
from scheduler.casework.facts import FIELDS, HELP, BadFact, FactView, SaveFact
from scheduler.web import desk_words, fact_words
from scheduler.web.parts import parts
from scheduler.words import languages

ALL = "/admin/facts"
ONE = f"{ALL}/<uuid:fact_id>"
REVIEWED = "reviewed"


def register(app: Flask) -> None:
    app.jinja_env.globals["stale_facts"] = lambda: facts.stale(parts())
    app.add_url_rule(ALL, "ageing.list", show_all)
    app.add_url_rule(ALL, "ageing.add", add, methods=["POST"])
    app.add_url_rule(ONE, "ageing.one", show_one)
    app.add_url_rule(ONE, "ageing.save", save, methods=["POST"])
    app.add_url_rule(f"{ONE}/remove", "ageing.remove", remove, methods=["POST"])


def show_all() -> ResponseReturnValue:
    """Every fact, and when somebody looked it over last."""
    return _all(note=request.args.get("note", ""))


def show_one(fact_id: UUID) -> ResponseReturnValue:
    """One fact in every language."""
    return _one(fact_id)


def save(fact_id: UUID) -> ResponseReturnValue:
    """Put what was typed in its place, or say what cannot stand there."""
    wish = _typed(REVIEWED)
    try:
        facts.save(parts(), g.staff, fact_id, wish)
    except BadFact as refusal:
        return _one(fact_id, typed=wish, wrong=str(refusal)), 400
    return redirect(f"{ALL}?note={'reviewed' if wish.reviewed else 'saved'}", 303)


def add() -> ResponseReturnValue:
    """Add a place of help."""
    wish = _typed()
    try:
        facts.add_help(parts(), g.staff, wish)
    except BadFact as refusal:
        return _all(typed=wish, wrong=str(refusal)), 400
    return redirect(f"{ALL}?note=saved", 303)


def remove(fact_id: UUID) -> ResponseReturnValue:
    """Take a place of help off the list."""
    facts.remove_help(parts(), g.staff, fact_id)
    return redirect(f"{ALL}?note=removed", 303)


def _typed(mark: str = "") -> SaveFact:
    words = {code: request.form.get(f"words-{code}", "") for code in languages()}
    names = {name for names in FIELDS.values() for name in names}
    value = {name: request.form.get(name, "") for name in names}
    return SaveFact(words, value, reviewed=bool(mark) and mark in request.form)


def _all(*, note: str = "", typed: SaveFact | None = None, wrong: str = "") -> str:
    words = {"rows": facts.everything(parts()), "note": note, "typed": typed, "wrong": wrong}
    return _page("facts.html", fields=FIELDS[HELP], **words)


def _one(fact_id: UUID, *, typed: SaveFact | None = None, wrong: str = "") -> str:
    row = _found(fact_id)
    return _page("fact.html", row=row, fields=FIELDS[row.kind], typed=typed, wrong=wrong)


def _found(fact_id: UUID) -> FactView:
    found = next((row for row in facts.everything(parts()) if row.id == fact_id), None)
    if found is None:
        abort(404)
    return found


def _page(template: str, **words: object) -> str:
    counts: Counts | None = desk.counts(parts()) if g.staff.may(Permission.SEE_DESK) else None
    return render_template(
        f"admin/{template}",
        door="facts",
        say=desk_words,
        facts=fact_words,
        counts=counts,
        languages=languages(),
        **words,
    )
