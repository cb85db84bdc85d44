"""What must hold whatever is sent to a page of questions; each claim says what is wrong, nothing where all is well."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote

from forms.base import IntakePage
from forms.context import PageContext
from scheduler.engine import branches
from scheduler.engine.answers import given
from scheduler.engine.questions import COMPANIONS, UNASKED
from tests.builders.hostile import MARK
from tests.builders.submissions import DIGITS
from tests.builders.visitor import Sent

ANSWERED = frozenset({303, 400, 403, 404, 405, 409, 410, 413, 429, 503})
"""What may answer a client's form (design.md §3)."""

Answers = Mapping[str, Any]


def broken(sent: Sent) -> list[str]:
    """A form was answered by something else than the protocol says."""
    return [] if sent.answer.status_code in ANSWERED else [f"{sent.path} answers {sent.answer.status_code}"]


def repeated(sent: Sent) -> list[str]:
    """Something typed stands in an address, a log or a refusal."""
    said = {"address": unquote(sent.location), "log": sent.logs}
    if sent.answer.status_code != 303:
        said["answer"] = sent.answer.text
    return [
        place for place, words in said.items() if any(mark in words.casefold() for mark in (MARK.casefold(), DIGITS))
    ]


def asked(answers: Answers, known: PageContext) -> frozenset[str]:
    """Every question that these answers ask."""
    pages = dict.fromkeys(question.page for question in branches.ALL)
    names = (branches.asked(page, answers, known.today, **known.firm.branching) for page in pages)
    return frozenset(name for some in names for name in some)


def lost(expected: Answers, after: Answers, asked: frozenset[str]) -> list[str]:
    """Answers that were given and are still asked, but are not what is stored."""
    return [name for name, value in expected.items() if name in asked and given(value) and after.get(name) != value]


def hidden(after: Answers, asked: frozenset[str]) -> list[str]:
    """Answers that are stored although they are not asked of her."""
    questions = {question.name for question in branches.ALL} - {*UNASKED, *COMPANIONS}
    return sorted((questions & set(after)) - asked)


def foreign(before: Answers, after: Answers, page: str) -> list[str]:
    """Names that are stored now although neither the page nor the service asked for them."""
    known = {question.name for question in branches.ALL} | OUR_OWN
    added = set(after) - set(before)
    others = {name for name in added if name in known - OUR_OWN and name not in branches.fields_of(page)}
    return sorted((added - known) | (others - set(UNASKED)))


OUR_OWN = frozenset(
    {
        *("ui_locale", "wa_id", "uscis_receipt", "i_am_detained", "not_my_time", "hearing_typed"),
        *("a_number_last3", "ticked", "checked"),
        *("reasons", "event_source", "silence", "first_held"),
    }
)
"""What is stored beside the questions."""


def unfit(kinds: Iterable[type[IntakePage]], after: Answers, known: PageContext) -> list[str]:
    """Stored answers that their questions would refuse, unless they are asked anew; pages that are not done."""
    return [wrong for kind in kinds for wrong in _unfit(kind(None, known), after, known)]


def _unfit(form: IntakePage, after: Answers, known: PageContext) -> Iterable[str]:
    page = form.slug
    if branches.is_complete(page, after, known.today, **known.firm.branching):
        form.validate()
        return [f"{page}.{name}: {messages}" for name, messages in form.errors.items()]
    if branches.notes(page, after, known.today, **known.firm.branching):
        return []
    return [f"{page}.{question.name}" for question in form.questions() if question.problem]
