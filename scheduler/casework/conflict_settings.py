"""Whether intakes are cleared by themselves: only once the firm's names were read in, or somebody signed for none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from scheduler.casework import audit
from scheduler.casework.conflict_names import LIST
from scheduler.casework.conflicts import AUTO_CLEAR
from scheduler.casework.firm import firm
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.models import Firm

__all__ = [
    "LIST",
    "NONE",
    "SOURCE",
    "NoNamesYet",
    "Settings",
    "auto_clear",
    "change",
    "note_source",
    "settings",
    "sign_none",
]

SOURCE = "conflict_names"
"""The firm's setting of where its names come from: how, by whom of us, and when."""

NONE = "none"
"""Nobody to be read in: somebody has signed that there are no clients yet and nobody on another side."""


class NoNamesYet(Exception):
    """No names were read in and nobody has signed that there are none: a person clears each intake."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the check is set: `how` is empty until the names are there; `by` is one of the staff."""

    auto_clear: bool
    how: str
    by: str = field(repr=False)
    at: datetime | None


def settings() -> Settings:
    """As it stands now."""
    said = firm().settings
    source: Mapping[str, str] = said.get(SOURCE) or {}
    at = datetime.fromisoformat(source["at"]) if source else None
    return Settings(bool(said.get(AUTO_CLEAR)), source.get("how", ""), source.get("by", ""), at)


def sign_none(parts: Parts, who: SignedIn) -> None:
    """An attorney signs that the firm has no names to read in; a list that was read in stays what it is."""
    with writing() as session:
        if settings().how != LIST:
            note_source(session, parts, who, NONE)
        audit.record(session, parts, who.actor, "conflict_names_none", "firm:1")


def auto_clear(parts: Parts, who: SignedIn, *, on: bool) -> None:
    """
    Let intakes without a hit be cleared by themselves, or no longer.

    Raises:
        NoNamesYet: There is nothing to compare them with.
    """
    with writing() as session:
        if on and not settings().how:
            raise NoNamesYet
        change(session, {AUTO_CLEAR: on})
        audit.record(session, parts, who.actor, "auto_clear_set", "firm:1", on=on)


def note_source(session: Session, parts: Parts, who: SignedIn, how: str) -> None:
    """Note in the caller's transaction where the names come from."""
    change(session, {SOURCE: {"how": how, "by": who.name, "at": parts.clock.now().isoformat()}})


def change(session: Session, changes: Mapping[str, object]) -> None:
    """Change settings of the firm in the caller's transaction."""
    row = session.get_one(Firm, 1, with_for_update=True)
    row.settings = {**row.settings, **changes}
