"""What tells a client from somebody who found her link: her year of birth, or a code sent to her safe channel."""

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.casework import announcing, audit, links, tasks
from scheduler.casework.documents import open_documents
from scheduler.casework.kinds import OTP
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import keep, writing
from scheduler.casework.visits import NoSuchPage
from scheduler.engine.documents import Document
from scheduler.engine.retention import WAITS_FOR_HER
from scheduler.engine.safe_contact import way
from scheduler.models import ClientLink, Consultation, Intake, Outbox

MOST_TRIES = 5
WINDOW = timedelta(hours=1)
CODE_LIVES = timedelta(minutes=10)
CODE_PAUSE = timedelta(minutes=1)
MOST_CODES = 5
LOCKED_TASK = "link_locked"
PROVABLE = frozenset({links.MANAGE, links.SHORT, links.AGAIN, links.AGAIN_SHORT})


class WrongProof(Exception):
    """That year or code is not hers, or the code has run out; she may try again."""


class TooManyTries(Exception):
    """Five wrong tries within an hour: nothing opens the page until the hour is over, and the desk is told."""


class NoCode(Exception):
    """No code may be sent to her, or too many were; she has her year of birth or the phone."""


class CodeOnItsWay(Exception):
    """A code was sent less than a minute ago; there is no second one yet."""


@dataclass(frozen=True, slots=True)
class Ways:
    """By what she can prove who she is; by neither: then only a person on the phone can tell."""

    year: bool
    code: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """What she wrote: a year or a six-digit code."""

    birth_year: int | None = field(default=None, repr=False)
    code: str | None = field(default=None, repr=False)


class Verdict(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"


def prove(parts: Parts, token: str, proof: Proof) -> None:
    """
    Accept the proof, or count it as a wrong try of this link.

    Raises:
        NoSuchPage: The link opens nothing.
        WrongProof: It was wrong.
        TooManyTries: It was the sixth within an hour; a right one is refused then, too.
    """
    with writing() as session:
        link = _locked(session, parts, token)
        verdict = _judge(session, parts, link, proof)
        if verdict is Verdict.RIGHT and link.purpose in links.LEAD_BACK:
            _open_the_letter(session, parts, link)
        audit.record(session, parts, "client", f"proof_{verdict}", f"client_link:{link.id}")
    if verdict is Verdict.WRONG:
        raise WrongProof
    if verdict is Verdict.LOCKED:
        raise TooManyTries


def send_code(parts: Parts, token: str) -> None:
    """
    Put a letter with a new code into the outbox, to the safe channel only.

    Raises:
        NoSuchPage: The link opens nothing.
        NoCode: She may not be written to, or codes were asked for again and again.
        CodeOnItsWay: One was sent within the last minute.
        TooManyTries: The link is locked for this hour.
    """
    now = parts.clock.now()
    with writing() as session:
        link = _locked(session, parts, token)
        if _is_locked(link, now):
            raise TooManyTries
        intake = _intake(session, link)
        contact = open_documents(parts, intake, Document.CONTACT)
        if way(contact, intake.flags) is None:
            raise NoCode
        _refuse_a_flood(session, link, now)
        code = f"{secrets.randbelow(10**6):06}"
        link.code_hash, link.code_expires_at = _hash(parts, link, code), now + CODE_LIVES
        announcing.code(session, parts, intake, code, expires_at=now + CODE_LIVES)
        audit.record(session, parts, "client", "code_sent", f"client_link:{link.id}")


def ways(parts: Parts, intake: Intake) -> Ways:
    """By what this client can prove who she is."""
    contact = open_documents(parts, intake, Document.CONTACT)
    return Ways(year=_birth_year(contact) is not None, code=way(contact, intake.flags) is not None)


def is_code_out(parts: Parts, token: str) -> bool:
    """Whether a code was sent that still works."""
    link = links.find(parts, token)
    return link is not None and link.code_expires_at is not None and link.code_expires_at > parts.clock.now()


def _judge(session: Session, parts: Parts, link: ClientLink, proof: Proof) -> Verdict:
    now = parts.clock.now()
    if _is_locked(link, now):
        _tell_the_desk(session, link, now)
        return Verdict.LOCKED
    if _is_right(session, parts, link, proof, now):
        link.code_hash = link.code_expires_at = None
        return Verdict.RIGHT
    if link.tries_since is None or now - link.tries_since >= WINDOW:
        link.tries, link.tries_since = 0, now
    link.tries += 1
    return Verdict.WRONG


def _open_the_letter(session: Session, parts: Parts, link: ClientLink) -> None:
    """The letter that waits behind it is hers to read from now on: from the first time on fewer days are left."""
    intake = _intake(session, link)
    opened_at = intake.letter_opened_at
    if intake.state in WAITS_FOR_HER and (opened_at is None or opened_at < intake.changed_at):
        intake.letter_opened_at = parts.clock.now()


def _is_locked(link: ClientLink, now: datetime) -> bool:
    return link.tries >= MOST_TRIES and link.tries_since is not None and now - link.tries_since < WINDOW


def _is_right(session: Session, parts: Parts, link: ClientLink, proof: Proof, now: datetime) -> bool:
    if proof.code is not None:
        is_alive = link.code_hash is not None and link.code_expires_at is not None and now < link.code_expires_at
        return is_alive and hmac.compare_digest(link.code_hash or b"", _hash(parts, link, proof.code))
    year = _birth_year(open_documents(parts, _intake(session, link), Document.CONTACT))
    return year is not None and proof.birth_year == year


def _birth_year(contact: dict[str, Any]) -> int | None:
    """The year she wrote; None where she does not know it, and then no year opens the page."""
    born = contact.get("birth_date")
    return born.get("y") if isinstance(born, dict) and not born.get("unknown") else None


def _refuse_a_flood(session: Session, link: ClientLink, now: datetime) -> None:
    """
    Not twice within a minute, nor more than five times an hour: her phone is not to be flooded.

    Raises:
        CodeOnItsWay: It is the second time within a minute.
        NoCode: It is the sixth within an hour.
    """
    if link.code_expires_at is not None and link.code_expires_at - CODE_LIVES + CODE_PAUSE > now:
        raise CodeOnItsWay
    sent = select(func.count(Outbox.id)).where(
        Outbox.intake_id == link.intake_id, Outbox.kind == OTP, Outbox.created_at > now - WINDOW
    )
    if (session.scalar(sent) or 0) >= MOST_CODES:
        raise NoCode


def _tell_the_desk(session: Session, link: ClientLink, now: datetime) -> None:
    tasks.add(
        session,
        LOCKED_TASK,
        due_at=now,
        now=now,
        intake=_intake(session, link),
        consultation=session.get(Consultation, link.consultation_id) if link.consultation_id else None,
        again=link.tries_since.isoformat() if link.tries_since else "",
    )


def _hash(parts: Parts, link: ClientLink, code: str) -> bytes:
    """Six digits are soon tried out, so the hash is keyed by a secret outside the database."""
    return hmac.digest(parts.keyring.firm("codes"), f"{link.id}:{code}".encode(), "sha256")


def _locked(session: Session, parts: Parts, token: str) -> ClientLink:
    """The living link, locked: tries that come at once are counted one after the other."""
    hers = ClientLink.sha256 == links.digest(token)
    keep(session, session.scalar(select(ClientLink.intake_id).where(hers)))
    session.execute(select(ClientLink.id).where(hers).with_for_update())
    link = links.find(parts, token)
    if link is None or link.purpose not in PROVABLE:
        raise NoSuchPage
    return link


def _intake(session: Session, link: ClientLink) -> Intake:
    return session.get_one(Intake, link.intake_id)
