"""Going on in another browser by number and code; whoever asks learns nothing of whether there is such an intake."""

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from scheduler.casework import announcing, audit
from scheduler.casework.documents import open_answers
from scheduler.casework.intake import TOKEN_BYTES
from scheduler.casework.keyring import KeyGone
from scheduler.casework.kinds import OTP
from scheduler.casework.lapses import has_lapsed
from scheduler.casework.links import digest
from scheduler.casework.parts import Parts
from scheduler.casework.proofs import CODE_LIVES, MOST_CODES, MOST_TRIES, WINDOW, WrongProof
from scheduler.casework.sealing import place, seal, unseal
from scheduler.casework.transaction import end_reading, writing
from scheduler.engine.answers import Answers
from scheduler.engine.safe_contact import is_private, way
from scheduler.engine.states import OPEN_INTAKES
from scheduler.models import Intake, Outbox, Resumption, db

KEY = "resumption"
NOBODYS = bytes(32)
"""Compared with where no code was sent, so that the work is the same."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The code as she wrote it, for the number that she gave with this token."""

    token: str = field(repr=False)
    code: str = field(repr=False)


def may_resume(answers: Answers, flags: list[str]) -> bool:
    """Whether she can come back by a code: nobody else reads what is sent to her, and she may be written to."""
    return is_private(answers) and way(answers, flags) is not None


def ask(parts: Parts, ref: str) -> str:
    """
    Keep that somebody wants to go on with this number, whether there is one or not; a job sends the code.

    Returns the token with which the code is to be given.
    """
    token, row, now = secrets.token_urlsafe(TOKEN_BYTES), uuid4(), parts.clock.now()
    sealed = seal({"ref": ref}, parts.keyring.firm(KEY), place("resumption", "asked", row))
    with writing() as session:
        asked = Resumption(id=row, sha256=digest(token), asked=sealed, expires_at=now + CODE_LIVES)
        session.add(asked)
    return token


def answer_all(parts: Parts) -> int:
    """Send a code to everybody who asked and may have one; forget who asked long ago. How many were looked at."""
    now = parts.clock.now()
    waiting = or_(Resumption.answered_at.is_(None), Resumption.expires_at <= now)
    rows = db.session.scalars(select(Resumption.id).where(waiting)).all()
    end_reading()
    for row in rows:
        with writing() as session:
            _answer(session, parts, session.get_one(Resumption, row, with_for_update=True), now)
    return len(rows)


def resume(parts: Parts, typed: Typed) -> str:
    """
    The new token for this browser; the one before opens nothing any more.

    Raises:
        WrongProof: It is not the code, or there is none, or it ran out, or too many were tried: all the same.
    """
    now, fresh = parts.clock.now(), secrets.token_urlsafe(TOKEN_BYTES)
    with writing() as session:
        asked = session.scalar(select(Resumption).where(Resumption.sha256 == digest(typed.token)).with_for_update())
        intake = _theirs(session, parts, asked, typed.code, now) if asked is not None else None
        if intake is not None:
            intake.draft_hash = digest(fresh)
            session.execute(delete(Resumption).where(Resumption.sha256 == digest(typed.token)))
            audit.record(session, parts, "client", "intake_resumed", f"intake:{intake.id}")
    if intake is None:
        raise WrongProof
    return fresh


def _answer(session: Session, parts: Parts, asked: Resumption, now: datetime) -> None:
    if asked.expires_at <= now:
        session.delete(asked)
        return
    asked.answered_at = now
    intake = _open_one(session, parts, asked, now)
    if intake is None or _is_flooded(session, intake, now):
        return
    code = f"{secrets.randbelow(10**6):06}"
    asked.code_hash = _hash(parts, asked, code)
    announcing.code(session, parts, intake, code, expires_at=asked.expires_at, again=f":{asked.id}")
    audit.record(session, parts, "client", "code_sent", f"intake:{intake.id}")


def _theirs(session: Session, parts: Parts, asked: Resumption, code: str, now: datetime) -> Intake | None:
    """The intake of a right code; a wrong one is counted."""
    is_alive = asked.tries < MOST_TRIES and now < asked.expires_at
    is_right = hmac.compare_digest(asked.code_hash or NOBODYS, _hash(parts, asked, code))
    if is_alive and is_right:
        return _open_one(session, parts, asked, now)
    asked.tries += 1
    return None


def _open_one(session: Session, parts: Parts, asked: Resumption, now: datetime) -> Intake | None:
    """The intake of that number, if it is open and she may be sent a code."""
    ref = unseal(asked.asked, parts.keyring.firm(KEY), place("resumption", "asked", asked.id))["ref"]
    found = select(Intake).where(Intake.ref == ref, Intake.state.in_(OPEN_INTAKES)).with_for_update()
    intake = session.scalar(found)
    if intake is None:
        return None
    try:
        answers = open_answers(parts, intake)
    except KeyGone:
        return None
    return intake if may_resume(answers, intake.flags) and not has_lapsed(intake, answers, now) else None


def _is_flooded(session: Session, intake: Intake, now: datetime) -> bool:
    """Her phone is not to be flooded: so many codes an hour, for whatever she asks them."""
    hour = Outbox.created_at > now - WINDOW
    sent = select(func.count(Outbox.id)).where(Outbox.intake_id == intake.id, Outbox.kind == OTP, hour)
    return (session.scalar(sent) or 0) >= MOST_CODES


def _hash(parts: Parts, asked: Resumption, code: str) -> bytes:
    return hmac.digest(parts.keyring.firm("codes"), f"{asked.id}:{code}".encode(), "sha256")
