"""Who works here no longer; who begins anew with another password and other codes. Both end every sign-in at once."""

from dataclasses import dataclass, field

import pyotp
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.casework import audit, bookable, passwords, sessions, totp
from scheduler.casework.parts import Parts
from scheduler.casework.staff import stored_address
from scheduler.casework.transaction import writing
from scheduler.models import Staff


class NobodyByThatAddress(Exception):
    """No one of the staff has this address; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Renew:
    """Another password for whoever has this address, and a new secret where she signs in with codes."""

    email: str = field(repr=False)
    password: str = field(repr=False)
    with_codes: bool = True


def let_go(parts: Parts, email: str) -> int:
    """
    Let somebody in no longer, from the next request on; what she did stays hers in the audit.

    Nobody books her any more. The calls that are hers stay booked, each a task for the desk: how many there are.

    Raises:
        NobodyByThatAddress: There is no such person.
    """
    with writing() as session:
        staff = _by_address(session, email)
        staff.active = False
        sessions.end_all(session, staff.id, parts.clock.now())
        numbers, calls = bookable.end(session, parts, staff)
        audit.record(session, parts, "system", bookable.ENDED, f"staff:{staff.id}", people=numbers, calls=calls)
    return calls


def renew(parts: Parts, anew: Renew) -> str | None:
    """
    Let somebody begin anew, also who was let go; the secret of her codes is returned this once (None without codes).

    Who was booked until she was let go is booked again.

    Raises:
        NobodyByThatAddress: There is no such person.
        WeakPassword: The password is too short.
    """
    password_hash = passwords.hashed(anew.password, with_codes=anew.with_codes)
    secret = pyotp.random_base32() if anew.with_codes else None
    with writing() as session:
        staff = _by_address(session, anew.email)
        if not staff.active:
            bookable.take_back(session, parts, staff)
        staff.password_hash = password_hash
        staff.totp = totp.sealed_secret(parts, staff.id, secret) if secret else None
        staff.totp_step, staff.active, staff.failures, staff.failures_since = 0, True, 0, None
        sessions.end_all(session, staff.id, parts.clock.now())
        audit.record(session, parts, "system", "staff_renewed", f"staff:{staff.id}")
    return secret


def _by_address(session: Session, email: str) -> Staff:
    staff = session.scalar(select(Staff).where(Staff.email == stored_address(email)).with_for_update())
    if staff is None:
        raise NobodyByThatAddress
    return staff
