"""The chain of what was done: each link's hash covers the link before it, under a key outside the database."""

import hmac
import json
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from scheduler.casework.parts import Parts
from scheduler.models import Audit, db
from scheduler.models.prepared import Prepared

GENESIS = bytes(32)
TURN = Prepared(select(func.pg_advisory_xact_lock(0x43495441)))
CUT = "audit_cut"
"""The action of a link that says up to which number older ones were deleted, and the hash of the last of them."""

LAST = Prepared(select(Audit.seq, Audit.hash).order_by(Audit.seq.desc()).limit(1))
INSERT = Prepared(insert(Audit))
NAMES = ("seq", "at", "actor", "action", "subject", "facts", "previous")


class ChainBroken(Exception):
    """The chain does not hold at this sequence number: a link was changed, removed or put in."""


def _nothing(_session: Session) -> Collection[str]:
    return ()


def record(session: Session, parts: Parts, actor: str, action: str, subject: str, **facts: Any) -> None:
    """
    Add a link in the caller's transaction, as its last act: the chain is locked from here to the commit.

    Args:
        actor: `client`, `system`, or `staff:<uuid>`.
        subject: `<table>:<uuid>`.
        facts: codes, ids and instants in ISO form; never a name or an answer.
    """
    session.flush()
    _take_turn(session)
    last = LAST.first(session)
    seq, previous = (last.seq + 1, last.hash) if last else (1, GENESIS)
    link = dict(zip(NAMES, (seq, parts.clock.now(), actor, action, subject, facts, previous), strict=True))
    INSERT.write(session, link | {"hash": _hash(parts.keyring.firm("audit"), link)})


def cut(
    session: Session, parts: Parts, *, before: datetime, covered: Callable[[Session], Collection[str]] = _nothing
) -> int:
    """
    Take away the links from before an instant, in the caller's transaction; how many. The newest always stays.

    So does each from the first on about a subject that is `covered`, which is asked once nobody else adds a link.
    A link says where the chain begins from now on, so that nobody else can shorten it.
    """
    _take_turn(session)
    newest = session.scalar(select(func.max(Audit.seq))) or 0
    held = session.scalar(select(func.min(Audit.seq)).where(Audit.subject.in_(covered(session))))
    stays = newest if held is None else min(newest, held)
    old = select(Audit.seq, Audit.hash).where(Audit.at < before, Audit.seq < stays)
    last = session.execute(old.order_by(Audit.seq.desc()).limit(1)).first()
    if last is None:
        return 0
    first = session.scalar(select(func.min(Audit.seq))) or last.seq
    session.execute(delete(Audit).where(Audit.seq <= last.seq))
    record(session, parts, "system", CUT, "firm:1", to=last.seq, hash=last.hash.hex())
    return int(last.seq - first + 1)


def verify(parts: Parts) -> int:
    """
    Walk the chain and return how many links hold.

    Raises:
        ChainBroken: At the first sequence number that does not.
    """
    key, links, cuts = parts.keyring.firm("audit"), 0, {(0, GENESIS.hex())}
    begins = previous = (0, GENESIS)
    for link in db.session.scalars(select(Audit).order_by(Audit.seq)):
        if not links:
            begins = previous = (link.seq - 1, link.previous)
        said = _hash(key, {name: getattr(link, name) for name in NAMES})
        if (link.seq - 1, link.previous) != previous or not hmac.compare_digest(link.hash, said):
            raise ChainBroken(previous[0] + 1)
        if link.action == CUT:
            cuts.add((link.facts["to"], link.facts["hash"]))
        previous, links = (link.seq, link.hash), links + 1
    if (begins[0], begins[1].hex()) not in cuts:
        raise ChainBroken(1)
    return links


def _take_turn(session: Session) -> None:
    """From here to the commit nobody else adds a link."""
    if session.get_bind().dialect.name == "postgresql":
        TURN.write(session, {})


def _hash(key: bytes, link: Mapping[str, Any]) -> bytes:
    seq, at, actor, action, subject, facts, previous = (link[name] for name in NAMES)
    said = [seq, at.isoformat(), actor, action, subject, facts, previous.hex()]
    return hmac.digest(key, json.dumps(said, sort_keys=True).encode(), "sha256")
