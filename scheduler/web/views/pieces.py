"""A file that comes in pieces, asked by our own script on the page of files; what came of it, that page says."""

from typing import Any
from uuid import UUID

from flask import Flask, abort, request
from flask.typing import ResponseReturnValue

from forms.files import FilesForm
from scheduler.casework import arriving
from scheduler.casework.arriving import NoSuchFile, NotAPiece, NotWhole, Said
from scheduler.casework.more import NotOpen
from scheduler.casework.uploads import Enough, Unfit
from scheduler.casework.visits import Visit
from scheduler.web import proving
from scheduler.web.apply import context
from scheduler.web.parts import parts
from scheduler.web.views.client import look
from scheduler.web.views.files import ENOUGH, KEPT, REFUSED, RULE, SMALLER, count

ONE = f"{RULE}/<uuid:file_id>"
DONE: dict[str, Any] = {"id": None}
"""Nothing more is to be sent of this file, for better or worse."""


def register(app: Flask) -> None:
    app.add_url_rule(f"{RULE}/begin", "pieces.begin", begin, methods=["POST"])
    app.add_url_rule(f"{ONE}/<int:number>", "pieces.put", put, methods=["POST"])
    app.add_url_rule(f"{ONE}/whole", "pieces.whole", whole, methods=["POST"])


def begin(token: str) -> ResponseReturnValue:
    """Which file comes; which of its pieces are missing."""
    seen = _proven(token)
    form = FilesForm(request.form, context({}))
    form.validate()
    field, shows = request.form.get, form.answers().get("shows", "")
    said = Said(field("sha256", ""), field("size", 0, int), field("ending", ""), shows, "smaller" in request.form)
    try:
        begun = arriving.begin(parts(), seen.intake.id, said)
    except (Unfit, Enough, NotOpen) as refusal:
        return _over(refusal)
    if begun is None:
        count(KEPT)
        return DONE
    return {"id": begun.id, "missing": arriving.missing(parts(), seen.intake.id, begun)}


def put(token: str, file_id: UUID, number: int) -> ResponseReturnValue:
    """One piece."""
    seen = _proven(token)
    try:
        arriving.put(parts(), seen.intake.id, file_id, number, request.get_data(cache=False))
    except NoSuchFile:
        abort(404)
    except NotAPiece:
        abort(400)
    except (Unfit, Enough, NotOpen) as refusal:
        return _over(refusal)
    return {"id": file_id}


def whole(token: str, file_id: UUID) -> ResponseReturnValue:
    """All of it is here."""
    seen = _proven(token)
    try:
        said = arriving.finish(parts(), seen.intake.id, file_id)
    except NoSuchFile:
        abort(404)
    except NotWhole:
        abort(409)
    except (Unfit, Enough, NotOpen) as refusal:
        return _over(refusal)
    count(KEPT)
    if said.smaller:
        count(SMALLER)
    return DONE


def _over(refusal: Exception) -> ResponseReturnValue:
    count(REFUSED if isinstance(refusal, Unfit) else ENOUGH)
    return DONE


def _proven(token: str) -> Visit:
    seen = look(token)
    if not proving.is_proven(seen):
        abort(403)
    return seen
