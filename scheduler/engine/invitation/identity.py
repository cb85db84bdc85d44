"""How a consultation and a mail are named to the outside: at random, or so that a retry names the same."""

import hashlib
import re
import secrets
from uuid import UUID

UID_BYTES = 16
OURS = re.compile(r"[0-9a-f]{32}@[A-Za-z0-9.-]+")
EXCHANGE = "040000008200e00074c5b7101a82e008"
"""How Exchange's own names begin, in hexadecimal; another's stands in them behind a mark (MS-OXOCAL 2.2.1.27)."""

MARK = b"vCal-Uid\x01\x00\x00\x00"


def new_uid(domain: str) -> str:
    """
    The name of one consultation for its whole life, moves included: 128 random bits at the neutral domain.

    RFC 7986 §5.3: nothing personal in it.
    """
    return f"{secrets.token_hex(UID_BYTES)}@{domain}"


def named_in(uid: str) -> tuple[str, ...]:
    """What may be a name of ours in another calendar's: as it is, with something round it, or as Exchange writes it."""
    plain = _of_exchange(uid)
    return tuple(dict.fromkeys((uid, plain, *OURS.findall(plain.lower()), *OURS.findall(plain))))


def _of_exchange(uid: str) -> str:
    """The name that an Exchange server was sent, where it shows its own in its place; else the same."""
    if not uid.lower().startswith(EXCHANGE):
        return uid
    try:
        _, mark, rest = bytes.fromhex(uid).partition(MARK)
    except ValueError:
        return uid
    return rest.partition(b"\0")[0].decode("ascii", "replace") if mark else uid


def message_id(row: UUID, domain: str) -> str:
    """
    The Message-ID of an outbox row, with its angle brackets (RFC 5322 §3.6.4).

    It follows from the row alone, so that a second try carries the same one and a reader can fold the two into one.
    """
    digest = hashlib.sha256(b"cita message-id\0" + row.bytes).hexdigest()
    return f"<{digest[:32]}@{domain}>"
