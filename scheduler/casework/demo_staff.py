"""One person of each role for the demo, with passwords and one-time codes made anew for each database."""

import secrets
from dataclasses import dataclass, field

from sqlalchemy import select

from scheduler.casework.access import Role
from scheduler.casework.parts import Parts
from scheduler.casework.staff import NewStaff, add_staff
from scheduler.models import Person, db

PASSWORD_BYTES = 12


@dataclass(frozen=True, slots=True)
class Login:
    """How somebody of the demo signs in; `totp` is the secret of her one-time codes."""

    role: str
    email: str
    password: str = field(repr=False)
    totp: str = field(repr=False)


def load(parts: Parts) -> list[Login]:
    """One person a role; the attorney is the first of those who can be booked."""
    attorney = db.session.scalar(select(Person.number).where(Person.kind == "attorney").order_by(Person.number))
    return [_add(parts, role, attorney if role is Role.ATTORNEY else None) for role in Role]


def _add(parts: Parts, role: Role, person: int | None) -> Login:
    email, password = f"{role}@demo.example", secrets.token_urlsafe(PASSWORD_BYTES)
    new = NewStaff(email=email, name=f"Demo {role.capitalize()}", roles=(role,), password=password, person=person)
    return Login(role, email, password, add_staff(parts, new) or "")
