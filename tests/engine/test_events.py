from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from scheduler.engine.events import EventZones, all_events, court_events, hearing, is_near, report, silence
from scheduler.engine.intervals import Interval
from tests.engine.answering import TODAY
from tests.engine.offices import NOW, ZONES

IN_THE_PROGRAM = {"waiting_in_mexico_program": "yes_papers"}
COURT = {"next_hearing_date": "2026-12-08"}


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    """December, UTC."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


def _span(start: datetime, end: datetime) -> Interval:
    return Interval(int(start.timestamp() // 60), int(end.timestamp() // 60))


@pytest.mark.parametrize(
    ("answers", "zones", "at"),
    [
        pytest.param({"next_hearing_time": "13:30"}, ZONES, _at(8, 21, 30), id="her own zone while no court is known"),
        pytest.param(
            {"next_hearing_time": "13:30"},
            EventZones("America/Tijuana", "America/Chicago"),
            _at(8, 19, 30),
            id="the court's zone",
        ),
        pytest.param({}, ZONES, _at(8, 16), id="an unknown time is 8 in the morning"),
        pytest.param({"next_hearing_time": "soon"}, ZONES, _at(8, 16), id="what is no time is unknown"),
    ],
)
def test_a_hearing_is_an_instant(answers: dict[str, Any], zones: EventZones, at: datetime) -> None:
    event = hearing(COURT | answers, zones)

    assert event is not None
    assert event.at == at


@pytest.mark.parametrize(
    ("answers", "at"),
    [
        pytest.param(
            {"poe_report_date": "2026-12-07", "poe_report_time": "23:30"}, _at(8, 7, 30), id="as the sheet says"
        ),
        pytest.param({"poe_report_date": "2026-12-07"}, _at(7, 12), id="an unknown time is 4 in the morning"),
        pytest.param({"poe_report_date": "unknown"}, _at(8, 12), id="an unknown day is the hearing's"),
        pytest.param({}, _at(8, 12), id="a sheet not asked for yet is as unknown"),
    ],
)
def test_in_the_program_she_reports_before_court(answers: dict[str, Any], at: datetime) -> None:
    event = report(COURT | IN_THE_PROGRAM | answers, ZONES)

    assert event is not None
    assert event.at == at


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param(COURT, id="not in the program"),
        pytest.param(COURT | IN_THE_PROGRAM | {"poe_report_date": "none"}, id="there is none"),
        pytest.param(IN_THE_PROGRAM | {"next_hearing_date": "unknown"}, id="no day at all"),
    ],
)
def test_without_a_sheet_or_a_day_there_is_no_report_time(answers: dict[str, Any]) -> None:
    assert report(answers, ZONES) is None


def test_the_port_has_its_own_zone() -> None:
    event = report(COURT | IN_THE_PROGRAM, EventZones("America/Tijuana", port="America/Chicago"))

    assert event is not None
    assert event.at == _at(8, 10)


def test_the_earlier_of_report_and_hearing_comes_first() -> None:
    assert [event.at for event in court_events(COURT | IN_THE_PROGRAM, ZONES, TODAY)] == [_at(8, 12), _at(8, 16)]


def test_what_is_over_is_no_event() -> None:
    answers = COURT | IN_THE_PROGRAM | {"other_deadline_date": "2026-12-01"}

    assert all_events(answers, ZONES, date(2026, 12, 9)) == []


def test_letters_and_interviews_are_events_at_eight() -> None:
    answers = {"other_deadline_date": "2026-12-02", "fear_interview": "scheduled", "fear_interview_date": "2026-12-01"}

    assert [event.at for event in all_events(answers, ZONES, TODAY)] == [_at(1, 16), _at(2, 16)]


def test_an_interview_that_took_place_is_no_event() -> None:
    answers = {"fear_interview": "negative", "fear_interview_date": "2026-11-24"}

    assert all_events(answers, ZONES, TODAY) == []


@pytest.mark.parametrize(
    ("now", "near"),
    [
        pytest.param(_at(8, 16) - timedelta(hours=36), True, id="36 hours are near"),
        pytest.param(_at(8, 16) - timedelta(hours=36, seconds=1), False, id="a second more is not"),
        pytest.param(_at(8, 18), True, id="it may have been later than 8 today"),
    ],
)
def test_an_event_within_36_hours_is_near(now: datetime, near: bool) -> None:
    assert is_near(COURT, ZONES, now, now.date()) is near


def test_without_an_event_nothing_is_near() -> None:
    assert not is_near({}, ZONES, NOW, TODAY)


@pytest.mark.parametrize(
    ("answers", "spans"),
    [
        pytest.param(COURT, [_span(_at(8, 8), _at(9, 8))], id="the whole day of the hearing"),
        pytest.param(COURT | IN_THE_PROGRAM, [_span(_at(8, 0), _at(9, 8))], id="from 12 hours before 4 in the morning"),
        pytest.param(
            COURT | IN_THE_PROGRAM | {"poe_report_date": "2026-12-07", "poe_report_time": "20:00"},
            [_span(_at(7, 16), _at(9, 8))],
            id="from the evening before through the hearing day",
        ),
        pytest.param({"next_hearing_date": "2026-11-23"}, [], id="it is over"),
        pytest.param(IN_THE_PROGRAM | {"poe_report_date": "2026-11-23"}, [], id="it is over, too"),
        pytest.param({}, [], id="no court"),
    ],
)
def test_around_court_there_is_silence(answers: dict[str, Any], spans: list[Interval]) -> None:
    assert silence(answers, ZONES, TODAY) == spans


def test_a_hearing_day_with_a_clock_change_is_25_hours_of_silence() -> None:
    (span,) = silence({"next_hearing_date": "2027-11-07"}, ZONES, TODAY)

    assert span.end - span.start == 25 * 60
