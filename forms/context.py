"""What a page must know besides what was typed; it comes from outside: a form reads no clock and no table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from scheduler.engine import branches
from scheduler.engine.courts import Venues
from scheduler.engine.own_questions import OwnQuestion

Answers = Mapping[str, Any]
"""Answers as they are stored, keyed by field name: codes, booleans, ISO dates, E.164 numbers, rows."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be chosen: its stored code and its words, which may be lazy; `another` those of a helper."""

    code: str
    label: object
    another: object = ""


@dataclass(frozen=True, slots=True)
class FirmLists:
    """
    What the firm decides about the questions; an empty list of languages means the one that comes with Cita.

    `off` are optional questions that it does not ask, `own` those that it asks besides.
    """

    languages: tuple[Choice, ...] = ()
    venues: Venues = field(default_factory=Venues)
    off: frozenset[str] = frozenset()
    own: tuple[OwnQuestion, ...] = ()
    staff_languages: frozenset[str] = frozenset({"es", "en"})

    @property
    def branching(self) -> dict[str, Any]:
        """What the engine's branches ask of the firm."""
        return {"staff_languages": self.staff_languages}


@dataclass(frozen=True, slots=True)
class PageContext:
    """
    The day, the reader's language and what she answered before.

    `today` is the firm's local day, `now` the instant for clock times of places (none: no clock times are offered).
    `asked` names the fields asked of her; left out, the page asks the engine with her answers and what was typed.
    """

    today: date
    locale: str = "es"
    answers: Answers = field(default_factory=dict, repr=False)
    asked: tuple[str, ...] | None = None
    firm: FirmLists = field(default_factory=FirmLists)
    now: datetime | None = None

    @property
    def for_another(self) -> bool:
        """Whether somebody answers for the person who needs help."""
        return bool(self.answers.get("filler_role", "self") != "self")

    @property
    def device_unsafe(self) -> bool:
        """Whether somebody else may see her screen or her messages."""
        return branches.device_unsafe(self.answers)
