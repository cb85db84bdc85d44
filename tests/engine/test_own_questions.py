from typing import Any

import pytest

from scheduler.engine.own_questions import LONGEST_CHOICE, LONGEST_LABEL, BadQuestion, optional, read
from scheduler.engine.questions import QUESTIONS

HEARD: dict[str, Any] = {"en": "How did you hear of us?", "es": "¿Cómo supo de nosotros?"}
CHOICES = [{"en": "A friend", "es": "Una amistad"}, {"en": "The radio", "es": "La radio"}]
RADIO = HEARD | {"kind": "radio", "choices": CHOICES}


def other(number: int) -> dict[str, Any]:
    return {"en": f"Question {number}?", "es": f"¿Pregunta {number}?"}


def test_a_line_of_text_and_a_choice() -> None:
    text, radio = read([other(1), RADIO])

    assert (text.kind, text.choices, text.text("es"), text.text("ht")) == ("text", (), "¿Pregunta 1?", "Question 1?")
    assert (radio.kind, [choice.code for choice in radio.choices]) == ("radio", ["a_friend", "the_radio"])


def test_what_is_read_from_its_own_row_is_the_same() -> None:
    questions = read([other(1), RADIO])

    assert read([question.row() for question in questions]) == questions


def test_other_words_are_another_question() -> None:
    first, second = read([HEARD, HEARD | {"en": "Who told you of us?"}])

    assert first.code != second.code


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        pytest.param([other(number) for number in range(4)], 3, id="four of them"),
        pytest.param([other(1), other(1)], 1, id="the same twice"),
        pytest.param([HEARD | {"es": ""}], 0, id="one language"),
        pytest.param([HEARD | {"en": " \n "}], 0, id="blanks"),
        pytest.param([HEARD | {"en": "A" * (LONGEST_LABEL + 1)}], 0, id="too long"),
        pytest.param([HEARD | {"es": "¿\u202eQué?"}], 0, id="written backwards"),
        pytest.param([HEARD | {"en": "Do you want us to guarantee that you win?"}], 0, id="a promise"),
        pytest.param([HEARD | {"kind": "file"}], 0, id="another kind"),
        pytest.param([HEARD | {"code": "given_names"}], 0, id="the code of a question of ours"),
        pytest.param([HEARD | {"code": "own_Ñ"}], 0, id="a code of other letters"),
        pytest.param([RADIO | {"choices": CHOICES[:1]}], 0, id="no choice"),
        pytest.param([RADIO | {"choices": CHOICES * 5}], 0, id="too many answers"),
        pytest.param([RADIO | {"choices": CHOICES + CHOICES[:1]}], 0, id="an answer twice"),
        pytest.param([RADIO | {"choices": [*CHOICES, {"en": "Both"}]}], 0, id="an answer in one language"),
        pytest.param([RADIO | {"choices": [*CHOICES, {"en": "A" * (LONGEST_CHOICE + 1), "es": "A"}]}], 0, id="long"),
        pytest.param([RADIO | {"choices": [*CHOICES, {"code": "Ñ", "en": "N", "es": "Ñ"}]}], 0, id="a bad code"),
        pytest.param([RADIO | {"choices": ["A friend", "The radio"]}], 0, id="answers without languages"),
        pytest.param(["How?"], 0, id="no table at all"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_place(rows: list[Any], where: int) -> None:
    with pytest.raises(BadQuestion) as refused:
        read(rows)

    assert refused.value.where == where


def test_an_answer_in_other_letters_has_a_code_too() -> None:
    (question,) = read([RADIO | {"choices": [{"en": "友", "es": "友"}, *CHOICES]}])

    assert len(question.choices[0].code) == 8


def test_only_what_is_optional_may_be_left_out() -> None:
    required = {question.name for question in QUESTIONS if question.required.__name__ != "never"}

    assert required.isdisjoint(optional())
    assert {"safe_times", "helper_org", "a_number", "call_needs"} <= set(optional())
    assert {"one_name_only", "trusted_person_phone"}.isdisjoint(optional())
