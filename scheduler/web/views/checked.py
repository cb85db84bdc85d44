"""One of the staff corrects what a client told, and says from where it is known now."""

from uuid import UUID

from flask import Flask, g, redirect, request
from flask.typing import ResponseReturnValue

from forms.base import IntakePage
from forms.flow import BY_SLUG
from forms.notes import spoken
from scheduler.casework import cases, correcting
from scheduler.casework.access import Permission
from scheduler.casework.cases import NotThere
from scheduler.casework.correcting import Closed, Correction
from scheduler.casework.versions import Overtaken
from scheduler.engine import branches, corrections
from scheduler.engine.answers import Answers
from scheduler.web import meanwhile
from scheduler.web.apply import context
from scheduler.web.parts import parts
from scheduler.web.views.desk import page as desk_page

PAGE = f"/desk/intake/<uuid:intake_id>/facts/<any({','.join(corrections.PAGES)}):page>"
CONTACT = "contact"
"""How to reach her is the front desk's and the paralegals' to correct; an attorney only reads it (intake.md §3.1)."""

SOURCES = ("client_said", "paper_seen", "acis_checked")


def register(app: Flask) -> None:
    app.add_url_rule(PAGE, "checked.show", show)
    app.add_url_rule(PAGE, "checked.save", save, methods=["POST"])


def show(intake_id: UUID, page: str) -> ResponseReturnValue:
    """The facts of one page as they are known."""
    try:
        return _shown(intake_id, page, BY_SLUG[page](None, context(_answers(intake_id, page))))
    except Closed:
        return redirect(f"/desk/intake/{intake_id}", 303)


def save(intake_id: UUID, page: str) -> ResponseReturnValue:
    """Keep them, or show what is to be mended with what was typed."""
    source = request.form.get("source", "")
    try:
        form = BY_SLUG[page](request.form, context(_answers(intake_id, page)))
        if not form.validate() or source not in SOURCES:
            return _shown(intake_id, page, form, source=source, no_source=source not in SOURCES), 400
        version = meanwhile.typed_from()
        wish = Correction(intake_id, page, form.answers(), staff_id=g.staff.id, source=source, version=version)
        outcome = correcting.correct(parts(), wish)
    except Overtaken:
        again = BY_SLUG[page](request.form, context(_answers(intake_id, page)))
        again.validate()
        return _shown(intake_id, page, again, source=source), 409
    except Closed:
        return redirect(f"/desk/intake/{intake_id}", 303)
    return redirect(request.path if outcome.asks_again else f"/desk/intake/{intake_id}?note=corrected", 303)


def _answers(intake_id: UUID, page: str) -> Answers:
    """
    What she may see of it.

    Raises:
        NotThere: There is no such intake, or this page of it is not hers to correct.
        Closed: It is over.
    """
    if page == CONTACT and not g.staff.may(Permission.CORRECT_CONTACT):
        raise NotThere
    case = cases.open_case(parts(), g.staff, intake_id)
    return correcting.shown(case.state, case.answers)


def _shown(intake_id: UUID, page: str, form: IntakePage, *, source: str = "", no_source: bool = False) -> str:
    words = form.context
    notes = branches.notes(page, words.answers, words.today, **words.firm.branching)
    told = {"form": form, "notes": spoken(form, notes), "source": source, "sources": SOURCES, "no_source": no_source}
    saved = BY_SLUG[page](None, words)
    others = meanwhile.words(intake_id, saved, words.answers, meanwhile.typed_from())
    return desk_page("fact.html", "waiting", intake_id=intake_id, slug=page, **told, **others)
