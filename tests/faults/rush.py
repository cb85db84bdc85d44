"""Very many clients in processes of their own, who want the same few times of the same few people."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPException
from multiprocessing import get_context
from random import Random

from tests.builders.servers import Sender

TIME = "/apply/time"


@dataclass(frozen=True)
class Rush:
    """
    How many there are, in how many processes, how many of each at once, and how often one tries another time.

    After `patience` (seconds) nobody tries another time.
    """

    clients: int
    processes: int
    at_once: int
    tries: int
    patience: float = 60.0


@dataclass
class Answers:
    """Every status, and how long each answer took (seconds)."""

    statuses: list[int] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)

    def slowest(self, share: float) -> float:
        """So long took at most this share of the answers."""
        return sorted(self.latencies)[int(share * (len(self.latencies) - 1))]


def rush(size: Rush, clients: Sequence[Sender], ports: Sequence[int], starts: Sequence[datetime]) -> Answers:
    """All of them at once; what they were answered."""
    shares = [
        (size, list(clients[turn :: size.processes]), list(ports), list(starts), turn) for turn in range(size.processes)
    ]
    found = Answers()
    with get_context("spawn").Pool(size.processes) as pool:
        for statuses, latencies in pool.starmap(_crowd, shares):
            found.statuses += statuses
            found.latencies += latencies
    return found


def _crowd(
    size: Rush, clients: list[Sender], ports: list[int], starts: list[datetime], seed: int
) -> tuple[list[int], list[float]]:
    """The clients of one process, so many at once."""
    draw, ends_at = Random(seed), time.monotonic() + size.patience
    plans = [(one, [(draw.choice(ports), draw.choice(starts)) for _ in range(size.tries)], ends_at) for one in clients]
    with ThreadPoolExecutor(size.at_once) as pool:
        each = [pair for pairs in pool.map(_until_booked, plans) for pair in pairs]
    return [status for status, _seconds in each], [seconds for _status, seconds in each]


def _until_booked(plan: tuple[Sender, list[tuple[int, datetime]], float]) -> list[tuple[int, float]]:
    """One client tries one time after the other; an answer that does not come counts as 599."""
    client, wishes, ends_at = plan
    found: list[tuple[int, float]] = []
    for port, start in wishes:
        begun = time.perf_counter()
        try:
            status = client.send(port, TIME, slot_id=f"{start:%Y-%m-%dT%H:%MZ}", call_mode="phone")
        except (OSError, HTTPException):
            status = 599
        found.append((status, time.perf_counter() - begun))
        if status == 303 or time.monotonic() > ends_at:
            break
    return found
