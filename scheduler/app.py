"""The only place where the parts are put together."""

from pathlib import Path
from typing import Literal, cast, get_args
from urllib.parse import parse_qs, unquote, urlsplit

from flask import Flask
from flask_migrate import Migrate

from config import BadSetting, Settings
from scheduler import web
from scheduler.casework.keyring import Keyring
from scheduler.casework.parts import Parts
from scheduler.channels.clamav import ClamAv
from scheduler.channels.fetch import Fetcher
from scheduler.channels.maildir import MailFolder
from scheduler.channels.port import Channel, Mail
from scheduler.channels.sms import TextFolder
from scheduler.channels.smtp import PORTS, SmtpChannel, SmtpServer
from scheduler.commands import register as register_commands
from scheduler.engine.clock import Clock, FileClock, SystemClock
from scheduler.models.database import db, prepare

BODY_LIMIT = 4 * 1024 * 1024
"""Bytes: a megabyte of any letters in one field, on its way three times as long, still gets that field's message."""
StartTls = Literal["required", "opportunistic", "never"]
HEARTBEAT = "heartbeat"


def create_app(settings: Settings) -> Flask:
    """
    The service, ready to answer.

    Raises:
        BadSetting: A setting cannot be used.
        WrongMasterKey: CITA_KEYS does not open the keystore that is there.
    """
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    app = Flask(__name__, root_path=str(_root()), template_folder="templates", static_folder=None)
    app.config.from_mapping(_flask_config(settings))
    db.init_app(app)
    Migrate(app, db, directory=str(_root() / "migrations"), render_as_batch=True)
    with app.app_context():
        prepare(db.engine)
    parts = build_parts(settings)
    parts.keyring.check()
    web.register(app, parts, settings)
    register_commands(app, parts, settings)
    return app


def build_parts(settings: Settings) -> Parts:
    """What every use case is handed."""
    return Parts(
        clock=_clock(settings),
        keyring=Keyring(settings.data / "keystore", settings.keys),
        base_url=settings.base_url,
        mail_from=settings.mail_from,
        mail=_mail(settings),
        texts=TextFolder(settings.data / "texts"),
        uploads=settings.data / "uploads",
        scanner=ClamAv(settings.clamav) if settings.clamav else None,
        fetcher=Fetcher(settings.fetch_allow),
    )


def _root() -> Path:
    return Path(__file__).resolve().parent.parent


def _clock(settings: Settings) -> Clock:
    return FileClock(settings.clock_file) if settings.clock_file else SystemClock()


def _mail(settings: Settings) -> Channel[Mail]:
    """The mail server of CITA_MAIL_URL, or files."""
    if settings.mail_url is None:
        return MailFolder(settings.data / "mail")
    url = urlsplit(settings.mail_url)
    if url.scheme not in PORTS or not url.hostname:
        raise BadSetting("CITA_MAIL_URL is smtp://… or smtps://…")
    safest = "required" if url.username else "opportunistic"
    starttls = parse_qs(url.query).get("starttls", [safest])[0]
    if starttls not in get_args(StartTls):
        raise BadSetting("CITA_MAIL_URL: starttls is required, opportunistic or never")
    server = SmtpServer(
        host=url.hostname,
        port=url.port or PORTS[url.scheme],
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        starttls=cast("StartTls", starttls),
        tls=url.scheme == "smtps",
    )
    return SmtpChannel(server)


def _flask_config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "HEARTBEAT": str(settings.data / HEARTBEAT),
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _pool(settings),
        "SESSION_COOKIE_NAME": "__Host-cita" if settings.https else "cita",
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": BODY_LIMIT,
        "MAX_FORM_MEMORY_SIZE": BODY_LIMIT,
        "MAX_FORM_PARTS": 500,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "TRUSTED_HOSTS": sorted({urlsplit(settings.base_url).hostname or "", "127.0.0.1", "localhost"}),
    }


def _pool(settings: Settings) -> dict[str, object]:
    """One connection a thread of the server."""
    if settings.database_url.startswith("sqlite"):
        return {"pool_size": 20, "max_overflow": 10}
    return {"pool_size": 20, "max_overflow": 10, "pool_recycle": 1800}
