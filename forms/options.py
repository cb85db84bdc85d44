"""Questions with a list of answers to choose from."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from forms.context import Choice, PageContext
from forms.fields import Choices, Question, readable
from forms.validators import Unreadable, one


class Options(Question):
    """One of a list of codes."""

    kind = "radio"

    def __init__(
        self, label: object, choices: Choices | Callable[[PageContext], Choices], *, opens: bool = True, **rest: Any
    ) -> None:
        super().__init__(label, **rest)
        self._source = choices
        self.opens = opens

    def prepare(self, context: PageContext) -> None:
        choices = self._source(context) if callable(self._source) else self._source
        self.choices = worded(choices, for_another=self.for_another)

    def read(self) -> str | None:
        code = one(self.typed.get("", ()))
        if code and code not in {choice.code for choice in self.choices}:
            raise Unreadable(self.error)
        return code or None

    def alternatives(self) -> Iterator[tuple[str, Any]]:
        return ((choice.code, choice.code) for choice in self.choices if self.opens)

    def keep_only(self, *codes: str) -> None:
        """Offer fewer choices, and read the answer again."""
        self.choices = tuple(choice for choice in self.choices if choice.code in codes)
        self.reread()


def worded(choices: Choices, *, for_another: bool) -> Choices:
    """The choices in the words of her who answers: for herself or for another."""
    if not for_another:
        return choices
    return tuple(Choice(choice.code, choice.another or choice.label) for choice in choices)


class Select(Options):
    kind = "select"


class Country(Select):
    """One country of ISO 3166-1; it opens no other question."""

    def __init__(self, label: object, choices: Callable[[PageContext], Choices], **rest: Any) -> None:
        super().__init__(label, choices, opens=False, **rest)


class Countries(Country):
    """One to three countries, in as many inputs of one name."""

    kind = "countries"
    times: ClassVar[int] = 3

    def shown(self, stored: Any) -> dict[str, list[str]]:
        return {"": [str(code) for code in stored]}

    def read(self) -> list[str] | None:  # type: ignore[override]
        chosen = list(dict.fromkeys(code for code in self.typed.get("", ()) if code))
        if len(chosen) > self.times or not set(chosen) <= {choice.code for choice in self.choices}:
            raise Unreadable(self.error)
        return chosen or None

    def nth(self, number: int) -> str:
        """The country in input `number`, counted from 0."""
        values = [code for code in self.typed.get("", []) if code]
        return readable(values[number]) if number < len(values) else ""
