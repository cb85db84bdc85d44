from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from scheduler.engine.branches import PAGES
from scheduler.engine.states import IntakeState
from scheduler.models import Intake, db
from tests.builders.client import ASKED, Client, a_client
from tests.conftest import on_both

pytestmark = pytest.mark.usefixtures("one_attorney")

HELPER: dict[str, Any] = {
    "filler_role": "family",
    "client_agrees": "yes",
    "helper_name": "Ana Paz",
    "helper_relationship": "sibling",
    "helper_attests": "1",
    "detained_now": "no",
}


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
