from typing import Any

import pytest

from forms.choices import countries_to_call, iso_countries, languages
from forms.clocks import spoken_time
from forms.flow import BY_SLUG, PAGES
from forms.reveal import MOST, Effects
from scheduler.engine import branches
from scheduler.words import speaking
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


def test_her_hour_may_be_chosen_from_the_clocks_of_her_country() -> None:
    place = {"current_country": "US", "us_state": "TX", "local_time_ok": "no", "detained_now": "no"}

    page = post("where", typed(**place, time_zone_choice="America/Denver"))

    assert page.answers()["time_zone_choice"] == "America/Denver"


def test_one_o_clock_is_one_hour_in_spanish() -> None:
    with speaking("es"):
        known = context(current_country="US", us_state="FL", local_time_ok="yes")
        later = type(known)(known.today, "es", known.answers, now=known.now.replace(hour=18) if known.now else None)
        page: Any = BY_SLUG["where"](None, later)

        assert page.local_time_ok.text == "¿Es la 1:12 de la tarde donde está usted?"


@pytest.mark.parametrize(
    ("clock", "language", "said"),
    [
        ("11:59", "es", "11:59 de la mañana"),
        ("12:00", "es", "12:00 del mediodía"),
        ("12:00", "en", "12:00 noon"),
        ("12:01", "es", "12:01 de la tarde"),
    ],
)
def test_noon_is_a_part_of_the_day_of_its_own(clock: str, language: str, said: str) -> None:
    with speaking(language):
        assert spoken_time(clock) == said


def test_refused_values_are_shown_again_with_messages_in_the_language_read_now() -> None:
    raw = post("about", typed(given_names="Ana1", family_names="Ríos")).raw()

    with speaking("en"):
        page: Any = BY_SLUG["about"].rebuilt(raw, context("en"), {"family_names": ["Known already."]})

    assert page.given_names.value() == "Ana1"
    assert page.given_names.errors[0].startswith("Use only letters")
    assert page.family_names.errors == ["Known already."]


def test_names_saved_before_are_counted_not_shown() -> None:
    saved = [{"name": "Juan Pérez", "role": "employer"}]

    page: Any = BY_SLUG["names"](None, context(conflict_people_any="yes", conflict_people=saved))

    assert page.conflict_people.saved == 1
    assert "Juan" not in str(page.raw())


def test_empty_rows_leave_the_saved_names_as_they_are() -> None:
    saved = [{"name": "Juan Pérez", "role": "employer"}]

    page = post("names", typed(conflict_people_any="yes"), context(conflict_people=saved))

    assert page.answers()["conflict_people"] == saved


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_the_stylesheet_has_a_rule_for_each_dependent_question(page: Any) -> None:
    assert len(Effects(page(None, context())).tied) <= MOST


def test_choosing_opens_the_question_that_hangs_on_it() -> None:
    drawn = {shown.field.name: shown for shown in BY_SLUG["dates"](None, context()).shown()}

    opened = drawn["removal_order_date"].box.split()[0]

    assert drawn["removal_order"].marks == {"yes": opened.replace("d", "s")}
    assert "later" in drawn["removal_order_date"].box


def test_a_question_not_asked_is_drawn_empty() -> None:
    known = context(filler_role="family")
    page: Any = BY_SLUG["contact"](typed(contact_channel="sms", helper_medium="call"), known)

    page.shown()

    assert page.helper_medium.value() == ""


def test_the_countries_are_those_of_iso_3166() -> None:
    assert len(iso_countries("es")) == 249


def test_countries_stand_in_order_without_regard_to_accents() -> None:
    names = [str(choice.label) for choice in iso_countries("en")]

    assert names.index("Åland Islands") < names.index("Bahamas")


def test_neighbours_come_first_in_the_list_of_calling_codes() -> None:
    assert [choice.code for choice in countries_to_call("es")[:2]] == ["MX", "US"]


def test_the_language_of_the_page_comes_first_and_another_one_last() -> None:
    with speaking("en"):
        codes = [choice.code for choice in languages(context("en"))]

    assert codes[:4] == ["en", "es", "ht", "pt"]
    assert codes[-1] == "other"


@pytest.mark.parametrize(
    ("locale", "order"), [("es", ("-day", "-month", "-year")), ("en", ("-month", "-day", "-year"))]
)
def test_dates_are_asked_in_the_order_of_the_reader(locale: str, order: tuple[str, ...]) -> None:
    page: Any = BY_SLUG["about"](None, context(locale))

    assert page.birth_date.order == order
