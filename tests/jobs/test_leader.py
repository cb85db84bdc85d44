"""One jobs process is active; the next one waits, says so, and takes over."""

import signal
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest
from flask import Flask

from config import Settings
from scheduler.jobs.leader import Leader, leader_of, wait_for
from scheduler.models import db
from tests.builders.jobs import start_jobs, wait_until
from tests.conftest import on_both

ACTIVE = "This jobs process is active."
WAITS = "Another jobs process is active; this one waits until it ends."


@pytest.fixture
def two(app: Flask) -> Iterator[tuple[Leader, Leader]]:
    leaders = leader_of(db.engine), leader_of(db.engine)
    yield leaders
    for leader in leaders:
        leader.give_back()


@on_both
def test_the_lock_is_ones_only(two: tuple[Leader, Leader]) -> None:
    first, second = two

    taken = [first.take(), second.take(), first.take()]

    assert taken == [True, False, True]


@on_both
def test_what_was_given_back_is_the_next_ones(two: tuple[Leader, Leader]) -> None:
    first, second = two
    first.take()

    first.give_back()

    assert second.take()


@on_both
def test_who_waits_is_let_in_when_the_other_ends(two: tuple[Leader, Leader], caplog: pytest.LogCaptureFixture) -> None:
    first, second = two
    first.take()
    let_in: list[bool] = []
    waiting = Thread(target=lambda: let_in.append(wait_for(second, Event())))
    waiting.start()
    wait_until(lambda: WAITS in caplog.text)

    first.give_back()
    waiting.join(timeout=5)

    assert let_in == [True]


def test_who_is_asked_to_stop_waits_no_longer(two: tuple[Leader, Leader]) -> None:
    first, second = two
    first.take()
    stopped = Event()
    stopped.set()

    let_in = wait_for(second, stopped)

    assert let_in is False


@pytest.mark.parametrize("database_kind", ["postgresql"])
def test_a_session_that_broke_has_lost_the_lock_and_asks_anew(settings: Settings, two: tuple[Leader, Leader]) -> None:
    first, _ = two
    first.take()
    address = settings.database_url.replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
        )

    looks = [first.take(), first.take()]

    assert looks == [False, True]


@pytest.mark.fault
@on_both
def test_a_second_process_waits_and_takes_over_when_the_first_is_killed(
    app: Flask, settings: Settings, tmp_path: Path
) -> None:
    first = start_jobs(settings, tmp_path / "first")
    wait_until(lambda: ACTIVE in (tmp_path / "first").read_text())
    second = start_jobs(settings, tmp_path / "second")
    wait_until(lambda: WAITS in (tmp_path / "second").read_text())
    was_active = ACTIVE in (tmp_path / "second").read_text()

    first.kill()
    first.wait()
    wait_until(lambda: ACTIVE in (tmp_path / "second").read_text())
    second.send_signal(signal.SIGTERM)

    assert was_active is False
    assert second.wait(timeout=10) == 0
