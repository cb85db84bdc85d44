from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from forms.context import PageContext
from forms.flow import BY_SLUG
from tests.builders.client import ASKED, HERSELF, Client
from tests.builders.firm import a_firm
from tests.conftest import TUESDAY

MEGABYTE = "A" * 1_000_000
QUESTIONS = [page for page in ASKED if page != "notices"]
TICKS = {"one_name_only", "not_my_time", "i_am_detained", "birth_date-unknown"}
HOSTILE = [
    pytest.param("\x00\x1b[2J\x7f", id="control characters"),
    pytest.param("<script>alert(1)</script>'\"{{7*7}}%s", id="nonsense"),
    pytest.param("-99999999999999999999999999", id="a huge number"),
    pytest.param("\u202e\u2066\ufeff", id="direction marks"),
    pytest.param("٣", id="a digit of another script"),
    pytest.param(["a", "b", "c", "d", "e"], id="five times"),
    pytest.param(" ", id="a blank"),
    pytest.param("1", id="one"),
]

OPENING: dict[str, list[dict[str, Any]]] = {
    "who": [{"filler_role": "family", "client_agrees": "yes"}],
    "language": [{"spoken_language": "other"}, {"spoken_language": "mam"}],
    "contact": [{"contact_channel": "email"}, {"contact_channel": "helper"}],
    "about": [{"birth_date-unknown": "1", "age_years": "12"}],
    "where": [
        {"current_country": "US"},
        {"current_country": "OTHER", "other_country": "BR", "local_time_ok": "no"},
        {"current_country": "MX", "mx_city": "other_mx"},
    ],
    "arrival": [{"ever_in_us": "sent_back"}],
    "dates": [
        {"court_papers": "yes", "removal_order": "yes", "fear_interview": "scheduled", "other_deadline": "yes"},
    ],
    "names": [{"conflict_people_any": "yes"}],
}
"""Answers that open the questions which hang on others."""

EARLIER: dict[str, dict[str, Any]] = {
    "dates": {"ever_in_us": "left", "last_arrival_date": "2026-08-03"},
    "notices": {"filler_role": "family", "client_agrees": "yes", "helper_name": "A B", "detained_now": "no"},
    "contact": {"filler_role": "friend", "client_agrees": "yes", "helper_name": "A B", "helper_relationship": "friend"},
}
"""Answers of earlier pages that open questions of a page."""


def inputs(page: str) -> list[str]:
    form = BY_SLUG[page](None, PageContext(today=TUESDAY.date(), now=TUESDAY))
    return [question.name + part for question in form.questions() for part in question.parts]


def forms(page: str) -> Iterator[dict[str, Any]]:
    """The usual answers of the page, and those that open its dependent questions."""
    usual = {name: HERSELF[name] for name in inputs(page) if name in HERSELF}
    yield usual
    for opening in OPENING.get(page, []):
        yield usual | opening


@pytest.fixture
def client(app: Flask, page: str) -> Client:
    a_firm(app).with_attorney("Ana")
    client = Client(app).through_all_pages(until=page, **{"helper_relationship": "sibling", **EARLIER.get(page, {})})
    client.get(f"/apply/{page}")
    return client


def answered(client: Client, page: str, fields: dict[str, Any]) -> int:
    """Send the form and look at what follows; the status it is shown with."""
    sent = client.sends(f"/apply/{page}", fields)
    if sent.status_code != 303:
        raise AssertionError((sent.status_code, sorted(fields)))
    if client.where not in {f"/apply/{page}", "/apply/ask-first"}:
        client.get(f"/apply/{page}")
        return client.seen.status_code
    return client.get(client.where).status_code


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("page", QUESTIONS)
def test_nothing_typed_everywhere_breaks_a_page(client: Client, page: str, value: Any) -> None:
    everywhere = dict.fromkeys(inputs(page), value)

    statuses = [answered(client, page, everywhere | opening) for opening in ({}, *OPENING.get(page, []))]

    assert set(statuses) == {200}


@pytest.mark.parametrize(
    "value", [pytest.param("\x00\x07", id="control characters"), pytest.param(MEGABYTE, id="1 MB")]
)
@pytest.mark.parametrize("page", QUESTIONS)
def test_every_question_answers_the_unreadable_with_a_message(client: Client, page: str, value: str) -> None:
    silent = []
    for form in forms(page):
        for name in set(form) - TICKS:
            answered(client, page, {**form, name: value})
            silent += [] if 'id="errors"' in client.seen.text else [name]

    assert silent == []


@pytest.mark.parametrize("page", ["about"])
def test_bytes_that_are_no_text_get_a_message(client: Client, page: str) -> None:
    token = client.seen.text.partition('name="csrf_token" value="')[2].partition('"')[0]
    body = f"csrf_token={token}&given_names=%ED%BF%BF%FF&family_names=%C3%28&age_years=%FF"

    with client.app.app_context():
        answer = client.client.post(
            "/apply/about", data=body, content_type="application/x-www-form-urlencoded; charset=utf-16"
        )

    assert answer.status_code == 303
    assert 'id="errors"' in client.get("/apply/about").text


@pytest.mark.parametrize("page", ["notices"])
def test_nothing_typed_breaks_the_last_page(client: Client, page: str) -> None:
    for value in ("", "\x00", "ñ" * 500_000, ["a", "b"]):
        sent = client.sends("/apply/notices", {"ack_no_relationship": value})
        assert (sent.status_code, client.where) == (303, "/apply/notices")
        assert client.get("/apply/notices").status_code == 200


@pytest.mark.parametrize("page", ["about"])
@pytest.mark.parametrize(
    ("language", "message"), [("es", "Por favor revise las respuestas"), ("en", "Please check the marked answers")]
)
def test_what_was_refused_is_shown_as_it_was_typed_with_a_summary(
    client: Client, page: str, language: str, message: str
) -> None:
    client.get(f"/apply/about?lang={language}")

    client.answers("about", given_names="R2D2", family_names="Sol", birth_date="1991", nationality_country="GT")
    client.get("/apply/about")

    assert message in client.text
    assert 'value="R2D2"' in client.seen.text
    assert '<a href="#given_names">' in client.seen.text


@pytest.mark.parametrize("page", ["about"])
def test_what_was_refused_is_gone_once_the_page_is_answered(client: Client, page: str) -> None:
    good = {"family_names": "Sol", "birth_date": "1991", "nationality_country": "GT"}
    client.answers("about", given_names="R2D2", **good)
    client.answers("about", given_names="Eva", **good)
    client.get("/apply/about")

    assert 'id="errors"' not in client.seen.text
    assert client.row.rejected is None


@pytest.mark.parametrize("page", ["about"])
@pytest.mark.parametrize(
    "name",
    [
        pytest.param("O", id="one letter"),
        pytest.param("李", id="one Han sign"),
        pytest.param("Nguyễn Thị Ánh", id="Vietnamese"),
        pytest.param("فاطمة الزهراء", id="Arabic"),
        pytest.param("K’iche’ Ixq’anil", id="K’iche’"),
        pytest.param("Святослав", id="Cyrillic"),
        pytest.param("አበበ", id="Amharic"),
        pytest.param("María-José D'Arc", id="hyphen and apostrophe"),
    ],
)
def test_a_name_of_any_script_is_shown_unchanged(client: Client, page: str, name: str) -> None:
    client.answers("about", given_names=name, family_names=name, birth_date="1991", nationality_country="GT")
    assert client.where == "/apply/where"

    client.get("/apply/about")

    assert client.said["given_names"] == name
    assert f'value="{name}"'.replace("'", "&#39;") in client.seen.text
