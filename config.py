"""Settings, read once from the environment; nothing else reads it."""

import base64
import binascii
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast
from urllib.parse import urlsplit

from environs import Env

Mode = Literal["demo", "live", "test"]
KEY_BYTES = 32
MINIMUM_SECRET = 32


class BadSetting(SystemExit):
    """A setting is missing, malformed or too weak; the service says so in one line and does not start."""


@dataclass(frozen=True, slots=True)
class MasterKey:
    """One key of CITA_KEYS: its id, written beside everything it wraps, and 32 secret bytes."""

    id: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the environment decides (design: interface)."""

    mode: Mode
    data: Path
    port: int
    base_url: str
    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    keys: tuple[MasterKey, ...] = field(repr=False)
    mail_url: str | None = field(repr=False, default=None)
    mail_from: str = "citas@citas.example"
    clock_file: Path | None = None
    clamav: str | None = None
    fetch_allow: frozenset[str] = frozenset()

    @property
    def https(self) -> bool:
        """Whether clients reach us by https: Secure cookies, HSTS and the __Host- name follow."""
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        """The public host, with its port where the address has one."""
        return urlsplit(self.base_url).netloc


def read_settings(env: Env | None = None) -> Settings:
    """
    Read the environment; keys that are not in it come from CITA_DATA/keys.env.

    Raises:
        BadSetting: A value is missing, malformed or too weak for its mode.
    """
    env = env or Env()
    data = Path(env.str("CITA_DATA", "var")).resolve()
    kept = read_keys_file(data / "keys.env")
    mode = _mode(env.str("CITA_ENV", "live"))
    port = env.int("CITA_PORT", 8000)
    clock_file = env.str("CITA_CLOCK_FILE", "") or None
    if clock_file and mode != "test":
        raise BadSetting("CITA_CLOCK_FILE is for mode test only")
    settings = Settings(
        mode=mode,
        data=data,
        port=port,
        base_url=_base_url(env.str("CITA_BASE_URL", "") or f"http://127.0.0.1:{port}"),
        database_url=env.str("CITA_DATABASE_URL", "") or f"sqlite:///{data / 'cita.db'}",
        secret_key=env.str("CITA_SECRET_KEY", "") or kept.get("CITA_SECRET_KEY", ""),
        keys=parse_keys(env.str("CITA_KEYS", "") or kept.get("CITA_KEYS", "")),
        mail_url=env.str("CITA_MAIL_URL", "") or None,
        mail_from=env.str("CITA_MAIL_FROM", "citas@citas.example"),
        clock_file=Path(clock_file) if clock_file else None,
        clamav=_clamav(env.str("CITA_CLAMAV", "")),
        fetch_allow=_fetch_allow(env.str("CITA_FETCH_ALLOW", "")),
    )
    _refuse_weak(settings)
    return settings


def make_keys_once(env: Env | None = None) -> None:
    """Make CITA_DATA/keys.env, readable by us alone, where no keys are given; live brings its own."""
    env = env or Env()
    folder = Path(env.str("CITA_DATA", "var")).resolve()
    path = folder / "keys.env"
    if _mode(env.str("CITA_ENV", "live")) == "live" or path.exists() or env.str("CITA_KEYS", ""):
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    master = base64.b64encode(os.urandom(KEY_BYTES)).decode()
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(f"CITA_SECRET_KEY={secrets.token_urlsafe(48)}\nCITA_KEYS=made-at-setup:{master}\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def read_keys_file(path: Path) -> dict[str, str]:
    """The NAME=value lines of a keys file; empty where there is none."""
    if not path.exists():
        return {}
    lines = (line.strip() for line in path.read_text().splitlines())
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def parse_keys(text: str) -> tuple[MasterKey, ...]:
    """
    Master keys from `id:base64,id:base64`, newest first.

    Raises:
        BadSetting: A key is not 32 bytes of base64, has no id, or an id stands twice.
    """
    keys = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        key_id, _, encoded = part.partition(":")
        try:
            secret = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            raise BadSetting(f"CITA_KEYS: key {key_id!r} is not base64") from None
        if not key_id or len(secret) != KEY_BYTES:
            raise BadSetting(f"CITA_KEYS: key {key_id!r} needs an id and {KEY_BYTES} bytes")
        keys.append(MasterKey(key_id, secret))
    if len({key.id for key in keys}) != len(keys):
        raise BadSetting("CITA_KEYS: an id stands twice")
    return tuple(keys)


def _mode(text: str) -> Mode:
    if text not in {"demo", "live", "test"}:
        raise BadSetting(f"CITA_ENV is {text!r}; it is demo, live or test")
    return cast("Mode", text)


def _clamav(text: str) -> str | None:
    """Where a virus scanner listens; nothing where there is none."""
    url = urlsplit(text)
    if text and not (url.scheme == "tcp" and url.hostname) and not (url.scheme == "unix" and url.path):
        raise BadSetting("CITA_CLAMAV is tcp://host:port or unix:///path")
    return text or None


def _fetch_allow(text: str) -> frozenset[str]:
    """Servers of calendars that may be elsewhere than in the public internet, as `host:port`."""
    servers = frozenset(filter(None, (piece.strip().lower() for piece in text.split(","))))
    for server in servers:
        host, _, port = server.rpartition(":")
        if not host or not port.isdecimal() or "/" in host:
            raise BadSetting("CITA_FETCH_ALLOW is host:port, comma-separated")
    return servers


def _base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/"):
        raise BadSetting("CITA_BASE_URL is http(s)://host[:port]")
    return f"{parts.scheme}://{parts.netloc}"


def _refuse_weak(settings: Settings) -> None:
    """Weak or missing keys stop every mode: what is sealed with them would not be."""
    if not settings.keys:
        raise BadSetting("CITA_KEYS is missing: id:base64 of 32 random bytes")
    if len(settings.secret_key) < MINIMUM_SECRET or len(set(settings.secret_key)) < MINIMUM_SECRET // 4:
        raise BadSetting(f"CITA_SECRET_KEY is missing or weak: {MINIMUM_SECRET} random characters at least")
    for key in settings.keys:
        if len(set(key.secret)) < KEY_BYTES // 4:
            raise BadSetting(f"CITA_KEYS: key {key.id!r} is not random")
        if key.secret.decode("latin-1") in settings.secret_key:
            raise BadSetting(f"CITA_KEYS: key {key.id!r} is the session key")
