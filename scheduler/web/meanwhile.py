"""What was corrected elsewhere while a page of facts was open: shown beside what was typed, which is kept."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from flask import request

from forms.base import IntakePage
from forms.fields import Question
from scheduler.casework import versions
from scheduler.casework.rejections import Rejected
from scheduler.engine.answers import Answers
from scheduler.web import said
from scheduler.web.parts import parts
from scheduler.words import _

VERSION = "version"
LONGEST = 1000
OLDEST = "?"
"""No version of any page: whoever sends it has seen nothing of what is stored."""


def typed_from() -> str:
    """The version that the form which was sent was drawn from, older than all where it does not say; empty unsent."""
    return request.form.get(VERSION, "")[:LONGEST] or (OLDEST if request.method == "POST" else "")


def kept_with(raw: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """What was typed, with the version it was typed upon."""
    return {**raw, VERSION: [typed_from()]}


def version_of(rejected: Rejected | None) -> str:
    """The version that a page which was refused was typed upon."""
    return rejected.raw.get(VERSION, [""])[0] if rejected is not None else ""


def words(intake_id: UUID, saved: IntakePage, answers: Answers, then: str) -> dict[str, object]:
    """
    For the page: the version it shows now, and what of it is not as it was `then`, in words.

    `saved` is the form with what is stored.
    """
    return told(saved, answers, then, versions.drawn_from(parts(), intake_id, saved.slug, answers))


def told(
    saved: IntakePage, answers: Answers, then: str, now: str, hidden: Collection[str] = frozenset()
) -> dict[str, object]:
    """The same where the version of `now` is known; of what is `hidden` only that it was answered, or is not."""
    names = versions.changed(saved.slug, then, now) if then else ()
    asked = [question for question in saved.questions() if question.name in names]
    return {"version": now, "meanwhile": [row for one in asked for row in _row(one, answers, hidden)]}


def _row(question: Question, answers: Answers, hidden: Collection[str]) -> Iterable[tuple[str, str]]:
    if question.name in hidden:
        return ((question.text, _("Answered. To protect you, we do not show it here.")),)
    return said.told(question, answers.get(question.name))
