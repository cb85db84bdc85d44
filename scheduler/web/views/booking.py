"""The times that are offered, the one that is booked, and the page that says so."""

import re
from typing import Any

from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forms.booking import TimeForm
from scheduler.casework import intake, more, openings, rejections, when
from scheduler.casework.booking import FIRST, BookSlot, NotBookable, NotOffered, SlotTaken, book
from scheduler.casework.confirmation import Confirmation, booking_key, confirmation
from scheduler.casework.firm import firm
from scheduler.casework.intake import Draft
from scheduler.casework.openings import Offer
from scheduler.casework.rejections import Rejected
from scheduler.casework.slot_holds import hold
from scheduler.engine.branches import PAGES
from scheduler.engine.more_questions import MORE_PAGES
from scheduler.engine.states import IntakeState
from scheduler.web.apply import context, draft_token, drawn, this_draft
from scheduler.web.parts import parts
from scheduler.web.timetable import start_of, times_words, timetable
from scheduler.words import _

PAGE = "time"
TIME, DONE, START, LAST = "/apply/time", "/apply/done", "/", "/apply/notices"
AGAIN = re.compile(r"again-\d{1,2}", re.ASCII)


def register(app: Flask) -> None:
    app.add_url_rule(TIME, "booking.time", show_time)
    app.add_url_rule(TIME, "booking.book", book_time, methods=["POST"])
    app.add_url_rule(DONE, "booking.done", done)


def show_time() -> ResponseReturnValue:
    """The times this intake may choose from."""
    draft = this_draft()
    elsewhere = _elsewhere(draft)
    if draft is None or elsewhere:
        return redirect(elsewhere, 303)
    return _times(draft, drawn(TimeForm, PAGE, context(draft.answers), rejections.of(PAGE, draft.rejected)))


def book_time() -> ResponseReturnValue:
    """Book the chosen time, once, however often this is sent."""
    draft = this_draft()
    elsewhere = _elsewhere(draft)
    if draft is None or elsewhere:
        return redirect(elsewhere, 303)
    form = TimeForm(request.form, context(draft.answers))
    return _book(draft, form) if form.validate() else _mend(draft, form)


def done() -> ResponseReturnValue:
    """The booked time, her number, and what comes next."""
    draft = this_draft()
    booked = confirmation(parts(), draft.id) if draft is not None else None
    if draft is None or booked is None:
        return redirect(_elsewhere(draft) or TIME, 303)
    return render_template("intake/done.html", more_url=_more(draft, booked), **_done(booked))


def _elsewhere(draft: Draft | None) -> str:
    """Where she belongs who has no time to choose; empty for her who has."""
    if draft is None:
        return START
    if confirmation(parts(), draft.id) is not None:
        return DONE
    if draft.promise is not None:
        return f"/apply/{draft.promise.stop}"
    return LAST if draft.state is IntakeState.DRAFT else ""


def _mend(draft: Draft, form: TimeForm) -> ResponseReturnValue:
    """Show it once more with what is to be mended; a time that was chosen well is kept for her meanwhile."""
    if form.slot_id.data and not form.slot_id.errors:
        try:
            hold(parts(), draft.id, start_of(form.slot_id.data))
        except (SlotTaken, NotOffered):
            form.slot_id.typed = {}
            return _times(draft, form, taken=True)
        except NotBookable:
            return _away(draft)
    intake.reject(parts(), draft_token(), Rejected(PAGE, form.raw()))
    return redirect(TIME, 303)


def _book(draft: Draft, form: TimeForm) -> ResponseReturnValue:
    said = form.answers()
    wish = BookSlot(draft.id, start_of(said["slot_id"]), said["call_mode"], _key())
    try:
        book(parts(), wish)
    except (SlotTaken, NotOffered):
        form.slot_id.typed = {}
        openings.promise_earlier(parts(), draft.id)
        return _times(draft, form, taken=True)
    except NotBookable:
        return _away(draft)
    return redirect(DONE, 303)


def _away(draft: Draft) -> ResponseReturnValue:
    """What was sent books nothing: to the page that says to call, or to the beginning."""
    return redirect(TIME if draft.calls_to_book else START, 303)


def _not_here(draft: Draft) -> ResponseReturnValue:
    """Who chooses no time by herself calls us, and reads no word of why; everybody else begins anew."""
    if not draft.calls_to_book:
        return redirect(START, 303)
    return render_template("client/new_time.html", can_choose=False)


def _key() -> str:
    """The booking that the page was shown for, where it was not the first."""
    said = request.form.get("again", "")
    return said if AGAIN.fullmatch(said) else FIRST


def _times(draft: Draft, form: TimeForm, *, taken: bool = False) -> ResponseReturnValue:
    try:
        offer = openings.offered(parts(), draft.id)
    except NotBookable:
        return _not_here(draft)
    again = booking_key(draft.id)
    words = {
        "form": form,
        "taken": taken,
        "progress": (len(PAGES), len(PAGES)),
        "again": again if AGAIN.fullmatch(again) else "",
        "length": offer.length,
        "fee": firm().text("cost"),
        **_sooner(draft, offer),
        **times_words(offer, timetable(offer, request.args.get("week")), parts().clock.now()),
    }
    return render_template("intake/time.html", **words), 409 if taken else 200


def _sooner(draft: Draft, offer: Offer) -> dict[str, Any]:
    """Where nothing is free in time: the call that was promised, that she may ask for one, or that she calls us."""
    if not offer.late:
        return {}
    by = when.day_and_hour(offer.promised_by, offer.zone) if offer.promised_by else None
    return {"ref": draft.ref, "late": True, "call_now": offer.call_now, "sooner_by": by}


def _more(draft: Draft, booked: Confirmation) -> str | None:
    """Where a few more answers can be given, for her who may."""
    is_open = booked.page_url and more.part_b_open(draft, draft.answers)
    return f"{booked.page_url}/more/{MORE_PAGES[0]}" if is_open else None


def _done(booked: Confirmation) -> dict[str, Any]:
    return {
        "ref": booked.ref,
        "when_long": when.sentence(when.day_and_hour(booked.starts_at, booked.zone)),
        "zone": booked.city,
        "how": _how(booked),
        "by": when.day_and_hour(booked.confirmed_by, booked.zone) if booked.confirmed_by else None,
        "writes": booked.channel is not None,
        "page_url": booked.page_url,
        "ics_url": f"{booked.page_url}/calendar.ics" if booked.page_url else None,
    }


def _how(booked: Confirmation) -> str:
    if booked.call_mode == "whatsapp_call":
        return _("We will call you on WhatsApp from {phone}. You do not need to call.", phone=firm().phone)
    if booked.call_mode == "video" and booked.page_url:
        return _("The video link opens on your own page 10 minutes before.")
    return _("We will call you from {phone}. You do not need to call.", phone=firm().phone)
