"""Bytes of the client's journey, compressed as they travel, styles and script included."""

import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from werkzeug.test import TestResponse

from scheduler.app import create_app
from scheduler.models import db
from tests.builders.client import Client
from tests.builders.databases import Databases
from tests.builders.firm import a_firm
from tests.builders.settings import settings_for

PAGE, JOURNEY = 14_000, 60_000
NOW = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
ASSET = re.compile(r'(?:href|src)="(/static/[^"]+)"')
ACCEPTED = {"https": "gzip, deflate, br, zstd", "http": "gzip, deflate"}
"""What browsers say that they can read, by the scheme of the address."""


@dataclass
class Weighing(Client):
    """A client whose pages are weighed as she opens them; a style sheet or script only once."""

    accepts: str = ""
    weights: dict[str, int] = field(default_factory=dict, init=False)

    def get(self, path: str) -> TestResponse:
        seen = super().get(path)
        if seen.status_code == 200:
            self.weights[path.partition("?")[0]] = self.weigh(path)
            for address in ASSET.findall(seen.text):
                self.weights.setdefault(address.partition("?")[0], self.weigh(address))
        return seen

    def weigh(self, path: str) -> int:
        """Bytes of one answer's body on the wire."""
        with self.app.app_context():
            answer = self.client.get(path, headers={"Accept-Encoding": self.accepts})
        return len(answer.data)


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


def journey(app: Flask, language: str, accepts: str) -> dict[str, int]:
    """From the start to her own page; bytes by address."""
    client = Weighing(app, accepts)
    client.through_all_pages(language)
    client.get("/apply/time")
    answer = client.sends("/apply/time", {"slot_id": next(iter(client.slots)), "call_mode": "phone"})
    client.follow(answer)
    own = re.search(r'href="([^"]*/c/[^"]+)"', client.seen.text)
    if own is None:
        raise AssertionError(f"not booked: {client.text[:200]}")
    client.get(re.sub(r"^https?://[^/]+", "", own.group(1)))
    return {re.sub(r"^/c/.*", "/c/<token>", path): weight for path, weight in client.weights.items()}


def main() -> int:
    """Print every page and the sum, for both languages and schemes; 1 when a budget is not kept."""
    kept = True
    with tempfile.TemporaryDirectory(prefix="cita-bench-") as folder, service(Path(folder)) as app:
        for language in ("es", "en"):
            for scheme, accepts in ACCEPTED.items():
                weights = journey(app, language, accepts)
                heaviest, total = max(weights, key=lambda path: weights[path]), sum(weights.values())
                print(
                    f"pages, {language}, {scheme}: journey {total:,} B of {JOURNEY:,} ({total / JOURNEY:.0%}), "
                    f"heaviest {heaviest} {weights[heaviest]:,} B of {PAGE:,} ({weights[heaviest] / PAGE:.0%})"
                )
                print("  " + ", ".join(f"{path} {weight:,}" for path, weight in weights.items()))
                kept = kept and total <= JOURNEY and weights[heaviest] <= PAGE
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
