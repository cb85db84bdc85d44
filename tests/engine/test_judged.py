"""A level that a person of the firm set: it stands, until something new is more urgent."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from scheduler.engine.triage import STAFF, Judged, Outcome, triage
from scheduler.engine.triage_facts import Facts, Noted
from scheduler.engine.triage_rules import RULES
from scheduler.engine.urgency import Level
from tests.engine.offices import NOW, OFFICE, ZONES, closing

IN_TWO_MONTHS = {"court_papers": "yes", "next_hearing_date": "2027-01-20", "next_hearing_time": "08:30"}
LATER = NOW + timedelta(hours=1)


def _run(answers: dict[str, Any], now: datetime = LATER, **more: Any) -> Outcome:
    return triage(answers, now, OFFICE, ZONES, **more)


def _first() -> Outcome:
    return triage(IN_TWO_MONTHS, NOW, OFFICE, ZONES)


@pytest.mark.parametrize(
    ("level", "by"),
    [
        pytest.param(Level.U1, closing(date(2026, 11, 25)), id="raised: the next business day"),
        pytest.param(Level.N, closing(date(2026, 12, 16)), id="lowered: as a normal case"),
    ],
)
def test_a_level_that_a_person_set_stands_and_sets_the_time(level: Level, by: datetime) -> None:
    first = _first()

    outcome = _run(IN_TWO_MONTHS, since=first.since, judged=Judged(level, LATER))

    assert (first.urgency, outcome.urgency, outcome.must_be_seen_by) == (Level.U3, level, by)


IN_A_WEEK = {"court_papers": "yes", "next_hearing_date": "2026-12-01", "family_separated": "yes"}
NEARER = {**IN_A_WEEK, "next_hearing_date": "2026-11-27"}


@pytest.mark.parametrize(
    ("changed", "level", "by"),
    [
        pytest.param(["next_hearing_date"], Level.U1, closing(date(2026, 11, 25)), id="nobody has judged that date"),
        pytest.param(["family_separated"], Level.U2, closing(date(2026, 11, 30)), id="only what looks at it"),
        pytest.param(["us_state"], Level.N, closing(date(2026, 12, 16)), id="no line looks at it"),
        pytest.param([], Level.N, closing(date(2026, 12, 16)), id="nothing was corrected"),
    ],
)
def test_what_looks_at_a_corrected_answer_counts_again(changed: list[str], level: Level, by: datetime) -> None:
    first = triage(IN_A_WEEK, NOW, OFFICE, ZONES)
    judged = Judged(Level.N, LATER)
    lowered = _run(IN_A_WEEK, since=first.since, judged=judged)
    corrected = LATER + timedelta(hours=1)

    outcome = _run(NEARER, corrected, since=lowered.since, judged=judged, changed=changed)

    assert (first.urgency, lowered.urgency, outcome.urgency, outcome.must_be_seen_by) == (Level.U1, Level.N, level, by)


def test_it_counts_from_then_on_as_long_as_it_holds() -> None:
    judged, first = Judged(Level.N, LATER), triage(IN_A_WEEK, NOW, OFFICE, ZONES)
    corrected = _run(
        NEARER, LATER + timedelta(hours=1), since=first.since, judged=judged, changed=["next_hearing_date"]
    )

    outcome = _run(NEARER, LATER + timedelta(hours=2), since=corrected.since, judged=judged)

    assert (outcome.urgency, outcome.must_be_seen_by) == (Level.U1, corrected.must_be_seen_by)


def test_a_level_that_was_raised_stands_beside_a_correction() -> None:
    first = triage(IN_TWO_MONTHS, NOW, OFFICE, ZONES)

    outcome = _run(
        IN_TWO_MONTHS,
        LATER + timedelta(hours=1),
        since=first.since,
        judged=Judged(Level.U1, LATER),
        changed=["next_hearing_date"],
    )

    assert outcome.urgency is Level.U1


def test_the_reasons_of_the_rules_are_still_told_and_that_a_person_set_it() -> None:
    outcome = _run(IN_TWO_MONTHS, since=_first().since, judged=Judged(Level.N, LATER))

    assert outcome.reasons == ("T05", STAFF)


def test_a_raise_never_sets_the_time_later() -> None:
    soon = datetime(2026, 11, 24, 20, tzinfo=UTC)

    outcome = _run(IN_TWO_MONTHS, since=_first().since, seen_by=soon, judged=Judged(Level.U1, LATER))

    assert outcome.must_be_seen_by == soon


def test_what_becomes_more_urgent_after_it_counts_again() -> None:
    judged = Judged(Level.N, LATER)
    first = _run(IN_TWO_MONTHS, since=_first().since, judged=judged)

    outcome = _run(IN_TWO_MONTHS, datetime(2027, 1, 4, 18, tzinfo=UTC), since=first.since, judged=judged)

    assert (outcome.urgency, "T04" in outcome.reasons) == (Level.U2, True)


def test_a_fact_that_is_new_after_it_counts() -> None:
    judged = Judged(Level.N, LATER)
    first = _run(IN_TWO_MONTHS, since=_first().since, judged=judged)

    outcome = _run(
        {**IN_TWO_MONTHS, "immediate_danger": "yes"}, LATER + timedelta(minutes=1), since=first.since, judged=judged
    )

    assert outcome.urgency is Level.E


def _looked_at(rule: str, **answers: Any) -> frozenset[str]:
    facts = Facts(answers, NOW, OFFICE, ZONES)
    return next(one for one in RULES if one.id == rule).looks_at(facts)


@pytest.mark.parametrize("separated", ["yes", "no"])
def test_a_line_knows_what_it_looks_at_whether_it_holds_or_not(separated: str) -> None:
    assert "family_separated" in _looked_at("T16", family_separated=separated, us_state="CA")
    assert "us_state" not in _looked_at("T16", family_separated=separated, us_state="CA")


def test_answers_that_note_what_is_looked_at_are_the_same_answers() -> None:
    noted = Noted(IN_A_WEEK)

    assert (len(noted), list(noted), noted.looked_at) == (len(IN_A_WEEK), list(IN_A_WEEK), set())
    assert (dict(noted), noted.looked_at) == (IN_A_WEEK, set(IN_A_WEEK))
