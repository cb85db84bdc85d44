"""Codes of an authenticator app (RFC 6238): the secret is sealed, and each time step is accepted once."""

import hmac
from datetime import datetime
from uuid import UUID

import pyotp

from scheduler.casework.parts import Parts
from scheduler.casework.sealing import place, seal, unseal
from scheduler.models import Staff

STEP = 30
"""Seconds."""

DIGITS = 6
KEY = "staff"


def sealed_secret(parts: Parts, staff_id: UUID, secret: str) -> bytes:
    """The secret as it is stored in the staff's row."""
    return seal({"secret": secret}, parts.keyring.firm(KEY), place("staff", "totp", staff_id))


def matching_step(parts: Parts, staff: Staff, typed: str, now: datetime) -> int | None:
    """
    The time step whose code was typed, this one or a neighbour; None where it is none of theirs.

    Whether the step was used before is for the caller to decide, in the database.
    """
    code = "".join(typed.split())
    if staff.totp is None or len(code) != DIGITS or not (code.isascii() and code.isdecimal()):
        return None
    opened = unseal(staff.totp, parts.keyring.firm(KEY), place("staff", "totp", staff.id))
    codes = pyotp.TOTP(str(opened["secret"]))
    current = int(now.timestamp()) // STEP
    matching = [s for s in range(current - 1, current + 2) if hmac.compare_digest(codes.generate_otp(s), code)]
    return max(matching, default=None)
