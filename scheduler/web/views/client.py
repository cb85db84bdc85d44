"""A client's own page: her time, who calls whom, and how she changes it. To look at it changes nothing."""

from dataclasses import replace
from typing import Any

from flask import Flask, Response, abort, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from forms.booking import MoveForm
from scheduler.casework import links, more, moving, new_time, not_now, openings, when
from scheduler.casework.confirmation import calendar, confirmed_by
from scheduler.casework.moving import Cancel, MoveTo, NotBookable, NotOffered, Refused, SlotTaken, TooLate, TooManyMoves
from scheduler.casework.openings import Offer
from scheduler.casework.visits import NoSuchPage, Visit, visit
from scheduler.engine.more_questions import MORE_PAGES
from scheduler.web import locale, proving, staying
from scheduler.web.apply import context
from scheduler.web.parts import parts
from scheduler.web.timetable import Timetable, next_times, start_of, times_words, timetable
from scheduler.web.views import waiting_letter
from scheduler.words import _

SAID, UNCHOSEN, CANCELLED = "said", "unchosen", "cancelled"
NONE = "none"


def register(app: Flask) -> None:
    for path, name, show, save in (
        ("move", "move", show_move, save_move),
        ("cancel", "cancel", show_cancel, save_cancel),
        ("not-now", "not_now", show_not_now, save_not_now),
    ):
        app.add_url_rule(f"/c/<token>/{path}", f"client.{name}", show)
        app.add_url_rule(f"/c/<token>/{path}", f"client.{name}_save", save, methods=["POST"])
    app.add_url_rule("/c/<token>", "client.page", show_page)
    app.add_url_rule("/c/<token>/calendar.ics", "client.calendar", download)


def show_page(token: str) -> ResponseReturnValue:
    """What the bare link tells: her time and who calls."""
    if new_time.is_return(parts(), token):
        return redirect(f"/c/{token}/new-time", 303)
    try:
        seen = look(token)
    except NoSuchPage:
        return waiting_letter.instead(token)
    said, by = session.pop(SAID, ""), confirmed_by(seen.consultation)
    words = {
        "by": when.day_and_hour(by, seen.zone) if by else None,
        "said": (said,) if said else (),
        "mode": seen.consultation.call_mode,
        "room_url": seen.room_url,
        "base_path": f"/c/{token}",
        "is_standing": seen.is_standing,
        "is_over": seen.is_over,
        "can_say_not_now": seen.can_say_not_now,
        "can_move": seen.can_move,
        "can_cancel": seen.can_cancel,
        "can_correct": seen.can_correct,
        "more_url": f"/c/{token}/more/{MORE_PAGES[0]}" if more.is_open(parts(), seen.intake) else None,
    }
    return render_template("client/page.html", **words, **_when(seen))


def download(token: str) -> ResponseReturnValue:
    """The time for her own calendar."""
    content = calendar(parts(), look(token).consultation)
    if content is None:
        abort(404)
    headers = {"Content-Disposition": 'attachment; filename="calendar.ics"'}
    return Response(content, mimetype="text/calendar", headers=headers)


def show_move(token: str) -> ResponseReturnValue:
    """Other times, once she has proved who she is."""
    seen = look(token)
    if not seen.can_move:
        return redirect(f"/c/{token}", 303)
    if not proving.is_proven(seen):
        return proving.ask(token, seen, f"/c/{token}")
    return _other_times(token, seen, _move_form(None))


def save_move(token: str) -> ResponseReturnValue:
    """Move the call to the time she chose."""
    seen = look(token)
    if proving.is_proof() or not proving.is_proven(seen):
        return proving.answer(token, seen)
    form = _move_form(request.form)
    if not form.validate():
        return _ask_again()
    start = start_of(form.answers()["slot_id"])
    try:
        moving.move(parts(), MoveTo(seen.consultation.id, start))
    except (SlotTaken, NotOffered):
        return _other_times(token, seen, _move_form(None), taken=True)
    except (TooLate, TooManyMoves, NotBookable, Refused):
        return _back(token)
    return _back(token, _("Your new time is saved."))


def show_cancel(token: str) -> ResponseReturnValue:
    """Ask once more; after it is done, say so to the browser that did it."""
    try:
        seen = look(token)
    except NoSuchPage:
        if session.get(CANCELLED) != links.digest(token).hex():
            raise
        return render_template("client/page.html", cancelled=True)
    if not seen.can_cancel:
        return redirect(f"/c/{token}", 303)
    if not proving.is_proven(seen):
        return proving.ask(token, seen, f"/c/{token}")
    return render_template("client/cancel.html", action=request.path, back_url=f"/c/{token}", **_when(seen))


def save_cancel(token: str) -> ResponseReturnValue:
    """Cancel the call; the link ends with it."""
    if session.get(CANCELLED) == links.digest(token).hex():
        return redirect(request.path, 303)
    seen = look(token)
    if proving.is_proof() or not proving.is_proven(seen):
        return proving.answer(token, seen)
    if not seen.can_cancel:
        return _back(token)
    try:
        moving.cancel(parts(), Cancel(seen.consultation.id))
    except Refused:
        return _back(token)
    session[CANCELLED] = links.digest(token).hex()
    return redirect(request.path, 303)


def show_not_now(token: str) -> ResponseReturnValue:
    """The next times, without a question: she may have seconds."""
    seen = look(token)
    if not seen.can_say_not_now:
        return redirect(f"/c/{token}/move" if seen.can_move else f"/c/{token}", 303)
    return _next_times(token, seen, _move_form(None))


def save_not_now(token: str) -> ResponseReturnValue:
    """Move the call, or have somebody call back."""
    seen = look(token)
    if not seen.can_say_not_now:
        return _back(token)
    if NONE in request.form:
        return _call_back(token, seen)
    form = _move_form(request.form)
    if not form.validate():
        return _ask_again()
    try:
        not_now.postpone(parts(), seen.consultation.id, start_of(form.answers()["slot_id"]))
    except (SlotTaken, NotOffered):
        return _next_times(token, seen, _move_form(None), taken=True)
    except (NotBookable, Refused):
        return _call_back(token, seen)
    return _back(token, _("Your new time is saved."))


def look(token: str) -> Visit:
    """Open the page by its link, in her language."""
    seen = visit(parts(), token)
    staying.stay(token, seen.stays, seen.subject)
    locale.prefer(seen.intake.locale)
    return seen


def _back(token: str, said: str = "") -> ResponseReturnValue:
    """To her page, with one sentence about what happened."""
    if said:
        session[SAID] = said
    return redirect(f"/c/{token}", 303)


def _ask_again() -> ResponseReturnValue:
    """The same page once more, with a message that a time must be chosen."""
    session[UNCHOSEN] = True
    return redirect(request.path, 303)


def _call_back(token: str, seen: Visit) -> ResponseReturnValue:
    by = not_now.call_back(parts(), seen.consultation.id)
    return _back(token, _("A person will call you by {by}.", by=when.day_and_hour(by, seen.zone)))


def _move_form(posted: Any) -> MoveForm:
    form = MoveForm(posted, context({}))
    if posted is None and session.pop(UNCHOSEN, False):
        form.slot_id.errors = [str(form.slot_id.error)]
    return form


def _other_times(token: str, seen: Visit, form: MoveForm, *, taken: bool = False) -> ResponseReturnValue:
    offer = _offer(seen)
    shown = timetable(offer, request.args.get("week"))
    page = render_template("client/move.html", form=form, taken=taken, **_choice(token, seen, offer, shown))
    return page, 409 if taken else 200


def _next_times(token: str, seen: Visit, form: MoveForm, *, taken: bool = False) -> ResponseReturnValue:
    offer = _offer(seen)
    shown = next_times(offer, not_now.OFFERED)
    page = render_template("client/not_now.html", form=form, taken=taken, **_choice(token, seen, offer, shown))
    return page, 409 if taken else 200


def _choice(token: str, seen: Visit, offer: Offer, shown: Timetable) -> dict[str, Any]:
    """What a page of times to choose from says."""
    return {
        **times_words(offer, shown, seen.now),
        "zone": seen.city,
        "action": request.path,
        "back_url": f"/c/{token}",
        "when_long": when.day_and_hour(seen.consultation.starts_at, seen.zone),
    }


def _offer(seen: Visit) -> Offer:
    """Every other time she may have; none where her intake is closed."""
    consultation = seen.consultation
    try:
        offer = openings.offered(parts(), seen.intake.id, moving=consultation.id)
    except NotBookable:
        return Offer(zone=seen.zone, place=None, length=0, starts=())
    return replace(offer, starts=tuple(start for start in offer.starts if start != consultation.starts_at))


def _when(seen: Visit) -> dict[str, Any]:
    return {"when_long": when.sentence(when.day_and_hour(seen.consultation.starts_at, seen.zone)), "zone": seen.city}
