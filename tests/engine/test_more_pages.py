from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.engine.documents import PLACE_OF, Document
from scheduler.engine.more_pages import after, before, pages, saved
from scheduler.engine.more_questions import MORE_PAGES, MORE_QUESTIONS, RESTRICTED
from tests.engine.answering import TODAY, any_answers, herself, partial

CHILD = {"birth_date": partial(2015, 3, 1)}
HELPED = {"filler_role": "advocate", "client_agrees": "yes", "helper_name": "Rosa"}
HER_CHILD = {"filler_role": "family", "helper_relationship": "parent", "client_agrees": "yes", "helper_name": "Rosa"}
IN_THE_US = {"current_country": "US", "us_state": "CA", "ever_in_us": "in_us", "waiting_in_mexico_program": None}
NEVER = {"ever_in_us": "never", "waiting_in_mexico_program": "no", "current_country": "OTHER"}

MORE: dict[str, Any] = {
    "family_travel": [{"relation": "child", "age_years": 4, "where": "with_me", "needs_help": "no"}],
    "family_separated": "yes",
    "manner_of_entry": "tell_attorney",
    "fear_reasons": ["religion"],
    "fear_mexico": "yes",
    "mexico_harm": ["kidnap"],
    "evidence_have": {"nta": "lost"},
    "prior_applications": ["tps"],
    "uscis_receipt": "IOE0123456789",
    "trusted_person_name": "Eva",
    "trusted_person_phone": "+526641234567",
}


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        pytest.param({}, set(), id="she tells it herself, waiting in Mexico"),
        pytest.param(HELPED, {"reasons", "place"}, id="the feared person may be the helper"),
        pytest.param({**HELPED, "filler_role": "friend"}, {"reasons", "place"}, id="or a friend"),
        pytest.param(HER_CHILD, {"reasons", "place"}, id="a mother of a grown-up is a helper, too"),
        pytest.param({**HER_CHILD, **CHILD}, set(), id="a mother speaks for her child"),
        pytest.param({**HELPED, **CHILD}, {"reasons", "place"}, id="a shelter does not speak for a child"),
        pytest.param(IN_THE_US, {"place"}, id="Mexico is far away"),
        pytest.param(NEVER, {"entry", "place"}, id="she never arrived"),
    ],
)
def test_a_page_that_asks_her_nothing_is_left_out(changes: dict[str, Any], missing: set[str]) -> None:
    assert set(MORE_PAGES) - set(pages(herself(**changes), TODAY)) == missing


@pytest.mark.parametrize(
    ("off", "missing"),
    [
        pytest.param({"prior_applications"}, set(), id="one question"),
        pytest.param({"evidence_have"}, {"papers"}, id="all of a page"),
    ],
)
def test_a_page_whose_questions_the_firm_leaves_out_is_left_out(off: set[str], missing: set[str]) -> None:
    answers = herself(current_attorney="before")

    assert set(MORE_PAGES) - set(pages(answers, TODAY, off=off)) == missing


def test_the_pages_lead_on_and_back_over_what_is_left_out() -> None:
    shown = pages(herself(**HELPED), TODAY)

    assert (after("entry", shown), before("past", shown)) == ("past", "entry")
    assert (before("people", shown), after("call", shown)) == (None, None)


@pytest.mark.parametrize(
    ("page", "posted", "gone"),
    [
        pytest.param("people", {}, {"family_travel", "family_separated"}, id="what hangs on it goes as well"),
        pytest.param("place", {"fear_mexico": "no"}, {"mexico_harm"}, id="a no closes what it opened"),
        pytest.param("past", {"prior_applications": ["mexico_comar"]}, {"uscis_receipt"}, id="not at USCIS"),
        pytest.param("call", {}, {"trusted_person_name", "trusted_person_phone"}, id="her trust is taken back"),
    ],
)
def test_a_page_replaces_its_own_answers_and_nothing_else(page: str, posted: dict[str, Any], gone: set[str]) -> None:
    known = {**herself(), **MORE, "reasons": ["T04"], "ticked": {}}

    after_it = saved(page, known, posted, TODAY)

    assert {name for name in known if name not in after_it} == gone
    assert {name: after_it[name] for name in posted} == posted


@given(any_answers, st.sampled_from(MORE_PAGES))
@settings(max_examples=60, deadline=None)
def test_nothing_of_part_a_is_touched(answers: dict[str, Any], page: str) -> None:
    assert {**answers, **saved(page, answers, {}, TODAY)} == answers


def test_what_only_the_attorney_reads_is_sealed_with_the_confidential_answers() -> None:
    assert {PLACE_OF[name] for name in RESTRICTED} == {Document.CONFIDENTIAL}


def test_every_question_is_on_a_page_of_part_b_once() -> None:
    names = [question.name for question in MORE_QUESTIONS]

    assert len(names) == len(set(names))
    assert {question.page for question in MORE_QUESTIONS} == set(MORE_PAGES)
