"""A helper with several people and one phone: a blank page between two of them, and her list of numbers and times."""

from typing import Any

from flask import Flask, g, redirect, render_template, session
from flask.typing import ResponseReturnValue

from scheduler.casework import helping, when
from scheduler.casework.helping import Helped
from scheduler.casework.intake import NoDraft
from scheduler.engine.branches import PAGES
from scheduler.web.apply import HELPER, address, draft_token, knows_little, open_here, standing, this_draft
from scheduler.web.parts import parts
from scheduler.words import _, locale

NEXT, HAND_OVER, HELPED = address("next"), address("hand-over"), address("helped")


def register(app: Flask) -> None:
    app.add_url_rule(NEXT, "helping.begin_next", begin_next, methods=["POST"])
    app.add_url_rule(HAND_OVER, "helping.hand_over", hand_over)
    app.add_url_rule(HELPED, "helping.listed", listed)
    app.context_processor(_around)


def begin_next() -> ResponseReturnValue:
    """Begin for another person; the one before is closed in this browser. Who came by a letter's link helps nobody."""
    if knows_little():
        return redirect(standing(this_draft()), 303)
    helper = str(session.get(HELPER) or helping.new_list())
    try:
        token = helping.next_person(parts(), draft_token(), helper, locale())
    except NoDraft:
        return redirect(standing(this_draft()), 303)
    session[HELPER] = helper
    open_here(token)
    return redirect(HAND_OVER, 303)


def hand_over() -> ResponseReturnValue:
    """A page with nothing on it but that the phone goes to the next person."""
    draft = this_draft()
    if draft is None:
        return redirect(standing(None), 303)
    return render_template("intake/hand_over.html", next_url=address(PAGES[0]))


def listed() -> ResponseReturnValue:
    """Numbers and times of those she helped, where the last one was sent as well; never an answer."""
    draft = this_draft()
    if draft is None or draft.is_open or HELPER not in session:
        return redirect(standing(draft), 303)
    rows = [(row.ref, _said(row)) for row in helping.helped(parts(), session[HELPER], draft.id)]
    return render_template("intake/helped.html", rows=rows, back_url=standing(draft))


def _said(row: Helped) -> str:
    """Her time, or by when she is called; empty where neither is settled."""
    if row.starts_at is not None:
        said = when.day_and_hour(row.starts_at, row.zone)
        return _("{when} ({zone} time)", when=said, zone=row.city) if row.city else _("{when} (your time)", when=said)
    return _("A person will call by {by}.", by=when.day_and_hour(row.call_by, row.zone)) if row.call_by else ""


def _around() -> dict[str, Any]:
    """Whether the page may offer the next person, and the list."""
    draft = g.get("draft")
    is_sent = draft is not None and not draft.is_open and not knows_little() and helping.helps(draft.answers)
    return {
        "next_person_url": NEXT if is_sent else None,
        "helped_url": HELPED if is_sent and HELPER in session else None,
    }
