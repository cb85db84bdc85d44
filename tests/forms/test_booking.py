from dataclasses import replace
from typing import Any

import pytest

from forms.booking import CallMeForm, MoveForm, ProofForm, TimeForm
from forms.context import FirmLists
from tests.forms.asking import EARLIER, context, typed


def sent(form: Any, known: Any = None, **values: str) -> Any:
    asked = form(typed(**values), known or context())
    asked.validate()
    return asked


def test_a_time_and_a_way_to_talk() -> None:
    form = sent(TimeForm, slot_id="2026-12-01T17:00Z", call_mode="phone")

    assert form.answers() == {"slot_id": "2026-12-01T17:00Z", "call_mode": "phone"}


@pytest.mark.parametrize(
    "slot",
    [
        "",
        "tomorrow",
        "2026-12-01T17:00",
        "2026-02-30T17:00Z",
        "2026-12-01T25:00Z",
        "٢٠٢٦-12-01T17:00Z",
        "2" * 1_000_000,
    ],
)
def test_what_is_no_time_gets_a_message(slot: str) -> None:
    assert sent(MoveForm, slot_id=slot).errors["slot_id"]


@pytest.mark.parametrize(
    ("answers", "likeliest"),
    [
        pytest.param({"contact_channel": "whatsapp"}, "whatsapp_call", id="she is on WhatsApp"),
        pytest.param({"contact_channel": "call"}, "phone", id="she wants calls"),
        pytest.param({"contact_channel": "whatsapp", "detained_now": "yes_jail"}, "phone", id="she is held"),
        pytest.param({"contact_channel": "email", "contact_phone": None}, "video", id="she has no phone"),
    ],
)
def test_the_likeliest_way_is_chosen_beforehand(answers: dict[str, Any], likeliest: str) -> None:
    form = TimeForm(None, context(**(EARLIER | answers)))

    assert form.call_mode.value() == likeliest


@pytest.mark.parametrize(
    ("answers", "ways"),
    [
        pytest.param({}, ["phone", "whatsapp_call", "video"], id="all of them"),
        pytest.param({"device_safe": "no"}, ["phone", "whatsapp_call"], id="her screen is seen"),
        pytest.param({"detained_now": "yes_jail"}, ["phone"], id="she is held"),
        pytest.param({"detained_now": "not_sure"}, ["phone", "whatsapp_call", "video"], id="nobody knows"),
        pytest.param({"contact_phone": None}, ["video"], id="she gave no number"),
        pytest.param({"contact_phone": None, "detained_now": "yes_jail"}, ["video"], id="there is no other way"),
    ],
)
def test_the_ways_to_talk_are_those_that_reach_her(answers: dict[str, Any], ways: list[str]) -> None:
    form = TimeForm(None, context(**(EARLIER | answers)))

    assert [choice.code for choice in form.call_mode.choices] == ways


def test_a_way_that_is_not_offered_is_refused() -> None:
    held = context(**(EARLIER | {"detained_now": "yes_jail"}))

    assert sent(TimeForm, held, slot_id="2026-12-01T17:00Z", call_mode="video").errors["call_mode"]


@pytest.mark.parametrize(
    ("values", "answers"),
    [
        pytest.param({"birth_year": "1990"}, {"birth_year": 1990}, id="the year"),
        pytest.param({"code": " 123 456 "}, {"code": "123456"}, id="the code"),
    ],
)
def test_she_proves_who_she_is(values: dict[str, str], answers: dict[str, Any]) -> None:
    form = sent(ProofForm, **values)

    assert not form.errors
    assert form.answers() == answers


@pytest.mark.parametrize(
    ("values", "marked"),
    [
        pytest.param({}, "birth_year", id="nothing"),
        pytest.param({"birth_year": "90"}, "birth_year", id="half a year"),
        pytest.param({"birth_year": "2027"}, "birth_year", id="a year to come"),
        pytest.param({"code": "12345"}, "code", id="too few numbers"),
        pytest.param({"code": "١٢٣٤٥٦"}, "code", id="other digits than we send"),
    ],
)
def test_a_bad_proof_gets_a_message(values: dict[str, str], marked: str) -> None:
    assert sent(ProofForm, **values).errors[marked]


def test_a_call_needs_only_a_number() -> None:
    assert not sent(CallMeForm, contact_phone="664 123 4567", contact_phone__country="MX").errors


def test_a_question_that_the_firm_leaves_out_is_not_asked_for_a_call_either() -> None:
    firm = replace(context(), firm=FirmLists(off=frozenset({"safe_times"})))

    form = sent(CallMeForm, firm, contact_phone="664 123 4567", contact_phone__country="MX", safe_times="evening")

    assert [shown.field.name for shown in form.shown()] == ["contact_phone", "spoken_language", "given_names"]
    assert (form.errors, "safe_times" in form.answers()) == ({}, False)
