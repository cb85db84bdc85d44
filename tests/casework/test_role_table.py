"""The whole table of who sees what (intake.md §3.1): every answer there is, for every role, assigned to her or not."""

from collections.abc import Mapping

import pytest
from flask import Flask

from scheduler.casework import access
from scheduler.casework.access import Role, answers_for
from scheduler.casework.documents import seal_answers
from scheduler.casework.parts import Parts
from scheduler.engine.documents import PLACE_OF
from scheduler.engine.more_questions import MORE_QUESTIONS
from scheduler.engine.questions import QUESTIONS
from tests.builders.firm import a_firm, an_intake

R, P, A, C = Role.RECEPTIONIST, Role.PARALEGAL, Role.ATTORNEY, Role.CONFLICTS
DESK, CASE, NAMES = frozenset({R, P, A, C}), frozenset({P, A}), frozenset({P, A, C})
HERS, NOBODY = "hers", frozenset[Role]()
"""Everybody but the administrator; who works on cases, and who checks names beside; who works on this one; nobody."""

PAGE_OF = {question.name: question.page for question in (*QUESTIONS, *MORE_QUESTIONS)}
BY_PAGE: Mapping[str, frozenset[Role] | str] = {
    **dict.fromkeys(("safety", "who", "language", "contact", "about", "notices", "time", "call"), DESK),
    **dict.fromkeys(("where", "arrival", "dates"), DESK),
    "names": NAMES,
    **dict.fromkeys(("people", "past", "papers"), CASE),
    **dict.fromkeys(("entry", "reasons", "place"), HERS),
}
"""A1 to A8 and B7, A9, B1, B5 and B6, B2 to B4."""

OTHERWISE: Mapping[str, frozenset[Role] | str] = {
    **dict.fromkeys(("call_needs", "interpreter_avoid", "questions_for_attorney"), CASE),
    **dict.fromkeys(("a_number", "attorney_name"), NAMES),
    **dict.fromkeys(("other_names_used",), NAMES),
    **dict.fromkeys(("reasons", "own_answers"), CASE),
    **dict.fromkeys(("first_held", "judged", "no_shows", "no_shows_merged"), NOBODY),
}
"""What stands on one page and is for other eyes, or on none."""


def seen_by(name: str) -> frozenset[Role] | str:
    """Who reads it; beside the questions (consents, marks, the last figures of a number) it is the desk."""
    if name in OTHERWISE:
        return OTHERWISE[name]
    return BY_PAGE[PAGE_OF[name]] if name in PAGE_OF else DESK


def expected(role: Role, *, assigned: bool) -> set[str]:
    """The names of the answers that the table opens for a role."""
    rows = {name: seen_by(name) for name in PLACE_OF}
    hers = frozenset({P, A}) if assigned else NOBODY
    return {name for name, who in rows.items() if role in (hers if isinstance(who, str) else who)}


@pytest.mark.parametrize("assigned", [True, False], ids=["her own case", "another's case"])
@pytest.mark.parametrize("role", list(Role))
def test_a_role_sees_exactly_what_the_table_says(app: Flask, parts: Parts, role: Role, assigned: bool) -> None:
    a_firm(app)
    intake = an_intake(app)
    seal_answers(parts, intake, dict.fromkeys(PLACE_OF, "x"))

    seen = set(answers_for(parts, intake, [role], assigned=assigned))

    assert seen == expected(role, assigned=assigned)


def test_of_every_page_with_questions_the_table_says_who_reads_it() -> None:
    assert set(PAGE_OF.values()) == set(BY_PAGE)


def test_a_field_that_opens_for_one_role_more_is_noticed(
    app: Flask, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_firm(app)
    intake = an_intake(app, fear_reasons=["religion"])
    wider = {**access.NEEDED_IN_CONFIDENTIAL, "fear_reasons": access.Permission.SEE_CONTACT}
    monkeypatch.setattr(access, "NEEDED_IN_CONFIDENTIAL", wider)

    seen = set(answers_for(parts, intake, [Role.RECEPTIONIST], assigned=True))

    assert seen - expected(Role.RECEPTIONIST, assigned=True) == {"fear_reasons"}
