"""Her dates are instants of the court's and the crossing's own clock, wherever she is."""

from typing import Any

import pytest
from flask import Flask

from scheduler.casework import triage
from scheduler.casework.firm import firm
from tests.builders.browser import at
from tests.builders.firm import ANSWERS, a_firm
from tests.conftest import TUESDAY

CANCUN: dict[str, Any] = {
    "mx_city": "cancun",
    "court_papers": "yes",
    "ever_in_us": "sent_back",
    "next_hearing_date": "2026-12-08",
}
IN_PROGRAM = CANCUN | {"waiting_in_mexico_program": "yes_papers"}


@pytest.mark.parametrize(
    ("answers", "instant"),
    [
        pytest.param(CANCUN, "2026-12-08T13:00", id="8:00 of her own clock: neither hour nor court is known"),
        pytest.param(CANCUN | {"next_hearing_time": "13:30"}, "2026-12-08T18:30", id="the hour on her paper"),
        pytest.param(CANCUN | {"hearing_court": "el_paso"}, "2026-12-08T15:00", id="8:00 in El Paso"),
        pytest.param(
            CANCUN | {"hearing_court": "san_diego", "next_hearing_time": "08:30"}, "2026-12-08T16:30", id="San Diego"
        ),
        pytest.param(IN_PROGRAM, "2026-12-08T09:00", id="the report comes first: 4:00 of her own clock"),
        pytest.param(IN_PROGRAM | {"poe_place": "nogales"}, "2026-12-08T11:00", id="4:00 in Nogales"),
        pytest.param(
            IN_PROGRAM | {"poe_place": "laredo", "poe_report_date": "2026-12-07", "poe_report_time": "22:30"},
            "2026-12-08T04:30",
            id="at night, the day before",
        ),
        pytest.param(
            IN_PROGRAM | {"poe_report_date": "none", "hearing_court": "el_paso"}, "2026-12-08T15:00", id="no report"
        ),
    ],
)
def test_the_first_event_is_read_by_the_clock_of_its_place(app: Flask, answers: dict[str, Any], instant: str) -> None:
    a_firm(app)

    outcome = triage.assess(firm(), {**ANSWERS, **answers}, TUESDAY)

    assert outcome.event_at == at(instant)


def test_another_list_of_the_firm_is_another_clock(app: Flask) -> None:
    own = {"code": "el_paso", "en": "El Paso", "es": "El Paso", "zone": "America/New_York"}
    a_firm(app, courts=[own])

    outcome = triage.assess(firm(), {**ANSWERS, **CANCUN, "hearing_court": "el_paso"}, TUESDAY)

    assert outcome.event_at == at("2026-12-08T13:00")
