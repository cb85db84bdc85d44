"""Which answers on a page open which of its questions, so that a stylesheet alone can show them at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from forms.fields import Question

if TYPE_CHECKING:
    from forms.base import IntakePage

MOST = 8
"""How many questions a page may open; the stylesheet has as many rules."""


@dataclass(frozen=True, slots=True)
class Revealed:
    """
    A field and the classes that tie it to its page.

    `box` are the classes of the question, `marks` those of each of its choices by their key:
    `s3` shows the question with class `d3` when it is chosen, `x3` hides the one with `e3`; `later`: hidden until then.
    """

    field: Question
    box: str
    marks: Mapping[str, str]


def reveal(page: "IntakePage") -> list[Revealed]:
    """The fields to draw, in order; a field whose words depend on answers not saved yet waits for the next showing."""
    asked = page.asked
    effects = Effects(page)
    drawn = [question for question in page.questions() if question.name in effects.known and _fits(question, asked)]
    tied = [
        name for name in (question.name for question in drawn) if name in effects.shown_by or name in effects.hidden_by
    ]
    numbers = {name: number for number, name in enumerate(tied[:MOST])}
    return [
        Revealed(question, _box(question.name, numbers, effects, asked), _marks(question.name, numbers, effects))
        for question in drawn
    ]


def _fits(question: Question, asked: tuple[str, ...]) -> bool:
    return question.early or question.name in asked


def _box(name: str, numbers: Mapping[str, int], effects: "Effects", asked: tuple[str, ...]) -> str:
    if name not in numbers:
        return ""
    classes = [f"d{numbers[name]}"] if name in effects.shown_by else []
    classes += [f"e{numbers[name]}"] if name in effects.hidden_by else []
    classes += ["later"] if name in effects.shown_by and name not in asked else []
    return " ".join(classes)


def _marks(name: str, numbers: Mapping[str, int], effects: "Effects") -> dict[str, str]:
    marks: dict[str, list[str]] = {}
    for letter, effect in (("s", effects.shown_by), ("x", effects.hidden_by)):
        for dependent, number in numbers.items():
            for key in effect.get(dependent, {}).get(name, ()):
                marks.setdefault(key, []).append(f"{letter}{number}")
    return {key: " ".join(classes) for key, classes in marks.items()}


class Effects:
    """
    What each choice on a page would change, found by asking the engine.

    `shown_by`, `hidden_by`: dependent field → field → keys of its choices. `known`: fields, each with answers that ask it.
    """

    def __init__(self, page: "IntakePage") -> None:
        self.page = page
        self.shown_by: dict[str, dict[str, list[str]]] = {}
        self.hidden_by: dict[str, dict[str, list[str]]] = {}
        merged = page.merged()
        self.known: dict[str, dict[str, Any]] = dict.fromkeys(page.asked, merged)
        for question in page.questions():
            if question.name in self.known:
                self._try(question, self.known[question.name])

    def _try(self, question: Question, answers: dict[str, Any]) -> None:
        without = {name: value for name, value in answers.items() if name != question.name}
        before = self.page.asked_with(without)
        self._know(before, without)
        for key, value in question.alternatives():
            trial = without | {question.name: value}
            after = self.page.asked_with(trial)
            self._know(after, trial)
            for name in set(after) - set(before):
                self.shown_by.setdefault(name, {}).setdefault(question.name, []).append(key)
            for name in set(before) - set(after) - {question.name}:
                self.hidden_by.setdefault(name, {}).setdefault(question.name, []).append(key)
        self._show_by_the_others(question)

    def _show_by_the_others(self, question: Question) -> None:
        """What some of a question's choices hide need not be seen before one of the others is chosen."""
        keys = [key for key, _value in question.alternatives() if key]
        for name, hiding in self.hidden_by.items():
            if question.name in hiding and keys and not question.data:
                others = [key for key in keys if key not in hiding[question.name]]
                self.shown_by.setdefault(name, {}).setdefault(question.name, []).extend(others)

    def waiting(self) -> frozenset[str]:
        """The fields that hang on a question that is not answered yet."""
        unanswered = {question.name for question in self.page.questions() if question.data is None}
        return frozenset(name for name, hiding in self.hidden_by.items() if unanswered & set(hiding))

    def _know(self, names: tuple[str, ...], answers: dict[str, Any]) -> None:
        for name in names:
            self.known.setdefault(name, answers)
