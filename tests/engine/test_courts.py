from typing import Any
from zoneinfo import ZoneInfo

import pytest

from scheduler.engine.courts import COURTS, PORTS, Venues, venue
from scheduler.engine.events import EventZones


@pytest.mark.parametrize("venues", [COURTS, PORTS], ids=["courts", "ports"])
def test_every_place_has_a_code_of_its_own_and_a_clock(venues: Any) -> None:
    clocks = {one.code: ZoneInfo(one.zone) for one in venues}

    assert len(clocks) == len(venues)
    assert all(one.en and one.es and one.code.replace("_", "").isalnum() for one in venues)


@pytest.mark.parametrize(
    ("answers", "court", "port"),
    [
        pytest.param({}, None, None, id="nothing said"),
        pytest.param({"hearing_court": "unknown", "poe_place": "unknown"}, None, None, id="she does not know"),
        pytest.param({"hearing_court": "other", "poe_place": "other"}, None, None, id="one that is not listed"),
        pytest.param({"hearing_court": "el_paso"}, "America/Denver", None, id="El Paso has mountain time"),
        pytest.param({"poe_place": "el_paso"}, None, "America/Denver", id="so has its bridge"),
        pytest.param({"poe_place": "nogales"}, None, "America/Phoenix", id="Arizona keeps its hour all year"),
        pytest.param({"hearing_court": "laredo_port", "poe_place": "laredo"}, *["America/Chicago"] * 2, id="Laredo"),
        pytest.param({"hearing_court": "new_york"}, "America/New_York", None, id="New York"),
    ],
)
def test_her_dates_are_read_by_the_clock_of_their_place(
    answers: dict[str, str], court: str | None, port: str | None
) -> None:
    assert Venues().zones(answers, "America/Tijuana") == EventZones("America/Tijuana", court, port)


def test_a_firm_may_have_its_own_list() -> None:
    own = venue({"code": "reno", "en": "Reno", "es": "Reno", "zone": "America/Los_Angeles"})

    found = Venues(courts=(own,)).zones({"hearing_court": "reno"}, "America/Cancun")

    assert (found.court, own.name("es"), own.name("en")) == ("America/Los_Angeles", "Reno", "Reno")
