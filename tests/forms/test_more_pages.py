"""What is typed on the pages of Part B, and what is stored of it."""

from typing import Any

import pytest

from forms.base import IntakePage, Typed
from forms.more.evidence import EVIDENCE
from forms.more.flow import BY_SLUG, PAGES
from scheduler.engine.branches import fields_of
from scheduler.engine.more_questions import MORE_PAGES
from scheduler.words import speaking
from tests.forms.asking import context, typed

HERSELF: dict[str, Any] = {
    "filler_role": "self",
    "device_safe": "yes",
    "current_country": "MX",
    "ever_in_us": "sent_back",
    "waiting_in_mexico_program": "yes_papers",
    "current_attorney": "before",
    "spoken_language": "mam",
    "interpreter_needed": "yes",
}
CHILD = {"family_travel__0__relation": "child", "family_travel__0__age_years": "4"}


def sent(slug: str, values: Typed, **answers: Any) -> IntakePage:
    page = BY_SLUG[slug](values, context(**{**HERSELF, **answers}))
    page.validate()
    return page


@pytest.mark.parametrize(
    ("slug", "values", "answers"),
    [
        pytest.param(
            "people",
            typed(**CHILD, family_travel__0__where="with_me", family_travel__0__needs_help="yes"),
            {"family_travel": [{"relation": "child", "age_years": 4, "where": "with_me", "needs_help": "yes"}]},
            id="a child with her",
        ),
        pytest.param(
            "people",
            typed(family_travel__3__relation="parent", family_travel__3__age_years="٧٠", family_separated="yes"),
            {"family_travel": [{"relation": "parent", "age_years": 70}], "family_separated": "yes"},
            id="any row, digits of any script",
        ),
        pytest.param("people", typed(family_separated="yes"), {}, id="nobody to be separated from"),
        pytest.param(
            "entry",
            typed(manner_of_entry="tell_attorney", late_reasons=["ill", "tell_attorney"]),
            {"manner_of_entry": "tell_attorney", "late_reasons": ["ill", "tell_attorney"]},
            id="she tells the attorney",
        ),
        pytest.param("reasons", typed(fear_note="  Tengo\nmiedo. "), {"fear_note": "Tengo miedo."}, id="one sentence"),
        pytest.param(
            "place", typed(fear_mexico="no", mexico_harm="kidnap"), {"fear_mexico": "no"}, id="what a no closes"
        ),
        pytest.param(
            "past",
            typed(prior_applications="tps", uscis_receipt="ioe 012-345 6789"),
            {"prior_applications": ["tps"], "uscis_receipt": "IOE0123456789"},
            id="a receipt as it stands on paper",
        ),
        pytest.param(
            "past",
            typed(attorney_name="Ruiz & Co., 2nd floor"),
            {"attorney_name": "Ruiz & Co., 2nd floor"},
            id="an office",
        ),
        pytest.param("papers", typed(evidence_have__nta="lost"), {"evidence_have": {"nta": "lost"}}, id="one paper"),
        pytest.param(
            "call",
            typed(trusted_person_name="Eva", trusted_person_phone="664 123 4567", trusted_person_phone__country="MX"),
            {"trusted_person_name": "Eva", "trusted_person_phone": "+526641234567"},
            id="somebody she trusts",
        ),
        *(pytest.param(slug, typed(), {}, id=f"nothing on {slug}") for slug in MORE_PAGES),
    ],
)
def test_what_is_answered_is_stored(slug: str, values: Typed, answers: dict[str, Any]) -> None:
    page = sent(slug, values)

    assert (page.answers(), page.errors) == (answers, {})


@pytest.mark.parametrize(
    ("slug", "values", "marked"),
    [
        pytest.param("people", typed(family_travel__0__relation="child"), "family_travel", id="no age"),
        pytest.param("people", typed(family_travel__0__age_years="4"), "family_travel", id="who?"),
        pytest.param("people", typed(**{**CHILD, "family_travel__0__age_years": "111"}), "family_travel", id="too old"),
        pytest.param("people", typed(**CHILD, family_travel__0__where="moon"), "family_travel", id="not offered"),
        pytest.param("reasons", typed(fear_note="a" * 301), "fear_note", id="a letter too long"),
        pytest.param("past", typed(prior_applications=["none", "tps"]), "prior_applications", id="none and one"),
        pytest.param("past", typed(prior_applications="tps", uscis_receipt="12345"), "uscis_receipt", id="no receipt"),
        pytest.param("call", typed(call_needs=["woman", "man"]), "call_needs", id="both cannot be"),
        pytest.param("call", typed(trusted_person_name="Eva"), "trusted_person_phone", id="a name alone calls nobody"),
        pytest.param("call", typed(interpreter_avoid="a" * 121), "interpreter_avoid", id="too long"),
    ],
)
def test_what_does_not_fit_is_marked(slug: str, values: Typed, marked: str) -> None:
    assert set(sent(slug, values).errors) == {marked}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_a_field_for_each_of_its_questions(page: type[IntakePage]) -> None:
    form = page(None, context(**HERSELF))

    assert {question.name for question in form.questions()} == set(fields_of(page.slug))


def test_the_pages_are_those_of_the_engine_in_its_order() -> None:
    assert tuple(page.slug for page in PAGES) == MORE_PAGES


def test_who_entered_how_is_first_left_for_the_attorney() -> None:
    form: Any = BY_SLUG["entry"](None, context(**HERSELF))

    assert form.manner_of_entry.choices[0].code == "tell_attorney"


def test_no_question_about_the_year_says_what_follows_from_it() -> None:
    form: Any = BY_SLUG["entry"](None, context(**HERSELF))
    with speaking("en"):
        words = [form.late_reasons.text, form.late_reasons.hint, *(str(one.label) for one in form.late_reasons.choices)]

    assert not any(word in text.lower() for text in words for word in ("exception", "qualif"))


def test_there_is_a_line_for_each_kind_of_paper() -> None:
    assert len({kind.code for kind in EVIDENCE}) == 16


@pytest.mark.parametrize(
    ("language", "said"), [pytest.param("en", "Another reason", id="en"), pytest.param("es", "Otra razón", id="es")]
)
def test_another_reason_to_be_afraid_is_said_as_agreed(language: str, said: str) -> None:
    page = BY_SLUG["reasons"](None, context(**HERSELF))
    asked = next(question for question in page.questions() if question.name == "fear_reasons")

    with speaking(language):
        words = {choice.code: str(choice.label) for choice in asked.choices}

    assert words["other"] == said
