"""The chain of what was done: each link's hash covers the link before it, under a key outside the database."""

import hmac
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from scheduler.casework.parts import Parts
from scheduler.models import Audit, db
from scheduler.models.prepared import Prepared

GENESIS = bytes(32)
LOCK = 0x43495441

LAST = Prepared(select(Audit.seq, Audit.hash).order_by(Audit.seq.desc()).limit(1))
INSERT = Prepared(insert(Audit))
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
    last = LAST.first(session)
    seq, previous = (last.seq + 1, last.hash) if last else (1, GENESIS)
    link = dict(zip(NAMES, (seq, parts.clock.now(), actor, action, subject, facts, previous), strict=True))
    INSERT.write(session, link | {"hash": _hash(parts.keyring.firm("audit"), link)})


def verify(parts: Parts) -> int:
    """
    Walk the chain and return how many links hold.

    Raises:
        ChainBroken: At the first sequence number that does not.
    """
    key, previous, expected = parts.keyring.firm("audit"), GENESIS, 1
    for link in db.session.scalars(select(Audit).order_by(Audit.seq)):
        said = _hash(key, {name: getattr(link, name) for name in NAMES})
        if link.seq != expected or link.previous != previous or not hmac.compare_digest(link.hash, said):
            raise ChainBroken(expected)
        previous, expected = link.hash, expected + 1
    return expected - 1


def _hash(key: bytes, link: Mapping[str, Any]) -> bytes:
    seq, at, actor, action, subject, facts, previous = (link[name] for name in NAMES)
    said = [seq, at.isoformat(), actor, action, subject, facts, previous.hex()]
    return hmac.digest(key, json.dumps(said, sort_keys=True).encode(), "sha256")
