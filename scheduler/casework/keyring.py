"""The keystore: one wrapped data key a file, outside the database."""

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from scheduler.casework.ledger import FILE, Ledger, alone
from scheduler.channels.files import settle

KEY_BYTES = 32
NONCE = 12


class KeyGone(Exception):
    """There is no data key of this name: never made, or purged. What it sealed cannot be opened."""


class WrongMasterKey(Exception):
    """CITA_KEYS holds no key, or another key, for a file of the keystore; the service must not go on."""


class MasterKey(Protocol):
    """A key of CITA_KEYS."""

    @property
    def id(self) -> str: ...
    @property
    def secret(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Keyring:
    """Makes, opens and destroys data keys; `masters` wrap them, newest first."""

    folder: Path
    masters: tuple[MasterKey, ...] = field(repr=False)
    _held: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    _firm: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    def make(self, name: UUID | str) -> bytes:
        """A new data key of this name, on disk before it is returned."""
        secret = os.urandom(KEY_BYTES)
        self._write(str(name), secret)
        return secret

    def open(self, name: UUID | str) -> bytes:
        """
        The data key of this name.

        Raises:
            KeyGone: There is none.
            WrongMasterKey: It is wrapped by a key that CITA_KEYS does not hold.
        """
        held = self._held.get(str(name))
        if held is not None:
            return held
        kept = self._read(str(name))
        return self._unwrap(str(name), kept["key"], base64.b64decode(kept["wrapped"]))

    def holding(self, name: UUID | str) -> "Keyring":
        """
        The same keyring with one data key open, for one use case that needs it more than once; never kept for another.

        Raises:
            KeyGone: There is none.
        """
        return replace(self, _held={str(name): self.open(name)})

    def firm(self, purpose: str) -> bytes:
        """The firm's own key for a purpose (`staff`, `search`, `audit`), made at its first use, read once."""
        if purpose not in self._firm:
            self._firm[purpose] = self._open_or_claim(f"firm-{purpose}")
        return self._firm[purpose]

    def _open_or_claim(self, name: str) -> bytes:
        try:
            return self.open(name)
        except KeyGone:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            return self._claim(name)

    def destroy(self, name: UUID | str) -> None:
        """Destroy a data key, and write that into the ledger: what it sealed is gone, in every copy of the database."""
        with alone(self.folder):
            self._erase(str(name))
            self.ledger.add(str(name))

    @property
    def ledger(self) -> Ledger:
        """Which keys were destroyed."""
        return Ledger(self.folder / FILE)

    def replay(self) -> int:
        """Destroy again what the ledger names and somebody has brought back; how many keys there were."""
        back = sorted(self.ledger.names().intersection(self.names()))
        with alone(self.folder):
            for name in back:
                self._erase(name)
        return len(back)

    def rotate(self) -> int:
        """Wrap every key by the newest of the master keys, while the service goes on; how many were not."""
        return sum(self._rewrap(name) for name in self.names())

    def wrap(self, name: str, secret: bytes) -> str:
        """A secret of this name as text that only CITA_KEYS opens; nothing is stored."""
        master, nonce = self.masters[0], os.urandom(NONCE)
        wrapped = nonce + AESGCM(master.secret).encrypt(nonce, secret, name.encode())
        return json.dumps({"key": master.id, "wrapped": base64.b64encode(wrapped).decode()})

    def unwrap(self, name: str, text: str) -> bytes:
        """
        The secret that such a text holds.

        Raises:
            WrongMasterKey: It is wrapped by a key that CITA_KEYS does not hold, or is no such text.
        """
        try:
            kept = json.loads(text)
            return self._unwrap(name, kept["key"], base64.b64decode(kept["wrapped"]))
        except (ValueError, KeyError, TypeError):
            raise WrongMasterKey(name) from None

    def check(self) -> None:
        """
        Open the first key there is, so that a wrong CITA_KEYS is known before anything is served.

        Raises:
            WrongMasterKey: It does not open.
        """
        for name in self.names()[:1]:
            self.open(name)

    def names(self) -> list[str]:
        """The names of all data keys there are."""
        return sorted(path.stem for path in self.folder.glob("*.key"))

    def _erase(self, name: str) -> None:
        """Overwrite and remove the file of a key; without one nothing happens."""
        path = self._path(name)
        if not path.exists():
            return
        with path.open("r+b") as file:
            file.write(os.urandom(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        settle(self.folder)

    def _rewrap(self, name: str) -> bool:
        with alone(self.folder):
            if not self._path(name).exists() or self._read(name)["key"] == self.masters[0].id:
                return False
            self._write(name, self.open(name))
        return True

    def _read(self, name: str) -> dict[str, str]:
        try:
            with self._path(name).open("rb", buffering=0) as file:
                kept: dict[str, str] = json.loads(file.read())
        except FileNotFoundError:
            raise KeyGone(name) from None
        return kept

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.key"

    def _unwrap(self, name: str, master_id: str, wrapped: bytes) -> bytes:
        for master in self.masters:
            if master.id == master_id:
                try:
                    return AESGCM(master.secret).decrypt(wrapped[:NONCE], wrapped[NONCE:], name.encode())
                except InvalidTag:
                    break
        raise WrongMasterKey(master_id)

    def _write(self, name: str, secret: bytes) -> None:
        """Put the wrapped key in its place whole, durably, readable by us alone."""
        fresh = self._fresh(name, secret)
        fresh.replace(self._path(name))
        settle(self.folder)

    def _claim(self, name: str) -> bytes:
        """Make a key that several processes may want to make at once: one of them wins."""
        fresh = self._fresh(name, os.urandom(KEY_BYTES))
        try:
            os.link(fresh, self._path(name))
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        settle(self.folder)
        return self.open(name)

    def put(self, file: str, content: bytes) -> None:
        """Put a file of these bytes into the keystore, whole and durably."""
        self._unfinished(file, content).replace(self.folder / file)
        settle(self.folder)

    def _fresh(self, name: str, secret: bytes) -> Path:
        return self._unfinished(name, self.wrap(name, secret).encode())

    def _unfinished(self, name: str, content: bytes) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = self.folder / f".{name}.{uuid4().hex}"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return fresh
