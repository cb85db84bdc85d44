"""One person of each role for the demo, with passwords and one-time codes made anew for each database."""

import secrets
from dataclasses import dataclass, field
from uuid import uuid4

import pyotp
from argon2 import PasswordHasher
from sqlalchemy import select

from scheduler.casework import audit
from scheduler.casework.access import Role
from scheduler.casework.parts import Parts
from scheduler.casework.sealing import place, seal
from scheduler.casework.transaction import writing
from scheduler.models import Person, Staff

PASSWORD_BYTES = 9


@dataclass(frozen=True, slots=True)
class Login:
    """How somebody of the demo signs in."""

    role: str
    email: str
    password: str = field(repr=False)
    totp: str = field(repr=False)


def load(parts: Parts) -> list[Login]:
    """One person a role; the attorney is the first of those who can be booked."""
    return [_add(parts, role) for role in Role]


def _add(parts: Parts, role: Role) -> Login:
    login = Login(role, f"{role}@demo.example", secrets.token_urlsafe(PASSWORD_BYTES), pyotp.random_base32())
    row = uuid4()
    with writing() as session:
        attorney = session.scalar(select(Person.number).where(Person.kind == "attorney").order_by(Person.number))
        session.add(
            Staff(
                id=row,
                email=login.email,
                name=f"Demo {role.capitalize()}",
                roles=[role],
                password_hash=PasswordHasher().hash(login.password),
                totp=seal({"secret": login.totp}, parts.keyring.firm("staff"), place("staff", "totp", row)),
                person=attorney if role is Role.ATTORNEY else None,
            )
        )
        audit.record(session, parts, "system", "staff_added", f"staff:{row}", roles=[role])
    return login
