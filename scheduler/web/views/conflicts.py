"""The desk of those who decide on names, and the search that tells no more than that somebody must look."""

from collections.abc import Sequence
from uuid import UUID

from flask import Flask, g, redirect, request
from flask.typing import ResponseReturnValue

from scheduler.casework import after_call, conflict_desk, conflict_settings, deciding, referring, undoing, walls
from scheduler.casework.access import Permission
from scheduler.casework.cases import NotThere
from scheduler.casework.conflict_desk import MOST_NAMES
from scheduler.web import after_call as after_call_words
from scheduler.web import conflict_words, not_taken
from scheduler.web.parts import parts
from scheduler.web.views.desk import page

DOOR = "conflicts"
ALL = "/desk/conflicts"
ONE = f"{ALL}/<uuid:review_id>"
UNDO = f"{ALL}/<uuid:decided_id>/undo"
SEARCH = f"{ALL}/search"
DECIDE = {"clear": deciding.clear, "decline": deciding.decline}


def register(app: Flask) -> None:
    app.jinja_env.globals |= {"names_missing": names_missing, "to_decide": conflict_desk.count}
    app.add_url_rule(ALL, "conflicts.list", show_all)
    app.add_url_rule(f"{ALL}/settings", "conflicts.settings", settings, methods=["POST"])
    app.add_url_rule(f"{ALL}/none", "conflicts.none", sign_none, methods=["POST"])
    app.add_url_rule(SEARCH, "conflicts.ask", ask)
    app.add_url_rule(SEARCH, "conflicts.search", search, methods=["POST"])
    app.add_url_rule("/desk/intake/<uuid:declined_id>/letter", "conflicts.letter", letter)
    app.add_url_rule(UNDO, "conflicts.ask_undo", ask_undo)
    app.add_url_rule(UNDO, "conflicts.undo", undo, methods=["POST"])
    app.add_url_rule(ONE, "conflicts.one", show_one)
    app.add_url_rule(ONE, "conflicts.decide", decide, methods=["POST"])


def names_missing() -> bool:
    """Whether the firm has neither names to compare with nor a signature that there are none."""
    return not conflict_settings.settings().how


def show_all() -> ResponseReturnValue:
    """What waits for a decision, and how the check is set."""
    seen = walls.seen_by(g.staff)
    rows, decided = conflict_desk.waiting(parts(), *seen), undoing.decided(parts(), *seen)
    words = {"code": conflict_words, "note": request.args.get("note", "")}
    return page("conflicts.html", DOOR, rows=rows, decided=decided, settings=conflict_settings.settings(), **words)


def show_one(review_id: UUID) -> ResponseReturnValue:
    """The names of one intake, and whom they are like."""
    return _one(review_id)


def decide(review_id: UUID) -> ResponseReturnValue:
    """Hear her, or not; what was refused is told where it was asked, with what was typed."""
    decision, why = request.form.get("decision", ""), request.form.get("note", "")
    act = DECIDE.get(decision)
    if act is None:
        return _one(review_id, note="choose", why=why), 400
    try:
        act(parts(), g.staff, review_id, why)
    except deciding.NoNote:
        return _one(review_id, note="why", decision=decision), 400
    return redirect(f"{ALL}?note=decided", 303)


def ask_undo(decided_id: UUID) -> ResponseReturnValue:
    """What taking a decision back can still mend, and why it is taken back."""
    return _undo(decided_id)


def undo(decided_id: UUID) -> ResponseReturnValue:
    """Take a decision back; what was refused is told where it was asked, with what was typed."""
    why = request.form.get("note", "")
    try:
        undoing.undo(parts(), g.staff, decided_id, why)
    except deciding.NoNote:
        return _undo(decided_id, note="why"), 400
    except undoing.IsHeard:
        return _undo(decided_id, note="heard", why=why), 400
    return redirect(f"{ALL}/{decided_id}", 303)


def letter(declined_id: UUID) -> ResponseReturnValue:
    """What is read to her whom the firm cannot take, or with whom nothing is signed yet, in each language."""
    try:
        intake, deleted_on = conflict_desk.declined(parts(), g.staff, declined_id)
    except NotThere:
        ref, written = after_call.read_to_her(parts(), g.staff, declined_id)
        return page("letter.html", "tasks", ref=ref, intake_id=declined_id, letters=after_call_words.letters(written))
    letters = not_taken.letters(deleted_on, referring.referral(parts(), intake))
    return page("letter.html", "tasks", ref=intake.ref, intake_id=declined_id, letters=letters)


def settings() -> ResponseReturnValue:
    """Let intakes be cleared by themselves, or no longer."""
    try:
        conflict_settings.auto_clear(parts(), g.staff, on=request.form.get("auto_clear") == "on")
    except conflict_settings.NoNamesYet:
        return redirect(f"{ALL}?note=no_names", 303)
    return redirect(f"{ALL}?note=set", 303)


def sign_none() -> ResponseReturnValue:
    """Sign that there are no names to read in."""
    if "signed" not in request.form:
        return redirect(f"{_back()}?note=sign", 303)
    conflict_settings.sign_none(parts(), g.staff)
    return redirect(f"{_back()}?note=signed", 303)


def ask() -> ResponseReturnValue:
    """Names to search for, and why."""
    return _search({}, wrong=False)


def search() -> ResponseReturnValue:
    """Whether each of them may be gone on with."""
    names = [name for typed in request.form.getlist("name")[:MOST_NAMES] if (name := " ".join(typed.split()))]
    purpose = request.form.get("purpose", "")
    if not names or purpose not in conflict_words.PURPOSES:
        return _search({}, wrong=True, names=names), 400
    return _search(conflict_desk.ask(parts(), g.staff, names, purpose), wrong=False)


def _one(review_id: UUID, *, note: str = "", decision: str = "", why: str = "") -> str:
    row = conflict_desk.review(parts(), g.staff, review_id)
    return page("conflict.html", DOOR, code=conflict_words, row=row, note=note, decision=decision, why=why)


def _undo(decided_id: UUID, *, note: str = "", why: str = "") -> str:
    look = undoing.look(parts(), g.staff, decided_id)
    return page("conflict_undo.html", DOOR, code=conflict_words, look=look, note=note, why=why)


def _search(found: dict[str, bool], *, wrong: bool, names: Sequence[str] = ()) -> str:
    words = {"found": found, "wrong": wrong, "most": MOST_NAMES, "names": names}
    return page("conflict_search.html", "names", code=conflict_words, **words)


def _back() -> str:
    return ALL if g.staff.may(Permission.DECIDE_CONFLICTS) else f"{ALL}/import"
