"""The names of one intake, and an attorney's word that nothing speaks against hearing her."""

from uuid import UUID

from flask import Flask, g, redirect
from flask.typing import ResponseReturnValue

from scheduler.casework import conflict_confirming
from scheduler.casework.access import Permission
from scheduler.casework.cases import NotConfirmed
from scheduler.web import conflict_words
from scheduler.web.parts import parts
from scheduler.web.views.desk import page

RULE = "/desk/intake/<uuid:intake_id>/names"


def register(app: Flask) -> None:
    app.add_url_rule(RULE, "names.show", show)
    app.add_url_rule(RULE, "names.confirm", confirm, methods=["POST"])
    app.register_error_handler(NotConfirmed, names_first)


def show(intake_id: UUID) -> ResponseReturnValue:
    """Her names and whom they are like, and who has confirmed it."""
    seen = conflict_confirming.look(parts(), g.staff, intake_id)
    return page("names.html", "waiting", code=conflict_words, row=seen)


def confirm(intake_id: UUID) -> ResponseReturnValue:
    """Confirm it, and read on."""
    conflict_confirming.confirm(parts(), g.staff, intake_id)
    return redirect(f"/desk/intake/{intake_id}/names", 303)


def names_first(refused: NotConfirmed) -> ResponseReturnValue:
    """Before anything of hers is opened, or a call begins, an attorney looks at the names; who may not is told so."""
    where = f"/desk/intake/{refused.intake_id}"
    return redirect(f"{where}/names" if g.staff.may(Permission.LOOK_AT_NAMES) else f"{where}?note=names_first", 303)
