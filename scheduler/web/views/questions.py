"""Which questions the firm leaves out, and which it asks besides."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Flask, abort, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forms.context import PageContext
from forms.flow import PAGES
from forms.more.flow import PAGES as MORE_PAGES
from scheduler.casework import desk
from scheduler.casework.access import Permission
from scheduler.casework.asked import Needed, SetQuestions, set_questions
from scheduler.casework.firm import firm
from scheduler.engine.never_asked import asks_too_much
from scheduler.engine.own_questions import MOST, RADIO, TEXT, BadQuestion, OwnChoice, OwnQuestion, optional
from scheduler.web import desk_words
from scheduler.web.parts import parts
from scheduler.words import locale

PATH = "/admin/questions"
EMPTY = {"kind": TEXT, "en": "", "es": "", "choices": ""}
BETWEEN = "|"
"""Parts the two languages of an answer, which stands on a line of its own."""


def register(app: Flask) -> None:
    app.add_url_rule(PATH, "questions.show", show)
    app.add_url_rule(PATH, "questions.save", save, methods=["POST"])


def show() -> ResponseReturnValue:
    """What is asked now."""
    own = [_typed(question) for question in firm().own_questions]
    return _page(firm().questions_off, own, saved="saved" in request.args)


def save() -> ResponseReturnValue:
    """Ask so from now on, or say what cannot be asked."""
    off, own = frozenset(request.form.getlist("off")), [_sent(number) for number in range(MOST)]
    written = [number for number in range(MOST) if any(own[number][name] for name in ("en", "es", "choices"))]
    risky = [number for number in written if _is_risky(number, own[number])]
    if risky:
        return _page(off, own, risky=risky), 400
    try:
        set_questions(parts(), g.staff, SetQuestions(off, [_row(own[number]) for number in written]))
    except BadQuestion as refusal:
        return _page(off, own, wrong=written[min(refusal.where, len(written) - 1)]), 400
    except Needed:
        abort(400)
    return redirect(f"{PATH}?saved=1", 303)


def _is_risky(number: int, typed: dict[str, str]) -> bool:
    """Whether it seems to ask what is never asked online, is new, and nobody has said that it does not."""
    asks = any(asks_too_much(typed[name]) for name in ("en", "es", "choices"))
    is_asked = typed in [_typed(question) for question in firm().own_questions]
    return asks and not is_asked and f"own-{number}-sure" not in request.form


def _sent(number: int) -> dict[str, str]:
    """What was typed for one of the firm's own questions."""
    return {name: request.form.get(f"own-{number}-{name}", "") for name in EMPTY}


def _row(typed: dict[str, str]) -> dict[str, Any]:
    """As the firm's settings hold it; in the same words it is the same question, and keeps its code."""
    code = next((one.code for one in firm().own_questions if _typed(one) == typed), "")
    choices = [_choice(line) for line in typed["choices"].splitlines() if line.strip()]
    return typed | {"code": code, "choices": choices}


def _choice(line: str) -> dict[str, str]:
    en, _between, es = line.partition(BETWEEN)
    return {"en": en.strip(), "es": es.strip()}


def _typed(question: OwnQuestion) -> dict[str, str]:
    lines = "\n".join(map(_line, question.choices))
    return {"kind": question.kind, "en": question.en, "es": question.es, "choices": lines}


def _line(choice: OwnChoice) -> str:
    return f"{choice.en} {BETWEEN} {choice.es}"


def _page(
    off: frozenset[str],
    own: list[dict[str, str]],
    *,
    wrong: int | None = None,
    saved: bool = False,
    risky: Sequence[int] = (),
) -> str:
    return render_template(
        "admin/questions.html",
        door="questions",
        say=desk_words,
        counts=desk.counts(parts()) if g.staff.may(Permission.SEE_DESK) else None,
        pages=tuple(_asked()),
        off=off,
        own=[*own, *[EMPTY] * (MOST - len(own))],
        radio=RADIO,
        wrong=wrong,
        risky=risky,
        saved=saved,
    )


def _asked() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The optional questions by page, each by name and in words."""
    names = frozenset(optional())
    known = PageContext(firm().today(parts().clock.now()), locale())
    for page in (*PAGES, *MORE_PAGES):
        form = page(None, known)
        questions = [(question.name, question.text) for question in form.questions() if question.name in names]
        if questions:
            yield str(form.title), questions
