"""Nobody's network address is read, kept or logged (intake.md §7.6)."""

import io
import re
from pathlib import Path

from flask import Flask

from config import Settings
from tests.builders.client import Client
from tests.builders.firm import a_firm
from tests.builders.sentinels import files, rows

ADDRESS = "203.0.113.77"
ROOT = Path(__file__).resolve().parent.parent
READS_ONE = re.compile(r"remote_addr|access_route|X-Forwarded-For|X-Real-IP|remote_user", re.IGNORECASE)


def reading_one(*more: str) -> list[str]:
    """What reads an address in our modules, and in these texts."""
    paths = [*ROOT.glob("scheduler/**/*.py"), *ROOT.glob("forms/**/*.py")]
    texts = [*(path.read_text(encoding="utf-8") for path in paths), *more]
    return [found.group() for text in texts if (found := READS_ONE.search(text))]


def test_no_module_reads_an_address() -> None:
    assert reading_one() == []


def test_a_module_that_did_would_be_noticed() -> None:
    assert reading_one("here = request.remote_addr") == ["remote_addr"]


def test_where_she_writes_from_stands_nowhere(app: Flask, settings: Settings, spoken: io.StringIO) -> None:
    a_firm(app).with_attorney("Ana")
    client = Client(app)
    client.client.environ_base |= {"REMOTE_ADDR": ADDRESS, "HTTP_X_FORWARDED_FOR": ADDRESS}

    client.through_all_pages()

    kept = [*files(settings).values(), rows(), spoken.getvalue().encode()]
    assert client.where == "/apply/time"
    assert [True for content in kept if ADDRESS.encode() in content] == []
