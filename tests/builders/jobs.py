"""Jobs processes of their own, and a pile of letters for them."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask

from config import Settings
from scheduler.casework import announcing, links
from scheduler.casework.documents import open_answers
from scheduler.casework.outbox import Delivery
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.models import ClientLink, Consultation
from tests.builders.firm import a_firm, an_intake
from tests.builders.settings import environment

ROOT = Path(__file__).resolve().parents[2]
Process = subprocess.Popen[bytes]


def start_jobs(settings: Settings, log: Path) -> Process:
    """The jobs process as it is run; what it logs goes into a file."""
    return _start(settings, log, "scheduler.jobs")


def start_delivering(settings: Settings, log: Path, delivery: Delivery, *, alone: bool = False) -> Process:
    """The same with another patience, or (`alone`) only its deliveries, whoever else is active."""
    return _start(settings, log, "tests.faults.delivering", "alone" if alone else "jobs", json.dumps(asdict(delivery)))


def _start(settings: Settings, log: Path, module: str, *words: str) -> Process:
    env = {**os.environ, **environment(settings)}
    with log.open("ab") as file:
        return subprocess.Popen([sys.executable, "-m", module, *words], cwd=ROOT, env=env, stderr=file)


def wait_until(what: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something is so; give up loudly."""
    give_up = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < give_up, "it did not come to that"
        time.sleep(0.02)


def a_pile(app: Flask, consultations: int, **answers: Any) -> list[Consultation]:
    """So many consultations of one client by e-mail, each with its letters in the outbox: two are due at once."""
    parts: Parts = app.extensions["cita"]
    firm = a_firm(app).with_attorney("Ana")
    by_mail = {"contact_channel": "email", "contact_email": "rosa@mail.example", **answers}
    intake = an_intake(app, **by_mail)
    with writing() as session:
        made = [_consultation(parts, intake.id, firm.number("Ana"), number) for number in range(consultations)]
        said = open_answers(parts, intake)
        for one in made:
            session.add_all(ClientLink(**row) for row in links.mint(parts, one))
            session.add(one)
            session.flush()
            announcing.booked(session, parts, one, intake, said)
    return made


def _consultation(parts: Parts, intake: Any, attorney: int, number: int) -> Consultation:
    start = parts.clock.now() + timedelta(days=7, minutes=number)
    return Consultation(
        id=uuid4(),
        intake_id=intake,
        idempotency_key=uuid4().hex,
        state="booked",
        attorney=attorney,
        starts_at=start,
        ends_at=start + timedelta(minutes=45),
        booked_at=parts.clock.now(),
        client_zone="America/Tijuana",
        attorney_zone="America/Los_Angeles",
        call_mode="phone",
        uid=f"{uuid4().hex}@citas.example",
        sequence=0,
        dtstamp=parts.clock.now(),
    )
