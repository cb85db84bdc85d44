"""What a run of triage says beside the level: by when, how long, what follows, and that it never gets later."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.engine.branches import kept
from scheduler.engine.events import EventZones
from scheduler.engine.intervals import Interval
from scheduler.engine.one_year import DeadlineBasis, OneYearState
from scheduler.engine.triage import Outcome, slot_length, triage
from scheduler.engine.urgency import Level, Notice
from tests.engine.answering import TODAY, any_answers, herself, partial
from tests.engine.offices import NOW, OFFICE, ZONES, closing, los_angeles

PROGRAM = {"waiting_in_mexico_program": "yes_papers"}


def _hearing(day: str, clock: str = "08:30", **more: Any) -> dict[str, Any]:
    return {"court_papers": "yes", "next_hearing_date": day, "next_hearing_time": clock, **more}


def _run(answers: dict[str, Any], now: datetime = NOW, **more: Any) -> Outcome:
    return triage(answers, now, OFFICE, ZONES, **more)


@pytest.mark.parametrize(
    ("day", "level", "by"),
    [
        pytest.param("2026-11-25", Level.E, los_angeles(2026, 11, 24, 10, 30), id="tomorrow: call us now"),
        pytest.param("2026-11-27", Level.U1, closing(date(2026, 11, 25)), id="in three days: the next business day"),
        pytest.param(
            "2026-12-08", Level.U2, closing(date(2026, 11, 30)), id="in two weeks: the third, before a week before"
        ),
        pytest.param("2027-01-20", Level.U3, closing(date(2026, 12, 4)), id="in two months: the seventh"),
        pytest.param("2027-02-24", Level.N, closing(date(2026, 12, 16)), id="in three months: the fifteenth"),
    ],
)
def test_the_vectors_of_a_hearing(day: str, level: Level, by: datetime) -> None:
    outcome = _run(_hearing(day))

    assert (outcome.urgency, outcome.must_be_seen_by, outcome.call_now) == (level, by, level is Level.E)


@pytest.mark.parametrize(
    ("day", "by"),
    [
        pytest.param("2026-12-02", closing(date(2026, 11, 25)), id="8 days ahead: the week before is tomorrow"),
        pytest.param(
            "2026-12-03", closing(date(2026, 11, 25)), id="9 days: the week before is Thanksgiving, so the day before"
        ),
        pytest.param("2026-12-05", closing(date(2026, 11, 27)), id="11 days: the week before is Saturday, so Friday"),
    ],
)
def test_a_week_before_court_comes_before_the_third_business_day(day: str, by: datetime) -> None:
    assert _run(_hearing(day)).must_be_seen_by == by


def test_a_friday_with_a_hearing_on_the_saturday_of_next_week_waits_for_the_next_business_day() -> None:
    friday = los_angeles(2026, 11, 27, 10)

    assert _run(_hearing("2026-12-05"), friday).must_be_seen_by == closing(date(2026, 11, 30))


def test_critical_is_seen_a_day_before_court_where_that_can_be() -> None:
    friday = los_angeles(2026, 12, 4, 10)

    outcome = _run(_hearing("2026-12-06", "12:00"), friday)

    assert outcome.must_be_seen_by == los_angeles(2026, 12, 5, 12)


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param({"fear_interview": "scheduled", "fear_interview_date": "2026-12-06"}, id="T09: an interview"),
        pytest.param({"other_deadline": "yes", "other_deadline_date": "2026-12-06"}, id="T10: a letter"),
    ],
)
def test_critical_is_seen_a_day_before_any_other_date_too(answers: dict[str, Any]) -> None:
    friday = los_angeles(2026, 12, 4, 10)

    outcome = _run(answers, friday)

    assert (outcome.urgency, outcome.must_be_seen_by) == (Level.U1, los_angeles(2026, 12, 5, 8))


def test_too_close_for_a_day_before_it_is_still_before_the_hearing() -> None:
    saturday = los_angeles(2026, 12, 5, 10)

    outcome = _run(_hearing("2026-12-06", "08:00"), saturday)

    assert (outcome.urgency, outcome.must_be_seen_by) == (Level.E, los_angeles(2026, 12, 6, 8))


def test_a_hearing_that_began_today_leaves_the_usual_time() -> None:
    outcome = _run(_hearing("2026-11-24", "08:00"))

    assert outcome.must_be_seen_by == los_angeles(2026, 11, 24, 10, 30)


def test_where_no_slot_ends_a_day_before_court_she_calls_now() -> None:
    outcome = _run(_hearing("2026-11-27"), slot_before_court=False)

    assert (outcome.urgency, outcome.call_now) == (Level.E, True)


def test_no_slot_means_nothing_while_court_is_weeks_away() -> None:
    assert not _run(_hearing("2026-12-08"), slot_before_court=False).call_now


def test_the_event_and_its_silence_are_told() -> None:
    outcome = triage(_hearing("2026-12-08"), NOW, OFFICE, EventZones("America/Tijuana", "America/Chicago"))
    day = datetime(2026, 12, 8, 6, tzinfo=UTC)
    begin = int(day.timestamp() // 60)

    assert (outcome.event_at, outcome.silence) == (
        datetime(2026, 12, 8, 14, 30, tzinfo=UTC),
        (Interval(begin, begin + 24 * 60),),
    )


def test_without_court_there_is_neither() -> None:
    outcome = _run(herself(next_hearing_date="unknown"))

    assert (outcome.event_at, outcome.silence) == (None, ())


@pytest.mark.parametrize(
    ("answers", "flag"),
    [
        pytest.param({"detained_now": "yes_jail"}, "phone_only", id="T02"),
        pytest.param({"birth_date": partial(2012), "minor_with_adult": "parent"}, "child_protocol", id="T08"),
        pytest.param({"birth_date": partial(2012), "minor_with_adult": "alone"}, "unaccompanied_child", id="T08 alone"),
        pytest.param({"ever_in_us": "never"}, "not_in_us", id="T15"),
        pytest.param({"current_attorney": "yes"}, "has_counsel", id="T17"),
        pytest.param({"interpreter_needed": "yes"}, "interpreter", id="T18"),
        pytest.param({"current_attorney": "not_lawyer"}, "possible_bad_help", id="T19"),
        pytest.param({"device_safe": "no"}, "manual_contact", id="T20"),
        pytest.param({"court_papers": "no", **PROGRAM}, "check_facts", id="T26"),
        pytest.param({"client_agrees": "cannot_ask"}, "helper_only", id="T27"),
    ],
)
def test_a_flag_is_set(answers: dict[str, Any], flag: str) -> None:
    assert flag in _run(answers).flags


@pytest.mark.parametrize(
    ("answers", "tasks"),
    [
        pytest.param({"immediate_danger": "yes", "device_safe": "yes"}, ("safety_call",), id="danger: call her"),
        pytest.param({"immediate_danger": "yes", "device_safe": "no"}, (), id="danger: a call could be heard"),
        pytest.param({"detained_now": "yes_jail"}, ("locate_person",), id="held: where?"),
        pytest.param(
            {"court_papers": "not_sure", "removal_order": "not_sure"}, ("check_acis",), id="one look-up for two doubts"
        ),
        pytest.param(
            {"ever_in_us": "in_us", "last_arrival_date": partial(2025)}, ("narrow_arrival_date",), id="only the year"
        ),
    ],
)
def test_a_task_follows_once(answers: dict[str, Any], tasks: tuple[str, ...]) -> None:
    assert _run(answers).tasks == tasks


def test_her_year_is_reckoned_for_the_attorney() -> None:
    outcome = _run(herself())

    assert outcome.year is not None
    assert (outcome.year.state, outcome.basis) == (OneYearState.RUNNING, DeadlineBasis.ATTORNEY_REVIEW)


@pytest.mark.parametrize(
    ("interpreter", "child", "joint", "minutes"),
    [
        pytest.param(False, False, False, 45, id="one person"),
        pytest.param(True, False, False, 75, id="with an interpreter, rounded up to a quarter of an hour"),
        pytest.param(False, True, False, 60, id="a child"),
        pytest.param(False, False, True, 60, id="several people"),
        pytest.param(True, True, False, 90, id="a child and an interpreter"),
        pytest.param(True, False, True, 90, id="several people and an interpreter"),
    ],
)
def test_a_call_is_as_long_as_it_must_be(interpreter: bool, child: bool, joint: bool, minutes: int) -> None:
    assert slot_length(interpreter=interpreter, child=child, joint=joint) == minutes


def test_length_and_notice_come_from_the_answers() -> None:
    outcome = _run({"interpreter_needed": "yes", "birth_date": partial(2012), "minor_with_adult": "parent"})

    assert (outcome.length, outcome.min_notice) == (90, 1440)


def test_the_firm_sets_the_normal_notice() -> None:
    assert _run({}, notice=Notice(normal=2880)).min_notice == 2880


def test_a_level_counts_from_the_day_on_which_it_first_held() -> None:
    first = _run({"removal_order": "not_sure"})

    later = _run({"removal_order": "not_sure"}, NOW + timedelta(days=2), since=first.since)

    assert later.must_be_seen_by == closing(date(2026, 11, 30))


def test_a_rule_that_climbs_counts_from_the_day_it_climbed() -> None:
    before = los_angeles(2026, 11, 2, 10)
    first = _run(_hearing("2026-12-08"), before)

    later = _run(_hearing("2026-12-08"), NOW, since=first.since)

    assert (first.since["T05:U3"], later.since["T04:U2"]) == (before, NOW)


def test_an_urgency_that_is_over_does_not_move_her_back() -> None:
    danger = _run({"immediate_danger": "yes"})

    calm = _run({"immediate_danger": "no"}, NOW + timedelta(days=1), since=danger.since, seen_by=danger.must_be_seen_by)

    assert (calm.urgency, calm.must_be_seen_by) == (Level.N, danger.must_be_seen_by)


def test_nothing_she_said_shows_in_a_log_line() -> None:
    shown = repr(_run(herself()))

    assert [word for word in ("reasons", "year", "basis", "since", "T04") if word in shown] == []


@given(any_answers, st.lists(st.integers(1, 40), min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_no_later_run_sets_a_later_time(answers: dict[str, Any], pauses: list[int]) -> None:
    now, last = NOW, _run(kept(answers, TODAY))
    for pause in pauses:
        now += timedelta(days=pause)
        following = _run(kept(answers, OFFICE.today(now)), now, since=last.since, seen_by=last.must_be_seen_by)
        if following.must_be_seen_by > last.must_be_seen_by:
            raise AssertionError((now, following.must_be_seen_by, last.must_be_seen_by))
        last = following

    assert last.must_be_seen_by <= _run(kept(answers, TODAY)).must_be_seen_by
