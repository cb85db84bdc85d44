"""Who works here: how they are added, and how they sign in with a password and a code."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import uuid4

import pyotp
from sqlalchemy import CursorResult, case, or_, select, update
from sqlalchemy.orm import Session

from scheduler.casework import audit, passwords, sessions, totp
from scheduler.casework.access import Role
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.models import Staff

TRIES = 5
WINDOW = timedelta(minutes=15)
LONGEST_ADDRESS = 254
NOBODY = "staff:unknown"


class SignInRefused(Exception):
    """Address and password do not fit, or there were too many tries; which of them is never told."""


class CodeRefused(Exception):
    """The code is wrong, was used before, or there were too many tries; it can be tried again."""


class PasswordFirst(Exception):
    """There is no sign-in that waits for a code, or it waited too long; she begins again."""


class AlreadyStaff(Exception):
    """Somebody with this address is there; nothing was changed."""


class UnknownRole(Exception):
    """A role is none of the five, or there is none; nothing was stored."""


@dataclass(frozen=True, slots=True)
class NewStaff:
    """Somebody who is to sign in; `person` is the attorney's number in the calendar."""

    email: str = field(repr=False)
    name: str = field(repr=False)
    roles: tuple[str, ...]
    password: str = field(repr=False)
    locale: str = "en"
    person: int | None = None
    with_codes: bool = True


@dataclass(frozen=True, slots=True)
class Opened:
    """A sign-in that was let in: its token, and whether a code must follow."""

    token: str = field(repr=False)
    complete: bool
    locale: str


def add_staff(parts: Parts, new: NewStaff) -> str | None:
    """
    Add somebody; the secret for the authenticator app is returned this once (None without codes).

    Raises:
        AlreadyStaff: The address is taken.
        UnknownRole: A role is none of the five.
        WeakPassword: The password is too short.
    """
    if not new.roles or not set(new.roles) <= set(Role):
        raise UnknownRole(", ".join(new.roles))
    password_hash = passwords.hashed(new.password, with_codes=new.with_codes)
    staff_id, secret = uuid4(), pyotp.random_base32() if new.with_codes else None
    with writing() as session:
        if session.scalar(select(Staff.id).where(Staff.email == stored_address(new.email))) is not None:
            raise AlreadyStaff
        session.add(
            Staff(
                id=staff_id,
                email=stored_address(new.email),
                name=new.name,
                roles=list(new.roles),
                locale=new.locale,
                password_hash=password_hash,
                totp=totp.sealed_secret(parts, staff_id, secret) if secret else None,
                person=new.person,
            )
        )
        audit.record(session, parts, "system", "staff_added", f"staff:{staff_id}", roles=list(new.roles))
    return secret


def sign_in(parts: Parts, email: str, password: str, *, codes_required: bool) -> Opened:
    """
    Check a password; the session that follows waits for a code where somebody has one.

    Every refusal takes the same steps and the same time. A try is counted before the password is looked at, so
    that many at once are not more than five in 15 minutes. `codes_required`: nobody gets in without.

    Raises:
        SignInRefused: It is not let in.
    """
    staff = _counted(stored_address(email), parts.clock.now())
    fits = passwords.fits(staff.password_hash if staff else None, password)
    now = parts.clock.now()
    with writing() as session:
        if staff is None or not fits or not staff.active or (codes_required and staff.totp is None):
            audit.record(session, parts, "system", "sign_in_refused", f"staff:{staff.id}" if staff else NOBODY)
            opened = None
        else:
            opened = _open(session, parts, staff, now)
    if opened is None:
        raise SignInRefused
    return opened


def give_code(parts: Parts, token: str, typed: str) -> Opened:
    """
    Finish the sign-in of a token with a code; a new token takes its place.

    Raises:
        PasswordFirst: The token waits for no code.
        CodeRefused: The code is not accepted.
    """
    now = parts.clock.now()
    with writing() as session:
        found = sessions.living(session, token, now, complete=False)
        if found is None:
            raise PasswordFirst
        waiting, staff = found
        accepted = _count_try(session, staff.email, now) and _use_step(session, parts, staff, typed, now)
        if accepted:
            waiting.ended_at = now
        fresh = sessions.begin(session, staff.id, now, complete=True) if accepted else ""
        audit.record(session, parts, f"staff:{staff.id}", _said(accepted=accepted), f"staff:{staff.id}")
    if not fresh:
        raise CodeRefused
    return Opened(fresh, complete=True, locale=staff.locale)


def confirm(parts: Parts, who: SignedIn, password: str) -> None:
    """
    Ask somebody who is signed in for her password once more; a wrong one counts like one at the door.

    Raises:
        SignInRefused: It is wrong, or was wrong too often.
    """
    with writing() as session:
        row = session.get_one(Staff, who.id)
        is_allowed = _count_try(session, row.email, parts.clock.now())
        stored = row.password_hash if is_allowed else None
    if not passwords.fits(stored, password):
        raise SignInRefused
    with writing() as session:
        session.execute(update(Staff).where(Staff.id == who.id).values(failures=0, failures_since=None))


def _said(*, accepted: bool) -> str:
    return "signed_in" if accepted else "code_refused"


def _open(session: Session, parts: Parts, staff: Staff, now: datetime) -> Opened:
    """A session for a right password: complete where no code is to follow, and the tries are forgotten then."""
    complete = staff.totp is None
    remaining = case((Staff.failures > 0, Staff.failures - 1), else_=0)
    session.execute(
        update(Staff)
        .where(Staff.id == staff.id)
        .values(failures=0 if complete else remaining)
        .execution_options(synchronize_session=False)
    )
    token = sessions.begin(session, staff.id, now, complete=complete)
    audit.record(
        session, parts, f"staff:{staff.id}", "signed_in" if complete else "password_right", f"staff:{staff.id}"
    )
    return Opened(token, complete=complete, locale=staff.locale)


def _counted(address: str, now: datetime) -> Staff | None:
    """Whose address it is, after the try was counted; None for nobody's, and where no try is left."""
    with writing() as session:
        is_allowed = _count_try(session, address, now)
        staff = session.scalar(select(Staff).where(Staff.email == address))
    return staff if is_allowed else None


def _count_try(session: Session, address: str, now: datetime) -> bool:
    """Take one of the five tries in 15 minutes; False where none is left. One statement, so that none counts twice."""
    is_over = or_(Staff.failures_since.is_(None), Staff.failures_since <= now - WINDOW)
    counted = session.execute(
        update(Staff)
        .where(Staff.email == address, or_(is_over, Staff.failures < TRIES))
        .values(
            failures=case((is_over, 1), else_=Staff.failures + 1),
            failures_since=case((is_over, now), else_=Staff.failures_since),
        )
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", counted).rowcount == 1


def _use_step(session: Session, parts: Parts, staff: Staff, typed: str, now: datetime) -> bool:
    """Accept a code whose time step is later than every one accepted before; of two at once one wins."""
    step = totp.matching_step(parts, staff, typed, now)
    if step is None:
        return False
    used = session.execute(
        update(Staff)
        .where(Staff.id == staff.id, Staff.totp_step < step)
        .values(totp_step=step, failures=0, failures_since=None)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", used).rowcount == 1


def stored_address(email: str) -> str:
    """An address as it is stored and looked up."""
    storable = email.replace("\0", "").encode("utf-8", "replace").decode()
    return storable.strip().casefold()[:LONGEST_ADDRESS]
