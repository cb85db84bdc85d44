"""Sign-ins of staff: a random token in the browser, its SHA-256 here, so that each can be ended from here."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scheduler.casework import audit
from scheduler.casework.access import Permission, may
from scheduler.casework.links import digest
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.states import Actor
from scheduler.models import Staff, StaffSession, db

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
WAITING = timedelta(minutes=10)
"""So long a right password waits for its code."""

TOUCH = timedelta(minutes=1)
"""The last use is written down no more often than this."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody of the firm whose session holds; `person` is her number in the calendar, if she has one."""

    id: UUID
    name: str = field(repr=False)
    roles: tuple[str, ...]
    locale: str
    person: int | None

    @property
    def actor(self) -> str:
        """Her name in the chain of what was done."""
        return f"staff:{self.id}"

    def one_of(self, actors: Collection[Actor]) -> Actor:
        """As whom she makes a move that these may make; where she is none of them, as what she is."""
        hers = [Actor(role) for role in self.roles]
        return next((actor for actor in hers if actor in actors), hers[0])

    def may(self, permission: Permission | str) -> bool:
        """Whether her roles allow it."""
        return may(self.roles, Permission(permission))


def begin(session: Session, staff_id: UUID, now: datetime, *, complete: bool) -> str:
    """A new session in the caller's transaction; its token is returned and never stored."""
    token = secrets.token_urlsafe(32)
    session.add(
        StaffSession(
            id=uuid4(), sha256=digest(token), staff_id=staff_id, created_at=now, seen_at=now, complete=complete
        )
    )
    return token


def signed_in(parts: Parts, token: str) -> SignedIn | None:
    """Who is signed in by this token; None once it was ended, idle for 30 minutes or 12 hours old."""
    now = parts.clock.now()
    found = living(db.session(), token, now, complete=True)
    if found is None:
        return None
    row, staff = found
    who = SignedIn(staff.id, staff.name, tuple(staff.roles), staff.locale, staff.person)
    if now - row.seen_at >= TOUCH:
        _touch(row.id, now)
    return who


def living(session: Session, token: str, now: datetime, *, complete: bool) -> tuple[StaffSession, Staff] | None:
    """The session of a token that still holds, and whose it is; `complete` after the code, or before it."""
    found = session.execute(
        select(StaffSession, Staff)
        .join(Staff, Staff.id == StaffSession.staff_id)
        .where(StaffSession.sha256 == digest(token), StaffSession.complete.is_(complete))
    ).first()
    if found is None:
        return None
    row, staff = found
    is_over = row.ended_at is not None or not staff.active
    is_old = now - row.created_at >= (ABSOLUTE if complete else WAITING) or now - row.seen_at >= IDLE
    return None if is_over or is_old else (row, staff)


def sign_out(parts: Parts, token: str) -> None:
    """End a session; one that holds no longer is no error."""
    now = parts.clock.now()
    with writing() as session:
        row = session.scalar(select(StaffSession).where(StaffSession.sha256 == digest(token)))
        if row is None or row.ended_at is not None:
            return
        row.ended_at = now
        audit.record(session, parts, f"staff:{row.staff_id}", "signed_out", f"staff:{row.staff_id}")


def end_all(session: Session, staff_id: UUID, now: datetime) -> None:
    """End every session of somebody in the caller's transaction: they are refused from the next request on."""
    session.execute(
        update(StaffSession)
        .where(StaffSession.staff_id == staff_id, StaffSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def _touch(row: UUID, now: datetime) -> None:
    with writing() as session:
        session.execute(
            update(StaffSession).where(StaffSession.id == row, StaffSession.ended_at.is_(None)).values(seen_at=now)
        )
