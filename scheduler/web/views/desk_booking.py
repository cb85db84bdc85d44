"""The desk books somebody who waits: a time of the list or any other, kept for 20 minutes, then confirmed."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Flask, g, redirect, request
from flask.typing import ResponseReturnValue

from scheduler.casework import cases, confirmation, desk_booking, openings, slot_holds
from scheduler.casework.booking import BookSlot, ByDesk, NotBookable, NotOffered, NotWarned, SlotTaken, book
from scheduler.casework.firm import firm
from scheduler.web.desk_words import WARNINGS, WHY_BOOKED
from scheduler.web.parts import parts
from scheduler.web.timetable import start_of, times_words, timetable
from scheduler.web.views.desk import page

TIMES = "/desk/intake/<uuid:intake_id>/book"
CONFIRM = f"{TIMES}/confirm"
MODES = ("phone", "whatsapp_call", "video")


def register(app: Flask) -> None:
    app.add_url_rule(TIMES, "desk_booking.times", times)
    app.add_url_rule(TIMES, "desk_booking.keep", keep, methods=["POST"])
    app.add_url_rule(CONFIRM, "desk_booking.confirm", confirm)
    app.add_url_rule(CONFIRM, "desk_booking.book", book_it, methods=["POST"])


def times(intake_id: UUID) -> ResponseReturnValue:
    """The times that are offered, and any other."""
    case, shown, late, kept = cases.open_case(parts(), g.staff, intake_id), {}, False, None
    try:
        kept = desk_booking.kept(parts(), intake_id)
        offer = openings.offered(parts(), intake_id)
    except NotBookable:
        pass
    else:
        late = offer.late
        shown = times_words(offer, timetable(offer, request.args.get("week")), parts().clock.now())
    words = {"people": cases.bookable(), "note": request.args.get("note", ""), "late": late, "kept": kept}
    return page("book.html", "waiting", case=case, **words, **shown)


def keep(intake_id: UUID) -> ResponseReturnValue:
    """Keep the chosen time while she is asked."""
    try:
        start, attorney = _chosen()
        slot_holds.keep_for_desk(parts(), g.staff.id, intake_id, start, attorney)
    except ValueError:
        return redirect(f"{_address(intake_id)}/book?note=choose", 303)
    except (SlotTaken, NotOffered):
        return redirect(f"{_address(intake_id)}/book?note=taken", 303)
    except NotBookable:
        return redirect(f"{_address(intake_id)}/book?note=refused", 303)
    return redirect(f"{_address(intake_id)}/book/confirm", 303)


def confirm(intake_id: UUID) -> ResponseReturnValue:
    """What is kept, and what must be known of it."""
    case = cases.open_case(parts(), g.staff, intake_id)
    try:
        kept = desk_booking.kept(parts(), intake_id)
    except NotBookable:
        kept = None
    if kept is None:
        return redirect(f"{_address(intake_id)}/book?note=lapsed", 303)
    words = {"modes": MODES, "why": WHY_BOOKED, "note": request.args.get("note", "")}
    return page("book_confirm.html", "waiting", case=case, kept=kept, **words)


def book_it(intake_id: UUID) -> ResponseReturnValue:
    """Book what is kept."""
    mode, reason = request.form.get("call_mode", ""), request.form.get("reason", "")
    warned = frozenset(request.form.getlist("warned")) & WARNINGS.keys()
    try:
        kept = desk_booking.kept(parts(), intake_id)
        if kept is None:
            return redirect(f"{_address(intake_id)}/book?note=lapsed", 303)
        by = ByDesk(g.staff.id, kept.number, warned, reason if reason in WHY_BOOKED else "")
        key = confirmation.booking_key(intake_id)
        call = book(parts(), BookSlot(intake_id, kept.starts_at, mode if mode in MODES else MODES[0], key, by))
    except NotWarned:
        return redirect(f"{_address(intake_id)}/book/confirm?note=why", 303)
    except (SlotTaken, NotOffered):
        return redirect(f"{_address(intake_id)}/book?note=taken", 303)
    except NotBookable:
        return redirect(f"{_address(intake_id)}/book?note=refused", 303)
    return redirect(f"/desk/consultation/{call.id}?note=booked", 303)


def _chosen() -> tuple[datetime, int | None]:
    """
    A time of the list with whoever has it, or any other with one attorney, by the firm's clock.

    Raises:
        ValueError: It is no time.
    """
    form = request.form
    if form.get("day"):
        typed = datetime.fromisoformat(f"{form['day']}T{form.get('time', '')}")
        return typed.replace(tzinfo=ZoneInfo(firm().zone)), int(form.get("attorney", ""))
    return start_of(form.get("slot_id", "")), None


def _address(intake_id: UUID) -> str:
    return f"/desk/intake/{intake_id}"
