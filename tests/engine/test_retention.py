"""How long what is kept: the table, the firm's own fewer days, and what stops the clock."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from scheduler.engine.retention import (
    LOOK_EVERY,
    RULES,
    SHORTENABLE,
    Life,
    Record,
    Then,
    TooLong,
    due_at,
    kept,
    record_of,
    shortened,
    why_due,
)
from scheduler.engine.states import IntakeState

THEN = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
DAY = timedelta(days=1)
FOREVER = timedelta(days=9999)


def a_life(state: str, **said: Any) -> Life:
    return Life(**{"state": IntakeState(state), "since": THEN, **said})


@pytest.mark.parametrize(
    ("record", "days", "then"),
    [
        ("draft", 7, "delete"),
        ("draft_unsafe", 3, "delete"),
        ("never_booked", 30, "stub"),
        ("declined_read", 30, "stub"),
        ("declined", 60, "stub"),
        ("withdrawn", 30, "stub"),
        ("consulted", 365, "stub"),
        ("letters", 365, "delete"),
        ("audit", 2192, "delete"),
        ("stub", 2557, "delete"),
        ("backup", 35, "delete"),
    ],
)
def test_the_table_is_that_of_the_specification(record: str, days: int, then: str) -> None:
    rule = RULES[Record(record)]

    assert (rule.kept, rule.then) == (timedelta(days=days), Then(then))


def test_a_declined_conflict_is_gone_within_a_day_even_where_one_look_was_missed() -> None:
    assert kept(Record.DECLINED_CONFLICT) + 2 * LOOK_EVERY == DAY


@pytest.mark.parametrize(
    ("life", "record"),
    [
        pytest.param(a_life("submitted"), "never_booked", id="sent and never booked"),
        pytest.param(a_life("cleared"), "never_booked", id="cleared and never booked"),
        pytest.param(a_life("cleared", talked_at=THEN), "consulted", id="we talked"),
        pytest.param(a_life("submitted", talked_at=THEN), "consulted", id="we talked before it was cleared"),
        pytest.param(a_life("declined_conflict", talked_at=THEN), "declined_conflict", id="a conflict"),
        pytest.param(a_life("declined"), "declined", id="declined, the letter unread"),
        pytest.param(a_life("referred", read_at=THEN), "declined_read", id="referred, the letter read"),
        pytest.param(a_life("withdrawn"), "withdrawn", id="withdrawn"),
        pytest.param(a_life("merged"), "withdrawn", id="a double that was merged"),
        pytest.param(a_life("withdrawn", busy=True), "withdrawn", id="withdrawn: a forgotten task stops nothing"),
        pytest.param(a_life("submitted", busy=True), None, id="somebody still has something to do"),
        pytest.param(a_life("cleared", busy=True, talked_at=THEN), None, id="a second call is booked"),
        pytest.param(a_life("draft"), None, id="a draft lapses by its own clock"),
        pytest.param(a_life("call_requested"), None, id="waits for a call"),
        pytest.param(a_life("conflict_review"), None, id="waits for a decision"),
        pytest.param(a_life("converted"), None, id="a client's file has its own policy"),
        pytest.param(a_life("purged"), None, id="gone already"),
    ],
)
def test_what_an_intake_is_a_record_of(life: Life, record: str | None) -> None:
    assert record_of(life) == record


@pytest.mark.parametrize(
    ("life", "after"),
    [
        pytest.param(a_life("submitted"), 30 * DAY, id="thirty days after it was sent"),
        pytest.param(a_life("cleared", talked_at=THEN), 365 * DAY, id="a year after we talked"),
        pytest.param(a_life("declined"), 60 * DAY, id="sixty days where the letter was not read"),
        pytest.param(a_life("declined", read_at=THEN + DAY), 31 * DAY, id="thirty days after it was read"),
        pytest.param(a_life("referred", read_at=THEN + 50 * DAY), 60 * DAY, id="and sixty at most"),
        pytest.param(a_life("withdrawn", asked=True), 0 * DAY, id="at once where she asks for it"),
    ],
)
def test_it_is_due_to_the_second(life: Life, after: timedelta) -> None:
    second = timedelta(seconds=1)

    assert (why_due(life, THEN + after - second), why_due(life, THEN + after)) == (None, record_of(life))


@pytest.mark.parametrize("state", list(IntakeState))
@pytest.mark.parametrize("said", [{}, {"asked": True}, {"talked_at": THEN}, {"read_at": THEN}])
def test_a_hold_stops_every_clock(state: IntakeState, said: dict[str, Any]) -> None:
    assert why_due(a_life(state, held=True, **said), THEN + FOREVER) is None


def test_without_the_hold_it_would_be_due_so_the_check_above_has_power() -> None:
    assert why_due(a_life("withdrawn", asked=True), THEN + FOREVER) is Record.WITHDRAWN


def test_where_no_clock_runs_nothing_is_ever_due() -> None:
    assert due_at(a_life("converted")) is None


def test_the_firm_s_own_days_count_where_they_are_fewer() -> None:
    assert due_at(a_life("cleared", talked_at=THEN), {"consulted": 90}) == THEN + 90 * DAY


@pytest.mark.parametrize("record", [record for record in Record if record not in SHORTENABLE])
def test_the_law_s_days_are_not_the_firm_s_to_set(record: Record) -> None:
    assert kept(record, {record: 1}) == RULES[record].kept


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"consulted": 366}, id="longer than the table"),
        pytest.param({"withdrawn": 0}, id="no day at all"),
        pytest.param({"audit": 30}, id="not the firm's to set"),
        pytest.param({"gossip": 30}, id="no record"),
    ],
)
def test_days_that_cannot_be_are_refused_by_their_name(said: dict[str, int]) -> None:
    with pytest.raises(TooLong, match=next(iter(said))):
        shortened(said)


def test_fewer_days_are_taken_as_they_are() -> None:
    assert shortened({"consulted": 90, "letters": 365}) == {"consulted": 90, "letters": 365}
