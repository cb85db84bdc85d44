"""Pages as they were typed and refused: kept sealed in their intake until they are shown again or saved."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from scheduler.casework.parts import Parts
from scheduler.casework.sealing import place, seal, unseal
from scheduler.models import Intake

MOST = 4
"""Pages of one intake that wait at once: as many tabs as somebody writes in; the oldest gives way."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """Raw values by input, and messages that only a use case knows, by field."""

    page: str
    raw: Mapping[str, list[str]] = field(repr=False)
    messages: Mapping[str, list[str]] = field(default_factory=dict, repr=False)


def keep(parts: Parts, intake: Intake, rejected: Rejected) -> None:
    """Seal the page into the intake's row beside those that wait already, in the caller's transaction."""
    others = [one for one in _all(parts, intake) if one.page != rejected.page]
    _write(parts, intake, [*others, rejected][-MOST:])


def drop(parts: Parts, intake: Intake, page: str) -> None:
    """The page was saved, or is wanted as it is saved; what was typed on others still waits."""
    _write(parts, intake, [one for one in _all(parts, intake) if one.page != page])


def waiting(parts: Parts, intake: Intake, before: str = "") -> tuple[Rejected, ...]:
    """
    The pages that wait to be shown again, the latest last, by what follows `before` in their names.

    Raises:
        KeyGone: The intake was purged.
    """
    mine = (one for one in _all(parts, intake) if one.page.startswith(before))
    return tuple(Rejected(one.page.removeprefix(before), one.raw, one.messages) for one in mine)


def kept(parts: Parts, intake: Intake, before: str = "") -> Rejected | None:
    """
    The latest of them; None where no such page waits.

    Raises:
        KeyGone: The intake was purged.
    """
    return next(reversed(waiting(parts, intake, before)), None)


def of(page: str, pages: Sequence[Rejected]) -> Rejected | None:
    """What waits of one page; None where nothing does."""
    return next((one for one in pages if one.page == page), None)


def _all(parts: Parts, intake: Intake) -> list[Rejected]:
    """The pages; one that was sealed when only one could wait is all there is."""
    if intake.rejected is None:
        return []
    said = unseal(intake.rejected, parts.keyring.open(intake.id), place("intake", "rejected", intake.id))
    return [Rejected(**one) for one in said.get("pages", [said])]


def _write(parts: Parts, intake: Intake, pages: list[Rejected]) -> None:
    if not pages:
        intake.rejected = None
        return
    document = {"pages": [asdict(one) for one in pages]}
    intake.rejected = seal(document, parts.keyring.open(intake.id), place("intake", "rejected", intake.id))
