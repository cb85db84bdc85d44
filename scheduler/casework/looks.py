"""Who opens the answers of clients that are not her own: too many within an hour, or at night, and others are told."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.casework import audit, tasks, triage
from scheduler.casework.firm import firm
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.engine.business import NeverOpen
from scheduler.models import Audit, Staff, db

MOST, HOUR = 20, timedelta(hours=1)
"""So many clients' answers somebody may open within an hour, unless it is her own case (intake.md §7.6 no. 5)."""

SHOWN_FOR = timedelta(days=90)
ALARM, ALARM_TASK = "looks_alarmed", "many_looks"
NOT_HERS = {"own": "no"}
"""What a look says that was taken by somebody whose case it is not."""


class Why(StrEnum):
    """What is told."""

    MANY = "many"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Alarm:
    """Who looked so that others are told, when, and how many times within the hour; never at whom."""

    name: str = field(repr=False)
    at: datetime
    why: Why
    count: int


def watched(session: Session, parts: Parts, who: SignedIn) -> dict[str, str]:
    """
    What is to be written down of a look at somebody else's case, in its transaction; raise the alarm where it must be.

    Once an hour for each cause: in the chain, where nobody ticks it off, and on the desk's list.
    """
    now = parts.clock.now()
    before = session.execute(
        select(Audit.action, Audit.facts).where(Audit.actor == who.actor, Audit.at > now - HOUR)
    ).all()
    count = 1 + sum(facts.get("own") == NOT_HERS["own"] for _action, facts in before)
    told = {facts["why"] for action, facts in before if action == ALARM}
    found = {Why.MANY: count > MOST, Why.CLOSED: _is_closed(now)}
    for why in (why for why, is_so in found.items() if is_so and why not in told):
        tasks.add(session, ALARM_TASK, due_at=now, now=now, again=f"{who.id}:{why}:{now.isoformat()}")
        audit.record(session, parts, who.actor, ALARM, f"staff:{who.id}", why=why, count=count)
    return NOT_HERS


def is_about(dedupe: str, who: SignedIn) -> bool:
    """Whether a task with this `dedupe` tells others of her: then she is not the one who has seen to it."""
    return dedupe.startswith(f"{ALARM_TASK}:firm:{who.id}:")


def _is_closed(now: datetime) -> bool:
    try:
        return triage.opening(firm(), now) is not None
    except NeverOpen:
        return False


def alarms(parts: Parts) -> tuple[Alarm, ...]:
    """The alarms of the last 90 days, the newest first; at most 200."""
    names = {f"staff:{row.id}": row.name for row in db.session.execute(select(Staff.id, Staff.name))}
    since = parts.clock.now() - SHOWN_FOR
    rows = db.session.execute(
        select(Audit.actor, Audit.at, Audit.facts)
        .where(Audit.actor.in_(names), Audit.at > since, Audit.action == ALARM)
        .order_by(Audit.seq.desc())
        .limit(200)
    )
    return tuple(Alarm(names[row.actor], row.at, Why(row.facts["why"]), row.facts["count"]) for row in rows)
