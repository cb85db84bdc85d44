"""Who sees which answers of an intake: field by field, and no document more is opened."""

from typing import Any

import pytest
from flask import Flask

from scheduler.casework import access, documents
from scheduler.casework.access import Permission, Role, answers_for, documents_for, may
from scheduler.casework.parts import Parts
from scheduler.casework.sealing import unseal
from scheduler.engine.documents import PLACE_OF, Document
from tests.builders.firm import a_firm, an_intake

NAMES = {"conflict_people_any": "yes", "conflict_people": [{"name": "Sentinel Person", "role": "spouse"}]}
CONFIDENTIAL: dict[str, Any] = {**NAMES, "current_attorney": "yes", "a_number": "A012345678", "reasons": ["T05"]}


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        pytest.param("receptionist", set(), id="reception sees no confidential answer"),
        pytest.param("paralegal", set(CONFIDENTIAL), id="a paralegal reads them"),
        pytest.param("attorney", set(CONFIDENTIAL), id="an attorney reads them"),
        pytest.param("conflicts", set(CONFIDENTIAL) - {"reasons"}, id="the conflict check reads names and number"),
        pytest.param("admin", set(), id="the administrator sees none"),
    ],
)
def test_a_role_sees_its_confidential_answers(app: Flask, parts: Parts, role: str, seen: set[str]) -> None:
    a_firm(app)
    intake = an_intake(app, **CONFIDENTIAL)

    answers = answers_for(parts, intake, [role])

    assert {name for name in answers if PLACE_OF[name] is Document.CONFIDENTIAL} == seen


MORE: dict[str, Any] = {
    "manner_of_entry": "between_ports",
    "fear_reasons": ["religion"],
    "mexico_harm": ["kidnap"],
    "fear_mexico": "yes",
    "evidence_have": {"nta": "have"},
    "questions_for_attorney": "¿Qué sigue?",
    "interpreter_avoid": "nobody from her town",
    "trusted_person_name": "Eva",
}
STORY = {"manner_of_entry", "fear_reasons", "mexico_harm", "fear_mexico"}


@pytest.mark.parametrize(
    ("role", "assigned", "seen"),
    [
        pytest.param("receptionist", True, {"trusted_person_name"}, id="reception may have to call whom she trusts"),
        pytest.param("conflicts", True, {"trusted_person_name"}, id="the conflict check needs no more"),
        pytest.param("admin", True, set(), id="the administrator sees none"),
        pytest.param("attorney", True, set(MORE), id="her attorney reads all"),
        pytest.param("attorney", False, set(MORE) - STORY, id="another attorney does not read her story"),
        pytest.param("paralegal", True, set(MORE), id="who works for her attorney reads all"),
        pytest.param("paralegal", False, set(MORE) - STORY, id="another paralegal does not read her story"),
    ],
)
def test_part_b_is_seen_by_those_who_need_it(
    app: Flask, parts: Parts, role: str, assigned: bool, seen: set[str]
) -> None:
    a_firm(app)

    answers = answers_for(parts, an_intake(app, **MORE), [role], assigned=assigned)

    assert set(MORE) & set(answers) == seen


@pytest.mark.parametrize("role", list(Role))
def test_only_the_administrator_sees_no_contact_and_no_dates(app: Flask, parts: Parts, role: Role) -> None:
    a_firm(app)

    answers = answers_for(parts, an_intake(app), [role])

    assert ({"contact_phone", "court_papers"} <= set(answers)) == (role is not Role.ADMIN)


def test_the_confidential_document_is_not_opened_for_a_receptionist(
    app: Flask, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_firm(app)
    intake = an_intake(app)
    opened: list[bytes] = []

    def watched(sealed: bytes | None, key: bytes, where: bytes) -> dict[str, Any]:
        opened.append(where.split(b":")[1])
        return unseal(sealed, key, where)

    monkeypatch.setattr(documents, "unseal", watched)

    answers_for(parts, intake, ["receptionist"])

    assert opened == [b"contact", b"place"]


def test_roles_add_up() -> None:
    assert documents_for(["admin", "conflicts"]) == tuple(Document)


@pytest.mark.parametrize("roles", [[], ["owner"], ["RECEPTIONIST"], [""]])
def test_who_has_no_role_may_nothing(roles: list[str]) -> None:
    assert not any(may(roles, permission) for permission in Permission)


def test_every_answer_of_the_confidential_document_but_the_triage_s_own_says_who_sees_it() -> None:
    confidential = {name for name, document in PLACE_OF.items() if document is Document.CONFIDENTIAL}

    assert confidential - {"first_held", "judged", "no_shows", "no_shows_merged"} == set(access.NEEDED_IN_CONFIDENTIAL)


def test_an_answer_that_stands_nowhere_is_seen_by_nobody(app: Flask) -> None:
    assert not access._sees("nickname", frozenset(Permission))
