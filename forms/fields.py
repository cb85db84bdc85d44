"""A question: what was typed, the stored answer read from it, what the template needs; and those typed as a line."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from wtforms import Field
from wtforms.utils import unset_value

from forms.context import Choice, PageContext
from forms.validators import Unreadable, email_address, is_ticked, name_text, one, plain_text, whole_number
from scheduler.words import _l

Choices = tuple[Choice, ...]
KEPT = 2_000  # of a rejected value; longer than every limit, so that it is rejected again
KEPT_TIMES = 4  # of a rejected input that came again and again
TOO_LONG_NAME = _l("This name is too long. Please write a shorter form of it.")
SAMPLE_PHONE = "+526641234567"


class Posted(Protocol):
    """What a browser sent: werkzeug's MultiDict or forms.base.Typed."""

    def getlist(self, key: str, /) -> list[Any]: ...
    def __contains__(self, key: object, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class ForAnother:
    """The words of a question when somebody answers for the person who needs help; what is empty stays as it is."""

    label: object = ""
    hint: object = ""
    error: object = ""


class Question(Field, ABC):
    """
    One question with its hint and error.

    `typed`: raw values by the suffix of their input; `data`: the stored answer or None; `problem`: why there is none.
    `another`: its words where a helper answers; `folded`: shown as one line until it is opened.
    """

    kind: ClassVar[str] = "text"
    parts: tuple[str, ...] = ("",)

    def __init__(
        self,
        label: Any = None,
        *,
        hint: object = "",
        error: object = "",
        another: ForAnother | None = None,
        early: bool = True,
        folded: bool = False,
        **rest: Any,
    ) -> None:
        super().__init__(label, **rest)
        self._hint = hint
        self._error = error
        self._another = another or ForAnother()
        self.for_another = False
        self.folded = folded
        self.noted = False
        self.required = True
        self.early = early
        self.typed: dict[str, list[str]] = {}
        self.problem: object = ""
        self.choices: Choices = ()
        self.words: Mapping[str, object] = {}

    @property
    def text(self) -> str:
        """The question in the reader's language, with its places filled."""
        return self._filled(self.worded("label", self.label.text))

    @property
    def hint(self) -> str:
        """What stands under the question."""
        return self._filled(self.worded("hint", self._hint))

    @hint.setter
    def hint(self, hint: object) -> None:
        self._hint = hint

    @property
    def error(self) -> object:
        """What to do where there is no answer."""
        return self.worded("error", self._error)

    @property
    def is_open(self) -> bool:
        """Whether a folded question is shown open: it holds something, or is to be looked at."""
        return self.noted or bool(self.errors) or any(any(values) for values in self.typed.values())

    def worded(self, kind: str, usual: object) -> object:
        """The wording for a helper where she answers and there is one; else the usual one."""
        return (self.for_another and getattr(self._another, kind)) or usual

    def _filled(self, text: object) -> str:
        return str(text).format(**self.words) if self.words else str(text)

    def prepare(self, context: PageContext) -> None:
        """Take what the question needs from the context: choices, years, words."""

    def shown(self, stored: Any) -> dict[str, list[str]]:
        """What the inputs hold for a stored answer, by suffix."""
        return {"": [str(stored)]}

    @abstractmethod
    def read(self) -> Any:
        """
        The stored answer, None where nothing was typed.

        Raises:
            Unreadable: What was typed is no answer.
        """

    def alternatives(self) -> Iterator[tuple[str, Any]]:
        """The choices that may open other questions: the key the template knows them by, and their stored answer."""
        yield from ()

    def process(self, formdata: Posted | None, data: Any = unset_value, extra_filters: Any = None) -> None:  # noqa: ARG002
        self.process_errors = []
        self.object_data = None if data is unset_value else data
        if formdata is not None:
            self.typed = {part: list(map(str, formdata.getlist(self.name + part))) for part in self.parts}
        elif self.object_data is not None:
            self.typed = self.shown(self.object_data)
        self.reread()

    def reread(self) -> None:
        """Read the answer again, after something it depends on was set."""
        self.data, self.problem = None, ""
        try:
            self.data = self.read()
        except Unreadable as refusal:
            self.problem = refusal.message

    def forget(self) -> None:
        """Show it empty: what was typed into a question that is not asked must not open or close others."""
        self.typed = {}

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:  # noqa: ARG002
        self.errors = []
        if self.problem:
            self.errors = [str(self.problem)]
        elif self.required and self.data in (None, False, []):
            self.errors = [str(self.error)]
        return not self.errors

    def value(self, part: str = "") -> str:
        """What an input holds, fit for a page."""
        return readable((self.typed.get(part) or [""])[0])

    def raw(self) -> dict[str, list[str]]:
        """What was typed into its inputs, fit to be kept until the page is shown again."""
        typed = ((self.name + part, values[:KEPT_TIMES]) for part, values in self.typed.items() if values)
        return {name: [readable(value) for value in values] for name, values in typed}


def readable(text: str) -> str:
    """The text shortened, with what cannot stand in a page or a JSON document replaced."""
    return "".join("\ufffd" if sign == "\0" or "\ud800" <= sign <= "\udfff" else sign for sign in text[:KEPT])


class Tick(Question):
    """A box that is ticked or not; a required one must be."""

    kind = "tick"

    def shown(self, stored: Any) -> dict[str, list[str]]:
        return {"": ["1"] if stored else []}

    def read(self) -> bool:
        return is_ticked(self.typed.get("", ()))

    def alternatives(self) -> Iterator[tuple[str, Any]]:
        yield "", True


class Text(Question):
    """A line of text of `shortest` to `longest` letters."""

    def __init__(self, label: object, *, longest: int, shortest: int = 1, complete: str = "off", **rest: Any) -> None:
        super().__init__(label, **rest)
        self.longest = longest
        self.shortest = shortest
        self.complete = complete

    def clean(self, text: str) -> str:
        return plain_text(text, self.longest, self.error)

    def read(self) -> str | None:
        text = self.clean(one(self.typed.get("", ())))
        if text and len(text) < self.shortest:
            raise Unreadable(self.error)
        return text or None


class Name(Text):
    """A person's name in any script."""

    def __init__(self, label: object, *, too_long: object = TOO_LONG_NAME, **rest: Any) -> None:
        super().__init__(label, **rest)
        self.too_long = too_long

    def clean(self, text: str) -> str:
        return name_text(text, self.longest, self.too_long)


class Number(Question):
    """A whole number from `lowest` to `highest`."""

    kind = "number"

    def __init__(self, label: object, *, lowest: int, highest: int, **rest: Any) -> None:
        super().__init__(label, **rest)
        self.lowest = lowest
        self.highest = highest

    def read(self) -> int | None:
        text = one(self.typed.get("", ())).strip()
        return whole_number(text, self.lowest, self.highest, self.error) if text else None


class Email(Question):
    kind = "email"

    def read(self) -> str | None:
        text = one(self.typed.get("", ())).strip()
        return email_address(text, self.error) if text else None
