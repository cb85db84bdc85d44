"""An intake's three sealed documents, opened and sealed; nobody opens more of them than the work at hand needs."""

from collections.abc import Mapping
from typing import Any

from scheduler.casework.parts import Parts
from scheduler.casework.sealing import place, seal, unseal
from scheduler.engine.documents import Document, split
from scheduler.models import Intake

ALL = tuple(Document)
LAST_FIGURES = "a_number_last3"


def open_documents(parts: Parts, intake: Intake, *documents: Document) -> dict[str, Any]:
    """
    The answers in these documents of the intake, as one.

    Raises:
        KeyGone: The intake was purged.
        Broken: A document does not belong here.
    """
    key = parts.keyring.open(intake.id)
    answers: dict[str, Any] = {}
    for document in documents:
        answers |= unseal(getattr(intake, document), key, place("intake", document, intake.id))
    return answers


def open_answers(parts: Parts, intake: Intake) -> dict[str, Any]:
    """All answers of the intake."""
    return open_documents(parts, intake, *ALL)


def seal_answers(parts: Parts, intake: Intake, answers: Mapping[str, Any]) -> None:
    """Seal all answers anew into the intake's row."""
    key = parts.keyring.open(intake.id)
    for document, content in split(with_last_figures(answers)).items():
        setattr(intake, document, seal(content, key, place("intake", document, intake.id)))


def with_last_figures(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers, and apart from her A-number its last three figures, which more people may see."""
    others = {name: value for name, value in answers.items() if name != LAST_FIGURES}
    number = answers.get("a_number")
    return others | ({LAST_FIGURES: str(number)[-3:]} if number else {})
