"""How long what a client tells is kept, in words: the dates that the privacy notice speaks of (intake.md §5.4)."""

from datetime import timedelta

from scheduler.casework.lapses import IDLE, IDLE_UNSAFE
from scheduler.words import _

NEVER_BOOKED = timedelta(days=30)
NOT_ENGAGED = timedelta(days=365)
"""Counted from the day on which it was sent, and from the day on which we talked."""


def retention() -> tuple[str, ...]:
    """One line for each of the ways in which no client comes of it."""
    hours = IDLE_UNSAFE // timedelta(hours=1)
    return (
        _(
            "If you do not send it: {days} days after your last answer; {hours} hours if others may see your device.",
            days=IDLE.days,
            hours=hours,
        ),
        _("If you send it and never have an appointment: after {days} days.", days=NEVER_BOOKED.days),
        _("If we talk and do not become your lawyer: after {days} days.", days=NOT_ENGAGED.days),
    )
