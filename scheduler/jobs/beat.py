"""The heartbeat: which job runs how often, each tick in an app context of its own, until somebody asks to stop."""

import logging
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Condition, Event
from types import FrameType
from typing import cast

from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from scheduler.casework import (
    arriving,
    calendar_reading,
    conflict_lists,
    earlier,
    in_danger,
    later_names,
    open_calls,
    resuming,
    unreported,
    waiting_letters,
)
from scheduler.casework.cleaning import clean
from scheduler.casework.conflict_desk import escalate
from scheduler.casework.delivery import deliver_one
from scheduler.casework.holds import ask_for_reviews
from scheduler.casework.lapses import expire_drafts, expire_holds
from scheduler.casework.outbox import Delivery
from scheduler.casework.parts import Parts
from scheduler.casework.retention import purge_due
from scheduler.casework.scanning import scan_waiting
from scheduler.casework.triage_runs import nightly
from scheduler.engine import retention
from scheduler.jobs.leader import Leader, leader_of, wait_for
from scheduler.models import db

LOOK_EVERY = 2.0
"""Seconds between two looks at whether we are still the active process."""

LAST_WORDS = 6.0
"""Seconds that a tick may still take once we are asked to stop; what it was sending is due again after its lease."""

OPTIONS = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ground:
    """What every tick stands on."""

    app: Flask
    delivery: Delivery
    heartbeat: Path
    stopped: Event

    @property
    def parts(self) -> Parts:
        """The parts that create_app built."""
        return cast("Parts", self.app.extensions["cita"])


@dataclass(frozen=True, slots=True)
class Beat:
    """A job, and the seconds from one tick to the next."""

    name: str
    seconds: float
    act: Callable[[Ground], object]


def deliver(ground: Ground) -> None:
    """Send everything that is due, one letter after the other."""
    while not ground.stopped.is_set() and deliver_one(ground.parts, ground.delivery):
        pass


def read_calendars(ground: Ground) -> None:
    """Read the calendars of attorneys whose ten minutes are over, one after the other."""
    calendar_reading.read_due(ground.parts, ground.stopped.is_set)


def show_life(ground: Ground) -> None:
    """Touch the file by which the web process sees that we are awake."""
    ground.heartbeat.touch(mode=0o600)


BEATS = (
    Beat("deliver", 1, deliver),
    Beat("answer_resumptions", 1, lambda ground: resuming.answer_all(ground.parts)),
    Beat("heartbeat", 10, show_life),
    Beat("expire_holds", 15, lambda ground: expire_holds(ground.parts)),
    Beat("offer_earlier", 15, lambda ground: earlier.offer(ground.parts)),
    Beat("conflicts_overdue", 60, lambda ground: escalate(ground.parts)),
    Beat("later_names", 60, lambda ground: later_names.compare(ground.parts)),
    Beat("forget_lists", 600, lambda ground: conflict_lists.forget(ground.parts)),
    Beat("forget_letters", 600, lambda ground: waiting_letters.forget(ground.parts)),
    Beat("expire_drafts", 600, lambda ground: expire_drafts(ground.parts)),
    Beat("open_calls", 60, lambda ground: open_calls.put_back(ground.parts)),
    Beat("in_danger", 30, lambda ground: in_danger.alarm(ground.parts)),
    Beat("unreported", 60, lambda ground: unreported.ask(ground.parts)),
    Beat("triage", 600, lambda ground: nightly(ground.parts)),
    Beat("hold_reviews", 600, lambda ground: ask_for_reviews(ground.parts)),
    Beat("read_calendars", 60, read_calendars),
    Beat("scan", 20, lambda ground: scan_waiting(ground.parts)),
    Beat("forget_pieces", 3600, lambda ground: arriving.sweep(ground.parts)),
    Beat("clean", 3600, lambda ground: clean(ground.parts)),
    Beat("purge", retention.LOOK_EVERY.total_seconds(), lambda ground: purge_due(ground.parts)),
)


def run(app: Flask, delivery: Delivery | None = None) -> None:
    """
    Be the active process as soon as no other is, and run the beats until SIGTERM or SIGINT.

    On return every tick has ended, or was given up on.
    """
    ground = Ground(app, delivery or Delivery(), Path(app.config["HEARTBEAT"]), Event())
    _stop_on_signals(ground.stopped)
    with app.app_context():
        leader = leader_of(db.engine)
    ticks = Ticks(ground)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    scheduler = BackgroundScheduler(timezone="UTC", job_defaults=OPTIONS)
    for beat in BEATS:
        scheduler.add_job(ticks.tick, "interval", [beat], seconds=beat.seconds, id=beat.name)
    scheduler.start(paused=True)
    while wait_for(leader, ground.stopped):
        log.warning("This jobs process is active.")
        show_life(ground)
        scheduler.resume()
        _lead(leader, ground.stopped)
        scheduler.pause()
    scheduler.shutdown(wait=False)
    if not ticks.ended_within(LAST_WORDS):
        log.warning("A tick did not end in time; what it was sending is due again after its lease.")
    leader.give_back()


class Ticks:
    """Runs ticks of the beats, and knows whether one is running."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._running = 0
        self._changed = Condition()

    def tick(self, beat: Beat) -> None:
        """One tick; what goes wrong in it is told without the words of the problem, which may name somebody."""
        self._count(1)
        try:
            with self._ground.app.app_context():
                beat.act(self._ground)
        except Exception as problem:  # noqa: BLE001 - the next tick tries again
            log.error("A beat failed: %s, %s", beat.name, type(problem).__name__)  # noqa: TRY400
        finally:
            self._count(-1)

    def ended_within(self, seconds: float) -> bool:
        """Wait until no tick is running, for so long at most."""
        with self._changed:
            return self._changed.wait_for(lambda: self._running == 0, timeout=seconds)

    def _count(self, by: int) -> None:
        with self._changed:
            self._running += by
            self._changed.notify_all()


def _lead(leader: Leader, stopped: Event) -> None:
    """Return when we are asked to stop, or when the lock is not ours any more."""
    while not stopped.wait(LOOK_EVERY):
        if not leader.take():
            log.warning("The lock of the active jobs process was lost.")
            return


def _stop_on_signals(stopped: Event) -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
