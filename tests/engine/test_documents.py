from typing import Any

import pytest
from hypothesis import given, settings

from scheduler.engine.again import AGAIN
from scheduler.engine.branches import kept
from scheduler.engine.documents import PLACE_OF, Document, Unplaced, join, split
from scheduler.engine.questions import COMPANIONS, QUESTIONS
from tests.engine.answering import TODAY, any_answers


@pytest.mark.parametrize(
    ("name", "document"),
    [
        pytest.param("immediate_danger", Document.CONTACT, id="A1"),
        pytest.param("birth_date", Document.CONTACT, id="A5"),
        pytest.param("mx_city", Document.PLACE, id="A6"),
        pytest.param("last_arrival_date", Document.PLACE, id="A7"),
        pytest.param("next_hearing_date", Document.PLACE, id="A8"),
        pytest.param("conflict_people", Document.CONFIDENTIAL, id="A9"),
        pytest.param("current_attorney", Document.CONFIDENTIAL, id="A9, too"),
        pytest.param("a_number", Document.CONFIDENTIAL, id="whole, apart from its page"),
        pytest.param("a_number_last3", Document.PLACE, id="what lists may show of it"),
        pytest.param("reasons", Document.CONFIDENTIAL, id="why it is urgent"),
    ],
)
def test_an_answer_is_sealed_where_its_readers_may_open(name: str, document: Document) -> None:
    assert PLACE_OF[name] is document


def test_every_question_companion_and_mark_has_a_document() -> None:
    names = {question.name for question in QUESTIONS} | set(COMPANIONS) | {again.mark for again in AGAIN}

    assert names <= set(PLACE_OF)


@given(any_answers)
@settings(max_examples=100, deadline=None)
def test_what_is_split_joins_to_the_same(answers: dict[str, Any]) -> None:
    answers = kept(answers, TODAY)

    assert join(split(answers).values()) == answers


def test_an_empty_intake_has_three_documents() -> None:
    assert split({}) == {Document.CONTACT: {}, Document.PLACE: {}, Document.CONFIDENTIAL: {}}


def test_a_name_without_a_document_is_refused_by_its_name_alone() -> None:
    with pytest.raises(Unplaced) as refused:
        split({"nickname": "la Güera"})

    assert str(refused.value) == "nickname"
