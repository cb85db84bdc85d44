"""A beat goes on, whatever one tick comes to; the process shows that it lives, and ends when asked."""

import os
import signal
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import select

from config import Settings
from scheduler.casework.calendar_reading import Add, add
from scheduler.casework.calendars import kept
from scheduler.casework.outbox import Delivery
from scheduler.channels.calendars import Kind, Source
from scheduler.channels.fetch import Fetcher
from scheduler.jobs.beat import BEATS, Beat, Ground, Ticks, show_life
from scheduler.models import Outbox, db
from tests.builders.feeds import feeding
from tests.builders.firm import a_firm
from tests.builders.ics import calendar
from tests.builders.jobs import a_pile, start_jobs, wait_until
from tests.builders.mail import mail_url
from tests.builders.staff import a_login, who_is
from tests.channels.servers import Scripted, scripted
from tests.conftest import Hands


@pytest.fixture
def ground(app: Flask, tmp_path: Path) -> Ground:
    return Ground(app, Delivery(), tmp_path / "heartbeat", Event())


def test_every_beat_ticks_on_an_empty_house(ground: Ground, caplog: pytest.LogCaptureFixture) -> None:
    ticks = Ticks(ground)

    for beat in BEATS:
        ticks.tick(beat)

    assert ground.heartbeat.exists()
    assert ticks.ended_within(0)
    assert caplog.messages == []


def test_a_tick_that_fails_is_told_without_its_words(ground: Ground, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_: Ground) -> None:
        raise LookupError("Rosa Elena")

    Ticks(ground).tick(Beat("deliver", 1, fail))

    assert caplog.messages == ["A beat failed: deliver, LookupError"]


def test_a_tick_that_still_runs_is_waited_for_so_long_and_no_longer(ground: Ground) -> None:
    ticks, seen = Ticks(ground), []

    ticks.tick(Beat("deliver", 1, lambda _: seen.append(ticks.ended_within(0.01))))

    assert seen == [False]


def test_a_stopped_beat_starts_no_other_letter(app: Flask, ground: Ground, settings: Settings) -> None:
    a_pile(app, 1)
    ground.stopped.set()

    BEATS[0].act(ground)

    assert not list((settings.data / "mail").glob("*.eml"))


def test_due_letters_leave_with_one_tick(app: Flask, ground: Ground, settings: Settings) -> None:
    a_pile(app, 3)

    BEATS[0].act(ground)

    assert len(list((settings.data / "mail").glob("*.eml"))) == 6


def test_healthz_says_whether_the_jobs_are_awake(app: Flask, ground: Ground) -> None:
    client = app.test_client()
    asleep = client.get("/healthz").get_json()
    show_life(replace(ground, heartbeat=Path(app.config["HEARTBEAT"])))
    awake = client.get("/healthz").get_json()
    os.utime(app.config["HEARTBEAT"], (0, 0))

    silent = client.get("/healthz").get_json()

    assert [answer["status"] for answer in (asleep, awake, silent)] == ["degraded", "ok", "degraded"]


def is_anything_on_its_way() -> bool:
    db.session.rollback()
    return db.session.scalar(select(Outbox.id).where(Outbox.state == "sending")) is not None


@pytest.mark.fault
def test_asked_to_stop_while_a_mail_server_keeps_it_waiting_it_ends_within_ten_seconds(
    app: Flask, settings: Settings, tmp_path: Path
) -> None:
    a_pile(app, 1)
    db.session.rollback()
    with scripted(Scripted({"connect": "220 " + "x" * 500}, pause=0.5)) as port:
        stuck = replace(settings, mail_url=mail_url(port))
        process = start_jobs(stuck, tmp_path / "log")
        wait_until(is_anything_on_its_way)

        process.send_signal(signal.SIGTERM)

        assert process.wait(timeout=10) == 0


def test_the_calendars_of_attorneys_are_read_in_a_beat(app: Flask, ground: Ground, hands: Hands) -> None:
    parts = app.extensions["cita"]
    with feeding(ana=calendar().encode()) as feed:
        app.extensions["cita"] = replace(parts, fetcher=Fetcher(frozenset({feed.server}), seconds=20))
        a_firm(app).with_attorney("Ana")
        add(ground.parts, who_is(a_login(app)), Add(1, Source(Kind.ICS, feed.url())))
        hands.set(hands.now + timedelta(minutes=10))

        next(beat for beat in BEATS if beat.name == "read_calendars").act(ground)

    assert kept(parts)[0].good_at == hands.now
