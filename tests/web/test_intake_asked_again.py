"""What a page asks once more, and what it says back: answers that do not fit, slips, her clock, help in danger."""

from typing import Any

import pytest
from flask import Flask

from tests.builders.client import Client
from tests.builders.firm import a_firm

pytestmark = pytest.mark.usefixtures("one_attorney")


def test_an_unsafe_device_is_shown_a_safer_way_and_may_go_on(app: Flask) -> None:
    client = Client(app).through_all_pages(until="who", device_safe="no")
    client.get("/apply/tips")

    assert "Una forma más segura" in client.text
    assert client.get("/apply/who").status_code == 200


def test_who_is_in_danger_sees_the_numbers(app: Flask) -> None:
    numbers = {"MX": [{"en": "Danger", "es": "Peligro", "number": "911"}]}
    a_firm(app, texts={"emergency": numbers})

    client = Client(app).through_all_pages(until="who", immediate_danger="yes")
    client.get("/apply/who")

    assert "Peligro: 911" in client.text


def test_answers_that_do_not_fit_are_asked_once_more_and_then_stand(app: Flask) -> None:
    client = Client(app).through_all_pages(until="arrival")
    odd = {"ever_in_us": "never", "waiting_in_mexico_program": "yes_papers"}

    client.answers("arrival", **odd)
    assert client.where == "/apply/arrival"
    client.answers("arrival", **odd)

    assert "usted estuvo en" in client.text
    assert client.where == "/apply/dates"


def test_the_page_says_the_time_at_her_place_and_she_may_say_that_it_is_not_hers(app: Flask) -> None:
    client = Client(app).through_all_pages(until="arrival")
    client.get("/apply/where")
    assert "9:00" in client.text
    assert "No es mi hora" in client.text

    client.answers("where", current_country="MX", mx_city="tijuana", not_my_time="1")
    assert client.where == "/apply/where"
    client.get("/apply/where")
    wrong = {"current_country": "MX", "mx_city": "tijuana", "not_my_time": "1", "local_time_ok": "no"}
    client.answers("where", **wrong, time_zone_choice="America/Cancun")

    assert (client.where, client.said["time_zone_choice"]) == ("/apply/arrival", "America/Cancun")


def test_a_chosen_clock_becomes_the_zone_of_the_intake(app: Flask) -> None:
    elsewhere: dict[str, Any] = {
        "current_country": "OTHER",
        "mx_city": None,
        "other_country": "BR",
        "waiting_in_mexico_program": None,
    }

    client = Client(app).through_all_pages(**elsewhere, local_time_ok="no", time_zone_choice="America/Manaus")

    assert client.row.zone == "America/Manaus"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", "Por favor revise esto. Puede seguir si está bien."),
        ("en", "Please check this. You can go on if it is right."),
    ],
)
def test_what_may_be_a_slip_is_shown_once_more_with_all_that_was_typed(app: Flask, language: str, said: str) -> None:
    slip = {"ever_in_us": "in_us", "last_arrival_date": "2024-03"}
    client = Client(app).through_all_pages(language, until="dates", **slip)
    client.get(client.where)
    once = (client.where, said in client.text, '<a href="#ever_in_us">' in client.seen.text)

    client.answers("arrival", **slip, waiting_in_mexico_program="no")

    assert once == ("/apply/arrival", True, True)
    assert (client.where, client.said["last_arrival_date"]["m"]) == ("/apply/dates", 3)


def test_a_secret_word_that_turns_out_to_be_her_name_is_changed_before_she_goes_on(app: Flask) -> None:
    client = Client(app).through_all_pages(until="about", safe_word="sol")
    client.answers("about", given_names="Eva", family_names="Sol", birth_date="1991", nationality_country="GT")

    client.follow(client.get(client.where))

    assert "Elija otra palabra secreta" in client.text
    assert client.said["family_names"] == "Sol"


@pytest.mark.parametrize(
    ("domain", "meant"),
    [
        pytest.param("gmial.com", " → gmail.com?", id="letters swapped"),
        pytest.param("gmai.com", " → gmail.com?", id="near two: the more usual one"),
        pytest.param("hotmial.es", " → hotmail.es?", id="of Spain"),
    ],
)
def test_a_mail_domain_that_may_be_a_slip_is_shown_with_the_one_likely_meant(
    app: Flask, domain: str, meant: str
) -> None:
    mail: dict[str, Any] = {"contact_channel": "email", "contact_email": f"eva@{domain}", "contact_phone": None}
    client = Client(app).through_all_pages(until="about", **mail)

    client.get("/apply/contact")

    assert f"Por favor revise esto. Puede seguir si está bien.{meant}" in client.text
