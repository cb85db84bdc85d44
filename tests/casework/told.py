"""A way out for invitations that can be closed or break, and what its readers were told."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import icalendar

from scheduler.channels.port import Mail, Stage, TryAgainLater

Told = tuple[str, str, int, datetime]
"""Who, which method, which sequence, which start."""


@dataclass
class Post:
    """A way out that can be closed, or break after the whole letter has left."""

    trouble: Stage | None = None
    letters: list[Mail] = field(default_factory=list)

    def send(self, letter: Mail) -> None:
        if self.trouble is Stage.CONNECT:
            raise TryAgainLater(Stage.CONNECT)
        self.letters.append(letter)
        if self.trouble is Stage.DOT:
            raise TryAgainLater(Stage.DOT)

    def forget(self, row: UUID) -> None:
        self.letters = [letter for letter in self.letters if letter.row != row]

    @property
    def told(self) -> list[Told]:
        return [_told(letter.to, letter.calendar.content) for letter in self.letters if letter.calendar]


def _told(to: str, content: bytes) -> Told:
    calendar = icalendar.Calendar.from_ical(content)
    event: Any = calendar.walk("VEVENT")[0]
    return to.partition("@")[0], str(calendar["METHOD"]), int(event["SEQUENCE"]), event["DTSTART"].dt
