"""Every vector of the one-year rule, and what must hold for any arrival."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.engine.answers import bounds
from scheduler.engine.one_year import DeadlineBasis, anniversary, deadline_basis, one_year, safe_date
from scheduler.engine.urgency import Level
from tests.engine.answering import partial
from tests.engine.offices import FEDERAL

VECTORS = """
2001-04-09 2002-04-09 2002-04-09 2002-04-09 2002-04-08   -1 possibly_passed U1 the day of Minasyan v. Mukasey itself
2024-02-29 2025-02-20 2025-02-28 2025-02-28 2025-02-27    7 running         U1 a leap day: the earlier reading
2023-03-01 2024-02-15 2024-03-01 2024-03-01 2024-02-29   14 running         U1 through a leap day, at the edge of 14
2024-03-01 2025-03-01 2025-03-01 2025-03-03 2025-02-28   -1 possibly_passed U1 a Saturday rolls for attorneys only
2025-11-26 2026-11-24 2026-11-26 2026-11-27 2026-11-25    1 running         U1 Thanksgiving
2025-12-25 2026-11-24 2026-12-25 2026-12-28 2026-12-24   30 running         U2 Christmas and a weekend
2026-01-01 2026-11-24 2027-01-01 2027-01-04 2026-12-31   37 running         U2 New Year and a weekend
2025-11-24 2026-11-24 2026-11-24 2026-11-24 2026-11-23   -1 possibly_passed U1 the anniversary is today
2025-11-23 2026-11-24 2026-11-23 2026-11-23 2026-11-20   -4 passed          U2 it was yesterday
2025-07-05 2026-11-24 2026-07-05 2026-07-06 2026-07-02 -145 passed          U3 the safe date skips Independence Day
2026-06-19 2026-11-24 2027-06-19 2027-06-21 2027-06-17  205 running         N  Juneteenth on a Saturday
2025-12    2026-11-24 2026-12-01 2026-12-31 2026-11-30    6 running         U1 month only: the first day counts
2025-11    2026-11-24 2026-11-01 2026-11-30 2026-10-30  -25 possibly_passed U1 month only: perhaps over
2025       2026-11-24 2026-01-01 2026-12-31 2025-12-31 -328 possibly_passed U1 year only
2026       2026-11-24 2027-01-01 2027-11-24 2026-12-31   37 running         U2 this year: not later than today
2024       2026-11-24 2025-01-01 2025-12-31 2024-12-31 -693 passed          U3 even the last day is over
"""


def _rows() -> list[Any]:
    rows = [line.split(maxsplit=8) for line in VECTORS.strip().splitlines()]
    return [pytest.param(row[:8], id=row[8]) for row in rows]


@pytest.mark.parametrize("row", _rows())
def test_the_year_of_an_arrival(row: list[str]) -> None:
    span = bounds(partial(*(int(part) for part in row[0].split("-"))))
    assert span is not None

    year = one_year(*span, date.fromisoformat(row[1]), FEDERAL)

    assert [
        anniversary(span[0]).isoformat(),
        year.last_day.isoformat(),
        year.safe_date.isoformat(),
        str(year.days_left),
        year.state,
        year.level,
    ] == row[2:]


@pytest.mark.parametrize(
    ("today", "level"),
    [
        pytest.param(date(2026, 5, 14), Level.U1, id="the last day itself: not over yet"),
        pytest.param(date(2026, 8, 12), Level.U2, id="exactly 90 days over the last day"),
        pytest.param(date(2026, 8, 13), Level.U3, id="91 days"),
    ],
)
def test_late_by_more_than_90_days_is_less_urgent(today: date, level: Level) -> None:
    assert one_year(date(2025, 5, 14), date(2025, 5, 14), today, FEDERAL).level is level


@pytest.mark.parametrize(
    ("left", "level"),
    [(14, Level.U1), (15, Level.U2), (45, Level.U2), (46, Level.U3), (120, Level.U3), (121, Level.N)],
)
def test_the_bands_of_a_running_year(left: int, level: Level) -> None:
    arrival = date(2025, 11, 20)

    assert (
        one_year(arrival, arrival, safe_date(arrival, FEDERAL.__contains__) - timedelta(left), FEDERAL).level is level
    )


def test_a_closure_of_the_firm_moves_the_safe_date_but_not_the_law() -> None:
    arrival = date(2026, 6, 18)
    closures = frozenset({date(2027, 6, 17), date(2027, 6, 18)})

    year = one_year(arrival, arrival, date(2026, 11, 24), FEDERAL, closures)

    assert (year.safe_date, year.last_day) == (date(2027, 6, 16), date(2027, 6, 21))


@given(st.dates(date(2015, 1, 1), date(2028, 12, 31)))
def test_the_safe_date_is_a_working_day_before_the_anniversary(arrival: date) -> None:
    safe = safe_date(arrival, FEDERAL.__contains__)

    assert (safe < anniversary(arrival), safe.weekday() < 5, safe in FEDERAL) == (True, True, False)


@pytest.mark.parametrize(
    ("answers", "basis"),
    [
        pytest.param({"ever_in_us": "never"}, DeadlineBasis.NOT_STARTED, id="never there"),
        pytest.param({"ever_in_us": "in_us"}, DeadlineBasis.LAST_ARRIVAL, id="there now"),
        pytest.param({"ever_in_us": "sent_back"}, DeadlineBasis.ATTORNEY_REVIEW, id="sent back"),
        pytest.param({"ever_in_us": "left"}, DeadlineBasis.ATTORNEY_REVIEW, id="left by herself"),
        pytest.param(
            {"ever_in_us": "in_us", "waiting_in_mexico_program": "no"},
            DeadlineBasis.ATTORNEY_REVIEW,
            id="in Mexico, too",
        ),
        pytest.param({"ever_in_us": "prefer_not"}, DeadlineBasis.ATTORNEY_REVIEW, id="she tells the attorney"),
        pytest.param(
            {"ever_in_us": "in_us", "prior_entries": "yes"}, DeadlineBasis.ATTORNEY_REVIEW, id="she entered before"
        ),
        pytest.param({"ever_in_us": "in_us", "prior_entries": "no"}, DeadlineBasis.LAST_ARRIVAL, id="she entered once"),
    ],
)
def test_the_year_is_counted_from_a_known_basis_or_an_attorney_says(
    answers: dict[str, Any], basis: DeadlineBasis
) -> None:
    assert deadline_basis(answers) is basis
