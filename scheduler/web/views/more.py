"""Part B on a client's own page: optional answers, a page at a time, once she has proved who she is."""

from contextlib import suppress
from typing import Any

from flask import Flask, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from forms.more.flow import BY_SLUG
from scheduler.casework import more, rejections
from scheduler.casework.more import More, NotOpen, SaveMore
from scheduler.casework.versions import Overtaken
from scheduler.casework.visits import Visit
from scheduler.engine import more_pages
from scheduler.web import meanwhile, proving
from scheduler.web.apply import context, drawn
from scheduler.web.guide import guide
from scheduler.web.parts import parts
from scheduler.web.views.client import SAID, look
from scheduler.words import _

RULE = f"/c/<token>/more/<any({','.join(BY_SLUG)}):page>"
FORGET, KEEP = "forget", "keep"
PAPERS, GUIDE = "papers", "guide"


def register(app: Flask) -> None:
    app.add_url_rule(RULE, "more.show", show)
    app.add_url_rule(RULE, "more.save", save, methods=["POST"])


def show(token: str, page: str) -> ResponseReturnValue:
    """A page with what may be shown of her answers; one that asks her nothing leads on."""
    seen = look(token)
    if not proving.is_proven(seen):
        return _ask(token, seen)
    known = _look(seen)
    if known is None:
        return redirect(f"/c/{token}", 303)
    if page not in known.pages:
        return redirect(_following(token, page, known), 303)
    if page == PAPERS and GUIDE in request.args:
        return guide(known.answers, request.path)
    rejected = rejections.of(page, known.rejected) if proving.shows_refused() else None
    saved = BY_SLUG[page](None, context(known.answers))
    then = meanwhile.version_of(rejected)
    others = meanwhile.told(saved, known.answers, then, known.versions[page], known.kept)
    form = drawn(BY_SLUG[page], page, saved.context, rejected)
    return render_template("client/more.html", page=form, **others, **_around(token, page, known))


def save(token: str, page: str) -> ResponseReturnValue:
    """Keep what was answered and go on, or show the page again with what is to be mended."""
    seen = look(token)
    if proving.is_proof() or not proving.is_proven(seen):
        return proving.answer(token, seen)
    known = _look(seen)
    if known is None or page not in known.pages:
        return redirect(f"/c/{token}", 303)
    try:
        if not _saved(page, known):
            return redirect(request.path, 303)
    except NotOpen:
        return redirect(f"/c/{token}", 303)
    return redirect(_following(token, page, _look(seen) or known), 303)


def _saved(page: str, known: More) -> bool:
    """
    Whether it is; otherwise it waits as it was typed, to be mended or because another tab was quicker.

    Raises:
        NotOpen: It is not open any more.
    """
    if KEEP in request.form:
        more.wanted_as_saved(parts(), known.intake_id, page)
        return False
    form = BY_SLUG[page](request.form, context(known.answers))
    forget = FORGET in request.form
    with suppress(Overtaken):
        if form.validate():
            wish = SaveMore(page, form.answers(), meanwhile.typed_from(), forget=forget)
            more.save(parts(), known.intake_id, wish)
            return True
    more.reject(parts(), known.intake_id, page, meanwhile.kept_with(form.raw()))
    proving.keep_refused()
    return False


def _ask(token: str, seen: Visit) -> ResponseReturnValue:
    """Who is there? But only where there is something behind the question."""
    if not more.is_open(parts(), seen.intake):
        return redirect(f"/c/{token}", 303)
    return proving.ask(token, seen, f"/c/{token}")


def _look(seen: Visit) -> More | None:
    try:
        return more.look(parts(), seen.intake.id)
    except NotOpen:
        return None


def _following(token: str, page: str, known: More) -> str:
    """The next page that asks her something; after the last her own, which says so."""
    following = more_pages.after(page, known.pages)
    if following is None:
        session[SAID] = _("Your answers are saved. You can change them until the call.")
        return f"/c/{token}"
    return f"/c/{token}/more/{following}"


def _around(token: str, page: str, known: More) -> dict[str, Any]:
    """What stands around the questions of a page."""
    before, following = more_pages.before(page, known.pages), more_pages.after(page, known.pages)
    own = f"/c/{token}"
    return {
        "action": request.path,
        "progress": (known.pages.index(page) + 1, len(known.pages)),
        "is_kept": page in known.hidden,
        "back_url": f"{own}/more/{before}" if before else own,
        "skip_url": f"{own}/more/{following}" if following else own,
        "files_url": f"{own}/files" if page == PAPERS else None,
        "guide_url": f"{request.path}?{GUIDE}=1" if page == PAPERS else None,
    }
