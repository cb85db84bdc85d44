"""The one place that asks for the time."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """Tells the time of the service, and the time of the machine."""

    def now(self) -> datetime:
        """The instant that due times, sessions and tokens go by; aware, UTC."""
        ...

    def real_now(self) -> datetime:
        """The machine's own instant, for leases and back-off; aware, UTC."""
        ...


class ClockUnreadable(Exception):
    """The clock file holds no ISO instant and never did; the process cannot go on."""


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock, for both times."""

    def now(self) -> datetime:
        """The machine's instant; aware, UTC."""
        return datetime.now(UTC)

    def real_now(self) -> datetime:
        """The same as `now`."""
        return datetime.now(UTC)


@dataclass(slots=True)
class FileClock:
    """
    The instant that stands in a file, for tests that move the time of several processes at once.

    The file is read anew each time. While somebody is writing it, the last instant that could be read stands.
    """

    path: Path
    _last: datetime | None = field(default=None, init=False, repr=False)

    def now(self) -> datetime:
        """
        The instant in the file; aware, UTC (an instant without an offset is taken as UTC).

        Raises:
            ClockUnreadable: The file is missing or holds no ISO instant, and never did.
        """
        try:
            read = datetime.fromisoformat(self.path.read_text(encoding="ascii").strip())
        except (OSError, ValueError) as problem:
            if self._last is None:
                raise ClockUnreadable(str(self.path)) from problem
            return self._last
        self._last = read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
        return self._last

    def real_now(self) -> datetime:
        """The machine's instant, which no file moves; aware, UTC."""
        return datetime.now(UTC)
