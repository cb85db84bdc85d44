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


def whole(own: Mapping[str, int] | None = None) -> tuple[str, ...]:
    """All of the table that is hers: the same, and what follows when she or the firm does not go on."""
    stub = kept(Record.STUB).days // 365
    return (
        *retention(own),
        _("If you press “Leave now” before you send it: at once."),
        _("If you ask us to delete it: at once."),
        _("If we cannot take it: {days} days after you read our letter.", days=kept(Record.DECLINED_READ, own).days),
        _("Where we may not help you because of somebody else: within one day."),
        _("Who looked, and when: {years} years, without what was read.", years=kept(Record.AUDIT).days // 365),
        _("Names, so that we never help someone against you: {years} years, locked.", years=stub),
    )
