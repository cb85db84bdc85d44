"""Whether letters leave in time: how long the jobs process has been silent, how long the oldest letter has waited."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from scheduler.casework.outbox import UNSETTLED
from scheduler.casework.parts import Parts
from scheduler.models import Outbox, db

LONGEST_SILENCE = 60
LONGEST_WAIT = 10 * 60


@dataclass(frozen=True, slots=True)
class Health:
    """
    Whole seconds since the jobs process last showed life, and since the oldest unsent letter was due.

    None where it never did, or where no letter waits.
    """

    jobs_silent: int | None
    oldest_unsent: int | None

    @property
    def is_awake(self) -> bool:
        """Whether a jobs process is active."""
        return self.jobs_silent is not None and self.jobs_silent <= LONGEST_SILENCE

    @property
    def is_in_time(self) -> bool:
        """Whether no letter is late."""
        return self.oldest_unsent is None or self.oldest_unsent <= LONGEST_WAIT

    @property
    def is_good(self) -> bool:
        """Both."""
        return self.is_awake and self.is_in_time


def health(parts: Parts, heartbeat: Path) -> Health:
    """How it stands now; `heartbeat` is the file that the jobs process touches."""
    now = parts.clock.now()
    due = db.session.scalar(select(func.min(Outbox.due_at)).where(Outbox.state.in_(UNSETTLED), Outbox.due_at <= now))
    return Health(_silent(parts, heartbeat), None if due is None else int((now - due).total_seconds()))


def _silent(parts: Parts, heartbeat: Path) -> int | None:
    try:
        touched = heartbeat.stat().st_mtime
    except FileNotFoundError:
        return None
    return max(0, int(parts.clock.real_now().timestamp() - touched))
