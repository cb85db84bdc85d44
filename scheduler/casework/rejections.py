"""A page as it was typed and refused: kept sealed in its intake until it is shown again."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from scheduler.casework.parts import Parts
from scheduler.casework.sealing import place, seal, unseal
from scheduler.models import Intake


@dataclass(frozen=True, slots=True)
class Rejected:
    """Raw values by input, and messages that only a use case knows, by field."""

    page: str
    raw: Mapping[str, list[str]] = field(repr=False)
    messages: Mapping[str, list[str]] = field(default_factory=dict, repr=False)


def keep(parts: Parts, intake: Intake, rejected: Rejected) -> None:
    """Seal the page into the intake's row, in the caller's transaction."""
    document = {"page": rejected.page, "raw": dict(rejected.raw), "messages": dict(rejected.messages)}
    intake.rejected = seal(document, parts.keyring.open(intake.id), place("intake", "rejected", intake.id))


def kept(parts: Parts, intake: Intake, before: str = "") -> Rejected | None:
    """
    The page that waits to be shown again, by what follows `before` in its name; None where no such page does.

    Raises:
        KeyGone: The intake was purged.
    """
    if intake.rejected is None:
        return None
    said = unseal(intake.rejected, parts.keyring.open(intake.id), place("intake", "rejected", intake.id))
    return Rejected(**{**said, "page": said["page"].removeprefix(before)}) if said["page"].startswith(before) else None
