"""What all letters of one change have in common: whose they are, by which clock, and when they may leave."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from scheduler.casework import triage
from scheduler.casework.firm import firm
from scheduler.casework.outbox import CLIENT, New
from scheduler.casework.parts import Parts
from scheduler.engine import events
from scheduler.engine.answers import Answers
from scheduler.engine.hours import open_minutes
from scheduler.engine.intervals import Interval, subtract
from scheduler.engine.safe_contact import safe_hours
from scheduler.engine.zones import instant, minute_ceil, minute_of
from scheduler.models import Consultation, Intake


@dataclass(frozen=True, slots=True)
class Telling:
    """One client who is told something at `now`; `place` names the hour of her `zone` where she said where she is."""

    session: Session = field(repr=False)
    parts: Parts = field(repr=False)
    intake: Intake
    answers: Answers = field(repr=False)
    now: datetime
    zone: str
    silence: tuple[Interval, ...]
    place: str | None = field(repr=False)

    def safe_from(self, since: datetime, until: datetime) -> datetime | None:
        """The first instant of [since, until) at which she may be written to; None where there is none."""
        first, last = minute_of(since), minute_of(until)
        if last <= first:
            return None
        hours = safe_hours(self.answers, self.zone)
        safe = subtract(open_minutes(hours, Interval(first, last)), list(self.silence))
        span = next((span for span in safe if span.end > minute_ceil(since)), None)
        return max(since, instant(span.start)) if span is not None else None


def telling(session: Session, parts: Parts, intake: Intake, answers: Answers, zone: str | None = None) -> Telling:
    """What is told to the client of this intake now, in the zone her times are in; by her own place's if none is."""
    now = parts.clock.now()
    place = triage.her_place(answers, now)
    zone = zone or place.zone
    silence = tuple(events.silence(answers, firm().venues.zones(answers, zone), firm().today(now)))
    return Telling(session, parts, intake, answers, now, zone, silence, place.sms_label if place.zone == zone else None)


def about(
    told: Telling, consultation: Consultation, kind: str, due_at: datetime, not_after: datetime, **more: Any
) -> New:
    """A letter to the client about her time, for this version of it; `more` are further facts."""
    facts = {"start": consultation.starts_at.isoformat(), "sequence": consultation.sequence, "zone": told.zone, **more}
    return New(kind, CLIENT, due_at, str(consultation.sequence), facts, {"place": told.place}, not_after)
