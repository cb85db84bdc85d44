from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from scheduler.casework import identities
from scheduler.engine.branches import PAGES
from scheduler.engine.states import IntakeState
from scheduler.models import Audit, Intake, SearchHash, db
from tests.builders.client import ASKED, Client, a_client
from tests.builders.firm import a_firm
from tests.conftest import on_both

HELPER: dict[str, Any] = {
    "filler_role": "family",
    "client_agrees": "yes",
    "helper_name": "Ana Paz",
    "helper_relationship": "sibling",
    "helper_attests": "1",
    "detained_now": "no",
}


@pytest.fixture(autouse=True)
def firm(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")


@on_both
@pytest.mark.parametrize("language", ["es", "en"])
def test_the_whole_of_part_a_leads_to_the_times(app: Flask, language: str) -> None:
    client = Client(app).through_all_pages(language)

    assert client.where == "/apply/time"
    assert (client.row.state, client.row.locale) == (IntakeState.CLEARED, language)


@pytest.mark.parametrize(("language", "begin"), [("es", "Pida una cita"), ("en", "Ask for an appointment")])
def test_the_start_says_what_it_is_how_long_what_it_costs_and_the_first_free_day(
    app: Flask, language: str, begin: str
) -> None:
    text = a_client(app, language).text

    assert begin in text
    assert "45 minut" in text
    assert {"es": "Sin costo", "en": "No charge"}[language] in text
    assert {"es": "miércoles, 25 de noviembre", "en": "Wednesday, November 25"}[language] in text


def test_a_helper_answers_for_somebody_else(app: Flask) -> None:
    client = Client(app).through_all_pages(**HELPER)

    assert client.where == "/apply/time"
    assert client.said["helper_name"] == "Ana Paz"


def test_every_page_leads_to_the_next_with_303(app: Flask) -> None:
    client = a_client(app)
    codes = []
    for page in ASKED:
        client.through_all_pages(until=page)
        client.get(f"/apply/{page}")
        codes.append(client.sends(f"/apply/{page}", {"nothing": "here"}).status_code)

    assert set(codes) == {303}


def test_back_and_forward_loses_nothing(app: Flask) -> None:
    client = Client(app).through_all_pages(until="names")
    before = client.said

    for page in reversed(ASKED[:-2]):
        client.get(f"/apply/{page}")
        assert client.seen.status_code == 200, page
    client.get("/apply/about")

    assert client.said == before
    assert 'value="Rosa Elena"' in client.seen.text


def test_an_earlier_page_can_be_answered_anew_without_losing_the_later_ones(app: Flask) -> None:
    client = Client(app).through_all_pages(until="names")

    client.answers("about", given_names="Eva", family_names="Sol", birth_date="1991", nationality_country="GT")

    assert (client.said["given_names"], client.said["mx_city"]) == ("Eva", "tijuana")
    assert client.get("/apply/names").status_code == 200


@pytest.mark.parametrize(
    ("page", "again", "hidden"),
    [
        pytest.param("who", {"filler_role": "self"}, ["helper_name", "client_agrees"], id="she fills it in herself"),
        pytest.param("where", {"current_country": "US", "us_state": "CA"}, ["mx_city"], id="another country"),
        pytest.param("contact", {"contact_channel": "email", "contact_email": "a@x.org"}, ["phone_shared"], id="mail"),
        pytest.param("about", {"given_names": "Eva", "one_name_only": "1"}, ["family_names"], id="one name"),
    ],
)
def test_hidden_answers_are_deleted(app: Flask, page: str, again: dict[str, Any], hidden: list[str]) -> None:
    client = Client(app).through_all_pages(until="names", **HELPER)
    usual = {"birth_date": "1990", "nationality_country": "HN"} if page == "about" else {}
    assert set(hidden) <= set(client.said) | {"family_names"}

    if page == "where":
        again = {**again, "detained_now": "no"}
    if page == "contact":
        again = {**again, "may_write": "yes"}
    client.answers(page, **usual, **again)

    assert client.where == f"/apply/{PAGES[PAGES.index(page) + 1]}"
    assert not set(hidden) & set(client.said)


def test_a_page_behind_an_unanswered_one_leads_there(app: Flask) -> None:
    client = Client(app).through_all_pages(until="language")

    answer = client.get("/apply/names")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/apply/language")


@pytest.mark.parametrize("page", [page for page in ASKED if page != "safety"])
def test_without_a_draft_every_page_leads_to_the_first(app: Flask, page: str) -> None:
    client = a_client(app)

    shown, sent = client.get(f"/apply/{page}"), a_client(app).sends(f"/apply/{page}", {})

    assert [(one.status_code, one.headers["Location"]) for one in (shown, sent)] == [(303, "/apply/safety")] * 2


def test_looking_at_pages_stores_nothing(app: Flask) -> None:
    client = a_client(app)
    client.get("/apply/safety")

    assert db.session.scalar(select(func.count()).select_from(Intake)) == 0


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


def test_what_was_sent_can_no_longer_be_changed(app: Flask) -> None:
    client = Client(app).through_all_pages()
    before = client.said

    shown = client.get("/apply/about")
    client.get("/")
    sent = client.sends("/apply/about", {"given_names": "Otra"})

    assert [one.headers["Location"] for one in (shown, sent)] == ["/apply/time"] * 2
    assert client.said == before


def test_the_ticks_are_kept_with_time_language_and_version(app: Flask) -> None:
    client = Client(app).through_all_pages("en")

    tick = {"at": "2026-11-24T17:00:00+00:00", "language": "en", "version": client.row.notice_version}
    assert client.said["ticked"] == {"ack_no_relationship": tick, "consent_privacy": tick}
    assert client.row.copy_version


def test_two_phones_do_not_mix_and_two_tabs_share(app: Flask) -> None:
    mine, other = Client(app).through_all_pages(until="where"), Client(app).through_all_pages(until="where")
    mine.answers("about", given_names="Eva", family_names="Sol", birth_date="1991", nationality_country="GT")
    other.answers("language", spoken_language="en")

    assert [(one.said["given_names"], one.said["spoken_language"]) for one in (mine, other)] == [
        ("Eva", "es"),
        ("Rosa Elena", "en"),
    ]


def test_the_language_of_the_draft_follows_the_page(app: Flask) -> None:
    client = Client(app).through_all_pages("es", until="language")

    client.get("/apply/language?lang=en")
    client.answers("language", spoken_language="es")

    assert (client.row.locale, client.said["ui_locale"]) == ("en", "en")


def test_the_number_is_eight_signs_that_cannot_be_misheard(app: Flask) -> None:
    ref = Client(app).through_all_pages(until="about").row.ref

    assert len(ref) == 8
    assert not set(ref) & set("ILOU")


@on_both
def test_a_sent_intake_is_found_by_keyed_hashes_and_a_draft_is_not(app: Flask) -> None:
    client = Client(app).through_all_pages(until="notices")
    assert db.session.scalar(select(func.count()).select_from(SearchHash)) == 0

    client.answers("notices", ack_no_relationship="1", consent_privacy="1")

    key = client.app.extensions["cita"].keyring.firm("search")
    wanted = identities.keyed(key, "phone", "+526641234567")
    sent = client.row.id
    assert db.session.scalar(select(SearchHash.intake_id).where(SearchHash.hash == wanted)) == sent


def test_each_step_of_the_intake_is_a_link_of_the_chain(app: Flask) -> None:
    Client(app).through_all_pages()

    assert list(db.session.scalars(select(Audit.action).order_by(Audit.seq))) == [
        "intake_begun",
        "intake_submitted",
        "intake_cleared",
    ]


def test_the_title_of_every_page_says_only_appointments(app: Flask) -> None:
    client = Client(app).through_all_pages()
    other = a_client(app, "en")
    titles: dict[str, set[str]] = {"es": set(), "en": set()}
    for page in ("/", "/apply/ask-first", "/x", "/nowhere"):
        titles["en"].add(title(other.get(page).text))
        titles["es"].add(title(client.get(page).text))
    for page in ASKED:
        titles["es"].add(title(Client(app).through_all_pages(until=page).get(f"/apply/{page}").text))

    assert titles == {"es": {"Citas"}, "en": {"Appointments"}}


def title(page: str) -> str:
    return page.partition("<title>")[2].partition("</title>")[0]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", ("7 días después", "72 horas", "a los 30 días", "a los 365 días")),
        ("en", ("7 days after", "72 hours", "after 30 days", "after 365 days")),
    ],
)
def test_the_notices_say_until_when_what_she_tells_is_kept(app: Flask, language: str, said: tuple[str, ...]) -> None:
    client = Client(app).through_all_pages(language, until="notices")

    client.get("/apply/notices")

    assert [words for words in said if words not in client.text] == []


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


def test_a_receipt_number_for_an_a_number_is_kept_and_said_once(app: Flask) -> None:
    papers = {"ever_in_us": "left", "last_arrival_date": "2024", "court_papers": "no", "removal_order": "no"}
    client = Client(app).through_all_pages(until="names", **papers, fear_interview="none", a_number="IOE0123456789")
    client.get(client.where)
    once = (
        client.where,
        "parece un número de recibo" in client.text,
        '<details class="question fold" open' in client.seen.text,
    )

    client.through_the_rest("dates", **papers, fear_interview="none")

    assert once == ("/apply/dates", True, True)
    assert (client.where, client.said["uscis_receipt"]) == ("/apply/time", "IOE0123456789")


def test_an_a_number_is_found_by_its_hash_and_its_last_figures_stand_apart(app: Flask) -> None:
    papers = {"ever_in_us": "left", "last_arrival_date": "2024", "court_papers": "no", "removal_order": "no"}
    client = Client(app).through_all_pages(**papers, fear_interview="none", a_number="12 345 678")
    key = app.extensions["cita"].keyring.firm("search")

    kinds = {
        row.kind
        for row in db.session.scalars(select(SearchHash).where(SearchHash.intake_id == client.row.id))
        if row.hash in (identities.keyed(key, "a_number", "012345678"), identities.keyed(key, "a_last4", "5678"))
    }

    assert kinds == {"a_number", "a_last4"}
    assert client.said["a_number_last3"] == "678"


def test_a_secret_word_that_turns_out_to_be_her_name_is_changed_before_she_goes_on(app: Flask) -> None:
    client = Client(app).through_all_pages(until="about", safe_word="sol")
    client.answers("about", given_names="Eva", family_names="Sol", birth_date="1991", nationality_country="GT")

    client.follow(client.get(client.where))

    assert "Elija otra palabra secreta" in client.text
    assert client.said["family_names"] == "Sol"
