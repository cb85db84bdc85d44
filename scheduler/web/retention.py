"""How long what a client tells is kept, in words: the days that the privacy notice speaks of (intake.md §5.4)."""

from collections.abc import Mapping
from datetime import timedelta

from scheduler.engine.retention import Record, kept
from scheduler.words import _


def retention(own: Mapping[str, int] | None = None) -> tuple[str, ...]:
    """One line for each of the ways in which no client comes of it; `own` are the firm's fewer days by record."""
    hours = kept(Record.DRAFT_UNSAFE) // timedelta(hours=1)
    return (
        _(
            "If you do not send it: {days} days after your last answer; {hours} hours if others may see your device.",
            days=kept(Record.DRAFT).days,
            hours=hours,
        ),
        _("If you send it and never have an appointment: after {days} days.", days=kept(Record.NEVER_BOOKED, own).days),
        _("If we talk and do not become your lawyer: after {days} days.", days=kept(Record.CONSULTED, own).days),
    )
