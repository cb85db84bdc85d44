"""Her own page is closed in a browser that nobody touches, as the application's pages are (intake.md §1.2)."""

from datetime import timedelta
from math import ceil

from flask import g, session

from scheduler.casework.links import digest
from scheduler.web.parts import parts
from scheduler.web.proving import PROVEN, REFUSED

LONG, SHORT = "/c", "/s"
"""Where the addresses begin that mails and texts carry."""

OWN = "own"
"""Which own page this browser shows, for how long still, and how long that is without a touch."""


def stay(token: str, time: timedelta, subject: str = "", *, under: str = LONG) -> None:
    """Whoever asks for her page is still there; `subject` is what a proof given on it is good for."""
    lasts = int(time.total_seconds())
    session[OWN] = {"of": digest(token).hex(), "for": subject, "lasts": lasts, "until": _from_now(lasts)}
    g.idle, g.idle_under = lasts, f"{under}/{token}/"


def seconds_left(token: str) -> int:
    """How long that page stays open without another request; 0 where this browser does not show it."""
    kept = session.get(OWN) or {}
    return max(0, ceil(kept["until"] - _now())) if kept.get("of") == digest(token).hex() else 0


def stay_on(token: str) -> bool:
    """For as long again, with what was proved on it, if it is still open; whether it is."""
    if not seconds_left(token):
        return False
    kept, proof = session[OWN], session.get(PROVEN) or {}
    session[OWN] = {**kept, "until": _from_now(kept["lasts"])}
    if proof.get("for") == kept["for"] and proof["until"] > _now():
        session[PROVEN] = {**proof, "until": _from_now(kept["lasts"])}
    return True


def forget_if_over() -> None:
    """A page that was left alone for too long takes with it what was proved on it."""
    if OWN in session and session[OWN]["until"] <= _now():
        for name in (OWN, PROVEN, REFUSED):
            session.pop(name, None)


def _now() -> float:
    return parts().clock.now().timestamp()


def _from_now(lasts: int) -> int:
    return ceil(_now() + lasts)
