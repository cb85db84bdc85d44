"""What was corrected elsewhere while a page of facts was open: shown beside what was typed, which is kept."""

from collections.abc import Mapping
from uuid import UUID

from flask import request

from forms.base import IntakePage
from scheduler.casework import versions
from scheduler.casework.rejections import Rejected
from scheduler.engine.answers import Answers
from scheduler.web import said
from scheduler.web.parts import parts

VERSION = "version"
LONGEST = 1000


def typed_from() -> str:
    """The version that the form which was sent was drawn from; empty where it does not say."""
    return request.form.get(VERSION, "")[:LONGEST]


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
    now = versions.drawn_from(parts(), intake_id, saved.slug, answers)
    names = versions.changed(saved.slug, then, now) if then else ()
    asked = [question for question in saved.questions() if question.name in names]
    told = [row for question in asked for row in said.told(question, answers.get(question.name))]
    return {"version": now, "meanwhile": told}
