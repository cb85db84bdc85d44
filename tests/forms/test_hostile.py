import json
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from forms.a_number import ANumberField
from forms.base import IntakePage, QuestionForm, Typed
from forms.booking import CallMeForm, MoveForm, ProofForm, TimeForm
from forms.context import PageContext
from forms.fields import Question
from forms.flow import PAGES as PART_A
from forms.more.flow import PAGES as PART_B
from forms.rows import FamilyField
from forms.ticks import Grid
from forms.times import TimeField
from tests.forms.asking import EARLIER, context, every_input, inputs_of, post

PAGES = (*PART_A, *PART_B)

NONSENSE = [
    pytest.param(["\0\x01\x1b"], id="control characters"),
    pytest.param(["\ud800\udfff"], id="lone surrogates"),
    pytest.param(["x" * 1_000_000], id="a megabyte"),
    pytest.param(["9" * 1_000_000], id="a million digits"),
    pytest.param(["a", "b", "c", "d", "e"], id="five times"),
    pytest.param(["{{7*7}}<script>"], id="code"),
]


OF_THE_TYPING = {"hearing_typed", "uscis_receipt"}
"""What is kept of something that was typed and is no answer: it is not typed once more by showing the page."""


@pytest.mark.parametrize("values", NONSENSE)
@pytest.mark.parametrize(("slug", "name"), every_input())
def test_nonsense_in_any_input_is_answered_and_can_be_kept(slug: str, name: str, values: list[str]) -> None:
    page = post(slug, Typed({name: values}))

    assert len(json.dumps(page.raw()).encode()) < 50_000


@pytest.mark.parametrize("values", [["a", "b"], [["a"]], {"a": "b"}, None, 7])
def test_what_is_no_list_of_texts_counts_as_left_out_or_wrong(values: Any) -> None:
    page = post("safety", Typed({"device_safe": values}))

    assert page.errors["device_safe"]


texts = st.text(st.characters(exclude_categories=()), max_size=30) | st.sampled_from(
    ["yes", "no", "not_sure", "family", "self", "US", "MX", "TX", "other", "es", "1", "2", "12", "31", "2020", "2026"]
)


def raw_for(names: list[str]) -> st.SearchStrategy[dict[str, list[str]]]:
    return st.dictionaries(st.sampled_from(names), st.lists(texts, max_size=3), max_size=len(names))


GOOD = {
    "-day": ["1", "28"],
    "-month": ["2", "11"],
    "-year": ["1990", "2025", "2026"],
    "-name": ["Ana", "Li 2"],
    "-role": ["other", "employer"],
}


def good_for(page: IntakePage) -> st.SearchStrategy[dict[str, list[str]]]:
    """Mostly what is offered, so that many pages are well answered."""
    values = {name: _offered(question, name) for question in page.questions() for name in _names(question)}
    ticks = [question.name + part for question in page.questions() for part in question.parts if part in TICKS]
    return st.builds(
        lambda said, ticked: said | {name: ["1"] for name in ticked},
        st.fixed_dictionaries(
            {name: st.sampled_from(some).map(lambda value: [value]) for name, some in values.items()}
        ),
        st.sets(st.sampled_from(ticks)) if ticks else st.just(set()),
    )


FAMILY = {
    "-relation": ["child", "parent"],
    "-age_years": ["4", "70"],
    "-where": ["", "us"],
    "-needs_help": ["", "yes"],
}
TICKS = ("-unknown", "-none")


def _names(question: Question) -> list[str]:
    """Its inputs but for ticks, and of its rows the first."""
    skipped = (*TICKS, "-at")
    return [question.name + part for part in question.parts if part not in skipped and part[1:2] not in set("1234567")]


def _offered(question: Question, name: str) -> list[str]:
    part = name.removeprefix(question.name)
    if question.kind == "phone":
        return ["MX"] if part else ["664 123 4567"]
    if isinstance(question, Grid):
        return ["", *(choice.code for choice in question.choices)]
    if isinstance(question, FamilyField):
        return FAMILY[part[part.rfind("-") :]]
    if isinstance(question, TimeField):
        return ["am", "pm"] if part else ["8:30", "12:05"]
    if isinstance(question, ANumberField):
        return ["", "A 12 345 678"]
    if question.choices and not part:
        return [choice.code for choice in question.choices[:8]]
    lines = {"email": "a@b.mx", "number": "30", "tick": "1"}
    return GOOD.get(part[part.rfind("-") :], [lines.get(question.kind, "Ana")])


def known(kind: type[IntakePage]) -> PageContext:
    """Answers before the page; Part B asks most of her who speaks for herself."""
    return context(**{**EARLIER, "filler_role": "self"}) if kind in PART_B else context()


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.slug)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(draw=st.data())
def test_no_page_fails_on_anything(kind: type[IntakePage], draw: st.DataObject) -> None:
    before = known(kind)

    page = post(kind.slug, Typed(draw.draw(raw_for(inputs_of(kind(None, before))))), before)

    assert json.dumps([page.raw(), page.answers()])
    assert page.shown()


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.slug)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(draw=st.data())
def test_good_answers_shown_again_are_good_answers(kind: type[IntakePage], draw: st.DataObject) -> None:
    before = known(kind)
    page = post(kind.slug, Typed(draw.draw(good_for(kind(None, before)))), before)
    assume(not page.errors)

    again = kind(None, context(**(dict(before.answers) | page.answers())))

    assert again.validate()
    assert again.answers() == {name: said for name, said in page.answers().items() if name not in OF_THE_TYPING}


@pytest.mark.parametrize("form", [TimeForm, MoveForm, ProofForm, CallMeForm])
@settings(max_examples=60, deadline=None)
@given(draw=st.data())
def test_no_form_around_a_booking_fails(form: type[QuestionForm], draw: st.DataObject) -> None:
    names = [question.name + part for question in form(None, context()).questions() for part in question.parts]
    raw = draw.draw(raw_for(names or ["csrf_token"]))

    asked = form(Typed(raw), context())
    asked.validate()

    assert json.dumps(asked.raw())
