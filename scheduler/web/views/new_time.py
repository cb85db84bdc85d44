"""After a cancellation: who proves that she is she chooses a new time."""

from contextlib import suppress

from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue

from scheduler.casework import after_call, new_time, referring, scanning
from scheduler.casework.cases import NotThere
from scheduler.casework.new_time import Return
from scheduler.casework.visits import NoSuchPage
from scheduler.web import after_call as after_call_words
from scheduler.web import locale, not_taken, proving, staying
from scheduler.web.apply import address, open_here
from scheduler.web.parts import parts
from scheduler.web.views import waiting_letter

RULE = "/c/<token>/new-time"
YES, NO = "yes", "no"


def register(app: Flask) -> None:
    app.add_url_rule(RULE, "new_time.show", show)
    app.add_url_rule(RULE, "new_time.save", save, methods=["POST"])
    app.add_url_rule("/c/<token>/share", "new_time.share", share, methods=["POST"])


def show(token: str) -> ResponseReturnValue:
    """Who is there? Then the letter after a call, if one waits, and that she may choose, or whom she calls."""
    try:
        seen = _look(token)
    except NoSuchPage:
        return waiting_letter.instead(token)
    if not proving.is_proven(seen):
        return proving.ask(token, seen)
    if seen.deleted_on is not None:
        return not_taken.page(seen.deleted_on, referring.referral(parts(), seen.intake), f"/c/{token}/share")
    written = after_call.letter(parts(), seen.intake)
    letter = after_call_words.words(written) if written is not None else None
    return render_template(
        "client/new_time.html",
        action=request.path,
        can_choose=seen.can_choose,
        letter=letter,
        is_one_lost=scanning.may_send_again(parts(), seen.intake),
    )


def save(token: str) -> ResponseReturnValue:
    """Take the proof; or let this browser go on with her intake, to the times or to the one she has meanwhile."""
    seen = _look(token)
    if proving.is_proof() or not proving.is_proven(seen):
        return proving.answer(token, seen)
    if not seen.can_choose:
        return redirect(request.path, 303)
    open_here(new_time.go_on(parts(), token), knows_little=True)
    return redirect(address("time"), 303)


def share(token: str) -> ResponseReturnValue:
    """Whether what she told may be shared with the office to which she is referred."""
    seen, said = _look(token), request.form.get("share")
    if proving.is_proven(seen) and said in {YES, NO}:
        with suppress(NotThere):
            referring.answer(parts(), seen.intake.id, yes=said == YES)
    return redirect(f"/c/{token}/new-time", 303)


def _look(token: str) -> Return:
    seen = new_time.visit(parts(), token)
    staying.stay(token, seen.stays, seen.subject)
    locale.prefer(seen.intake.locale)
    return seen
