"""Whose time a consultation takes: one block for each who is on the call, put where it goes under the locks of all."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from scheduler.casework.changes import Change
from scheduler.casework.rows import CONSULTATION, INTERPRETER, Attorney
from scheduler.casework.slots import SILENTLY
from scheduler.engine.availability import protected
from scheduler.engine.zones import minute_of
from scheduler.models import Block, Consultation


def blocks(
    consultation: Consultation, team: Collection[Attorney], start: datetime, end: datetime
) -> list[dict[str, Any]]:
    """The rows of the time from one instant to another, for each of these."""
    return [
        {
            "id": uuid4(),
            "person": one.number,
            "active": True,
            "kind": CONSULTATION,
            "intake_id": consultation.intake_id,
            "consultation_id": consultation.id,
            **_span(one, start, end),
        }
        for one in team
    ]


def put(change: Change, one: Attorney, start: datetime, end: datetime) -> None:
    """
    Give the consultation this time with this team and nobody else, in a transaction that has locked all their rows.

    Raises:
        IntegrityError: The guard has seen that one of them is taken.
    """
    consultation, session = change.consultation, change.session
    mine = (Block.consultation_id == consultation.id, Block.active)
    gone = update(Block).where(*mine, Block.person.not_in(one.numbers)).values(active=False)
    session.execute(gone, execution_options=SILENTLY)
    stay = set(session.scalars(select(Block.person).where(*mine)))
    for each in one.team:
        if each.number in stay:
            moved = update(Block).where(*mine, Block.person == each.number).values(**_span(each, start, end))
            session.execute(moved, execution_options=SILENTLY)
    fresh = blocks(consultation, [each for each in one.team if each.number not in stay], start, end)
    if fresh:
        session.execute(insert(Block), fresh)


def sit(consultation: Consultation, one: Attorney) -> None:
    """Write down who they are, and by which clock the attorney is told."""
    consultation.attorney = one.number
    consultation.attorney_zone = one.person.hours.zone_at(minute_of(consultation.starts_at))
    between = [each.number for each in one.beside if each.kind == INTERPRETER]
    consultation.interpreter, consultation.relay = (*between, None, None)[:2]
    consultation.second = next((each.number for each in one.beside if each.kind != INTERPRETER), None)


def _span(one: Attorney, start: datetime, end: datetime) -> dict[str, int]:
    taken = protected(start, end, one.person.before, one.person.after)
    return {"b0": taken.start, "b1": taken.end}


def leave(session: Session, consultation_id: UUID) -> None:
    """What a consultation takes of anybody's time is free."""
    mine = update(Block).where(Block.consultation_id == consultation_id, Block.active)
    session.execute(mine.values(active=False), execution_options=SILENTLY)
