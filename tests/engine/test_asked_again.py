"""Answers that do not fit together are asked once more with a note, and then stand."""

from typing import Any

import pytest

from scheduler.engine.branches import asked, fields_of, first_incomplete, next_page, notes, saved
from tests.engine.answering import TODAY, herself, partial

NEVER_BUT_PAPERS = {"ever_in_us": "never", "waiting_in_mexico_program": "yes_papers"}

MAIL = {"contact_channel": "email"}
BY_LAND = {"ever_in_us": "in_us", "current_country": "OTHER", "other_country": "GT", "local_time_ok": "yes"}
IN_TEXAS = {"current_country": "US", "us_state": "TX", "local_time_ok": "yes"}
ORDERED = {"removal_order": "yes", "removal_order_date": partial(1985)}

AGAIN = [
    pytest.param(
        "arrival", NEVER_BUT_PAPERS, "arrival_asked_again", "dates", id="never there, but officers gave papers"
    ),
    pytest.param("dates", {"court_papers": "no"}, "papers_asked_again", "names", id="papers, but no court"),
    pytest.param(
        "dates",
        {"next_hearing_date": "2026-11-02", "missed_hearing": "went"},
        "hearing_asked_again",
        "names",
        id="she went: when is the next?",
    ),
    pytest.param(
        "dates",
        {"next_hearing_date": "2026-11-02", "missed_hearing": "changed"},
        "hearing_asked_again",
        "names",
        id="the date was changed: to when?",
    ),
]


CHECKED = [
    pytest.param("contact", MAIL | {"contact_email": "a@gmial.com"}, "email_checked", "about", id="letters swapped"),
    pytest.param("contact", MAIL | {"contact_email": "a@gmai.com"}, "email_checked", "about", id="a letter missing"),
    pytest.param("contact", MAIL | {"contact_email": "a@hotmaill.com"}, "email_checked", "about", id="one too many"),
    pytest.param("contact", MAIL | {"contact_email": "a@gmail.con"}, "email_checked", "about", id="a wrong letter"),
    pytest.param(
        "arrival", {"last_arrival_date": partial(2016, 11, 23)}, "year_checked", "dates", id="ten years and a day ago"
    ),
    pytest.param("arrival", {"last_arrival_date": partial(2015)}, "year_checked", "dates", id="some day of that year"),
    pytest.param("arrival", {"ever_in_us": "in_us"}, "whereabouts_checked", "dates", id="there, and in Mexico"),
    pytest.param("arrival", BY_LAND, "whereabouts_checked", "dates", id="there, and in Guatemala"),
    pytest.param("arrival", IN_TEXAS, "whereabouts_checked", "dates", id="sent back, and there"),
    pytest.param("arrival", {"nationality_country": ["MX"]}, "program_checked", "dates", id="a program for others"),
    pytest.param("dates", ORDERED, "order_checked", "names", id="ordered out 41 years before she came"),
]
UNCHECKED = [
    pytest.param("contact", MAIL | {"contact_email": "a@gmail.com"}, id="a usual domain"),
    pytest.param("contact", MAIL | {"contact_email": "a@ymail.com"}, id="another one, near the first"),
    pytest.param("contact", MAIL | {"contact_email": "a@example.org"}, id="a domain of its own"),
    pytest.param("arrival", {"last_arrival_date": partial(2016, 11, 24)}, id="ten years ago today"),
    pytest.param("arrival", {"last_arrival_date": partial(2016)}, id="perhaps less than ten years ago"),
    pytest.param("arrival", {"last_arrival_date": partial(None)}, id="she does not remember"),
    pytest.param("arrival", {"ever_in_us": "in_us", "current_country": "prefer_not"}, id="she would not say where"),
    pytest.param("arrival", {"nationality_country": ["MX", "HN"]}, id="two citizenships"),
    pytest.param("dates", ORDERED | {"removal_order_date": partial(1986)}, id="ordered out 40 years before"),
    pytest.param("dates", ORDERED | {"removal_order_date": partial(None)}, id="she does not know when"),
]


def _post(page: str, before: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    posted = {name: value for name, value in (herself() | change).items() if name in fields_of(page)}
    return saved(page, before, posted, TODAY)


def _until(page: str, change: dict[str, Any]) -> dict[str, Any]:
    """Her answers before the page was sent for the first time."""
    return {name: value for name, value in herself(**change).items() if name not in fields_of(page)}


@pytest.mark.parametrize(("page", "change", "mark", "after"), CHECKED)
def test_what_may_be_a_slip_is_shown_once_more_and_then_stands(
    page: str, change: dict[str, Any], mark: str, after: str
) -> None:
    first = _post(page, _until(page, change), change)
    second = _post(page, first, change)

    asked_once = notes(page, first, TODAY), next_page(page, first, TODAY)

    assert asked_once == ((mark,), page)
    assert (notes(page, second, TODAY), next_page(page, second, TODAY)) == ((), after)


@pytest.mark.parametrize(("page", "change"), UNCHECKED)
def test_what_may_well_be_is_not_asked_twice(page: str, change: dict[str, Any]) -> None:
    answers = _post(page, _until(page, change), change)

    assert (notes(page, answers, TODAY), next_page(page, answers, TODAY) == page) == ((), False)


@pytest.mark.parametrize(("page", "change", "mark", "after"), AGAIN)
def test_answers_that_do_not_fit_are_asked_once_more(page: str, change: dict[str, Any], mark: str, after: str) -> None:
    answers = _post(page, herself(), change)

    assert (notes(page, answers, TODAY), next_page(page, answers, TODAY)) == ((mark,), page)


@pytest.mark.parametrize(("page", "change", "mark", "after"), AGAIN)
def test_the_second_time_they_stand(page: str, change: dict[str, Any], mark: str, after: str) -> None:
    first = _post(page, herself(), change)

    second = _post(page, first, change)

    assert (second[mark], notes(page, second, TODAY), next_page(page, second, TODAY)) == (True, (), after)


@pytest.mark.parametrize(("page", "change", "mark", "after"), AGAIN)
def test_a_mark_goes_with_its_contradiction(page: str, change: dict[str, Any], mark: str, after: str) -> None:
    stood = _post(page, _post(page, herself(), change), change)

    mended = _post(page, stood, {})

    assert mark not in mended


TOLD = {"safe_word": "lopez"}
"""A secret word that is one of her surnames."""


@pytest.mark.parametrize("page", ["contact", "about"])
def test_a_secret_word_that_is_told_keeps_her_on_the_page_where_she_may_change_it(page: str) -> None:
    answers = saved(page, herself(**TOLD), {name: herself(**TOLD).get(name) for name in fields_of(page)}, TODAY)

    assert first_incomplete(answers, TODAY) == "contact"


def test_a_secret_word_that_is_told_never_stands() -> None:
    once = _post("contact", herself(**TOLD), TOLD)

    twice = _post("contact", once, TOLD)

    assert notes("contact", twice, TODAY) == ("word_asked_again",)


@pytest.mark.parametrize(
    ("page", "before", "change", "wanted"),
    [
        pytest.param(
            "who",
            {"contact_channel": "helper", "helper_medium": "sms"},
            {"filler_role": "self"},
            ("contact", "channel_asked_again"),
            id="reached through a helper, and then there is none",
        ),
        pytest.param(
            "about",
            {"last_arrival_date": partial(2010)},
            {"birth_date": partial(2014), "minor_with_adult": "parent"},
            ("arrival", "birth_asked_again"),
            id="arrived, and then born later",
        ),
    ],
)
def test_what_an_earlier_page_makes_impossible_is_asked_anew_and_never_stands(
    page: str, before: dict[str, Any], change: dict[str, Any], wanted: tuple[str, str]
) -> None:
    known = herself(**before)
    answers = saved(page, known, {name: (known | change).get(name) for name in fields_of(page)}, TODAY)

    again = saved(wanted[0], answers, {name: answers.get(name) for name in fields_of(wanted[0])}, TODAY)

    assert [first_incomplete(said, TODAY) for said in (answers, again)] == [wanted[0]] * 2
    assert wanted[1] in notes(wanted[0], again, TODAY)


def test_another_secret_word_lets_her_go_on() -> None:
    answers = _post("contact", herself(**TOLD), {"safe_word": "mariposa"})

    assert (notes("contact", answers, TODAY), next_page("contact", answers, TODAY)) == ((), "about")


def test_where_never_stands_all_of_the_dates_are_asked() -> None:
    answers = herself(**NEVER_BUT_PAPERS, arrival_asked_again=True)

    assert {"court_papers", "removal_order", "fear_interview", "other_deadline"} <= set(asked("dates", answers, TODAY))
