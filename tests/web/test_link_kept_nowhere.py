"""A link that opens her page stands in the letter that carries it, and in nothing else that we keep, say or copy."""

import io
from pathlib import Path

import pytest
from flask import Flask

from config import Settings
from scheduler.casework.delivery import deliver_one
from scheduler.casework.parts import Parts
from scheduler.models import db
from tests.builders.browser import Browser, a_booking, own_page
from tests.builders.firm import a_firm
from tests.commands.typing import typed
from tests.web.conftest import CHANGING_PAGES, START, prove

BY_MAIL = {"contact_channel": "email", "contact_email": "rosa@correo.example"}


def places_of(token: str, settings: Settings, spoken: io.StringIO) -> set[str]:
    """Where its signs can be read, by folder or by what it is."""
    db.session.remove()
    files = [path for path in settings.data.parent.rglob("*") if path.is_file()]
    sources = {str(path.relative_to(settings.data.parent)): path.read_bytes() for path in files}
    database = Path(str(db.engine.url.database))
    sources |= {"database": database.read_bytes(), "its log": database.with_name(f"{database.name}-wal").read_bytes()}
    sources["logs"] = spoken.getvalue().encode()
    return {Path(name).parent.name or name for name, content in sources.items() if token.encode() in _joined(content)}


def _joined(content: bytes) -> bytes:
    """A mail's lines as one, however it was broken for its journey."""
    return content.replace(b"=\n", b"").replace(b"=\r\n", b"")


@pytest.fixture
def token(app: Flask, parts: Parts, settings: Settings, spoken: io.StringIO) -> str:
    """Of a page that was looked at, changed and copied away, its letter sent."""
    a_firm(app).with_attorney("Ana")
    page = own_page(app, a_booking(app, START, **BY_MAIL))
    browser = Browser(app)
    for name in CHANGING_PAGES:
        browser.get(f"{page}/{name}")
    prove(browser, f"{page}/move")
    while deliver_one(parts):
        pass
    typed(app, "backup", str(settings.data.parent / "copied-away"))
    return page.removeprefix("/c/")


def test_it_is_in_her_letter_alone(settings: Settings, spoken: io.StringIO, token: str) -> None:
    assert places_of(token, settings, spoken) == {"mail"}
    assert (settings.data.parent / "copied-away").exists()


def test_a_link_that_is_logged_or_written_down_is_noticed(settings: Settings, spoken: io.StringIO, token: str) -> None:
    spoken.write(f"opened {token}")
    (settings.data / "keystore" / "note").write_text(token)

    assert places_of(token, settings, spoken) == {"mail", "logs", "keystore"}
