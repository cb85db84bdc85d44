"""Passwords of staff: kept as argon2id, checked in the same time whether there is one or not."""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

SHORTEST = 15
SHORTEST_WITH_CODES = 8
LONGEST = 1000

_hasher = PasswordHasher()


class WeakPassword(Exception):
    """The password is too short, or too long to be meant; nothing was stored."""


def hashed(password: str, *, with_codes: bool) -> str:
    """
    What is stored of a password; with codes beside it a shorter one is enough.

    Raises:
        WeakPassword: It is shorter than 15 characters (8 with codes), or longer than 1000.
    """
    least = SHORTEST_WITH_CODES if with_codes else SHORTEST
    if not least <= len(_meant(password)) <= LONGEST:
        raise WeakPassword(f"a password has {least} to {LONGEST} characters")
    return _hasher.hash(_meant(password))


def fits(stored: str | None, password: str) -> bool:
    """Whether it is the password; where there is none to compare with, the same work is done for nothing."""
    try:
        right = _hasher.verify(stored or _nobodys(), _meant(password)[:LONGEST])
    except (VerifyMismatchError, InvalidHashError):
        return False
    return right and stored is not None


@cache
def _nobodys() -> str:
    """The hash of a password that nobody has, as costly as everybody's."""
    return _hasher.hash("nobody")


def _meant(password: str) -> str:
    """The same letters, however the keyboard composed them."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "replace").decode()
