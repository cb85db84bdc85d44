"""Pages in order, stops, answers that go, and questions asked once more."""

from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given, settings

from scheduler.engine import branches
from scheduler.engine.again import AGAIN
from scheduler.engine.branches import PAGES, UnknownPage, asked, kept, next_page, previous_page, saved
from scheduler.engine.questions import COMPANIONS, QUESTIONS, UNASKED
from tests.engine.answering import TODAY, any_answers, herself, partial

MARKS = {again.mark for again in AGAIN}


@given(any_answers)
@settings(max_examples=150, deadline=None)
def test_what_is_kept_stays_as_it_is(answers: dict[str, Any]) -> None:
    once = kept(answers, TODAY)

    assert kept(once, TODAY) == once


@given(any_answers)
@settings(max_examples=150, deadline=None)
def test_no_hidden_answer_is_kept(answers: dict[str, Any]) -> None:
    left = kept(answers, TODAY)
    shown = {name for page in PAGES for name in asked(page, left, TODAY)}
    unasked = {name for name, (_condition, value) in UNASKED.items() if left.get(name) == value}

    assert set(left) <= shown | unasked | set(COMPANIONS) | MARKS


@given(any_answers)
@settings(max_examples=150, deadline=None)
def test_no_shown_answer_is_lost_or_changed(answers: dict[str, Any]) -> None:
    left = kept(answers, TODAY)
    shown = {name for page in PAGES for name in asked(page, answers, TODAY)}

    assert {name: left[name] for name in shown & set(answers)} == {name: answers[name] for name in shown & set(answers)}


@given(any_answers)
@settings(max_examples=100, deadline=None)
def test_the_walk_forward_and_back_visits_the_same_pages(answers: dict[str, Any]) -> None:
    answers = kept(answers | dict.fromkeys(MARKS, True), TODAY)
    assume(not any(branches.notes(page, answers, TODAY) for page in PAGES))
    page = "safety"
    while (following := next_page(page, answers, TODAY)) in PAGES:
        if previous_page(following, answers) != page:
            raise AssertionError(following)
        page = following

    assert following in {"tips", "ask-first", "we-will-call", "done"}


def test_what_must_be_changed_stops_the_walk_where_it_was_said() -> None:
    """Whoever now answers for herself is reached through nobody, however often the page is sent: no mark helps."""
    answers = kept(herself(contact_channel="helper", **dict.fromkeys(MARKS, True)), TODAY)

    assert (next_page("contact", answers, TODAY), previous_page("contact", answers)) == ("contact", "language")


def test_a_name_nobody_asks_for_is_dropped() -> None:
    assert "is_admin" not in kept(herself(is_admin=True), TODAY)


@pytest.mark.parametrize(
    ("answers", "name", "stored"),
    [
        pytest.param(
            {"filler_role": "self", "detained_now": "yes_jail"}, "detained_now", "no", id="she writes herself"
        ),
        pytest.param({"filler_role": "self", "i_am_detained": True}, "detained_now", None, id="she is asked after all"),
        pytest.param({"ever_in_us": "never"}, "court_papers", "no", id="she never was there"),
        pytest.param({"ever_in_us": "in_us"}, "court_papers", None, id="she is asked"),
        pytest.param(
            {"contact_phone": "+5266", "phone_shared": "shared_unsafe"},
            "can_leave_message",
            "no",
            id="no voice message",
        ),
        pytest.param({}, "can_leave_message", None, id="nothing is put in an empty draft"),
    ],
)
def test_some_answers_are_stored_without_asking(answers: dict[str, Any], name: str, stored: str | None) -> None:
    assert kept(answers, TODAY).get(name) == stored


@pytest.mark.parametrize(
    ("change", "gone"),
    [
        pytest.param({"court_papers": "no"}, {"next_hearing_date"}, id="no court, no date"),
        pytest.param(
            {"current_country": "US", "us_state": "CA", "ever_in_us": "in_us"},
            {"mx_city", "waiting_in_mexico_program"},
            id="she moved to the United States",
        ),
        pytest.param({"contact_phone": ""}, {"phone_shared", "can_leave_message"}, id="no phone"),
    ],
)
def test_changing_an_answer_deletes_what_hung_on_it(change: dict[str, Any], gone: set[str]) -> None:
    assert set(herself()) - set(kept(herself() | change, TODAY)) == gone


def test_what_a_page_says_is_none_is_taken_away() -> None:
    """Also what is stored beside its questions, such as the WhatsApp id of a number she gave before."""
    before = herself(wa_id="5216641234567")

    left = saved("contact", before, {**before, "contact_phone": "+526647654321", "wa_id": None}, TODAY)

    assert "wa_id" not in left


def test_a_hearing_goes_by_and_the_next_day_asks_what_happened() -> None:
    answers = herself(next_hearing_date="2026-12-08")

    assert "missed_hearing" in asked("dates", answers, date(2026, 12, 9))


@pytest.mark.parametrize(("page", "following"), list(zip(PAGES, [*PAGES[1:], "done"], strict=True)))
def test_every_page_leads_to_the_next(page: str, following: str) -> None:
    assert next_page(page, herself(), TODAY) == following


@pytest.mark.parametrize("device", ["no", "not_sure"])
def test_an_unsafe_device_goes_by_the_tips_there_and_back(device: str) -> None:
    answers = herself(device_safe=device)

    walk = next_page("safety", answers, TODAY), next_page("tips", answers, TODAY), previous_page("who", answers)

    assert (*walk, previous_page("tips", answers)) == ("tips", "who", "tips", "safety")


@pytest.mark.parametrize(
    ("page", "change", "call_now", "stop"),
    [
        pytest.param("who", {"filler_role": "friend", "client_agrees": "no"}, False, "ask-first", id="ask her first"),
        pytest.param("who", {"filler_role": "friend", "client_agrees": "yes"}, False, "language", id="she agrees"),
        pytest.param("who", {"filler_role": "self", "client_agrees": "no"}, False, "language", id="a stale answer"),
        pytest.param("dates", {}, True, "call-now", id="her date is within hours"),
        pytest.param("dates", {"court_papers": "no"}, True, "call-now", id="that comes before a second question"),
        pytest.param("where", {}, True, "arrival", id="only after the dates"),
        pytest.param("notices", {"conflict_people_any": "prefer_call"}, False, "we-will-call", id="names by phone"),
        pytest.param("names", {"conflict_people_any": "prefer_call"}, False, "notices", id="only after the notices"),
    ],
)
def test_a_stop_comes_where_it_belongs(page: str, change: dict[str, Any], call_now: bool, stop: str) -> None:
    assert next_page(page, herself(**change), TODAY, call_now=call_now) == stop


@pytest.mark.parametrize(
    ("page", "change", "call_now", "stop"),
    [
        pytest.param("time", {"conflict_people_any": "prefer_call"}, False, "we-will-call", id="no times for her"),
        pytest.param("notices", {"conflict_people_any": "prefer_call"}, False, None, id="she may still read them"),
        pytest.param("names", {}, True, "call-now", id="an address typed by hand does not lead past it"),
        pytest.param("time", {"filler_role": "friend", "client_agrees": "no"}, True, "ask-first", id="the first one"),
        pytest.param("time", {}, False, None, id="nothing stands in her way"),
    ],
)
def test_no_page_is_opened_behind_a_stop(page: str, change: dict[str, Any], call_now: bool, stop: str | None) -> None:
    assert branches.stop_before(page, herself(**change), call_now=call_now) == stop


@pytest.mark.parametrize(
    ("change", "first"),
    [
        pytest.param({}, "time", id="only the time is left"),
        pytest.param({"device_safe": None}, "safety", id="the first question"),
        pytest.param({"consent_privacy": False}, "notices", id="a notice is not ticked"),
        pytest.param({"birth_date": partial(None)}, "about", id="her age is wanted instead"),
        pytest.param({"birth_date": partial(None), "age_years": 0, "minor_with_adult": "parent"}, "time", id="a baby"),
        pytest.param({"filler_role": "family", "client_agrees": "yes"}, "who", id="who helps?"),
        pytest.param({"court_papers": "no"}, "dates", id="papers, but no court: asked again"),
        pytest.param({"slot_id": "2026-12-01T17:00Z", "call_mode": "phone"}, None, id="all is done"),
    ],
)
def test_the_first_page_that_wants_something(change: dict[str, Any], first: str | None) -> None:
    assert branches.first_incomplete(herself(**change), TODAY) == first


def test_a_page_is_complete_when_all_it_must_know_is_answered() -> None:
    answers = herself(ever_in_us=None)

    assert [page for page in PAGES if not branches.is_complete(page, answers, TODAY)] == ["arrival", "time"]


def test_a_page_behind_an_open_one_cannot_be_reached() -> None:
    answers = herself(ever_in_us=None)

    assert [page for page in PAGES if branches.is_reachable(page, answers, TODAY)] == list(PAGES[:7])


def test_every_page_is_within_reach_when_all_is_answered() -> None:
    answers = herself(slot_id="2026-12-01T17:00Z", call_mode="phone")

    assert all(branches.is_reachable(page, answers, TODAY) for page in ("tips", *PAGES))


def test_a_field_missing_from_a_post_is_taken_away() -> None:
    answers = saved("about", herself(one_name_only=True), {"given_names": "Ana"}, TODAY)

    assert {"one_name_only", "birth_date"}.isdisjoint(answers)


def test_where_she_never_was_there_only_letters_are_asked_about() -> None:
    answers = herself(ever_in_us="never", waiting_in_mexico_program="no")

    assert asked("dates", answers, TODAY) == ("other_deadline",)


@pytest.mark.parametrize("page", ["done", "admin", ""])
def test_there_is_no_other_page(page: str) -> None:
    with pytest.raises(UnknownPage):
        next_page(page, herself(), TODAY)


def test_there_is_nothing_before_the_first_page() -> None:
    assert previous_page("safety", {}) is None


def test_a_question_looks_only_at_what_comes_before_it() -> None:
    order = {question.page: PAGES.index(question.page) for question in QUESTIONS}
    places = [order[question.page] for question in QUESTIONS]

    assert places == sorted(places)
