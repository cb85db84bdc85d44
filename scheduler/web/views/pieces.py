"""A file that comes in pieces, asked by our own script on the page of files; what came of it, that page says."""

from collections.abc import Callable
from uuid import UUID

from flask import Flask, abort, request
from flask.typing import ResponseReturnValue

from forms.files import FilesForm
from scheduler.casework import arriving
from scheduler.casework.arriving import NoSuchFile, NotAPiece, NotWhole, Said
from scheduler.casework.more import NotOpen
from scheduler.casework.uploads import Enough, Unfit
from scheduler.web import proving
from scheduler.web.apply import context
from scheduler.web.parts import parts
from scheduler.web.views.client import look
from scheduler.web.views.files import ENOUGH, KEPT, REFUSED, RULE, SMALLER, count

ONE = f"{RULE}/<uuid:file_id>"
REFUSED_BY = {NoSuchFile: 404, NotAPiece: 400, NotWhole: 409}


def register(app: Flask) -> None:
    app.add_url_rule(f"{RULE}/begin", "pieces.begin", begin, methods=["POST"])
    app.add_url_rule(f"{ONE}/<int:number>", "pieces.put", put, methods=["POST"])
    app.add_url_rule(f"{ONE}/whole", "pieces.whole", whole, methods=["POST"])


def begin(token: str) -> ResponseReturnValue:
    """Which file comes; which of its pieces are missing."""

    def act(intake_id: UUID) -> ResponseReturnValue:
        form = FilesForm(request.form, context({}))
        form.validate()
        field, shows = request.form.get, form.answers().get("shows", "")
        said = Said(field("sha256", ""), field("size", 0, int), field("ending", ""), shows, "smaller" in request.form)
        begun = arriving.begin(parts(), intake_id, said)
        if begun is None:
            return _over(KEPT)
        return {"id": begun.id, "missing": arriving.missing(parts(), intake_id, begun)}

    return _asked(token, act)


def put(token: str, file_id: UUID, number: int) -> ResponseReturnValue:
    """One piece."""

    def act(intake_id: UUID) -> ResponseReturnValue:
        arriving.put(parts(), intake_id, file_id, number, request.get_data(cache=False))
        return {"id": file_id}

    return _asked(token, act)


def whole(token: str, file_id: UUID) -> ResponseReturnValue:
    """All of it is here."""

    def act(intake_id: UUID) -> ResponseReturnValue:
        said = arriving.finish(parts(), intake_id, file_id)
        if said.smaller:
            count(SMALLER)
        return _over(KEPT)

    return _asked(token, act)


def _asked(token: str, act: Callable[[UUID], ResponseReturnValue]) -> ResponseReturnValue:
    """What our script asks of her intake, once she has proved that she is she; what cannot be is a status."""
    seen = look(token)
    if not proving.is_proven(seen):
        abort(403)
    try:
        return act(seen.intake.id)
    except (NoSuchFile, NotAPiece, NotWhole) as refusal:
        abort(REFUSED_BY[type(refusal)])
    except Unfit:
        return _over(REFUSED)
    except (Enough, NotOpen):
        return _over(ENOUGH)


def _over(outcome: str) -> ResponseReturnValue:
    """Nothing more is to be sent of this file, for better or worse."""
    count(outcome)
    return {"id": None}
