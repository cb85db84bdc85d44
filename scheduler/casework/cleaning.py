"""What has served its time is deleted: settled letters, dead links and codes, old sign-ins, stubs, the oldest audit."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, Delete, Update, delete, func, or_, update
from sqlalchemy.orm import Session

from scheduler.casework import audit, holds, outbox
from scheduler.casework.conflict_names import STUB
from scheduler.casework.parts import Parts
from scheduler.casework.retention import own_days
from scheduler.casework.sessions import ABSOLUTE
from scheduler.casework.transaction import writing
from scheduler.engine.retention import Record, kept
from scheduler.engine.states import Actor
from scheduler.models import ClientLink, ConflictName, Outbox, StaffSession

AFTERWARDS = timedelta(days=1)
"""So long a link or a sign-in that has ended may still be looked at by us."""


def clean(parts: Parts) -> Mapping[str, int]:
    """Delete it; how much of what there was, where there was any. A look that finds nothing leaves no trace."""
    now = parts.clock.now()
    with writing() as session:
        found = {name: _count(session, statement) for name, statement in _over(now).items()}
        found["audit"] = audit.cut(session, parts, before=now - kept(Record.AUDIT), covered=holds.covered)
        done = {name: count for name, count in found.items() if count}
        if done:
            audit.record(session, parts, Actor.SYSTEM, "cleaned", "firm:1", **done)
    return done


def _over(now: datetime) -> Mapping[str, Delete | Update]:
    ended, letters = now - AFTERWARDS, now - kept(Record.LETTERS, own_days())
    settled = func.coalesce(Outbox.settled_at, Outbox.due_at)
    free = or_(Outbox.intake_id.is_(None), Outbox.intake_id.not_in(holds.held()))
    return {
        "letters": delete(Outbox).where(Outbox.state.not_in(outbox.UNSETTLED), settled <= letters, free),
        "codes": update(ClientLink)
        .where(ClientLink.code_expires_at <= now)
        .values(code_hash=None, code_expires_at=None),
        "links": delete(ClientLink).where(or_(ClientLink.expires_at <= ended, ClientLink.revoked_at <= ended)),
        "sessions": delete(StaffSession).where(
            or_(StaffSession.ended_at <= ended, StaffSession.created_at <= ended - ABSOLUTE)
        ),
        "stubs": delete(ConflictName).where(
            ConflictName.source == STUB, ConflictName.created_at <= now - kept(Record.STUB)
        ),
    }


def _count(session: Session, statement: Delete | Update) -> int:
    result = session.execute(statement, execution_options={"synchronize_session": False})
    return result.rowcount if isinstance(result, CursorResult) else 0
