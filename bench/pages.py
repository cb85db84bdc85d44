"""Bytes of the client's pages, compressed as they travel, styles and script included: a journey, and every stop."""

import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from string import ascii_lowercase
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from scheduler.app import create_app
from scheduler.engine.corrections import PAGES as FACTS
from scheduler.engine.more_questions import MORE_PAGES
from scheduler.models import Consultation, db
from tests.builders.client import Client
from tests.builders.databases import Databases
from tests.builders.firm import a_firm
from tests.builders.settings import settings_for

PAGE, JOURNEY = 14_000, 90_000
NOW = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
ASSET = re.compile(r'(?:href|src)="(/static/[^"]+)"')
OWN = re.compile(r'href="[^"]*(/c/[^"/]+)')
ACCEPTED = {"https": "gzip, deflate, br, zstd", "http": "gzip, deflate"}
"""What browsers say that they can read, by the scheme of the address."""

ASKED_MUCH: Mapping[str, Any] = {
    "ever_in_us": "sent_back",
    "last_arrival_date": "2026-08",
    "waiting_in_mexico_program": "yes_papers",
    "court_papers": "yes",
    "next_hearing_date": "2027-02-01",
    "removal_order": "no",
    "fear_interview": "none",
    "current_attorney": "before",
}
"""Answers that open most of the questions that follow."""

TOMORROW = {**ASKED_MUCH, "next_hearing_date": "2026-11-25"}
HELPER = {
    "filler_role": "advocate",
    "client_agrees": "yes",
    "helper_name": "Ana Ruiz",
    "detained_now": "no",
    "helper_attests": "1",
}
_numbers = count(4000)


@dataclass
class Weighing(Client):
    """A client whose pages are weighed as she opens them, each at its heaviest; a style sheet or script only once."""

    accepts: str = ""
    weights: dict[str, int] = field(default_factory=dict, init=False)

    def get(self, path: str) -> TestResponse:
        seen = super().get(path)
        if seen.status_code == 200:
            page = re.sub(r"^/c/[^/?]+", "/c/<token>", path.partition("?")[0])
            self.weights[page] = max(self.weights.get(page, 0), self.weigh(path))
            for address in set(ASSET.findall(seen.text)) - self.weights.keys():
                self.weights[address] = self.weigh(address)
        return seen

    def weigh(self, path: str) -> int:
        """Bytes of one answer's body on the wire."""
        with self.app.app_context():
            answer = self.client.get(path, headers={"Accept-Encoding": self.accepts})
            body = answer.data
            answer.close()
        return len(body)

    def books(self) -> str:
        """Take the first time; the address of her own page."""
        self.get("/apply/time")
        self.sends("/apply/time", {"slot_id": next(iter(self.slots)), "call_mode": "phone"})
        self.get(self.where)
        own = OWN.search(self.seen.text)
        if own is None:
            raise AssertionError(f"not booked: {self.text[:200]}")
        self.get(own.group(1))
        return own.group(1)

    def proves(self, path: str) -> None:
        """Say the year of birth where it is asked."""
        self.get(path)
        self.sends(path, {"birth_year": "1990"})


@contextmanager
def service(folder: Path) -> Iterator[Flask]:
    """A firm with three attorneys, so that the page of times is full."""
    clock = folder / "clock"
    clock.write_text(NOW.isoformat())
    url = Databases(folder).url("sqlite")
    app = create_app(settings_for(folder / "var", database_url=url, clock_file=clock))
    with app.app_context():
        a_firm(app).with_attorney("Ana").with_attorney("Eva").with_attorney("Iris", zone="America/New_York")
        yield app
        db.session.remove()
        db.engine.dispose()


def somebody(**answers: Any) -> dict[str, Any]:
    """Answers of one more person: nobody has her name or number yet."""
    number = next(_numbers)
    letters = Random(number).sample(ascii_lowercase, 16)
    given, family = ("".join(some).capitalize() for some in (letters[:8], letters[8:]))
    hers = {"given_names": given, "family_names": family, "contact_phone": f"+52 664 123 {number}"}
    return {**hers, **answers}


def journey(app: Flask, language: str, accepts: str) -> dict[str, int]:
    """From the start to her own page, all that she may add there, and back; bytes by address."""
    client = Weighing(app, accepts)
    client.through_all_pages(language, **somebody(**ASKED_MUCH))
    own = client.books()
    client.proves(f"{own}/more/people")
    for page in MORE_PAGES:
        client.get(f"{own}/more/{page}")
    client.get(f"{own}/files")
    client.get(f"{own}/more/papers?guide=1")
    client.get(own)
    return client.weights


def stops(app: Flask, clock: Path, language: str, accepts: str) -> dict[str, int]:
    """Every other page that a client may see; bytes by address."""
    client = Weighing(app, accepts)
    for path in ("/apply/ask-first", "/privacy", "/x", "/resume"):
        client.get(path)
    client.sends("/resume", {"ref": "ZZZZZZZZ"})
    client.get("/resume/code")
    client.through_all_pages(language, until="where", **somebody(device_safe="no"))
    for path in ("/apply/tips", "/apply/later", "/apply/call-me", "/apply/still-here?page=where"):
        client.get(path)
    client.sends("/apply/call-me", {"contact_phone": "+52 664 123 4599"})
    client.get("/apply/we-will-call")
    client.through_all_pages(language, **somebody(**TOMORROW)).get("/apply/call-now")
    _helps(client, language)
    _changes(client, clock, language)
    return client.weights


def _helps(client: Weighing, language: str) -> None:
    """Two people in a row on one phone, and the list of them."""
    for _person in range(2):
        client.through_all_pages(language, **somebody(**HELPER))
        client.books()
        client.get("/apply/done")
        client.sends("/apply/next", {})
        client.get("/apply/hand-over")
    client.through_all_pages(language, **somebody(**HELPER))
    client.books()
    client.get("/apply/helped")


def _changes(client: Weighing, clock: Path, language: str) -> None:
    """All that her own page can do, until its hour has come."""
    client.through_all_pages(language, **somebody())
    own = client.books()
    client.get(f"{own}/facts")
    client.proves(f"{own}/move")
    for page in ("move", "cancel"):
        client.get(f"{own}/{page}")
    with client.client.session_transaction() as cookie:
        cookie["proven"] = {**cookie["proven"], "by": "code"}
    for page in ("facts", *(f"facts/{page}" for page in FACTS)):
        client.get(f"{own}/{page}")
    call = db.session.scalars(select(Consultation).order_by(Consultation.booked_at.desc())).first()
    if call is None:
        raise AssertionError("not booked")
    clock.write_text((call.starts_at - timedelta(hours=1)).isoformat())
    client.get(f"{own}/not-now")
    clock.write_text(NOW.isoformat())


def main() -> int:
    """Print every page and the sum, for both languages and schemes; 1 when a budget is not kept."""
    kept = True
    with tempfile.TemporaryDirectory(prefix="cita-bench-") as folder, service(Path(folder)) as app:
        for language in ("es", "en"):
            for scheme, accepts in ACCEPTED.items():
                weights, others = journey(app, language, accepts), stops(app, Path(folder) / "clock", language, accepts)
                every, total = {**others, **weights}, sum(weights.values())
                heaviest = max(every, key=lambda path: every[path])
                print(
                    f"pages, {language}, {scheme}: journey {total:,} B of {JOURNEY:,} ({total / JOURNEY:.0%}), "
                    f"heaviest {heaviest} {every[heaviest]:,} B of {PAGE:,} ({every[heaviest] / PAGE:.0%})"
                )
                print("  " + ", ".join(f"{path} {weight:,}" for path, weight in every.items()))
                kept = kept and total <= JOURNEY and every[heaviest] <= PAGE
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
