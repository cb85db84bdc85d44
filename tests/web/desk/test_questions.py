"""The page on which an administrator says what clients are asked."""

import pytest
from flask import Flask

from scheduler.casework.firm import firm
from scheduler.models import db
from tests.builders.browser import Browser
from tests.builders.firm import a_firm
from tests.builders.staff import at_the_desk

PATH = "/admin/questions"
HEARD = {"own-0-en": "How did you hear of us?", "own-0-es": "¿Cómo supo de nosotros?"}
CHOOSING = HEARD | {"own-0-kind": "radio", "own-0-choices": "A friend | Una amistad\n\nThe radio|La radio\n"}


@pytest.fixture
def admin(app: Flask) -> Browser:
    a_firm(app)
    browser = at_the_desk(app, "admin")
    browser.get(PATH)
    return browser


def test_every_optional_question_can_be_left_out_and_no_other(admin: Browser) -> None:
    names = {"safe_word", "helper_org", "a_number", "other_names_used", "call_needs"}

    assert [name for name in names if f'value="{name}"' not in admin.seen.text] == []
    assert [
        name for name in ("contact_phone", "given_names", "filler_role") if f'value="{name}"' in admin.seen.text
    ] == []


def test_what_is_left_out_stays_ticked(admin: Browser) -> None:
    admin.follow(admin.post(PATH, off="safe_word"))

    db.session.rollback()
    assert firm().questions_off == {"safe_word"}
    assert 'value="safe_word" checked' in admin.seen.text
    assert "Clients are asked so from now on" in admin.text


@pytest.mark.parametrize(
    ("fields", "kind", "choices"),
    [
        pytest.param(HEARD | {"own-0-kind": "text"}, "text", [], id="a line of text"),
        pytest.param(CHOOSING, "radio", ["Una amistad", "La radio"], id="a choice"),
        pytest.param(
            {name.replace("0", "2"): said for name, said in CHOOSING.items()},
            "radio",
            ["Una amistad", "La radio"],
            id="in the third place",
        ),
    ],
)
def test_a_question_of_the_firm_is_asked(admin: Browser, fields: dict[str, str], kind: str, choices: list[str]) -> None:
    admin.follow(admin.post(PATH, **fields))

    db.session.rollback()
    (question,) = firm().own_questions
    assert (question.kind, [choice.es for choice in question.choices]) == (kind, choices)
    assert "How did you hear of us?" in admin.seen.text


def test_a_question_in_the_same_words_keeps_its_code(app: Flask, admin: Browser) -> None:
    own = {"code": "own_heard", "kind": "text", "en": HEARD["own-0-en"], "es": HEARD["own-0-es"], "choices": []}
    a_firm(app, own_questions=[own])

    admin.follow(admin.post(PATH, off="safe_word", **HEARD, **{"own-0-kind": "text"}))

    db.session.rollback()
    assert [question.code for question in firm().own_questions] == ["own_heard"]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"own-1-en": "Only in English?", "own-1-kind": "text"}, id="one language"),
        pytest.param(CHOOSING | {"own-0-choices": "A friend | Una amistad"}, id="one answer"),
        pytest.param(HEARD | {"own-0-kind": "file"}, id="another kind"),
    ],
)
def test_what_cannot_be_asked_is_said_and_stays_typed(admin: Browser, fields: dict[str, str]) -> None:
    answer = admin.post(PATH, off="safe_word", **fields)

    assert (answer.status_code, "Nothing was changed" in answer.text) == (400, True)
    assert 'value="safe_word" checked' in answer.text
    assert next(said for name, said in fields.items() if name.endswith("-en")) in answer.text
    assert firm().questions_off == frozenset()


def test_a_required_question_cannot_be_left_out_by_hand(admin: Browser) -> None:
    assert admin.post(PATH, off="birth_date").status_code == 400
    assert firm().questions_off == frozenset()


RISKY = {"own-0-en": "What is your street address?", "own-0-es": "¿Cuál es su dirección?", "own-0-kind": "text"}


def test_what_is_never_asked_online_is_saved_only_after_a_second_look(admin: Browser) -> None:
    refused = admin.post(PATH, **RISKY)
    db.session.rollback()
    before = firm().own_questions

    admin.follow(admin.post(PATH, **RISKY, **{"own-0-sure": "1"}))

    db.session.rollback()
    assert (refused.status_code, "What is your street address?" in refused.text, before) == (400, True, ())
    assert [question.en for question in firm().own_questions] == ["What is your street address?"]


def test_what_was_looked_at_once_is_not_asked_about_again(admin: Browser) -> None:
    admin.follow(admin.post(PATH, **RISKY, **{"own-0-sure": "1"}))

    answer = admin.post(PATH, **RISKY, off="safe_word")

    assert answer.status_code == 303
