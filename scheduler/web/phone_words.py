"""What staff say on the telephone, in her language with theirs beside it; a call's own words name nothing (§4.4)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from scheduler.casework.cases import Case
from scheduler.casework.firm import firm
from scheduler.words import _l, locale, speaking

GREETING = _l("Hello.")
ASKED_FOR = _l("Hello, may I speak with {given_names}? [wait]")
IS_SAFE = _l("Is this a good and safe time? Are you alone?")
WORD = _l("I have a word for you: {safe_word}.")
ANOTHER = _l("I will try later, thank you.")
VOICEMAIL = _l("Hello, this is a message about an appointment. Please call {phone}.")

SNIPPETS = (
    _l("That is for the attorney; I will write down your question."),
    _l("An attorney will talk with you about your options."),
    _l("Some dates are strict. Tell us when you arrived so we can plan your call."),
    _l("Tell us where you are; the attorney will explain."),
    _l("We cannot advise you here. If you have a date, go unless your own lawyer says it changed."),
)
"""What is said to a question about the law, and nothing else: an attorney has approved each (intake.md §7.1)."""

WITH_NAME = "with_name"


@dataclass(frozen=True, slots=True)
class Line:
    """Something to say in her language; `ours` is the same for the reader, None where that is her language too."""

    hers: str = field(repr=False)
    ours: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class ToSay:
    """
    What is said to her, and what of it is answered to questions.

    `call` is None where she has no number that is still hers, `message` where none may be left, or not at this hour.
    """

    language: str
    answers: tuple[Line, ...]
    call: Line | None = None
    another: Line | None = None
    message: Line | None = None
    may_name_us: bool = False


def answers_to_questions(language: str) -> ToSay:
    """The approved answers alone, for somebody who talks with her already."""
    return ToSay(language, tuple(_line(language, [one]) for one in SNIPPETS))


def to_say(case: Case) -> ToSay:
    """The words for a call to her, with what her reader may see of her name and her secret word."""
    hers, known = case.locale, case.answers
    answers = answers_to_questions(hers).answers
    if not case.reach.number:
        return ToSay(hers, answers)
    names, word = known.get("given_names"), known.get("safe_word")
    asked = [ASKED_FOR if names else GREETING, IS_SAFE, *([WORD] if word else [])]
    leaves = case.reach.messages and case.reach.now
    return ToSay(
        hers,
        answers,
        call=_line(hers, asked, given_names=names, safe_word=word),
        another=_line(hers, [ANOTHER]),
        message=_line(hers, [VOICEMAIL], phone=firm().phone) if leaves else None,
        may_name_us=leaves and known.get("can_leave_message") == WITH_NAME,
    )


def _line(language: str, sentences: Sequence[object], **values: object) -> Line:
    said = []
    for one in (language, locale()):
        with speaking(one):
            said.append(" ".join(str(sentence) for sentence in sentences).format(**values))
    return Line(said[0], said[1] if locale() != language else None)
