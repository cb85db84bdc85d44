"""The chain of what was done: each link's hash covers the link before it, under a key outside the database."""

import hmac
import json
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from scheduler.casework.parts import Parts
from scheduler.models import Audit, db

GENESIS = bytes(32)
LOCK = 0x43495441

LAST = select(Audit.seq, Audit.hash).order_by(Audit.seq.desc()).limit(1)
INSERT = insert(Audit)
NAMES = ("seq", "at", "actor", "action", "subject", "facts", "previous")


class ChainBroken(Exception):
    """The chain does not hold at this sequence number: a link was changed, removed or put in."""


def record(session: Session, parts: Parts, actor: str, action: str, subject: str, **facts: Any) -> None:
    """
    Add a link in the caller's transaction, as its last act: the chain is locked from here to the commit.

    Args:
        actor: `client`, `system`, or `staff:<uuid>`.
        subject: `<table>:<uuid>`.
        facts: codes, ids and instants in ISO form; never a name or an answer.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    session.flush()
    last = session.connection().execute(LAST).first()
    seq, previous = (last.seq + 1, last.hash) if last else (1, GENESIS)
    at = parts.clock.now()
    link = Audit(seq=seq, at=at, actor=actor, action=action, subject=subject, facts=facts, previous=previous, hash=b"")
    signed = {name: getattr(link, name) for name in NAMES} | {"hash": _hash(parts.keyring.firm("audit"), link)}
    session.connection().execute(INSERT, signed)


def verify(parts: Parts) -> int:
    """
    Walk the chain and return how many links hold.

    Raises:
        ChainBroken: At the first sequence number that does not.
    """
    key, previous, expected = parts.keyring.firm("audit"), GENESIS, 1
    for link in db.session.scalars(select(Audit).order_by(Audit.seq)):
        if link.seq != expected or link.previous != previous or not hmac.compare_digest(link.hash, _hash(key, link)):
            raise ChainBroken(expected)
        previous, expected = link.hash, expected + 1
    return expected - 1


def _hash(key: bytes, link: Audit) -> bytes:
    stamp: datetime = link.at
    said = [link.seq, stamp.isoformat(), link.actor, link.action, link.subject, link.facts, link.previous.hex()]
    return hmac.digest(key, json.dumps(said, sort_keys=True).encode(), "sha256")
