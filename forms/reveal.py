"""Which answers on a page open which of its questions, so that a stylesheet alone can show them at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from forms.fields import Question

if TYPE_CHECKING:
    from forms.base import IntakePage

MOST = 12
"""How many questions of a page may depend on others of it; the stylesheet has as many rules."""


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
    drawn = [question for question in page.questions() if question.name in effects.known and fits(question, asked)]
    for question in drawn:
        if question.name not in asked:
            question.forget()
    tied = [question.name for question in drawn if question.early and question.name in effects.tied]
    numbers = {name: number for number, name in enumerate(tied[:MOST])}
    return [
        Revealed(question, _box(question.name, numbers, effects, asked), _marks(question.name, numbers, effects))
        for question in drawn
    ]


def fits(question: Question, asked: tuple[str, ...]) -> bool:
    """Whether the question can be worded now."""
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

    `shown_by`, `hidden_by`: dependent field → field → keys of its choices.
    `known`: each field that can be asked, with answers that ask it.
    """

    def __init__(self, page: "IntakePage") -> None:
        self.page = page
        self.shown_by: dict[str, dict[str, list[str]]] = {}
        self.hidden_by: dict[str, dict[str, list[str]]] = {}
        asked = page.asked
        self.known: dict[str, dict[str, Any]] = dict.fromkeys(asked, page.merged())
        for question in page.questions():
            if question.name in self.known and fits(question, asked):
                self._try(question, self.known[question.name])

    @property
    def tied(self) -> frozenset[str]:
        """The fields that some choice shows or hides."""
        return frozenset(self.shown_by) | frozenset(self.hidden_by)

    def waiting(self) -> frozenset[str]:
        """The fields that hang on a question that is not answered yet."""
        unanswered = {question.name for question in self.page.questions() if question.data is None}
        return frozenset(name for name, hiding in self.hidden_by.items() if unanswered & set(hiding))

    def _try(self, question: Question, answers: dict[str, Any]) -> None:
        without = {name: value for name, value in answers.items() if name != question.name}
        before = self._ask(without)
        for key, value in question.alternatives():
            after = self._ask(without | {question.name: value})
            _note(self.shown_by, after - before, question.name, key)
            _note(self.hidden_by, before - after - {question.name}, question.name, key)
        self._show_by_the_others(question)

    def _ask(self, answers: dict[str, Any]) -> set[str]:
        names = self.page.asked_with(answers)
        for name in names:
            self.known.setdefault(name, answers)
        return set(names)

    def _show_by_the_others(self, question: Question) -> None:
        """What some of a question's choices hide need not be seen before one of the others is chosen."""
        keys = [key for key, _value in question.alternatives() if key]
        for name in [name for name, hiding in self.hidden_by.items() if question.name in hiding]:
            for key in set(keys) - set(self.hidden_by[name][question.name]):
                _note(self.shown_by, {name}, question.name, key)


def _note(effect: dict[str, dict[str, list[str]]], names: set[str], by: str, key: str) -> None:
    for name in names:
        effect.setdefault(name, {}).setdefault(by, []).append(key)
