from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest

from scheduler.engine.gazetteer import CITIES, MX_STATES, US_STATES, by_country, zones_of
from scheduler.engine.places import clock_choices, country_of, derive, is_choosable
from scheduler.engine.wording import is_gsm7

WINTER = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 18, 0, tzinfo=UTC)


def _hours(zone: str, now: datetime) -> float:
    offset = now.astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return offset.total_seconds() / 3600


@pytest.mark.parametrize(
    ("city", "zone", "hours", "label", "sms"),
    [
        ("tijuana", "America/Tijuana", (-8, -7), "Tijuana", "Tijuana"),
        ("mexicali", "America/Tijuana", (-8, -7), "Mexicali", "Tijuana"),
        ("nogales", "America/Hermosillo", (-7, -7), "Nogales", "Nogales"),
        ("ciudad_juarez", "America/Ciudad_Juarez", (-7, -6), "Ciudad Juárez", "Cd. Juarez"),
        ("ciudad_acuna", "America/Matamoros", (-6, -5), "Ciudad Acuña", "Matamoros"),
        ("piedras_negras", "America/Matamoros", (-6, -5), "Piedras Negras", "Matamoros"),
        ("nuevo_laredo", "America/Matamoros", (-6, -5), "Nuevo Laredo", "Matamoros"),
        ("reynosa", "America/Matamoros", (-6, -5), "Reynosa", "Matamoros"),
        ("matamoros", "America/Matamoros", (-6, -5), "Matamoros", "Matamoros"),
        ("monterrey", "America/Monterrey", (-6, -6), "Monterrey", "Monterrey"),
        ("mexico_city", "America/Mexico_City", (-6, -6), "Mexico City", "Ciudad capital"),
        ("tapachula", "America/Mexico_City", (-6, -6), "Tapachula", "Ciudad capital"),
        ("cancun", "America/Cancun", (-5, -5), "Cancún", "Cancun"),
    ],
)
def test_a_city_has_its_hour(city: str, zone: str, hours: tuple[int, int], label: str, sms: str) -> None:
    place = derive({"current_country": "MX", "mx_city": city}, WINTER)

    assert (place.zone, place.label, place.sms_label) == (zone, label, sms)
    assert (_hours(place.zone, WINTER), _hours(place.zone, SUMMER)) == hours


@pytest.mark.parametrize(
    ("state", "zone", "asks", "sms"),
    [
        pytest.param("MX-CHH", "America/Chihuahua", True, "Chihuahua", id="Ojinaga and Juárez are on the border"),
        pytest.param("SIN", "America/Mazatlan", False, "Mazatlan", id="Culiacán"),
        pytest.param("MX-SON", "America/Hermosillo", False, "Hermosillo", id="no border strip in Sonora"),
        pytest.param("ROO", "America/Cancun", False, "Cancun", id="its own zone"),
        pytest.param("BCN", "America/Tijuana", False, "Tijuana", id="the whole state"),
        pytest.param("COA", "America/Monterrey", True, "Monterrey", id="Saltillo, but a border strip"),
        pytest.param("NAY", "America/Mazatlan", True, "Mazatlan", id="Bahía de Banderas has Jalisco's hour"),
    ],
)
def test_a_state_of_mexico_gives_its_capitals_hour(state: str, zone: str, asks: bool, sms: str) -> None:
    place = derive({"current_country": "MX", "mx_city": "other_mx", "mx_state": state}, WINTER)

    assert (place.zone, place.ask_local_time, place.sms_label) == (zone, asks, sms)


@pytest.mark.parametrize("state", ["AK", "FL", "ID", "IN", "KS", "KY", "MI", "NE", "ND", "OR", "SD", "TN", "TX", "AZ"])
def test_a_state_with_two_hours_asks_which(state: str) -> None:
    assert derive({"current_country": "US", "us_state": state}, WINTER).ask_local_time


def test_no_other_state_asks() -> None:
    asking = [
        state for state in US_STATES if derive({"current_country": "US", "us_state": state}, WINTER).ask_local_time
    ]

    assert len(asking) == 14


def test_all_states_are_there_and_every_zone_exists() -> None:
    tables = (MX_STATES, US_STATES, by_country())
    zones = {zone for table in tables for known in table.values() for zone in known}
    zones |= {zone for zone, _city in CITIES.values()}

    assert (len(MX_STATES), len(US_STATES), zones - available_timezones()) == (32, 56, set())


def test_every_name_for_texts_is_short_and_plain() -> None:
    places: list[dict[str, Any]] = [
        *({"current_country": "MX", "mx_city": city} for city in CITIES),
        *({"current_country": "MX", "mx_city": "other_mx", "mx_state": state} for state in MX_STATES),
        *({"current_country": "US", "us_state": state} for state in US_STATES),
    ]

    labels = {derive(place, WINTER).sms_label or "" for place in places}

    assert [label for label in labels if not is_gsm7(label) or not 0 < len(label) <= 14] == []


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param({"current_country": "prefer_not"}, id="no country"),
        pytest.param({"current_country": "MX", "mx_city": "prefer_not"}, id="no city"),
        pytest.param(
            {
                "current_country": "MX",
                "mx_city": "prefer_not",
                "local_time_ok": "no",
                "time_zone_choice": "America/Tijuana",
            },
            id="her hour, but not her city",
        ),
    ],
)
def test_who_would_not_say_where_has_no_city_in_her_messages(answers: dict[str, Any]) -> None:
    place = derive(answers, WINTER)

    assert (place.label, place.sms_label, place.ask_local_time) == (None, None, True)


@pytest.mark.parametrize(
    ("answers", "zone"),
    [
        pytest.param({"current_country": "US", "us_state": "unknown"}, "America/New_York", id="most people's"),
        pytest.param({"current_country": "MX", "mx_city": "prefer_not"}, "America/Mexico_City", id="most people's too"),
        pytest.param({"current_country": "OTHER", "other_country": "GT"}, "America/Guatemala", id="Guatemala has one"),
        pytest.param({"current_country": "OTHER", "other_country": "XK"}, "America/Lima", id="unknown to tzdata"),
        pytest.param({"current_country": "OTHER"}, "America/Lima", id="not said yet"),
        pytest.param({"current_country": "prefer_not"}, "America/Lima", id="would not say"),
        pytest.param({}, "America/Lima", id="not asked yet"),
    ],
)
def test_where_no_place_is_known_a_likely_hour_is_asked_about(answers: dict[str, Any], zone: str) -> None:
    assert derive(answers, WINTER, fallback="America/Lima").zone == zone


def test_the_hour_she_chose_is_hers() -> None:
    answers = {"current_country": "US", "us_state": "TX", "local_time_ok": "no", "time_zone_choice": "America/Denver"}

    place = derive(answers, WINTER)

    assert (place.zone, place.source, place.label, place.local_time) == ("America/Denver", "chosen", "Denver", "11:00")


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param({"local_time_ok": "no", "time_zone_choice": "Mars/Olympus"}, id="no such zone"),
        pytest.param({"local_time_ok": "no", "time_zone_choice": "Europe/Paris"}, id="not in that country"),
        pytest.param({"local_time_ok": "no"}, id="not chosen yet"),
        pytest.param({"local_time_ok": "yes", "time_zone_choice": "America/Denver"}, id="the hour was right"),
    ],
)
def test_without_a_fitting_choice_the_place_decides(answers: dict[str, Any]) -> None:
    place = derive({"current_country": "US", "us_state": "TX", **answers}, WINTER)

    assert (place.zone, place.source, place.local_time) == ("America/Chicago", "derived", "12:00")


def test_a_city_with_another_clock_is_named_by_that_clock() -> None:
    answers = {"current_country": "MX", "mx_city": "tijuana", "local_time_ok": "no"}

    place = derive(answers | {"time_zone_choice": "America/Hermosillo"}, WINTER)

    assert (place.label, place.sms_label) == ("Hermosillo", "Hermosillo")


def test_clocks_go_from_west_to_east_one_for_each_hour() -> None:
    assert clock_choices("MX", WINTER) == [
        ("America/Tijuana", "10:00"),
        ("America/Ciudad_Juarez", "11:00"),
        ("America/Mexico_City", "12:00"),
        ("America/Cancun", "13:00"),
    ]


def test_her_own_zones_stand_for_others_with_the_same_hour() -> None:
    near = zones_of({"current_country": "US", "us_state": "AZ"}) or ()

    assert ("America/Phoenix", "11:00") in clock_choices("US", WINTER, near=near)


@pytest.mark.parametrize("country", [None, "XK"])
def test_without_a_country_the_whole_world_is_offered_near_places_first(country: str | None) -> None:
    choices = clock_choices(country, WINTER)

    assert (len(choices) > 30, ("America/Mexico_City", "12:00") in choices) == (True, True)


def test_every_clock_offered_may_be_chosen() -> None:
    assert all(is_choosable(None, zone) for zone, _clock in clock_choices(None, WINTER))


@pytest.mark.parametrize(("country", "table"), [("US", US_STATES), ("MX", MX_STATES)])
def test_every_zone_of_a_state_or_territory_may_be_chosen(country: str, table: dict[str, tuple[str, ...]]) -> None:
    assert [zone for zones in table.values() for zone in zones if not is_choosable(country, zone)] == []


def test_a_repeated_hour_is_offered_by_what_the_clocks_show() -> None:
    fall_back = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)

    assert [clock for _zone, clock in clock_choices("MX", fall_back)] == ["01:30", "02:30", "03:30"]


@pytest.mark.parametrize(
    ("answers", "country"),
    [
        ({"current_country": "US"}, "US"),
        ({"current_country": "OTHER", "other_country": "GT"}, "GT"),
        ({"current_country": "OTHER"}, None),
        ({"current_country": "prefer_not"}, None),
        ({}, None),
    ],
)
def test_her_country_is_known_or_is_none(answers: dict[str, Any], country: str | None) -> None:
    assert country_of(answers) == country


@pytest.mark.parametrize(
    "answers",
    [{"current_country": "MX"}, {"current_country": "US"}, {"current_country": "MX", "mx_city": "other_mx"}, {}],
)
def test_an_unfinished_page_knows_no_zones_yet(answers: dict[str, Any]) -> None:
    assert zones_of(answers) is None


def test_a_state_that_does_not_exist_has_no_zone() -> None:
    assert zones_of({"current_country": "MX", "mx_city": "other_mx", "mx_state": "MX-ZZZ"}) == ()
