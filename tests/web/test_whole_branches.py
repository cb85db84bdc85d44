"""The branches of Part A from end to end: who is held, who is a child, whose hour is uncertain, who has one name."""

from typing import Any

import pytest
from flask import Flask

from tests.builders.client import Client

pytestmark = pytest.mark.usefixtures("one_attorney")

HELPER: dict[str, Any] = {
    "filler_role": "family",
    "client_agrees": "cannot_ask",
    "helper_name": "Ana Paz",
    "helper_relationship": "sibling",
    "helper_attests": "1",
}
IN_TEXAS: dict[str, Any] = {
    "current_country": "US",
    "us_state": "TX",
    "mx_city": None,
    "waiting_in_mexico_program": None,
}
PARTS = {"precision": "month", "unknown": False}


@pytest.mark.parametrize(
    ("changes", "stored"),
    [
        pytest.param(
            {"i_am_detained": "1", "detained_now": "yes_immigration", "detention_place": "Adelanto, CA"},
            {"detained_now": "yes_immigration", "detention_place": "Adelanto, CA"},
            id="she says herself that she is held",
        ),
        pytest.param({"i_am_detained": "1", "detained_now": "no"}, {"detained_now": "no"}, id="about to be held"),
        pytest.param(
            HELPER | {"detained_now": "yes_jail", "detention_since": "2026-11"},
            {"detained_now": "yes_jail", "detention_since": {"y": 2026, "m": 11, "d": None, **PARTS}},
            id="a relative asks for somebody in jail",
        ),
        pytest.param(
            {"birth_date": "2010-02", "minor_with_adult": "alone"}, {"minor_with_adult": "alone"}, id="a child alone"
        ),
        pytest.param(
            {"birth_date": "unknown", "age_years": "15", "minor_with_adult": "shelter"},
            {"age_years": 15, "minor_with_adult": "shelter"},
            id="a child who does not know her birthday",
        ),
        pytest.param({"given_names": "Ixchel", "one_name_only": "1", "family_names": None}, {}, id="one name"),
        pytest.param({"given_names": "أمل", "family_names": "Нгуен"}, {"given_names": "أمل"}, id="other scripts"),
        pytest.param({"birth_date": "1990"}, {}, id="the year is known"),
        pytest.param({"birth_date": "1990-05"}, {}, id="month and year are known"),
        pytest.param({"nationality_country": ["HN", "GT", "MX"]}, {"nationality_country": ["HN", "GT", "MX"]}, id="3"),
        pytest.param(
            {"contact_phone": "+521 664 123 4567"},
            {"contact_phone": "+526641234567", "wa_id": "5216641234567"},
            id="a number as WhatsApp writes it",
        ),
        pytest.param(
            {"contact_phone": "044 664 123 4567", "contact_phone-country": "MX"},
            {"contact_phone": "+526641234567"},
            id="a number as it was dialled once",
        ),
        pytest.param(
            IN_TEXAS | {"local_time_ok": "no", "time_zone_choice": "America/Denver"},
            {"time_zone_choice": "America/Denver"},
            id="a state of two zones, the smaller part",
        ),
        pytest.param(IN_TEXAS | {"local_time_ok": "yes"}, {"local_time_ok": "yes"}, id="the greater part"),
        pytest.param(
            {"not_my_time": "1", "local_time_ok": "no", "time_zone_choice": "America/Mexico_City"},
            {"time_zone_choice": "America/Mexico_City"},
            id="a city of one zone, and it is not her time",
        ),
    ],
)
def test_a_branch_leads_to_the_times(app: Flask, changes: dict[str, Any], stored: dict[str, Any]) -> None:
    client = Client(app).through_all_pages(**changes)

    assert client.where == "/apply/time"
    assert {name: client.said.get(name) for name in stored} == stored


@pytest.mark.parametrize(
    ("changes", "level", "flag"),
    [
        pytest.param({"i_am_detained": "1", "detained_now": "yes_jail"}, "U1", "phone_only", id="she is held"),
        pytest.param(
            {"birth_date": "2010", "minor_with_adult": "alone"}, "U1", "unaccompanied_child", id="a child alone"
        ),
        pytest.param({"birth_date": "2010", "minor_with_adult": "parent"}, "N", "child_protocol", id="with her mother"),
    ],
)
def test_who_is_held_or_a_child_comes_first(app: Flask, changes: dict[str, Any], level: str, flag: str) -> None:
    client = Client(app).through_all_pages(**changes)

    assert (client.row.urgency, flag in client.row.flags) == (level, True)


@pytest.mark.parametrize(
    ("changes", "page"),
    [
        pytest.param({"nationality_country": ["HN", "GT", "MX", "SV"]}, "about", id="four citizenships"),
        pytest.param({"birth_date": "2010"}, "about", id="a child: with whom?"),
        pytest.param({"birth_date": "unknown"}, "about", id="about how old?"),
        pytest.param({"i_am_detained": "1"}, "where", id="held: by whom?"),
        pytest.param(IN_TEXAS, "where", id="two zones: which?"),
        pytest.param({"not_my_time": "1"}, "where", id="not her time: which is?"),
        pytest.param(HELPER | {"detained_now": "yes_jail", "detention_since": "2026-12"}, "where", id="held to come"),
    ],
)
def test_what_a_branch_lacks_is_asked_for(app: Flask, changes: dict[str, Any], page: str) -> None:
    client = Client(app).through_all_pages(**changes)

    client.get(client.where)

    assert (client.where, 'id="errors"' in client.seen.text) == (f"/apply/{page}", True)
