"""What the firm asks besides, and what it leaves out: an administrator sets both, and the audit says so."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.casework import audit
from scheduler.casework.firm_words import OFF, OWN
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.engine import own_questions
from scheduler.models import Firm


class Needed(Exception):
    """A question that must be asked, or is none, cannot be left out; nothing was changed."""


@dataclass(frozen=True, slots=True)
class SetQuestions:
    """The names of the optional questions to leave out, and the firm's own as they were written."""

    off: Collection[str]
    own: Sequence[Mapping[str, Any]]


def set_questions(parts: Parts, who: SignedIn, wish: SetQuestions) -> None:
    """
    Leave out and ask from now on what was wished; answers that were given stay where they are.

    Raises:
        Needed: Something in `off` is no optional question.
        BadQuestion: One of the firm's own cannot be asked so.
    """
    if not set(wish.off) <= set(own_questions.optional()):
        raise Needed
    own = own_questions.read(wish.own)
    off = [name for name in own_questions.optional() if name in wish.off]
    with writing() as session:
        row = session.get_one(Firm, 1, with_for_update=True)
        row.settings = {**row.settings, OFF: off, OWN: [question.row() for question in own]}
        codes = [question.code for question in own]
        audit.record(session, parts, who.actor, "questions_set", "firm:1", off=off, own=codes)
