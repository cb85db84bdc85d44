"""How a consultation and a mail are named to the outside: at random, or so that a retry names the same."""

import hashlib
import secrets
from uuid import UUID

UID_BYTES = 16


def new_uid(domain: str) -> str:
    """
    The name of one consultation for its whole life, moves included: 128 random bits at the neutral domain.

    RFC 7986 §5.3: nothing personal in it.
    """
    return f"{secrets.token_hex(UID_BYTES)}@{domain}"


def message_id(row: UUID, domain: str) -> str:
    """
    The Message-ID of an outbox row, with its angle brackets (RFC 5322 §3.6.4).

    It follows from the row alone, so that a second try carries the same one and a reader can fold the two into one.
    """
    digest = hashlib.sha256(b"cita message-id\0" + row.bytes).hexdigest()
    return f"<{digest[:32]}@{domain}>"
