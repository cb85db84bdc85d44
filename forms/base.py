"""Forms of questions, and the page of the intake: they read what was typed and give stored answers or messages."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Self, cast

from wtforms import Form

from forms.context import PageContext
from forms.fields import Posted, Question
from forms.reveal import Effects, Revealed, reveal
from scheduler.engine import branches


class Typed(dict[str, list[str]]):
    """Raw values by input name, as they are kept until the page is shown again."""

    def getlist(self, key: str) -> list[str]:
        """The values of one input, empty where it was left out."""
        values = self.get(key, [])
        return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


class QuestionForm(Form):
    """
    Questions that are all asked.

    `formdata` is what her browser sent, None to show the questions with her earlier answers.
    """

    def __init__(self, formdata: Posted | None, context: PageContext) -> None:
        self.context = context
        self.is_posted = formdata is not None
        super().__init__(cast("Any", formdata), data=dict(context.answers))

    @classmethod
    def rebuilt(
        cls, raw: Mapping[str, list[str]], context: PageContext, messages: Mapping[str, list[str]] | None = None
    ) -> Self:
        """
        The form with values that were refused, checked again so that its messages are in the language read now.

        `messages`: further ones by field, of refusals that only a use case can know.
        """
        form = cls(Typed(raw), context)
        form.validate()
        for name, more in (messages or {}).items():
            if name in form:
                form[name].errors = [*form[name].errors, *more]
        return form

    def process(
        self, formdata: Any = None, obj: Any = None, data: Any = None, extra_filters: Any = None, **rest: Any
    ) -> None:
        for question in self.questions():
            question.for_another = self.context.for_another
            question.prepare(self.context)
        super().process(formdata, obj, data, extra_filters, **rest)
        self.arrange()

    def arrange(self) -> None:
        """Set what one field takes from another, or from earlier answers."""

    def check(self) -> Iterator[tuple[str, object]]:
        """Field and message of what does not fit together; only fields well answered by themselves are marked."""
        yield from ()

    def questions(self) -> Iterator[Question]:
        """All its fields, asked or not, in order."""
        return iter(cast("Iterator[Question]", self))

    @property
    def asked(self) -> tuple[str, ...]:
        """The names of the fields that are asked."""
        return tuple(question.name for question in self.questions())

    def said(self) -> dict[str, Any]:
        """What can be read of it, asked or not, well or not."""
        return {question.name: question.data for question in self.questions() if question.data is not None}

    def answers(self) -> dict[str, Any]:
        """The stored answers of the fields asked; valid after `validate` said so."""
        said = self.said()
        return {name: said[name] for name in self.asked if name in said}

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ARG002
        """Check the fields asked, then what does not fit together."""
        asked = self.asked
        for question in self.questions():
            question.errors = []
        good = {question.name for question in self.questions() if question.name in asked and question.validate(self)}
        for name, message in self.check():
            if name in good:
                self[name].errors = [str(message)]
        return not self.errors

    def raw(self) -> dict[str, list[str]]:
        """What was typed, by input, fit to be sealed in the draft until the page is shown again."""
        return {name: values for question in self.questions() for name, values in question.raw().items()}

    def mistakes(self) -> list[tuple[str, str]]:
        """Field name and message of each error, in the order of the page, for the summary at its top."""
        return [(question.name, str(message)) for question in self.questions() for message in question.errors]

    def shown(self) -> list[Revealed]:
        """The fields to be drawn."""
        return [Revealed(question, "", {}) for question in self.questions()]


class IntakePage(QuestionForm):
    """One page of the intake. Fields that are not asked of her are neither required nor answered."""

    slug: ClassVar[str]
    title: ClassVar[object]
    intro: ClassVar[object] = ""
    title_for_another: ClassVar[object] = ""
    intro_for_another: ClassVar[object] = ""

    @property
    def heading(self) -> object:
        """What the page is about, in words for whoever answers."""
        return (self.context.for_another and self.title_for_another) or self.title

    @property
    def opening(self) -> object:
        """What stands before its questions, in words for whoever answers."""
        return (self.context.for_another and self.intro_for_another) or self.intro

    def process(
        self, formdata: Any = None, obj: Any = None, data: Any = None, extra_filters: Any = None, **rest: Any
    ) -> None:
        super().process(formdata, obj, data, extra_filters, **rest)
        needed = branches.required(self.slug, self.merged(), self.context.today, **self.context.firm.branching)
        for question in self.questions():
            question.required = question.name in needed

    @property
    def asked(self) -> tuple[str, ...]:
        """The names of its fields that are asked, given her earlier answers and what was typed."""
        return self.context.asked if self.context.asked is not None else self.asked_with(self.merged())

    def asked_with(self, answers: Mapping[str, Any]) -> tuple[str, ...]:
        """Its fields that these answers ask for, without what the firm leaves out."""
        names = branches.asked(self.slug, answers, self.context.today, **self.context.firm.branching)
        off = self.context.firm.off
        return tuple(name for name in (*names, *self.companions(answers)) if name in self and name not in off)

    def companions(self, answers: Mapping[str, Any]) -> Iterator[str]:  # noqa: ARG002
        """Fields that are shown beside the questions without being one."""
        yield from ()

    def merged(self) -> dict[str, Any]:
        """Her earlier answers, those of this page replaced by what can be read of what was typed."""
        earlier = {name: value for name, value in self.context.answers.items() if name not in self}
        return earlier | self.said()

    def validate(self, extra_validators: Any = None) -> bool:
        """The same, without a message for what was left out because the question it hangs on is not answered."""
        if super().validate(extra_validators):
            return True
        waiting = Effects(self).waiting()
        for question in self.questions():
            if question.name in waiting and not question.problem:
                question.errors = []
        return False

    def shown(self) -> list[Revealed]:
        """The fields to be drawn: those asked, and those that an answer on this page would ask for."""
        return reveal(self)
