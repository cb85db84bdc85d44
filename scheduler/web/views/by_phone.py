"""One of the staff has her on the telephone: asks what is still open, reads the notices aloud, and sends it for her."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Flask, g, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from forms.base import IntakePage
from forms.fields import Question
from forms.flow import BY_SLUG, COPY_VERSION
from forms.intake.notices import NOTICE_VERSION
from forms.notes import spoken
from scheduler.casework import by_phone, rejections
from scheduler.casework.by_phone import Asked, Asking, NotAsked
from scheduler.casework.firm import firm
from scheduler.casework.intake import first_open_page
from scheduler.casework.rejections import Rejected
from scheduler.casework.versions import Overtaken
from scheduler.engine import branches
from scheduler.web import meanwhile
from scheduler.web.apply import context, drawn
from scheduler.web.in_language import part
from scheduler.web.parts import parts
from scheduler.web.phone_words import answers_to_questions
from scheduler.web.retention import retention
from scheduler.web.views.desk import page as desk_page
from scheduler.words import languages, locale, speaking

PHONE = "/desk/intake/<uuid:intake_id>/phone"
PAGE = f"{PHONE}/<any({','.join(by_phone.PAGES)}):page>"
NOTICES = by_phone.PAGES[-1]
MOST_READ = 8
"""A list with more answers than these is not read aloud."""


@dataclass(frozen=True, slots=True)
class Aloud:
    """A question and its answers in the client's language."""

    text: str
    choices: tuple[str, ...]


def register(app: Flask) -> None:
    app.add_url_rule(PHONE, "by_phone.go_on", go_on)
    app.add_url_rule(PAGE, "by_phone.show", show)
    app.add_url_rule(PAGE, "by_phone.save", save, methods=["POST"])


def go_on(intake_id: UUID) -> ResponseReturnValue:
    """The first page that wants something."""
    try:
        return _to_first(intake_id, by_phone.asking(parts(), g.staff, intake_id))
    except NotAsked:
        return redirect(f"/desk/intake/{intake_id}", 303)


def show(intake_id: UUID, page: str) -> ResponseReturnValue:
    """A page with what is known, as it is to be said."""
    try:
        asking = by_phone.asking(parts(), g.staff, intake_id)
    except NotAsked:
        return redirect(f"/desk/intake/{intake_id}", 303)
    if not _is_open(page, asking):
        return _to_first(intake_id, asking)
    known = context(_known(page, asking))
    return _shown(intake_id, asking, drawn(BY_SLUG[page], page, known, rejections.of(page, asking.rejected)))


def save(intake_id: UUID, page: str) -> ResponseReturnValue:
    """Keep what she said and go on; what is to be mended is said beside what was typed."""
    try:
        asking = by_phone.asking(parts(), g.staff, intake_id)
        if not _is_open(page, asking):
            return _to_first(intake_id, asking)
        form = BY_SLUG[page](request.form, context(_known(page, asking)))
        if "cut_off" in request.form:
            by_phone.cut_off(parts(), g.staff, intake_id, Rejected(page, form.raw()))
            return redirect(f"/desk/intake/{intake_id}?note=cut_off", 303)
        if not form.validate():
            return _shown(intake_id, asking, form), 400
        following = by_phone.save(parts(), g.staff, _asked(intake_id, form))
    except NotAsked:
        return redirect(f"/desk/intake/{intake_id}", 303)
    except Overtaken:
        return _overtaken(intake_id, page)
    if following is None:
        return redirect(f"/desk/intake/{intake_id}?note=asked_by_phone", 303)
    return redirect(f"/desk/intake/{intake_id}/phone/{following}", 303)


def _asked(intake_id: UUID, form: IntakePage) -> Asked:
    version, read_in = meanwhile.typed_from(), _read_in(locale())
    return Asked(intake_id, form.slug, form.answers(), version, read_in, NOTICE_VERSION, COPY_VERSION)


def _overtaken(intake_id: UUID, page: str) -> ResponseReturnValue:
    try:
        asking = by_phone.asking(parts(), g.staff, intake_id)
    except NotAsked:
        return redirect(f"/desk/intake/{intake_id}", 303)
    form = BY_SLUG[page](request.form, context(_known(page, asking)))
    form.validate()
    return _shown(intake_id, asking, form), 409


def _known(page: str, asking: Asking) -> dict[str, Any]:
    """All answers for the branches, but of the page itself only what its reader may see."""
    own = branches.fields_of(page)
    return {name: value for name, value in asking.answers.items() if name not in own or name in asking.shown}


def _to_first(intake_id: UUID, asking: Asking) -> ResponseReturnValue:
    """To the first page that wants something; to her intake where that is one that is not asked by phone."""
    known = context(asking.answers)
    page = first_open_page(asking.answers, known.today, known.firm.staff_languages)
    intake = f"/desk/intake/{intake_id}"
    return redirect(f"{intake}/phone/{page}" if page in by_phone.PAGES else intake, 303)


def _is_open(page: str, asking: Asking) -> bool:
    known = context(asking.answers)
    return branches.is_reachable(page, asking.answers, known.today, **known.firm.branching)


def _shown(intake_id: UUID, asking: Asking, form: IntakePage) -> str:
    page, known = form.slug, form.context
    hers = _read_in(asking.locale)
    saved = BY_SLUG[page](None, context(asking.shown))
    hidden = [name for name in branches.fields_of(page) if name in asking.answers and name not in asking.shown]
    words = {
        "form": form,
        "notes": spoken(form, branches.notes(page, asking.answers, known.today, **known.firm.branching)),
        "aloud": _aloud(form, hers),
        "hers": hers,
        "to_say": answers_to_questions(hers),
        "others": [code for code in languages() if code != hers],
        "notices": _notices(hers) if page == NOTICES else None,
        "hidden": bool(hidden),
        "intake_id": intake_id,
        "ref": asking.ref,
    }
    before = branches.previous_page(page, asking.answers)
    back = f"/desk/intake/{intake_id}/phone/{before}" if before in by_phone.PAGES else f"/desk/intake/{intake_id}"
    others = meanwhile.words(intake_id, saved, asking.shown, meanwhile.typed_from())
    return desk_page("phone.html", "waiting", back_url=back, **words, **others)


def _read_in(usual: str) -> str:
    """The language in which she is asked: as one of the staff chose it, else as it usually is."""
    chosen = request.values.get("read_in", "")
    return chosen if chosen in languages() else usual


def _aloud(form: IntakePage, language: str) -> Mapping[str, Aloud]:
    """Each question in the client's language, where that is not the reader's."""
    if language == locale():
        return {}
    with speaking(language):
        again = BY_SLUG[form.slug](None, context(form.context.answers))
        return {question.name: Aloud(question.text, _read(question)) for question in again.questions()}


def _read(question: Question) -> tuple[str, ...]:
    choices = question.choices if len(question.choices) <= MOST_READ else ()
    return tuple(str(choice.label) for choice in choices)


def _notices(language: str) -> Markup:
    own = firm().settings.get("retention")
    return part(language, "intake/notices.html", lambda: {"retention": retention(own)})
