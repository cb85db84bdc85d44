"""Each rule of triage: what raises it, to which level, and what nearly does."""

from datetime import timedelta
from typing import Any

import pytest

from scheduler.engine.triage import triage
from scheduler.engine.triage_rules import RULES
from scheduler.engine.urgency import Level
from tests.engine.answering import TODAY, partial
from tests.engine.offices import NOW, OFFICE, ZONES

E, U1, U2, U3, N = Level
PROXY = {"filler_role": "family", "client_agrees": "cannot_ask"}
PROGRAM = {"waiting_in_mexico_program": "yes_papers"}
MINOR = {"birth_date": partial(2012)}
CHILD = {"minor_with_adult": "parent", "birth_date": partial(2012)}


def _day(ahead: int) -> str:
    return (TODAY + timedelta(days=ahead)).isoformat()


def _ago(days: int) -> dict[str, Any]:
    day = TODAY - timedelta(days=days)
    return partial(day.year, day.month, day.day)


def _court(ahead: int, **more: Any) -> dict[str, Any]:
    return {"court_papers": "yes", "next_hearing_date": _day(ahead), **more}


def _order(days: int) -> dict[str, Any]:
    return {"removal_order": "yes", "removal_order_date": _ago(days)}


def _missed(days: int, how: str = "missed") -> dict[str, Any]:
    return {"court_papers": "yes", "next_hearing_date": _day(-days), "missed_hearing": how}


def _interview(how: str, ahead: int) -> dict[str, Any]:
    return {"fear_interview": how, "fear_interview_date": _day(ahead)}


def _letter(ahead: int, kind: str = "uscis_letter") -> dict[str, Any]:
    return {"other_deadline": "yes", "other_deadline_date": _day(ahead), "other_deadline_kind": kind}


def _unknown_letter(kind: str, day: str = "unknown") -> dict[str, Any]:
    return _letter(0, kind) | {"other_deadline_date": day}


def _arrived(*date_parts: int | None) -> dict[str, Any]:
    return {"ever_in_us": "in_us", "last_arrival_date": partial(*date_parts)}


RAISED: list[tuple[str, dict[str, Any], Level, str]] = [
    ("T01", {"immediate_danger": "yes"}, E, "danger today"),
    ("T02", {"detained_now": "yes_immigration"}, U1, "held"),
    ("T02", {"detained_now": "yes_mexico"}, U1, "held in Mexico"),
    ("T02", {"detained_now": "not_sure"}, U2, "perhaps held"),
    ("T02", _letter(100, "deport_date"), U1, "a day to leave, however far"),
    ("T03", _court(7), U1, "court in a week"),
    ("T04", _court(8), U2, "a day more"),
    ("T04", _court(21), U2, "three weeks"),
    ("T05", _court(22), U3, "a day more"),
    ("T05", _court(60), U3, "two months"),
    ("", _court(61), N, "later than that"),
    ("T03", _court(8, **PROGRAM, poe_report_date=_day(7)), U1, "the report day is earlier"),
    ("T05b", {"court_papers": "yes", "next_hearing_date": "unknown"}, U2, "papers, no date"),
    ("T05b", _missed(5, "went"), U2, "she went and no next date is known"),
    ("T05b", _missed(5, "changed"), U2, "changed, to when?"),
    ("T05b", {"court_papers": "not_sure", "next_hearing_date": "unknown"}, U3, "perhaps papers"),
    ("", {"court_papers": "yes", "next_hearing_date": "none"}, N, "no date was set"),
    ("T06", _order(40), U1, "appeal window"),
    ("T06", {"removal_order": "yes", "removal_order_date": partial(None)}, U1, "it could be recent"),
    ("T06", {"removal_order": "yes", "removal_order_date": partial(2026)}, U1, "this year: it could be recent"),
    ("T06b", _order(41), U2, "a day more"),
    ("T06b", _order(100), U2, "motions"),
    ("T06c", _order(101), U3, "older"),
    ("T06d", {"removal_order": "not_sure"}, U2, "look it up"),
    ("T07", _missed(30), U1, "missed a month ago"),
    ("T07", _missed(31), U2, "a day more"),
    ("T07", _missed(190), U2, "motions may still be in time"),
    ("T07", _missed(191), U3, "older"),
    ("T07", _missed(300, "not_sure"), U2, "perhaps missed"),
    ("T08", MINOR | {"minor_with_adult": "alone"}, U1, "a child alone"),
    ("T08", MINOR | {"minor_with_adult": "other_adult"}, U2, "with another adult"),
    ("T08", MINOR | {"minor_with_adult": "shelter"}, U2, "in a shelter"),
    ("T08", CHILD, N, "with a parent"),
    ("T09", _interview("scheduled", 7), U1, "within a week"),
    ("T09", _interview("scheduled", 8), U2, "a day more"),
    ("T09", _interview("scheduled", 21), U2, "three weeks"),
    ("", _interview("scheduled", 22), N, "later"),
    ("T09", {"fear_interview": "scheduled", "fear_interview_date": "unknown"}, U1, "no day"),
    ("T09", {"fear_interview": "scheduled", "fear_interview_date": "none"}, U1, "no day yet: it may be any"),
    ("T09", _interview("negative", -14), U1, "review is due within days"),
    ("T09", _interview("negative", -15), U2, "older"),
    ("T09", {"fear_interview": "negative", "fear_interview_date": "unknown"}, U1, "it could be recent"),
    ("T09", {"fear_interview": "negative", "fear_interview_date": "none"}, U1, "of no day: it could be recent"),
    ("T09", {"fear_interview": "waiting"}, U2, "the answer may come"),
    ("T10", _letter(7), U1, "a week"),
    ("T10", _letter(8), U2, "a day more"),
    ("T10", _letter(14), U2, "two weeks"),
    ("T10", _letter(15), U3, "a day more"),
    ("T10", _letter(45), U3, "six weeks"),
    ("T10", _letter(46), N, "later"),
    ("T10", _letter(-1), U2, "it was yesterday"),
    ("T10", _letter(-30), U2, "a month ago"),
    ("", _letter(-31), N, "longer ago"),
    ("T10", _unknown_letter("fee_notice"), U2, "no day"),
    ("T10", _unknown_letter("fee_notice", "none"), U2, "no day yet"),
    ("T10", _unknown_letter("appeal", "none"), U1, "no day yet, and one level up"),
    ("T10", _letter(7, "appeal"), U1, "an appeal is no emergency by that alone"),
    ("T10", _letter(8, "appeal"), U1, "one level up"),
    ("T10", _letter(15, "judge_filing"), U2, "one level up"),
    ("T10", _letter(46, "judge_filing"), U3, "one level up"),
    ("T10", _unknown_letter("appeal"), U1, "one level up"),
    ("T10", _letter(-30, "appeal"), U1, "one level up"),
    ("T11", {"fear_mexico": "yes"}, U2, "nobody knows whether she is in the program"),
    ("T11", {"fear_mexico": "yes", "waiting_in_mexico_program": "not_sure"}, U2, "perhaps in the program"),
    ("T11", {"fear_mexico": "yes", "mexico_harm": ["kidnap", "health"]}, U1, "it happened there"),
    ("T11", {"fear_mexico": "yes", "mexico_harm": ["sexual"]}, U1, "it happened there"),
    ("T11", {"fear_mexico": "yes", "mexico_harm": ["followed"]}, U1, "they found her there"),
    ("T11", {"fear_mexico": "yes", "mexico_harm": ["extortion"]}, U2, "money"),
    ("T12", _arrived(2025, 12, 9), U1, "14 days to the safe date"),
    ("T12", _arrived(2026, 1, 1), U2, "37 days"),
    ("T12", _arrived(2026, 3, 1), U3, "within four months"),
    ("T12", _arrived(2026, 6, 19), N, "time enough"),
    ("T13", _arrived(2025, 11, 24), U1, "perhaps over since today"),
    ("T13", _arrived(2025, 11), U1, "only the month is known"),
    ("T13", _arrived(2025), U2, "only the year is known: narrow it down"),
    ("T13b", _arrived(2025, 11, 23), U2, "over, not long"),
    ("T13b", _arrived(2024), U3, "long over"),
    ("T14", _arrived(None), U2, "no day of arrival"),
    ("T15", {"ever_in_us": "never"}, N, "never there"),
    ("T16", {"family_separated": "yes"}, U2, "a family to be traced"),
    ("T17", {"current_attorney": "yes"}, N, "has one"),
    ("T18", {"interpreter_needed": "yes"}, N, "never less urgent by that"),
    ("T19", {"current_attorney": "not_lawyer"}, N, "a notario"),
    ("T20", {"device_safe": "not_sure"}, N, "the device may be seen"),
    ("T20", {"phone_shared": "shared_unsafe"}, N, "the phone may be seen"),
    ("T21", {"mexico_harm": ["health"]}, U3, "she is ill, or expects a child"),
    ("T22", {"call_needs": ["hearing"]}, N, "she needs to be called in her way"),
    ("interpreter_wish", {"interpreter_needed": "yes", "interpreter_avoid": "a town"}, N, "somebody it must not be"),
    ("entries", {"prior_entries": "yes"}, N, "from which arrival does the year count?"),
    ("T25", {"no_shows": 2}, N, "two calls that she did not come to"),
    ("T26", {"ever_in_us": "never", **PROGRAM}, N, "never there, and sent back"),
    ("T26", {"court_papers": "no", **PROGRAM}, N, "a court date and no court"),
    ("T26", {"ever_in_us": "sent_back", "current_country": "US"}, U2, "sent back and there"),
    ("T26", {"ever_in_us": "in_us", "current_country": "MX"}, U2, "there and in Mexico"),
    ("T26", {"nationality_country": ["MX"], **PROGRAM}, N, "Mexicans are not sent back to Mexico"),
    ("T27", PROXY | {"detained_now": "no"}, U3, "out of reach for no reason we know"),
    ("T28", _court(1), E, "tomorrow"),
    ("T28", _letter(1), E, "a letter's date tomorrow"),
    ("T28", _interview("scheduled", 1), E, "an interview tomorrow"),
    ("T28", _court(0), E, "today at 8, which is over: it may be later"),
]


@pytest.mark.parametrize(
    ("rule", "answers", "level"),
    [pytest.param(rule, answers, level, id=f"{rule or 'nothing'}: {why}") for rule, answers, level, why in RAISED],
)
def test_a_rule_raises_its_level(rule: str, answers: dict[str, Any], level: Level) -> None:
    outcome = triage(answers, NOW, OFFICE, ZONES)

    assert (outcome.urgency, rule in outcome.reasons or not (rule or outcome.reasons)) == (level, True)


@pytest.mark.parametrize(
    ("rule", "answers"),
    [
        pytest.param("T01", {"immediate_danger": "prefer_not"}, id="she would not say"),
        pytest.param("T08", {"birth_date": partial(1990), "minor_with_adult": "alone"}, id="she is grown up"),
        pytest.param("T11", {"fear_mexico": "yes", "waiting_in_mexico_program": "no"}, id="nobody sent her back"),
        pytest.param("T11", {"fear_mexico": "not_sure"}, id="she is not sure"),
        pytest.param("T16", {"family_separated": "not_sure"}, id="she does not know"),
        pytest.param("T21", {"mexico_harm": ["assault"]}, id="another harm"),
        pytest.param("T22", {"call_needs": []}, id="nothing is needed"),
        pytest.param("interpreter_wish", {"interpreter_needed": "yes"}, id="anybody who speaks it"),
        pytest.param("interpreter_wish", {"interpreter_avoid": "a town"}, id="no interpreter is needed any more"),
        pytest.param("entries", {"prior_entries": "tell_attorney"}, id="she tells the attorney"),
        pytest.param(
            "T12", {"ever_in_us": "prefer_not", "last_arrival_date": partial(2025)}, id="she tells the attorney"
        ),
        pytest.param("T25", {"no_shows": 1}, id="once is no habit"),
        pytest.param("T26", {"nationality_country": ["MX", "HN"], **PROGRAM}, id="two nationalities"),
        pytest.param("T26", {"ever_in_us": "in_us", "current_country": "prefer_not"}, id="she would not say where"),
        pytest.param("T27", PROXY | {"detained_now": "yes_jail"}, id="she is held"),
        pytest.param("T27", PROXY | MINOR | {"detained_now": "no"}, id="a child"),
        pytest.param("T28", _court(2), id="the day after tomorrow at 8"),
    ],
)
def test_a_rule_does_not_fire_beside_its_case(rule: str, answers: dict[str, Any]) -> None:
    assert rule not in triage(answers, NOW, OFFICE, ZONES).reasons


def test_who_did_not_come_twice_is_called_and_no_more_or_less_urgent_by_that() -> None:
    before, after = (triage({"court_papers": "yes", "no_shows": count}, NOW, OFFICE, ZONES) for count in (0, 2))

    assert (after.urgency, after.must_be_seen_by) == (before.urgency, before.must_be_seen_by)
    assert set(after.flags) - set(before.flags) == {"calls_to_book"}
    assert set(after.tasks) - set(before.tasks) == {"call_to_book"}


def test_every_rule_has_a_case() -> None:
    assert {rule.id for rule in RULES} == {rule for rule, *_ in RAISED} - {""}


def test_no_answers_are_a_normal_case() -> None:
    outcome = triage({}, NOW, OFFICE, ZONES)

    assert (outcome.urgency, outcome.reasons, outcome.flags, outcome.tasks) == (N, (), (), ())
