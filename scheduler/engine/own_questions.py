"""A firm's own questions: at most three, asked at the end of Part B, each as optional as the others there."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.engine.more_questions import MORE_QUESTIONS
from scheduler.engine.questions import QUESTIONS, never
from scheduler.engine.wording import never_said

TEXT, RADIO = "text", "radio"
KINDS = (TEXT, RADIO)
MOST, MOST_CHOICES, LEAST_CHOICES = 3, 8, 2
LONGEST_LABEL, LONGEST_CHOICE, LONGEST_ANSWER = 160, 80, 300
CODE = re.compile(r"own_[a-z0-9_]{1,30}", re.ASCII)
CHOICE_CODE = re.compile(r"[a-z0-9_]{1,30}", re.ASCII)
LANGUAGES = ("en", "es")
NEEDED = frozenset({"one_name_only", "own_answers"})
"""Without the first nobody with one name could go on; the second is what the firm asks itself."""


class BadQuestion(Exception):
    """A question cannot be asked so; the message says which one and what is wrong, `where` is its number from 0."""

    def __init__(self, where: int, message: str) -> None:
        super().__init__(f"own question {where + 1}: {message}")
        self.where = where
        self.message = message


@dataclass(frozen=True, slots=True)
class OwnChoice:
    """One answer that may be chosen, in both languages."""

    code: str
    en: str
    es: str

    def text(self, locale: str) -> str:
        """The answer in a language; in English where it has no other."""
        return self.es if locale == "es" else self.en


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """
    A question of the firm. `code` is the name under which answers are stored; another question has another code.

    `choices` are empty for a line of text, which has at most `LONGEST_ANSWER` letters.
    """

    code: str
    kind: str
    en: str
    es: str
    choices: tuple[OwnChoice, ...] = ()

    def text(self, locale: str) -> str:
        """The question in a language; in English where it has no other."""
        return self.es if locale == "es" else self.en

    def row(self) -> dict[str, Any]:
        """As the firm's settings hold it."""
        choices = [{"code": one.code, "en": one.en, "es": one.es} for one in self.choices]
        return {"code": self.code, "kind": self.kind, "en": self.en, "es": self.es, "choices": choices}


def read(rows: Iterable[Mapping[str, Any]]) -> tuple[OwnQuestion, ...]:
    """
    The questions of the firm's settings, of its file or of the page on which they are written.

    One without a code gets one made of its words: a question in other words is another question.

    Raises:
        BadQuestion: One of them is missing something, or says what must not be said, or there are too many.
    """
    questions = tuple(_question(number, said) for number, said in enumerate(rows))
    if len(questions) > MOST:
        raise BadQuestion(MOST, f"there may be {MOST}")
    codes = [question.code for question in questions]
    twice = next((number for number, code in enumerate(codes) if code in codes[:number]), None)
    if twice is not None:
        raise BadQuestion(twice, "it is asked twice")
    return questions


def optional() -> tuple[str, ...]:
    """The questions of Part A and Part B that a firm may leave out, in their order; a required one is none of them."""
    every = (*QUESTIONS, *MORE_QUESTIONS)
    return tuple(question.name for question in every if question.required is never and question.name not in NEEDED)


def _question(number: int, said: Mapping[str, Any]) -> OwnQuestion:
    kind = said.get("kind", TEXT) if isinstance(said, Mapping) else None
    if kind not in KINDS:
        raise BadQuestion(number, "it is neither text nor radio")
    en, es = (_words(number, said.get(language), LONGEST_LABEL) for language in LANGUAGES)
    choices = _choices(number, said.get("choices") or ()) if kind == RADIO else ()
    code = str(said.get("code") or "") or _made_of(kind, en, *(choice.code for choice in choices))
    if not CODE.fullmatch(code):
        raise BadQuestion(number, "its code begins with own_ and has small letters")
    return OwnQuestion(code, kind, en, es, choices)


def _choices(number: int, rows: Sequence[Mapping[str, Any]]) -> tuple[OwnChoice, ...]:
    if not LEAST_CHOICES <= len(rows) <= MOST_CHOICES:
        raise BadQuestion(number, f"it has {LEAST_CHOICES} to {MOST_CHOICES} answers")
    choices = tuple(_choice(number, said if isinstance(said, Mapping) else {}) for said in rows)
    if len({choice.code for choice in choices}) < len(choices):
        raise BadQuestion(number, "an answer stands there twice")
    return choices


def _choice(number: int, said: Mapping[str, Any]) -> OwnChoice:
    en, es = (_words(number, said.get(language), LONGEST_CHOICE) for language in LANGUAGES)
    code = str(said.get("code") or "") or _slug(en)
    if not CHOICE_CODE.fullmatch(code):
        raise BadQuestion(number, "the code of an answer has small letters")
    return OwnChoice(code, en, es)


def _words(number: int, said: object, longest: int) -> str:
    text = " ".join(str(said or "").split())
    if not text:
        raise BadQuestion(number, "it is not said in both languages")
    if len(text) > longest or not text.isprintable():
        raise BadQuestion(number, f"{longest} letters are enough")
    if never_said(text):
        raise BadQuestion(number, "it says what a firm may not say")
    return text


def _slug(text: str) -> str:
    return "_".join(re.findall(r"[a-z0-9]+", text.lower()))[:30].strip("_") or _digest(text)


def _made_of(*words: str) -> str:
    return f"own_{_digest(*words)}"


def _digest(*words: str) -> str:
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:8]
