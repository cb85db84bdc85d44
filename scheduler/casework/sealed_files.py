"""Files sealed in pieces, so that none of any length is ever whole in memory, nor in clear on our disk."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from scheduler.casework.sealing import Broken
from scheduler.channels.files import settle

PIECE = 64 * 1024
TAG = 16
PREFIX = 7
KEY_BYTES = 32
NOT_LAST, LAST = b"\0", b"\1"


class Bytes(Protocol):
    """Whatever is read from any place."""

    def seek(self, offset: int, whence: int = 0, /) -> int: ...
    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was sealed: bytes in clear, and their SHA-256."""

    size: int
    sha256: bytes = field(repr=False)


def seal_file(pieces: Iterable[bytes], path: Path, key: bytes, where: bytes) -> Sealed:
    """
    Seal pieces of any length into a new file, durably, readable by us alone.

    Each sealed piece says its place and whether it is the last: none can be changed, moved, left out or added.
    """
    seal, prefix = AESGCM(_key(key, where)), os.urandom(PREFIX)
    seen, size, number = hashlib.sha256(), 0, 0
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(prefix)
        for piece, is_last in _with_the_last_marked(_even(pieces)):
            file.write(seal.encrypt(_nonce(prefix, number, is_last=is_last), piece, where))
            seen.update(piece)
            size, number = size + len(piece), number + 1
        file.flush()
        os.fsync(file.fileno())
    settle(path.parent)
    return Sealed(size, seen.digest())


def open_file(path: Path, key: bytes, where: bytes) -> Iterator[bytes]:
    """
    The pieces of a sealed file, each whole before it is given.

    Raises:
        Broken: A piece was changed, or the file ends too early; earlier pieces were as they were sealed.
        FileNotFoundError: There is no such file.
    """
    seal = AESGCM(_key(key, where))
    with path.open("rb") as file:
        prefix = file.read(PREFIX)
        sealed = iter(lambda: file.read(PIECE + TAG), b"")
        number = -1
        for number, (piece, is_last) in enumerate(_with_the_last_marked(sealed)):
            try:
                yield seal.decrypt(_nonce(prefix, number, is_last=is_last), piece, where)
            except InvalidTag:
                raise Broken(where.decode()) from None
    if number < 0:
        raise Broken(where.decode())


def _key(key: bytes, where: bytes) -> bytes:
    """A key for this file alone, out of the intake's (RFC 5869)."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=where).derive(key)


def _nonce(prefix: bytes, number: int, *, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4) + (LAST if is_last else NOT_LAST)


def _even(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one length, the last as long as it is; one empty piece where there are none."""
    rest = b""
    for piece in pieces:
        rest += piece
        while len(rest) > PIECE:
            yield rest[:PIECE]
            rest = rest[PIECE:]
    yield rest


def _with_the_last_marked(pieces: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each piece, and whether it is the last."""
    before = next(pieces, None)
    if before is None:
        return
    for piece in pieces:
        yield before, False
        before = piece
    yield before, True
