from typing import Any

import pytest

from forms.flow import PAGES
from forms.reveal import MOST, Effects
from scheduler.engine import branches
from tests.forms.asking import EARLIER, context, post, typed


def test_the_pages_come_in_the_order_of_the_engine() -> None:
    assert (*(page.slug for page in PAGES), "time") == branches.PAGES


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_every_question_of_the_engine_has_a_field(page: Any) -> None:
    assert set(branches.fields_of(page.slug)) <= set(page(None, context())._fields)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_an_empty_page_is_shown_again_with_messages(page: Any) -> None:
    assert post(page.slug, typed(), context(filler_role="family")).mistakes()


def test_what_is_not_asked_is_not_answered() -> None:
    page = post("who", typed(filler_role="self", helper_name="Luis", client_agrees="yes"))

    assert page.answers() == {"filler_role": "self"}


def test_a_dependent_question_may_come_in_the_same_post() -> None:
    page = post("arrival", typed(ever_in_us="left", last_arrival_date__year="2024"), context(current_country="US"))

    assert page.answers()["last_arrival_date"]["y"] == 2024


def test_a_missing_dependent_question_is_asked_for() -> None:
    page = post("arrival", typed(ever_in_us="left"), context(current_country="US"))

    assert list(page.errors) == ["last_arrival_date"]


def test_a_question_whose_turn_has_not_come_gets_no_message() -> None:
    page = post("who", typed(), context(device_safe="yes"))

    assert list(page.errors) == ["filler_role"]


@pytest.mark.parametrize("role", ["family", "advocate", "friend"])
def test_who_did_not_ask_the_person_is_asked_nothing_more(role: str) -> None:
    page = post("who", typed(filler_role=role, client_agrees="no"), context(device_safe="yes"))

    assert (page.errors, page.answers()) == ({}, {"filler_role": role, "client_agrees": "no"})


def test_the_context_may_say_what_is_asked() -> None:
    known = context()
    narrow = type(known)(known.today, known.locale, known.answers, asked=("given_names",))

    page = post("about", typed(given_names="Ana"), narrow)

    assert page.answers() == {"given_names": "Ana"}


def test_one_name_is_enough() -> None:
    page = post("about", typed(given_names="Sukarno", one_name_only="1"))

    assert "family_names" not in page.errors


@pytest.mark.parametrize(
    ("slug", "values", "answers", "marked"),
    [
        pytest.param(
            "who",
            {"filler_role": "family", "client_agrees": "yes", "helper_relationship": "friend"},
            {},
            "helper_relationship",
            id="a relative is no friend",
        ),
        pytest.param(
            "contact", {"contact_channel": "helper"}, {"filler_role": "self"}, "contact_channel", id="nobody helps her"
        ),
        pytest.param(
            "contact",
            {"contact_channel": "email", "contact_email": "a@b.mx"},
            {"device_safe": "no"},
            "contact_phone",
            id="an address on an unsafe phone is not enough",
        ),
        pytest.param(
            "arrival",
            {"ever_in_us": "left", "last_arrival_date__year": "1980"},
            {"birth_date": {"y": 1990, "m": None, "d": None, "precision": "year", "unknown": False}},
            "last_arrival_date",
            id="arrived before she was born",
        ),
        pytest.param(
            "arrival",
            {"ever_in_us": "left", "last_arrival_date__year": "1930"},
            {"current_country": "US"},
            "last_arrival_date",
            id="arrived long before anybody",
        ),
        pytest.param(
            "dates",
            {
                "fear_interview": "scheduled",
                "fear_interview_date__day": "1",
                "fear_interview_date__month": "11",
                "fear_interview_date__year": "2026",
            },
            {},
            "fear_interview_date",
            id="an interview to come that has passed",
        ),
        pytest.param(
            "dates",
            {
                "fear_interview": "negative",
                "fear_interview_date__day": "1",
                "fear_interview_date__month": "12",
                "fear_interview_date__year": "2026",
            },
            {},
            "fear_interview_date",
            id="an answer she cannot have yet",
        ),
        pytest.param(
            "dates",
            {
                "other_deadline": "yes",
                "other_deadline_date__day": "1",
                "other_deadline_date__month": "10",
                "other_deadline_date__year": "2026",
            },
            {},
            "other_deadline_date",
            id="a deadline long gone",
        ),
        pytest.param(
            "where",
            {"current_country": "US", "us_state": "FL", "local_time_ok": "yes", "local_time_ok__at": "US/TX"},
            {},
            "local_time_ok",
            id="the clock she agreed to was that of another place",
        ),
        pytest.param(
            "where",
            {"current_country": "US", "us_state": "TX", "local_time_ok": "no", "time_zone_choice": "Europe/Paris"},
            {},
            "time_zone_choice",
            id="a clock of another country",
        ),
    ],
)
def test_what_does_not_fit_together_is_marked(
    slug: str, values: dict[str, str], answers: dict[str, Any], marked: str
) -> None:
    page = post(slug, typed(**values), context(**(EARLIER | answers)))

    assert page.errors[marked]


def test_a_safe_address_does_without_a_phone() -> None:
    page = post("contact", typed(contact_channel="email", contact_email="a@b.mx", may_write="yes"))

    assert not page.errors


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_the_stylesheet_has_a_rule_for_each_dependent_question(page: Any) -> None:
    assert len(Effects(page(None, context())).tied) <= MOST
