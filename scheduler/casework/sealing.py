"""Sealed documents: JSON under AES-256-GCM, bound to the place where it is stored."""

import json
import os
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Broken(Exception):
    """A sealed document does not open here: another key, another place, or changed bytes."""


def place(table: str, column: str, row: UUID | str) -> bytes:
    """Where a document is stored, `table:column:id`: the data its seal is bound to."""
    return f"{table}:{column}:{row}".encode()


def seal(document: Mapping[str, Any], key: bytes, where: bytes) -> bytes:
    """The document as bytes that open only with this key and at this place."""
    plain = ENCODER.encode(document).encode("utf-8", "surrogatepass")
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, where)


def unseal(sealed: bytes | None, key: bytes, where: bytes) -> dict[str, Any]:
    """
    The document of these bytes; empty where nothing was sealed yet.

    Raises:
        Broken: The key or the place is another's, or a byte has changed.
    """
    if sealed is None:
        return {}
    try:
        plain = AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], where)
    except InvalidTag:
        raise Broken(where.decode()) from None
    document: dict[str, Any] = json.loads(plain.decode("utf-8", "surrogatepass"))
    return document
