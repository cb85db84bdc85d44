"""Which of the three sealed documents of an intake an answer belongs to."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from scheduler.engine.again import AGAIN
from scheduler.engine.answers import Answers
from scheduler.engine.more_questions import MORE_QUESTIONS
from scheduler.engine.questions import QUESTIONS


class Document(StrEnum):
    """One sealed JSON document; an intake has one of each."""

    CONTACT = "contact"
    PLACE = "place"
    CONFIDENTIAL = "confidential"


class Unplaced(Exception):
    """An answer belongs to no document; nothing is stored until its field has a place."""


BY_PAGE: Mapping[str, Document] = MappingProxyType(
    {
        **dict.fromkeys(("safety", "who", "language", "contact", "about"), Document.CONTACT),
        **dict.fromkeys(("where", "arrival", "dates"), Document.PLACE),
        "names": Document.CONFIDENTIAL,
        **dict.fromkeys(("notices", "time", "call"), Document.CONTACT),
        **dict.fromkeys(("people", "entry", "reasons", "place", "past", "papers"), Document.CONFIDENTIAL),
    }
)
"""
Contact holds A1-A5, the notices she ticked, how she wants to talk and B7; place holds A6-A8; confidential A9 and B1-B6.
"""

BESIDE: Mapping[str, Document] = MappingProxyType(
    {
        **dict.fromkeys(("ui_locale", "wa_id", "ticked", "referred_to", "shares"), Document.CONTACT),
        **dict.fromkeys(("i_am_detained", "not_my_time", "hearing_typed"), Document.PLACE),
        **{again.mark: BY_PAGE[again.page] for again in AGAIN},
        **dict.fromkeys(("a_number", "own_answers"), Document.CONFIDENTIAL),
        "a_number_last3": Document.PLACE,
        "checked": Document.PLACE,
        **dict.fromkeys(("reasons", "first_held", "judged", "no_shows", "no_shows_merged"), Document.CONFIDENTIAL),
    }
)
"""What is no question, or does not stand where its page stands."""

PLACE_OF: Mapping[str, Document] = MappingProxyType(
    {
        **{question.name: BY_PAGE[question.page] for question in (*QUESTIONS, *MORE_QUESTIONS)},
        **BESIDE,
    }
)


def split(answers: Answers) -> dict[Document, dict[str, Any]]:
    """
    The answers as the three documents, each present even when empty.

    Raises:
        Unplaced: A name stands in no document; the message is the field's name, never its answer.
    """
    parts: dict[Document, dict[str, Any]] = {document: {} for document in Document}
    for name, value in answers.items():
        if name not in PLACE_OF:
            raise Unplaced(name)
        parts[PLACE_OF[name]][name] = value
    return parts


def join(documents: Iterable[Answers]) -> dict[str, Any]:
    """The answers of as many documents as the reader may open, as one."""
    return {name: value for document in documents for name, value in document.items()}
