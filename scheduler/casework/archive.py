"""A backup's file: a compressed tar, sealed chunk by chunk under a key of its own that CITA_KEYS wraps."""

import hashlib
import io
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO
from uuid import uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from scheduler.casework.keyring import KEY_BYTES, Keyring

MAGIC = b"cita archive 1\n"
NAME = "archive"
CHUNK = 1 << 20
COUNT = 11
"""Bytes of a chunk's number; with one more that marks the last chunk they are its nonce."""

LENGTH = 4
LONGEST_HEADER = 1000


class NoArchive(Exception):
    """The file is no archive of ours, was cut off, or a byte of it has changed; nothing of it was used."""


class Sealing(io.RawIOBase):
    """Takes bytes and writes them sealed; the last chunk is marked, so that an end that is missing is noticed."""

    def __init__(self, file: BinaryIO, keyring: Keyring) -> None:
        self._file, self._number, self._waiting = file, 0, bytearray()
        secret = os.urandom(KEY_BYTES)
        header = MAGIC + keyring.wrap(NAME, secret).encode() + b"\n"
        self._seal, self._bound = AESGCM(secret), hashlib.sha256(header).digest()
        file.write(header)

    def writable(self) -> bool:
        """It is there to be written."""
        return True

    def write(self, content: object) -> int:
        """Keep the bytes, and write what fills a chunk."""
        taken = bytes(content)  # type: ignore[call-overload]
        self._waiting += taken
        while len(self._waiting) > CHUNK:
            self._put(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]
        return len(taken)

    def finish(self) -> None:
        """Write the last chunk, down to the disk."""
        self._put(bytes(self._waiting), is_last=True)
        self._file.flush()
        os.fsync(self._file.fileno())

    def _put(self, plain: bytes, *, is_last: bool) -> None:
        sealed = self._seal.encrypt(_nonce(self._number, is_last=is_last), plain, self._bound)
        self._file.write(len(sealed).to_bytes(LENGTH) + sealed)
        self._number += 1


class Opening(io.RawIOBase):
    """
    Gives the bytes that were sealed.

    Raises:
        NoArchive: At the first byte that is not as it was written, or where the end is missing.
        WrongMasterKey: CITA_KEYS does not hold the key that wraps this archive's.
    """

    def __init__(self, file: BinaryIO, keyring: Keyring) -> None:
        header = file.readline(LONGEST_HEADER) + file.readline(LONGEST_HEADER)
        if not header.startswith(MAGIC) or not header.endswith(b"\n"):
            raise NoArchive
        self._file, self._number, self._left, self._ended = file, 0, b"", False
        self._seal = AESGCM(keyring.unwrap(NAME, header.removeprefix(MAGIC).decode("ascii", "replace")))
        self._bound = hashlib.sha256(header).digest()

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """So many bytes, or fewer at the end."""
        while not self._ended and (size < 0 or len(self._left) < size):
            self._left += self._next()
        given = self._left if size < 0 else self._left[:size]
        self._left = self._left[len(given) :]
        return given

    def _next(self) -> bytes:
        length = int.from_bytes(self._file.read(LENGTH))
        if not 0 < length <= CHUNK + KEY_BYTES:
            raise NoArchive
        sealed = self._file.read(length)
        for is_last in (False, True):
            try:
                plain = self._seal.decrypt(_nonce(self._number, is_last=is_last), sealed, self._bound)
            except InvalidTag:
                continue
            self._number, self._ended = self._number + 1, is_last
            return plain
        raise NoArchive


class Writer:
    """An archive that is being written; it takes its name when it is whole, and before that it is not there."""

    def __init__(self, path: Path, keyring: Keyring) -> None:
        self._path, self._unfinished = path, path.with_name(f".{path.name}.{uuid4().hex}")
        number = os.open(self._unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(number, "wb")
        self._sealing = Sealing(self._file, keyring)
        self._tar = tarfile.open(fileobj=self._sealing, mode="w|gz")  # noqa: SIM115 - closed in __exit__

    def __enter__(self) -> "Writer":
        return self

    def add(self, name: str, content: bytes) -> None:
        """Add a file of these bytes."""
        member = tarfile.TarInfo(name)
        member.size, member.mode = len(content), 0o600
        self._tar.addfile(member, io.BytesIO(content))

    def add_file(self, name: str, path: Path) -> bool:
        """Add a file from the disk; False where it was deleted meanwhile."""
        try:
            file = path.open("rb")
        except FileNotFoundError:
            return False
        with file:
            member = tarfile.TarInfo(name)
            member.size, member.mode = os.fstat(file.fileno()).st_size, 0o600
            self._tar.addfile(member, file)
        return True

    def __exit__(self, kind: type[BaseException] | None, _: object, __: TracebackType | None) -> None:
        with self._file:
            if kind is None:
                self._tar.close()
                self._sealing.finish()
        if kind is None:
            self._unfinished.replace(self._path)
        else:
            self._unfinished.unlink()


@contextmanager
def reading(path: Path, keyring: Keyring) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """
    The files of an archive, in order, each to be read before the next; read to the end, it is as it was written.

    Raises:
        NoArchive: It is none, was cut off, or a byte has changed.
        WrongMasterKey: CITA_KEYS does not hold its key.
    """
    with path.open("rb") as file:
        opening = Opening(file, keyring)
        try:
            with tarfile.open(fileobj=opening, mode="r|gz") as tar:
                yield _members(tar)
            opening.read()
        except (tarfile.TarError, EOFError):
            raise NoArchive from None


def _members(tar: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    for member in tar:
        content = tar.extractfile(member)
        if content is None:
            raise NoArchive
        yield member.name, content


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(COUNT) + bytes([is_last])
