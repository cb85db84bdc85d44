"""Her own page: she corrects where she is, her dates, how to reach her, once a code has shown that she is she."""

from typing import Any

from flask import Flask, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from forms.base import IntakePage
from forms.flow import BY_SLUG
from forms.notes import spoken
from scheduler.casework import correcting, proofs, rejections
from scheduler.casework.correcting import Closed, Corrected, Correction, Known
from scheduler.casework.firm import firm
from scheduler.casework.rejections import Rejected
from scheduler.casework.versions import Overtaken
from scheduler.casework.visits import Visit
from scheduler.engine import branches, corrections
from scheduler.web import meanwhile, proving
from scheduler.web.apply import context, drawn
from scheduler.web.parts import parts
from scheduler.web.views.client import SAID, look
from scheduler.words import _

FACTS = "/c/<token>/facts"
KEEP = "keep"
"""Asks for the page as it is saved; what was typed on it is not shown again."""

PAGE = f"{FACTS}/<any({','.join(corrections.PAGES)}):page>"


def register(app: Flask) -> None:
    app.add_url_rule(FACTS, "correct.choose", choose)
    app.add_url_rule(FACTS, "correct.prove", prove, methods=["POST"])
    app.add_url_rule(PAGE, "correct.show", show)
    app.add_url_rule(PAGE, "correct.save", save, methods=["POST"])


def choose(token: str) -> ResponseReturnValue:
    """What has changed?"""
    seen = look(token)
    if not seen.can_correct:
        return redirect(f"/c/{token}", 303)
    by_code = _gets_codes(seen)
    if not proving.is_proven(seen, by_code=by_code):
        return proving.ask(token, seen, f"/c/{token}", by_code=by_code)
    pages = [(f"/c/{token}/facts/{page}", BY_SLUG[page].title) for page in _pages(by_code=by_code)]
    return render_template("client/facts.html", pages=pages, back_url=f"/c/{token}")


def prove(token: str) -> ResponseReturnValue:
    """Take the code, or send one."""
    return proving.answer(token, look(token))


def show(token: str, page: str) -> ResponseReturnValue:
    """A page of what she told, to be corrected."""
    seen = look(token)
    known = _known(seen, page)
    if known is None:
        return redirect(f"/c/{token}/facts", 303)
    saved = BY_SLUG[page](None, context(known.answers))
    rejected = _refused(page, known)
    form = drawn(BY_SLUG[page], page, saved.context, rejected)
    then = meanwhile.version_of(rejected)
    notes = branches.notes(page, known.answers, saved.context.today, **saved.context.firm.branching)
    others = meanwhile.words(seen.intake.id, saved, known.answers, then)
    return render_template("client/fact.html", page=form, notes=spoken(form, notes), **others, **_around(token))


def save(token: str, page: str) -> ResponseReturnValue:
    """Keep what is corrected and say what comes of it, or show the page again with what is to be mended."""
    seen = look(token)
    known = _known(seen, page)
    if known is None:
        return redirect(f"/c/{token}/facts", 303)
    if KEEP in request.form:
        return _as_saved(token, seen, page)
    form = BY_SLUG[page](request.form, context(known.answers))
    try:
        outcome = _corrected(seen, page, form)
        if outcome is None:
            return _ask_again(seen, page, form)
    except Closed:
        return redirect(f"/c/{token}", 303)
    if outcome.asks_again:
        return redirect(request.path, 303)
    session[SAID] = _words(seen, outcome)
    return redirect(f"/c/{token}", 303)


def _corrected(seen: Visit, page: str, form: IntakePage) -> Corrected | None:
    """What came of it; None where something is to be mended, or to be decided because somebody else was quicker."""
    if not form.validate():
        return None
    try:
        wish = Correction(seen.intake.id, page, form.answers(), version=meanwhile.typed_from())
        return correcting.correct(parts(), wish)
    except Overtaken:
        return None


def _gets_codes(seen: Visit) -> bool:
    return proofs.ways(parts(), seen.intake).code


def _pages(*, by_code: bool) -> tuple[str, ...]:
    """What she may correct here: how to reach her only after a code, for which she must be reachable."""
    return tuple(page for page in corrections.PAGES if page != "contact" or by_code)


def _known(seen: Visit, page: str) -> Known | None:
    """What may be corrected on the page; None where she has not proved enough, or nothing is corrected any more."""
    by_code = _gets_codes(seen)
    if not (seen.can_correct and proving.is_proven(seen, by_code=by_code) and page in _pages(by_code=by_code)):
        return None
    try:
        return correcting.known(parts(), seen.intake)
    except Closed:
        return None


def _ask_again(seen: Visit, page: str, form: IntakePage) -> ResponseReturnValue:
    """
    The page once more, with what she typed.

    Raises:
        Closed: The intake is over.
    """
    correcting.reject(parts(), seen.intake.id, page, meanwhile.kept_with(form.raw()))
    proving.keep_refused()
    return redirect(request.path, 303)


def _as_saved(token: str, seen: Visit, page: str) -> ResponseReturnValue:
    """The page as it is saved; what she typed on it goes."""
    try:
        correcting.wanted_as_saved(parts(), seen.intake.id, page)
    except Closed:
        return redirect(f"/c/{token}", 303)
    return redirect(request.path, 303)


def _refused(page: str, known: Known) -> Rejected | None:
    """The page as it was refused, until she wants it as it is saved."""
    return rejections.of(page, known.rejected) if proving.shows_refused() else None


def _around(token: str) -> dict[str, Any]:
    return {"action": request.path, "back_url": f"/c/{token}/facts"}


def _words(seen: Visit, outcome: Corrected) -> str:
    """What she is told: to call where a date is close, that her hour is told anew where her clock is another."""
    if outcome.call_now:
        said = _("Your date is very close. Please call {phone} now. Say the number {ref}.")
        return said.format(phone=firm().phone, ref=seen.intake.ref)
    if outcome.other_clock:
        return _("Saved. The hour of your appointment is shown in your new place's time.")
    return _("Saved. Thank you for telling us.")
