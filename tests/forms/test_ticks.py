from typing import Any

import pytest

from forms.base import QuestionForm, Typed
from forms.context import Choice
from forms.ticks import Grid, Ticks
from tests.forms.asking import context, typed

SEVEN = tuple(Choice(code, code.upper()) for code in ("none", "a", "b", "c", "d", "e", "f"))


class Both(QuestionForm):
    boxes = Ticks("Which?", SEVEN, alone="none", error="Look again.")
    papers = Grid(
        "What?",
        (Choice("one", "1"), Choice("two", "2")),
        (Choice("have", "I have it"), Choice("lost", "Lost")),
        error="Look again.",
    )

    def arrange(self) -> None:
        for question in self.questions():
            question.required = False


def sent(values: Typed) -> Any:
    form = Both(values, context())
    form.validate()
    return form


@pytest.mark.parametrize(
    ("values", "answers"),
    [
        pytest.param(typed(boxes=["c", "a"]), {"boxes": ["a", "c"]}, id="in the order of the list"),
        pytest.param(typed(boxes=["a", "a"]), {"boxes": ["a"]}, id="twice is once"),
        pytest.param(typed(boxes=["none"]), {"boxes": ["none"]}, id="none alone"),
        pytest.param(typed(boxes=[""]), {}, id="an empty one is no answer"),
        pytest.param(typed(papers__one="have"), {"papers": {"one": "have"}}, id="one line of a grid"),
        pytest.param(
            typed(papers__one="have", papers__two="lost"), {"papers": {"one": "have", "two": "lost"}}, id="two lines"
        ),
        pytest.param(typed(papers__three="have"), {}, id="a line that is not there"),
    ],
)
def test_what_is_ticked_is_stored(values: Typed, answers: dict[str, Any]) -> None:
    assert sent(values).answers() == answers


@pytest.mark.parametrize(
    ("values", "marked"),
    [
        pytest.param(typed(boxes=["a", "z"]), "boxes", id="a code nobody offered"),
        pytest.param(typed(boxes=["none", "a"]), "boxes", id="none beside another"),
        pytest.param(typed(papers__one="perhaps"), "papers", id="an answer nobody offered"),
    ],
)
def test_what_was_not_offered_is_refused(values: Typed, marked: str) -> None:
    assert set(sent(values).errors) == {marked}


def test_many_boxes_are_shown_again_as_they_were_ticked() -> None:
    refused = sent(typed(boxes=["none", "a", "b", "c", "d", "e"]))

    again: Any = Both.rebuilt(refused.raw(), context())

    assert [choice.code for choice in SEVEN if again.boxes.ticked(choice.code)] == ["none", "a", "b", "c", "d", "e"]


def test_saved_answers_are_shown_again() -> None:
    form: Any = Both(None, context(boxes=["b"], papers={"two": "lost"}))

    assert (form.boxes.ticked("b"), form.papers.value("-two")) == (True, "lost")
