"""Every move of a state, and every row of the schedule of messages, names the test that shows it."""

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from scheduler.engine.states import CONSULTATION_NEXT, CONSULTATION_STARTS, INTAKE_NEXT, INTAKE_STARTS

HERE = Path(__file__).parent
_MADE = "casework/test_moves_made.py"
_WITHDRAWN = "casework/test_withdrawing.py test_whatever_is_open_can_be_deleted"
_PURGED = "casework/test_retention.py test_it_goes_when_its_days_are_over_and_not_before"
_SAID = "casework/test_reporting.py test_everybody_says_of_every_state_what_the_table_lets_her_and_no_more"
_ENDED = "casework/test_ending.py test_whom_the_firm_does_not_go_on_with_has_no_call_and_is_told_by_a_person"
_NAMES = "casework/test_conflicts.py test_what_follows_is_by_the_names_and_the_setting"
_LEFT = "web/test_leaving.py test_leaving_deletes_the_row_the_key_and_the_cookie"

INTAKES: Mapping[str, str] = {
    "new > draft": "web/test_intake_pages.py test_every_page_leads_to_the_next_with_303",
    "draft > call_requested": "web/test_stops.py"
    " test_who_wants_to_be_called_instead_gives_a_number_and_answers_no_more",
    "draft > submitted": "web/test_intake_pages.py test_the_whole_of_part_a_leads_to_the_times",
    "draft > expired": "casework/test_lapses.py test_a_draft_lives_a_week_or_three_days",
    "draft > abandoned_by_exit": _LEFT,
    "draft > withdrawn": _LEFT,
    "call_requested > submitted": "web/desk/test_by_phone.py"
    " test_what_is_asked_by_phone_is_sent_like_what_she_sends_herself",
    "call_requested > withdrawn": "casework/test_call_tries.py"
    " test_after_three_calls_the_system_withdraws_her_and_never_who_is_urgent",
    "submitted > conflict_review": _NAMES,
    "submitted > cleared": _NAMES,
    "submitted > withdrawn": _WITHDRAWN,
    "conflict_review > cleared": "casework/test_deciding.py"
    " test_once_she_is_cleared_her_tentative_time_is_booked_and_invites",
    "conflict_review > declined_conflict": "casework/test_deciding.py"
    " test_what_she_told_is_gone_within_a_day_and_the_stub_stays",
    "conflict_review > withdrawn": _WITHDRAWN,
    "cleared > referred": _ENDED,
    "cleared > declined": _ENDED,
    "cleared > converted": "casework/test_ending.py test_who_has_signed_keeps_her_call_and_no_clock_runs",
    "cleared > withdrawn": _WITHDRAWN,
    **dict.fromkeys(
        (
            f"{old} > purged"
            for old in ("submitted", "cleared", "declined_conflict", "referred", "declined", "withdrawn", "merged")
        ),
        _PURGED,
    ),
    **dict.fromkeys(
        (
            f"{old} > merged"
            for old in (
                *("draft", "call_requested", "submitted", "conflict_review", "cleared", "declined_conflict"),
                *("referred", "declined", "withdrawn", "converted"),
            )
        ),
        f"{_MADE} test_whatever_the_desk_sees_is_merged_into_an_older_one",
    ),
}
"""intake.md §3.3; a draft is nobody's but hers: she leaves it, and the desk merges none."""

CONSULTATIONS: Mapping[str, str] = {
    "new > held": "casework/test_slot_holds.py test_a_held_time_is_nobody_elses",
    "held > expired_hold": "casework/test_lapses.py test_the_consultation_of_a_hold_that_ended_is_over",
    "held > tentative": "casework/test_conflicts.py test_what_is_booked_before_a_person_has_cleared_is_tentative",
    "held > booked": "casework/test_slot_holds.py test_it_is_offered_to_her_and_hers_to_book",
    "tentative > booked": "casework/test_deciding.py test_once_she_is_cleared_her_tentative_time_is_booked_and_invites",
    **dict.fromkeys(
        ("tentative > tentative", "booked > booked", "confirmed > booked"),
        f"{_MADE} test_a_move_keeps_the_row_and_writes_who_when_and_from_what_to_what",
    ),
    **dict.fromkeys(
        (
            f"{old} > cancelled_{who}"
            for old in ("held", "tentative", "booked", "confirmed")
            for who in ("client", "firm")
        ),
        f"{_MADE} test_whatever_is_to_come_is_cancelled",
    ),
    **dict.fromkeys(
        (
            *(f"{old} > {new}" for old in ("booked", "confirmed") for new in ("in_progress", "no_show")),
            *("booked > confirmed", "in_progress > completed", "in_progress > interrupted"),
            *("completed > follow_up", "follow_up > closed"),
        ),
        _SAID,
    ),
}
"""intake.md §3.4."""

SCHEDULE: Mapping[str, str] = {
    **dict.fromkeys(
        ("booked", "tentative", "finish", "remind_72h", "remind_24h", "remind_2h", "join"),
        "casework/test_schedule.py test_who_is_told_by_the_schedule",
    ),
    "we_call": "web/test_told_of_a_call.py test_who_asked_to_be_called_reads_by_when_and_from_which_number",
    "call list, urgent": "casework/test_schedule.py"
    " test_who_has_not_answered_four_hours_after_she_was_asked_is_called_if_it_is_urgent",
    "call list, did not come before": "casework/test_unreported.py"
    " test_four_hours_after_she_was_asked_who_may_not_come_is_called",
    "missed, rebook": "casework/test_after_no_show.py"
    " test_after_three_calls_she_is_written_once_and_a_day_later_once_more",
    "missed, all not reached": "casework/test_after_no_show.py"
    " test_once_another_cause_is_known_nobody_writes_that_she_was_not_reached",
    "rebook, not the urgent": "casework/test_after_no_show.py"
    " test_who_is_urgent_is_called_on_and_never_left_to_a_letter",
    "six at most": "casework/test_finish.py test_six_letters_are_all_that_lead_up_to_a_time",
    "what is dropped first": "engine/test_reminders.py test_an_appointment_brings_six_messages_at_most",
    "silence": "casework/test_schedule.py test_on_her_days_nothing_is_sent",
}
"""intake.md §4.4."""

LEVELS: Mapping[str, str] = {
    "must be seen by": "engine/test_urgency.py test_each_level_has_its_see_by_time",
    "E at night": "engine/test_urgency.py test_danger_at_night_is_seen_in_the_first_half_hour_of_the_next_opening",
    "least notice": "engine/test_urgency.py test_notice_is_short_where_it_is_urgent",
    "the reserve": "engine/test_reserve.py test_the_urgent_are_offered_them",
    "the reserve, released": "engine/test_reserve.py test_a_slot_is_released_a_day_before_it_starts",
    "called, not booked": "engine/test_urgency.py test_who_is_urgent_and_takes_no_time_is_called",
    "the task of it": "casework/test_intake.py test_who_is_urgent_and_has_no_time_yet_is_on_the_desks_list",
    "find_earlier_slot": "engine/test_urgency.py test_a_call_is_promised_in_office_hours",
    "three later times": "casework/test_openings_too_late.py"
    " test_where_all_is_too_late_the_three_next_are_offered_and_a_call_is_promised",
    "I have it": "casework/test_in_danger.py test_whoever_says_it_stands_beside_the_call_and_nobody_else_is_asked",
    "a second person": "casework/test_in_danger.py test_after_ten_minutes_a_second_person_is_asked",
    "call us now": "web/test_stops.py test_that_we_will_call_is_said_only_where_nobody_else_reads_it",
    "after hours": "web/test_stops.py test_after_hours_it_says_when_we_open_and_whom_to_call_before",
}
"""intake.md §2.2 and §2.5."""


@cache
def those_in(file: str) -> frozenset[str]:
    tree = ast.parse((HERE / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def edges(starts: Mapping[Any, Any], moves: Mapping[Any, Mapping[Any, Any]]) -> set[str]:
    return {f"new > {new}" for new in starts} | {
        f"{old} > {new}" for old, following in moves.items() for new in following
    }


@pytest.mark.parametrize("row", [*INTAKES.values(), *CONSULTATIONS.values(), *SCHEDULE.values(), *LEVELS.values()])
def test_the_test_that_shows_a_row_is_there(row: str) -> None:
    file, name = row.split()

    assert name in those_in(file)


def test_no_move_of_an_intake_is_without_its_test() -> None:
    assert set(INTAKES) == edges(INTAKE_STARTS, INTAKE_NEXT)


def test_no_move_of_a_consultation_is_without_its_test() -> None:
    assert set(CONSULTATIONS) == edges(CONSULTATION_STARTS, CONSULTATION_NEXT)


def test_a_test_that_is_gone_would_be_noticed() -> None:
    assert "test_that_nobody_wrote" not in those_in(_MADE)
