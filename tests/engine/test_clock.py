"""The clocks: the machine's, and one that a file moves."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.engine.clock import Clock, ClockUnreadable, FileClock, SystemClock


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("2026-12-01T17:00:30Z", id="in UTC"),
        pytest.param("2026-12-01T12:00:30-05:00\n", id="by another offset, with a line's end"),
        pytest.param("2026-12-01T17:00:30", id="without an offset it is UTC"),
    ],
)
def test_the_instant_in_the_file_is_the_time(tmp_path: Path, written: str) -> None:
    path = tmp_path / "clock"
    path.write_text(written, encoding="ascii")

    now = FileClock(path).now()

    assert (now, now.tzinfo) == (datetime(2026, 12, 1, 17, 0, 30, tzinfo=UTC), UTC)


def test_the_file_is_read_anew_each_time(tmp_path: Path) -> None:
    path = tmp_path / "clock"
    path.write_text("2026-12-01T17:00Z", encoding="ascii")
    clock = FileClock(path)
    clock.now()
    path.write_text("2026-12-02T17:00Z", encoding="ascii")

    now = clock.now()

    assert now == datetime(2026, 12, 2, 17, tzinfo=UTC)


def test_while_the_file_is_being_written_the_last_instant_stands(tmp_path: Path) -> None:
    path = tmp_path / "clock"
    path.write_text("2026-12-01T17:00Z", encoding="ascii")
    clock = FileClock(path)
    clock.now()
    path.write_text("", encoding="ascii")

    now = clock.now()

    assert now == datetime(2026, 12, 1, 17, tzinfo=UTC)


@pytest.mark.parametrize("written", [pytest.param(None, id="no file"), pytest.param("noon", id="no instant")])
def test_a_file_that_never_held_an_instant_is_refused(tmp_path: Path, written: str | None) -> None:
    path = tmp_path / "clock"
    if written is not None:
        path.write_text(written, encoding="ascii")

    with pytest.raises(ClockUnreadable):
        FileClock(path).now()


def test_the_machines_own_time_is_moved_by_no_file(tmp_path: Path) -> None:
    system = SystemClock()
    clocks: list[Clock] = [system, FileClock(tmp_path / "clock")]

    readings = [system.now(), *(clock.real_now() for clock in clocks)]

    assert max(readings) - min(readings) < timedelta(seconds=5)
