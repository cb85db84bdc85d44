"""What a page shows: the reader's words, what was refused, what hangs on another answer, lists in order."""

from typing import Any

import pytest

from forms.choices import countries_elsewhere, countries_to_call, iso_countries, languages
from forms.clocks import spoken_time
from forms.flow import BY_SLUG
from scheduler.words import speaking
from tests.forms.asking import context, post, typed


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


@pytest.mark.parametrize("code", ["MX", "US", "PR", "GU", "VI", "AS", "MP"])
def test_who_is_in_mexico_or_the_united_states_says_so_where_the_other_questions_hang_on_it(code: str) -> None:
    assert code not in [choice.code for choice in countries_elsewhere(context())]
