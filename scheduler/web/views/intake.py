"""The start, the pages of the application, the tips, and the stops where a person takes over."""

from typing import Any

from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forms.base import IntakePage
from forms.flow import BY_SLUG, COPY_VERSION
from forms.intake.notices import NOTICE_VERSION
from forms.notes import spoken
from scheduler.casework import intake, leaving, openings, rejections, triage, when
from scheduler.casework.confirmation import confirmation
from scheduler.casework.firm import firm
from scheduler.casework.intake import AlreadySent, Draft, NoDraft, SavePage
from scheduler.casework.promises import Promise
from scheduler.casework.rejections import Rejected
from scheduler.casework.resuming import may_resume
from scheduler.casework.wanted import base_length
from scheduler.engine import branches, safe_contact
from scheduler.engine.answers import Answers
from scheduler.web.apply import (
    address,
    begin_draft,
    context,
    draft_token,
    drawn,
    forget_draft,
    forget_everybody,
    standing,
    this_draft,
)
from scheduler.web.emergency import emergency
from scheduler.web.parts import parts
from scheduler.web.retention import retention, whole
from scheduler.words import locale

FIRST = branches.PAGES[0]
CONTACT = branches.PAGES.index("contact")
"""From here on she may ask to be called instead, and sees her number."""

TRAP = "website"
"""The field that only machines fill."""

PAGE_RULE = f"/apply/<any({','.join(BY_SLUG)}):page>"


def register(app: Flask) -> None:
    app.add_url_rule("/", "intake.start", start)
    app.add_url_rule("/", "intake.start_anew", start_anew, methods=["POST"])
    app.add_url_rule(PAGE_RULE, "intake.page", show)
    app.add_url_rule(PAGE_RULE, "intake.save", save, methods=["POST"])
    app.add_url_rule(address(branches.TIPS), "intake.tips", tips)
    app.add_url_rule(address(branches.ASK_FIRST), "intake.ask_first", ask_first)
    app.add_url_rule("/privacy", "intake.privacy", privacy)
    app.add_url_rule(address(branches.CALL_NOW), "intake.call_now", call_now)
    app.add_url_rule(address(branches.WE_WILL_CALL), "intake.we_will_call", we_will_call)


def start() -> ResponseReturnValue:
    """What this is, how long it takes, what it costs, and the earliest free day."""
    house, day = firm(), openings.earliest_free_day(parts())
    words = {"length": base_length(house), "fee": house.text("cost"), "earliest_day": when.day(day) if day else ""}
    draft = this_draft()
    return render_template("intake/start.html", **words, go_on_url=standing(draft) if draft else None)


def start_anew() -> ResponseReturnValue:
    """Begin for somebody else; what was open in this browser is kept, and opens here no more."""
    leaving.step_away(parts(), draft_token())
    forget_everybody()
    return redirect(address(FIRST), 303)


def show(page: str) -> ResponseReturnValue:
    """A page with her answers, or as it was refused."""
    draft = _draft_for(page)
    if not _may_open(page, draft):
        return redirect(standing(draft), 303)
    form = _form(page, draft)
    return render_template("intake/page.html", page=form, **_around(page, draft, form))


def save(page: str) -> ResponseReturnValue:
    """Keep what was answered and go on, or show the page again with what is to be mended."""
    draft = _draft_for(page)
    if not _may_open(page, draft):
        return redirect(standing(draft), 303)
    if draft is None:
        begin_draft()
    form = BY_SLUG[page](request.form, context(_answers(draft)))
    try:
        return redirect(address(_saved(page, form)), 303)
    except (NoDraft, AlreadySent):
        return redirect(standing(this_draft()), 303)


def tips() -> ResponseReturnValue:
    """A safer way, for her whose device others may see."""
    draft = this_draft()
    if draft is None or not draft.is_open:
        return redirect(standing(draft), 303)
    return render_template("intake/tips.html")


def ask_first() -> ResponseReturnValue:
    """The person must be asked first; nothing was kept."""
    return render_template("intake/ask_first.html")


def privacy() -> ResponseReturnValue:
    """All that the short notice leaves out; it leads back to where she was."""
    draft = this_draft()
    back = standing(draft) if draft is not None else "/"
    return render_template("intake/privacy.html", retention=whole(firm().settings.get("retention")), back_url=back)


def call_now() -> ResponseReturnValue:
    """Her date is too close to wait for a time."""
    draft = this_draft()
    if draft is None or not _promised(draft, branches.CALL_NOW):
        return redirect(standing(draft), 303)
    return render_template("intake/call_now.html", **_stop(draft) | _while_closed(draft))


def we_will_call() -> ResponseReturnValue:
    """A person calls her, and by when."""
    draft = this_draft()
    promise = _promised(draft, branches.WE_WILL_CALL)
    if draft is None or promise is None:
        return redirect(standing(draft), 303)
    place = triage.her_place(draft.answers, parts().clock.now())
    words: dict[str, Any] = {
        "by": when.day_and_hour(promise.by, place.zone),
        "zone": when.city(place.label) if place.label else None,
    }
    words |= _stop(draft) | (_while_closed(draft) if draft.is_critical else {})
    return render_template("intake/we_will_call.html", **words)


def _saved(page: str, form: IntakePage) -> str:
    """What follows the page that was sent: itself, where it was refused."""
    if not form.validate():
        intake.reject(parts(), draft_token(), Rejected(page, form.raw()))
        return page
    answered = SavePage(page, form.answers(), locale(), NOTICE_VERSION, COPY_VERSION, _is_trapped())
    following = intake.save_page(parts(), draft_token(), answered)
    if following == branches.ASK_FIRST:
        forget_draft()
    return following


def _is_trapped() -> bool:
    """Whether a field was filled that no person sees; she is not refused for it."""
    return bool(request.form.get(TRAP, "").strip())


def _draft_for(page: str) -> Draft | None:
    """This browser's intake; one that is settled does not stop the next person at this screen from beginning."""
    draft = this_draft()
    is_settled = draft and (draft.promise or confirmation(parts(), draft.id))
    return None if page == FIRST and is_settled else draft


def _may_open(page: str, draft: Draft | None) -> bool:
    if draft is None:
        return page == FIRST
    if not draft.is_open:
        return False
    known = context(draft.answers)
    return branches.is_reachable(page, draft.answers, known.today, **known.firm.branching)


def _answers(draft: Draft | None) -> Answers:
    return draft.answers if draft is not None else {}


def _form(page: str, draft: Draft | None) -> IntakePage:
    rejected = rejections.of(page, draft.rejected) if draft is not None else None
    return drawn(BY_SLUG[page], page, context(_answers(draft)), rejected)


def _around(page: str, draft: Draft | None, form: IntakePage) -> dict[str, Any]:
    """What stands around the questions of a page."""
    answers, place = _answers(draft), branches.PAGES.index(page)
    before = branches.previous_page(page, answers)
    known, from_contact = form.context, place >= CONTACT
    return {
        "progress": (place + 1, len(branches.PAGES)),
        "notes": spoken(form, branches.notes(page, answers, known.today, **known.firm.branching)),
        "emergency": emergency(firm(), answers) if _shows_numbers(page, answers) else None,
        "back_url": address(before) if before else "/",
        "call_me_url": address("call-me") if from_contact else None,
        "ref": draft.ref if draft is not None and from_contact else None,
        "later_url": address("later") if may_resume(answers, []) else None,
        "only_call": not safe_contact.is_private(answers),
        "retention": retention(firm().settings.get("retention")) if page == "notices" else (),
    }


def _shows_numbers(page: str, answers: Answers) -> bool:
    """On the page that asks, and on the next one for her who is in danger."""
    return page == FIRST or (page == branches.PAGES[1] and answers.get("immediate_danger") == "yes")


def _promised(draft: Draft | None, stop: str) -> Promise | None:
    promise = draft.promise if draft is not None else None
    return promise if promise is not None and promise.stop == stop else None


def _stop(draft: Draft) -> dict[str, Any]:
    """What every stop says: her number, and whom to call in danger."""
    answers = draft.answers
    in_danger = answers.get("immediate_danger") == "yes"
    return {
        "ref": draft.ref,
        "channel_safe": safe_contact.is_private(answers),
        "emergency": emergency(firm(), answers) if in_danger else None,
    }


def _while_closed(draft: Draft) -> dict[str, Any]:
    """When the office opens by her clock, and whom to call before; nothing while somebody is there."""
    now = parts().clock.now()
    opens, zone = triage.opening(firm(), now), triage.her_place(draft.answers, now).zone
    if opens is None:
        return {}
    return {"opens": when.day_and_hour(opens, zone), "emergency": emergency(firm(), draft.answers)}
