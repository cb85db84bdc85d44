"""Which pages may read the firm's free times, and what is not sent again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from scheduler.app import create_app
from scheduler.casework.transaction import writing
from scheduler.models import Firm, db
from tests.builders.databases import Databases
from tests.builders.firm import a_firm
from tests.builders.settings import settings_for
from tests.builders.slots_asked import SITE, WEEK, ask
from tests.conftest import TUESDAY


def name_origins(*origins: str) -> None:
    with writing() as session:
        house = session.get_one(Firm, 1)
        house.settings = {**house.settings, "embed_origins": list(origins)}


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        pytest.param(SITE, SITE, id="the firm's own site"),
        pytest.param("https://example.org", None, id="the domain above it"),
        pytest.param("https://a.www.example.org", None, id="a domain under it"),
        pytest.param("http://www.example.org", None, id="the same, unsealed"),
        pytest.param("https://www.example.org:8443", None, id="another port"),
        pytest.param("https://www.example.org.evil.example", None, id="it begins the same"),
        pytest.param("HTTPS://WWW.EXAMPLE.ORG", None, id="as no browser says it"),
        pytest.param("null", None, id="nobody's"),
        pytest.param("", None, id="none"),
    ],
)
@pytest.mark.parametrize("address", [WEEK, "/api/openapi.json", "/api/slots"])
def test_only_pages_of_a_named_origin_may_read_it(app: Flask, address: str, origin: str, allowed: str | None) -> None:
    a_firm(app).with_attorney("Ana")
    name_origins(SITE)

    answer = ask(app, address, Origin=origin)

    assert answer.headers.get("Access-Control-Allow-Origin") == allowed
    assert "Origin" in answer.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_without_a_named_origin_no_page_may_read_it(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")

    assert "Access-Control-Allow-Origin" not in ask(app, WEEK, Origin=SITE).headers


@pytest.mark.parametrize("accepts", ["identity", "gzip", "br"])
def test_what_has_not_changed_is_not_sent_again(app: Flask, accepts: str) -> None:
    a_firm(app).with_attorney("Ana")
    first = ask(app, WEEK, **{"Accept-Encoding": accepts})

    again = ask(app, WEEK, **{"Accept-Encoding": accepts, "If-None-Match": first.headers["ETag"]})
    another = ask(app, f"{WEEK}&kind=child", **{"Accept-Encoding": accepts, "If-None-Match": first.headers["ETag"]})

    assert (first.headers["Cache-Control"], again.status_code, again.data) == ("no-cache", 304, b"")
    assert another.status_code == 200


@contextmanager
def another_firm(databases: Databases, folder: Path) -> Iterator[Flask]:
    clock = folder.with_suffix(".clock")
    clock.write_text(TUESDAY.isoformat())
    key = "another-key-for-another-firm-0123456789"
    app = create_app(settings_for(folder, database_url=databases.url("sqlite"), clock_file=clock, secret_key=key))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_the_same_answer_of_two_firms_is_named_differently(app: Flask, databases: Databases, tmp_path: Path) -> None:
    a_firm(app).with_attorney("Ana")
    ours = ask(app, WEEK)
    with another_firm(databases, tmp_path / "other") as other:
        a_firm(other).with_attorney("Eva")
        theirs = ask(other, WEEK)

    assert ours.data == theirs.data
    assert ours.headers["ETag"] != theirs.headers["ETag"]
