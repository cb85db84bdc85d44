from datetime import date, datetime

import pytest

from scheduler.engine.urgency import Level, Notice, due, highest, promised_by, unbooked_by
from tests.engine.offices import NOW, OFFICE, closing, los_angeles


@pytest.mark.parametrize(
    ("level", "by"),
    [
        pytest.param(Level.E, los_angeles(2026, 11, 24, 10, 30), id="danger: half an hour"),
        pytest.param(Level.U1, closing(date(2026, 11, 25)), id="critical: the next business day"),
        pytest.param(Level.U2, closing(date(2026, 11, 30)), id="urgent: the third"),
        pytest.param(Level.U3, closing(date(2026, 12, 4)), id="soon: the seventh"),
        pytest.param(Level.N, closing(date(2026, 12, 16)), id="normal: the fifteenth"),
    ],
)
def test_each_level_has_its_see_by_time(level: Level, by: datetime) -> None:
    assert due(level, NOW, OFFICE) == by


def test_danger_at_night_is_seen_in_the_first_half_hour_of_the_next_opening() -> None:
    assert due(Level.E, los_angeles(2026, 11, 25, 20), OFFICE) == los_angeles(2026, 11, 27, 9, 30)


@pytest.mark.parametrize(
    ("level", "by"),
    [
        pytest.param(Level.E, los_angeles(2026, 11, 24, 10, 30), id="half an hour"),
        pytest.param(Level.U1, los_angeles(2026, 11, 24, 11), id="one office hour"),
        pytest.param(Level.U2, los_angeles(2026, 11, 24, 14), id="four"),
        pytest.param(Level.U3, closing(date(2026, 11, 25)), id="one business day"),
        pytest.param(Level.N, closing(date(2026, 11, 25)), id="one business day, too"),
    ],
)
def test_a_call_is_promised_in_office_hours(level: Level, by: datetime) -> None:
    assert promised_by(level, NOW, OFFICE) == by


@pytest.mark.parametrize(
    ("level", "now", "by"),
    [
        pytest.param(Level.E, NOW, los_angeles(2026, 11, 24, 10, 30), id="half an hour"),
        pytest.param(Level.U1, NOW, los_angeles(2026, 11, 24, 12), id="two office hours"),
        pytest.param(Level.U2, NOW, closing(date(2026, 11, 24)), id="the same day"),
        pytest.param(Level.U2, los_angeles(2026, 11, 24, 20), closing(date(2026, 11, 25)), id="at night, the next day"),
        pytest.param(Level.U3, NOW, None, id="soon: she chooses a time herself"),
        pytest.param(Level.N, NOW, None, id="normal: she does, too"),
    ],
)
def test_who_is_urgent_and_takes_no_time_is_called(level: Level, now: datetime, by: datetime | None) -> None:
    assert unbooked_by(level, now, OFFICE) == by


@pytest.mark.parametrize(
    ("level", "alone", "interpreted"),
    [
        pytest.param(Level.E, 15, 15, id="an interpreter by phone, now"),
        pytest.param(Level.U1, 120, 240, id="four hours to find one"),
        pytest.param(Level.U2, 240, 2880, id="the firm's lead"),
        pytest.param(Level.U3, 1440, 2880, id="the firm's lead, too"),
        pytest.param(Level.N, 4320, 4320, id="the firm's own notice is longer"),
    ],
)
def test_notice_is_short_where_it_is_urgent(level: Level, alone: int, interpreted: int) -> None:
    notice = Notice(normal=4320, interpreter=2880)

    assert (notice.of(level, interpreter_needed=False), notice.of(level, interpreter_needed=True)) == (
        alone,
        interpreted,
    )


@pytest.mark.parametrize(
    ("level", "above"),
    [(Level.N, Level.U3), (Level.U3, Level.U2), (Level.U2, Level.U1), (Level.U1, Level.U1), (Level.E, Level.E)],
)
def test_one_level_up_never_makes_an_emergency(level: Level, above: Level) -> None:
    assert level.raised() is above


def test_the_highest_level_wins_and_nothing_is_normal() -> None:
    assert (highest([Level.N, Level.U1, Level.U2]), highest([])) == (Level.U1, Level.N)
