"""The firm's own questions, as one field of the last page of Part B."""

from collections.abc import Iterator, Mapping
from typing import Any

from forms.context import PageContext
from forms.fields import Question
from forms.validators import Unreadable, one, plain_text
from scheduler.engine.own_questions import LONGEST_ANSWER, RADIO, OwnQuestion
from scheduler.words import _l

TOO_LONG = _l("Use 300 letters or less.")


class OwnField(Question):
    """
    Up to three questions in inputs `<name>-<code>`; stored as {code: the code of an answer, or text}.

    An answer to a question that the firm asks no more stays.
    """

    kind = "own"

    def prepare(self, context: PageContext) -> None:
        self.asked = context.firm.own
        self.locale = context.locale
        self.parts = tuple(f"-{question.code}" for question in self.asked)

    def shown(self, stored: Any) -> dict[str, list[str]]:
        return {f"-{code}": [str(answer)] for code, answer in stored.items()}

    def read(self) -> dict[str, str] | None:
        codes = {question.code for question in self.asked}
        before = {code: said for code, said in (self.object_data or {}).items() if code not in codes}
        now = {question.code: said for question in self.asked if (said := self._answer(question))}
        return before | now or None

    def each(self) -> Iterator[tuple[OwnQuestion, str, str]]:
        """Each question with its words and what its input holds."""
        return ((question, question.text(self.locale), self.value(f"-{question.code}")) for question in self.asked)

    def said(self, stored: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Each question that was answered, and its answer in words."""
        for question in self.asked:
            if question.code in stored:
                named = {choice.code: choice.text(self.locale) for choice in question.choices}
                yield question.text(self.locale), named.get(stored[question.code], stored[question.code])

    def _answer(self, question: OwnQuestion) -> str:
        text = one(self.typed.get(f"-{question.code}", ()))
        if question.kind != RADIO:
            return plain_text(text, LONGEST_ANSWER, TOO_LONG)
        if text and text not in {choice.code for choice in question.choices}:
            raise Unreadable(self.error)
        return text
