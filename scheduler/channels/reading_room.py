"""Calendars of others are read in a process of their own: what is wrong with one of them ends that process alone."""

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from scheduler.channels.calendars import Fault, NotRead
from scheduler.engine.intervals import Interval
from scheduler.engine.invitation.busy import Busy, Home, Owner
from scheduler.engine.stays import Stay

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-E", "-s", "-B", "-m", "scheduler.channels.reading_room_worker")
PATIENCE = 20
NOT_A_CALENDAR, TOO_MUCH = 3, 4
MEANINGS = {NOT_A_CALENDAR: Fault.NOT_A_CALENDAR}


@dataclass(frozen=True, slots=True)
class Question:
    """When the owner of these files is busy within the span."""

    files: tuple[bytes, ...] = field(repr=False)
    owner: Owner
    span: Interval

    def as_bytes(self) -> bytes:
        """As the process reads it: a line of JSON, then the files."""
        home = self.owner.home
        head = {
            "sizes": [len(file) for file in self.files],
            "zone": home.zone,
            "stays": [(stay.first.isoformat(), stay.last.isoformat(), stay.zone) for stay in home.stays],
            "email": self.owner.email,
            "inviter": self.owner.inviter,
            "span": (self.span.start, self.span.end),
        }
        return json.dumps(head).encode() + b"\n" + b"".join(self.files)

    @classmethod
    def of_bytes(cls, sent: bytes) -> "Question":
        """The question that was sent."""
        head, _, rest = sent.partition(b"\n")
        said = json.loads(head)
        files, at = [], 0
        for size in said["sizes"]:
            files.append(rest[at : at + size])
            at += size
        stays = tuple(Stay(date.fromisoformat(a), date.fromisoformat(b), zone) for a, b, zone in said["stays"])
        owner = Owner(Home(said["zone"], stays), said["email"], said["inviter"])
        return cls(tuple(files), owner, Interval(*said["span"]))


def as_text(found: Iterable[Busy]) -> str:
    """What was found, as the process says it."""
    return json.dumps([(one.uid, one.by_times, [(each.start, each.end) for each in one.stretches]) for one in found])


def read(question: Question) -> list[Busy]:
    """
    When she is busy.

    Raises:
        NotRead: One of the files is no calendar, or takes more time or memory than one.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own program, nothing of others in its words
            COMMAND, input=question.as_bytes(), capture_output=True, timeout=PATIENCE, check=False, env={}, cwd=ROOT
        )
    except subprocess.TimeoutExpired:
        raise NotRead(Fault.TOO_MUCH) from None
    if done.returncode:
        raise NotRead(MEANINGS.get(done.returncode, Fault.TOO_MUCH))
    rows: list[Any] = json.loads(done.stdout)
    return [Busy(uid, by_times, tuple(Interval(*each) for each in stretches)) for uid, by_times, stretches in rows]
