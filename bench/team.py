"""W2 from the database: what is free, before and after a change to one attorney, against django-appointment."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from flask import Flask
from sqlalchemy import update

from bench import w2
from scheduler.app import create_app
from scheduler.casework import openings, remembered, slots
from scheduler.casework.firm import firm
from scheduler.casework.rows import Asking
from scheduler.casework.transaction import writing
from scheduler.engine.intervals import Interval
from scheduler.engine.rules import Ask
from scheduler.engine.zones import minute_of
from scheduler.models import Block, db
from tests.builders.databases import Databases
from tests.builders.settings import settings_for

ROOT = Path(__file__).resolve().parents[1]
PEER = ROOT / ".venv" / "bench" / "bin" / "python"
WARM, CHANGED = 2_000, 500
"""How many times faster than the peer."""

ROUNDS, ASKED = 3, 30
SPANISH = frozenset({"es"})


@contextmanager
def w2_firm(folder: Path) -> Iterator[Flask]:
    """Our service with W2's firm, its clock at W2's instant."""
    clock = folder / "clock"
    clock.write_text(w2.NOW.isoformat())
    url = Databases(folder).url("sqlite")
    app = create_app(settings_for(folder / "var", database_url=url, clock_file=clock))
    with app.app_context():
        w2.ours(app)
        yield app
        db.session.remove()
        db.engine.dispose()


class Peer:
    """django-appointment in its own process, on the same rows."""

    def __init__(self, folder: Path) -> None:
        rows = folder / "rows.json"
        w2.theirs(rows)
        command = [str(PEER), str(ROOT / "bench" / "peer.py"), str(rows), str(folder)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._line()

    def ask(self) -> tuple[float, list[int]]:
        """Milliseconds, and every free start."""
        if self.process.stdin is None:
            raise BrokenPipeError
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        took, starts = json.loads(self._line())
        return float(took), starts

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()

    def _line(self) -> str:
        """Its next answer; what else its libraries print is left out."""
        for line in self.process.stdout or ():
            if line.startswith("peer "):
                return line.removeprefix("peer ")
        raise BrokenPipeError("the peer has ended")


def look() -> tuple[float, list[int]]:
    """Milliseconds of one look in a session of its own, and every free start."""
    start = minute_of(datetime.combine(w2.FIRST, datetime.min.time(), UTC))
    span = Interval(start, start + w2.DAYS * 1440 + 720)
    begun = perf_counter()
    asking = Asking(db.session(), firm(), w2.NOW, span)
    found = openings.free(asking, SPANISH, Ask(w2.NOW, span, w2.LENGTH), ())
    took = (perf_counter() - begun) * 1000
    db.session.remove()
    return took, found


def change(turn: int) -> None:
    """One attorney's block ends some minutes earlier, and later again."""
    with writing() as session:
        slots.lock(session, 1)
        mine = db.select(Block.id).where(Block.person == 1).limit(1).scalar_subquery()
        session.execute(update(Block).where(Block.id == mine).values(b1=Block.b1 + (1 if turn % 2 else -1)))
    db.session.remove()


def changed(turn: int) -> float:
    change(turn)
    return look()[0]


def measure(peer: Peer) -> dict[str, Any]:
    """Both sides take turns; medians in milliseconds."""
    remembered._memory.clear()  # noqa: SLF001 - the first look of a process
    cold = look()[0]
    theirs, warm, after = [], [], []
    for _round in range(ROUNDS):
        took, starts = peer.ask()
        theirs.append(took)
        warm += [look()[0] for _ in range(ASKED)]
        after += [changed(turn) for turn in range(ASKED)]
        assert look()[1] == starts, "both sides must find the same starts"
    return {"peer": median(theirs), "cold": cold, "warm": median(warm), "after": median(after), "starts": len(starts)}


def main() -> int:
    """Print the ratios; 1 when a target is missed."""
    if not PEER.exists():
        print("team W2: the peer is not installed: `make bench` does it")
        return 1
    with tempfile.TemporaryDirectory(prefix="cita-bench-") as name, w2_firm(Path(name)):
        peer = Peer(Path(name))
        try:
            found = measure(peer)
        finally:
            peer.end()
    warm, after = found["peer"] / found["warm"], found["peer"] / found["after"]
    print(
        f"team W2: {found['starts']} starts, django-appointment {found['peer']:,.0f} ms, "
        f"first look {found['cold']:.1f} ms, warm {found['warm']:.2f} ms = {warm:,.0f}x (target {WARM:,}x), "
        f"after a change to one attorney {found['after']:.2f} ms = {after:,.0f}x (target {CHANGED}x)"
    )
    return 0 if warm >= WARM and after >= CHANGED else 1


if __name__ == "__main__":
    sys.exit(main())
