"""Sixteen clients at once: times page and /api/slots against an empty page of the server, a booking against raw."""

import http.client
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from flask import Flask

from bench import w2
from bench.booking import connected, what_it_wrote
from config import Settings
from scheduler.app import create_app
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.openings import offered
from scheduler.engine.states import IntakeState
from scheduler.models import Consultation, db
from tests.builders.databases import Databases
from tests.builders.firm import an_intake
from tests.builders.servers import Sender, sender, serving
from tests.builders.settings import settings_for

CLIENTS, EACH, ROUNDS = 16, 12, 4
P99 = 3.0
"""How many times an empty page's."""

BOOKINGS, RATE = 160, 0.5
"""Of raw's rate."""

EMPTY = "/apply/tips"
PAGES = ("/apply/time", "/api/slots?from=2027-03-01&to=2027-03-31")


@contextmanager
def w2_service(folder: Path) -> Iterator[tuple[Flask, Settings, Databases]]:
    """Our service with W2's firm, its clock at W2's instant."""
    clock = folder / "clock"
    clock.write_text(w2.NOW.isoformat())
    databases = Databases(folder)
    settings = settings_for(folder / "var", database_url=databases.url("sqlite"), clock_file=clock)
    app = create_app(settings)
    with app.app_context():
        w2.ours(app)
        yield app, settings, databases
        db.session.remove()
        db.engine.dispose()


def get(port: int, path: str, cookie: str) -> float:
    """Milliseconds of one answer, which is whole and good."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    begun = perf_counter()
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    took = (perf_counter() - begun) * 1000
    connection.close()
    assert answer.status == 200, (path, answer.status)
    return took


def p99(times: Sequence[float]) -> float:
    return sorted(times)[int(0.99 * (len(times) - 1))]


def pages(settings: Settings, clients: Sequence[Sender], drafts: Sequence[Sender]) -> bool:
    """The pages take turns, so that what else the machine does meets them all; the slowest hundredth of each."""
    times: dict[str, list[float]] = {path: [] for path in (EMPTY, *PAGES)}
    asking = {EMPTY: drafts, **dict.fromkeys(PAGES, clients)}
    with serving(settings) as ports, ThreadPoolExecutor(CLIENTS) as crowd:
        for turn in range(ROUNDS + 1):
            for path, found in times.items():
                asked = [crowd.submit(get, ports[0], path, one.cookie) for one in asking[path] for _ in range(EACH)]
                took = [each.result() for each in asked]
                found.extend(took if turn else ())
    empty = p99(times[EMPTY])
    for path in PAGES:
        ratio = p99(times[path]) / empty
        print(f"crowd {path.partition('?')[0]}: p99 {p99(times[path]):.0f} ms, empty {empty:.0f} ms = {ratio:.1f}x")
    return all(p99(times[path]) <= P99 * empty for path in PAGES)


def rate(do: Callable[[Any], Any], things: Sequence[Any], count: int) -> tuple[float, list[Any]]:
    """How many of `count` sixteen do in a second, and what each gave back."""
    with ThreadPoolExecutor(CLIENTS) as crowd:
        begun = perf_counter()
        found = list(crowd.map(do, things))
        return count / (perf_counter() - begun), found


def bookings(app: Flask, databases: Databases) -> bool:
    """Sixteen book at once; then sixteen write the same rows into a copy. Each has its connection before."""
    intakes = [an_intake(app).id for _ in range(BOOKINGS + CLIENTS)]
    starts = offered(app.extensions["cita"], intakes[0]).starts
    db.session.remove()
    db.engine.dispose()
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    copy = databases.copy(url)

    def one(turn: int) -> Consultation:
        with app.app_context():
            return book(app.extensions["cita"], BookSlot(intakes[turn], starts[turn % len(starts)], "phone"))

    rate(one, range(BOOKINGS, BOOKINGS + CLIENTS), CLIENTS)
    ours, booked = rate(one, range(BOOKINGS), BOOKINGS)
    with connected(url) as source, ExitStack() as open_now:
        written = [what_it_wrote(source, each) for each in booked]
        lanes = [open_now.enter_context(connected(copy)) for _ in range(CLIENTS)]

        def write(lane: int) -> None:
            for batches in written[lane::CLIENTS]:
                lanes[lane].write(batches)

        theirs, _none = rate(write, range(CLIENTS), BOOKINGS)
    print(f"crowd booking: {ours:.0f} a second, raw {theirs:.0f} = {ours / theirs:.0%} (target {RATE:.0%})")
    return ours >= RATE * theirs


def main() -> int:
    """Print the ratios; 1 when a target is missed."""
    with (
        tempfile.TemporaryDirectory(prefix="cita-bench-") as name,
        w2_service(Path(name)) as (app, settings, databases),
    ):
        clients, drafts = (
            [sender(app, an_intake(app, state=state)) for _ in range(CLIENTS)]
            for state in (IntakeState.CLEARED, IntakeState.DRAFT)
        )
        kept = pages(settings, clients, drafts)
        kept = bookings(app, databases) and kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
