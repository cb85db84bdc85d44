"""The dates that she told us, as she told them, and when one of them is near."""

from datetime import date, timedelta
from typing import Any

import pytest

from scheduler.engine import her_dates
from scheduler.engine.her_dates import is_near, to_come

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        pytest.param({}, (), id="none"),
        pytest.param({"next_hearing_date": "unknown", "poe_report_date": "none"}, (), id="no day"),
        pytest.param({"next_hearing_date": "2026-11-23"}, (), id="over"),
        pytest.param({"next_hearing_date": "2026-11-24"}, ("next_hearing_date",), id="today"),
        pytest.param(
            {"next_hearing_date": "2027-01-04", "other_deadline_date": "2026-12-01"},
            ("other_deadline_date", "next_hearing_date"),
            id="the next one first",
        ),
        pytest.param({"removal_order_date": {"y": 2030, "m": 1, "d": 1}, "birth_date": "2030-01-01"}, (), id="others"),
    ],
)
def test_only_days_that_she_named_and_that_are_to_come(answers: dict[str, Any], found: tuple[str, ...]) -> None:
    assert tuple(name for name, _day in to_come(answers, TODAY)) == found


@pytest.mark.parametrize(
    ("days", "near"),
    [
        pytest.param(-1, False, id="over"),
        pytest.param(0, True, id="today"),
        pytest.param(60, True, id="in sixty days"),
        pytest.param(61, False, id="in sixty-one"),
    ],
)
def test_near_is_within_sixty_days(days: int, near: bool) -> None:
    assert is_near({"next_hearing_date": (TODAY + timedelta(days)).isoformat()}, TODAY) == near


def test_fewer_days_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(her_dates, "NEAR", 59)

    assert not is_near({"next_hearing_date": (TODAY + timedelta(60)).isoformat()}, TODAY)
