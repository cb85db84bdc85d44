"""Questions of which several answers may be true: boxes, and a grid of things with one answer each."""

from collections.abc import Iterator
from typing import Any

from forms.context import PageContext
from forms.fields import Choices, Question, readable
from forms.options import Options
from forms.validators import Unreadable, one


class Ticks(Options):
    """Any of a list of codes, in the order of the list; `alone` names the code that excludes the others."""

    kind = "ticks"

    def __init__(self, label: object, choices: Choices, *, alone: str = "", **rest: Any) -> None:
        super().__init__(label, choices, **rest)
        self.alone = alone

    def shown(self, stored: Any) -> dict[str, list[str]]:
        return {"": [str(code) for code in stored]}

    def read(self) -> list[str] | None:  # type: ignore[override]
        said = {code for code in self.typed.get("", ()) if code}
        chosen = [choice.code for choice in self.choices if choice.code in said]
        if len(chosen) != len(said) or (self.alone in said and len(said) > 1):
            raise Unreadable(self.error)
        return chosen or None

    def alternatives(self) -> Iterator[tuple[str, Any]]:
        return ((choice.code, [choice.code]) for choice in self.choices if self.opens)

    def ticked(self, code: str) -> bool:
        """Whether the box of this code is ticked."""
        return code in self.typed.get("", ())

    def raw(self) -> dict[str, list[str]]:
        values = [readable(value) for value in dict.fromkeys(self.typed.get("", ()))]
        return {self.name: values[: len(self.choices) + 1]} if values else {}


class Grid(Question):
    """One answer for each of several things, in inputs `<name>-<thing>`; stored as {thing: answer}."""

    kind = "grid"

    def __init__(self, label: object, things: Choices, answers: Choices, **rest: Any) -> None:
        super().__init__(label, **rest)
        self.things = things
        self.choices = answers
        self.parts = tuple(f"-{thing.code}" for thing in things)

    def prepare(self, context: PageContext) -> None:
        """It asks the same of everybody."""

    def shown(self, stored: Any) -> dict[str, list[str]]:
        return {f"-{thing}": [str(answer)] for thing, answer in stored.items()}

    def read(self) -> dict[str, str] | None:
        said = {thing.code: one(self.typed.get(f"-{thing.code}", ())) for thing in self.things}
        if not set(said.values()) <= {"", *(choice.code for choice in self.choices)}:
            raise Unreadable(self.error)
        return {thing: answer for thing, answer in said.items() if answer} or None
