"""The jobs process is killed, doubled, cut off from its mail server: no letter is lost, next to none comes twice."""

import os
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from functools import partial
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject
from flask import Flask
from sqlalchemy import func, select

from config import Settings
from scheduler.casework.outbox import Delivery
from scheduler.models import Consultation, Outbox, db
from tests.builders.jobs import Process, a_pile, start_delivering, wait_until
from tests.builders.mail import mail_url, mailing_to
from tests.builders.servers import free_port
from tests.channels.servers import AnyPort, Sink
from tests.conftest import Hands, on_both

pytestmark = pytest.mark.fault

MAILS = 200
KILLS = 40 if os.environ.get("CITA_SOAK") else 5
QUICK = Delivery(lease=2, first_pause=1, longest_pause=1)


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture
def settings(tmp_path: Path, databases: Any, database_kind: str, hands: Hands, sink: Sink) -> Iterator[Settings]:
    where = {"database_url": databases.url(database_kind), "clock_file": hands.file}
    with mailing_to(sink, tmp_path / "var", **where) as settings:
        yield settings


def unsettled() -> int:
    """How many letters that are due have not been settled."""
    db.session.rollback()
    due = select(func.count(Outbox.id)).where(
        Outbox.state.in_(["waiting", "sending"]), Outbox.kind.in_(["invitation", "booked"])
    )
    found = db.session.scalar(due) or 0
    db.session.rollback()
    return found


def arrived(sink: Sink, count: int) -> bool:
    return len(sink.envelopes) >= count


def copies(sink: Sink) -> Counter[str]:
    """How often each mail arrived."""
    return Counter(str(message_from_bytes(bytes(one.original_content or b""))["Message-ID"]) for one in sink.envelopes)


def kill(process: Process) -> None:
    process.kill()
    process.wait()


def end(process: Process) -> int:
    process.send_signal(signal.SIGTERM)
    return process.wait(timeout=10)


@on_both
def test_killed_again_and_again_it_loses_no_mail_and_repeats_one_a_kill(
    app: Flask, settings: Settings, sink: Sink, tmp_path: Path
) -> None:
    a_pile(app, MAILS // 2)
    log = tmp_path / "log"

    for number in range(KILLS):
        process = start_delivering(settings, log, QUICK)
        wait_until(partial(arrived, sink, (number + 1) * MAILS // (KILLS + 1)))
        kill(process)
    process = start_delivering(settings, log, QUICK)
    wait_until(lambda: unsettled() == 0)

    assert end(process) == 0
    copied = copies(sink)
    assert len(copied) == MAILS
    assert len(sink.envelopes) - MAILS <= KILLS
    assert max(copied.values()) <= 2
    same_bytes(sink)
    one_identity(sink)


def same_bytes(sink: Sink) -> None:
    """Who gets a mail twice gets the same one."""
    assert len({one.original_content for one in sink.envelopes}) == MAILS


def one_identity(sink: Sink) -> None:
    """Every invitation is read alike by two parsers, and its consultation has one UID, SEQUENCE and DTSTAMP."""
    found: dict[str, set[tuple[Any, ...]]] = {}
    for envelope in sink.envelopes:
        for part in message_from_bytes(bytes(envelope.original_content or b"")).walk():
            if part.get_content_type() == "text/calendar":
                content = part.get_payload(decode=True)
                assert isinstance(content, bytes)
                event: Any
                (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
                other = vobject.readOne(content.decode()).vevent
                assert (event["UID"], event["DTSTAMP"].dt) == (other.uid.value, other.dtstamp.value)
                found.setdefault(event["UID"], set()).add((event["SEQUENCE"], event["DTSTAMP"].dt))
    assert set(found) == set(db.session.scalars(select(Consultation.uid)))
    assert all(len(identities) == 1 for identities in found.values())


@on_both
def test_two_that_deliver_at_once_never_send_one_mail_twice(
    app: Flask, settings: Settings, sink: Sink, tmp_path: Path
) -> None:
    a_pile(app, MAILS // 2)

    together(settings, tmp_path, lease=60)

    assert len(sink.envelopes) == len(copies(sink)) == MAILS


@on_both
def test_the_lease_has_power_without_it_the_same_check_sees_mails_twice(
    app: Flask, settings: Settings, sink: Sink, tmp_path: Path
) -> None:
    a_pile(app, 25)

    together(settings, tmp_path, lease=-60)

    assert len(sink.envelopes) > len(copies(sink))


def together(settings: Settings, folder: Path, lease: int) -> None:
    """Two processes deliver all there is, beside the lock that lets only one be active."""
    processes = [start_delivering(settings, folder / "log", Delivery(lease=lease), alone=True) for _ in range(2)]
    wait_until(lambda: all(process.poll() is not None for process in processes))
    assert [process.returncode for process in processes] == [0, 0]


def test_while_the_mail_server_is_gone_the_booking_stands_and_the_mail_goes_when_it_is_back(
    app: Flask, settings: Settings, tmp_path: Path
) -> None:
    port, back = free_port(), Sink()
    gone = replace(settings, mail_url=mail_url(port))
    (consultation,) = a_pile(app, 1)
    process = start_delivering(gone, tmp_path / "log", QUICK)
    wait_until(lambda: "was not delivered" in (tmp_path / "log").read_text())
    state = db.session.scalar(select(Consultation.state).where(Consultation.id == consultation.id))
    db.session.rollback()

    controller = AnyPort(back, hostname="127.0.0.1", port=port, decode_data=False)
    controller.start()
    wait_until(lambda: unsettled() == 0)
    controller.stop()

    assert end(process) == 0
    assert (state, len(back.envelopes)) == ("booked", 2)
