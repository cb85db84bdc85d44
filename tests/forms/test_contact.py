from typing import Any

import pytest

from tests.forms.asking import EARLIER, context, post, typed

HERS: dict[str, Any] = {
    "contact_channel": "whatsapp",
    "contact_phone": "664 123 4567",
    "contact_phone__country": "MX",
    "phone_shared": "only_me",
    "may_write": "yes",
    "can_leave_message": "no",
}


@pytest.mark.parametrize(
    ("hours", "kept"),
    [
        pytest.param([], None, id="none: the usual ones"),
        pytest.param(["any"], ["any"], id="any time"),
        pytest.param(["weekend", "morning"], ["morning", "weekend"], id="some, in order"),
    ],
)
def test_safe_hours_need_not_be_said(hours: list[str], kept: list[str] | None) -> None:
    page = post("contact", typed(**HERS, safe_times=hours))

    assert (page.errors, page.answers().get("safe_times")) == ({}, kept)


def test_any_time_and_others_do_not_fit() -> None:
    page = post("contact", typed(**HERS, safe_times=["any", "evening"]))

    assert list(page.errors) == ["safe_times"]


@pytest.mark.parametrize(
    ("word", "answers"),
    [
        pytest.param("si", {}, id="too short"),
        pytest.param("m" * 21, {}, id="too long"),
        pytest.param("Ana", {"given_names": "Ana"}, id="her name"),
        pytest.param("6641234567", {}, id="the number on this page"),
        pytest.param("1990", {"birth_date": {"y": 1990, "m": None, "d": None, "unknown": False}}, id="her year"),
    ],
)
def test_a_bad_secret_word_gets_a_message(word: str, answers: dict[str, Any]) -> None:
    page = post("contact", typed(**HERS, safe_word=word), context(**(EARLIER | answers)))

    assert list(page.errors) == ["safe_word"]


@pytest.mark.parametrize("word", ["mariposa", "Ñandú 7", "星空下"])
def test_a_secret_word_is_kept_as_she_writes_it(word: str) -> None:
    page = post("contact", typed(**HERS, safe_word=word))

    assert page.answers()["safe_word"] == word


def test_who_is_written_to_by_mail_needs_no_secret_word() -> None:
    mail = {"contact_channel": "email", "contact_email": "a@b.mx", "may_write": "yes"}

    assert "safe_word" not in post("contact", typed(**mail, safe_word="mariposa")).answers()


@pytest.mark.parametrize(
    ("number", "known", "kept"),
    [
        pytest.param("+521 664 123 4567", None, "5216641234567", id="typed as WhatsApp shows it"),
        pytest.param("664 123 4567", None, None, id="typed as it is dialled"),
        pytest.param("664 123 4567", "5216641234567", "5216641234567", id="her number shown again"),
        pytest.param("664 765 4321", "5216641234567", None, id="another number"),
    ],
)
def test_the_whatsapp_id_is_kept_as_received(number: str, known: str | None, kept: str | None) -> None:
    page = post("contact", typed(**HERS | {"contact_phone": number}), context(**(EARLIER | {"wa_id": known})))

    assert (page.answers()["contact_phone"][:6], page.answers()["wa_id"]) == ("+52664", kept)


@pytest.mark.parametrize(
    ("values", "is_open"),
    [
        pytest.param({}, False, id="nothing in it"),
        pytest.param({"safe_word": "mariposa"}, True, id="something in it"),
        pytest.param({"safe_word": "x"}, True, id="something to be mended"),
    ],
)
def test_an_optional_question_is_folded_until_it_holds_something(values: dict[str, str], is_open: bool) -> None:
    page: Any = post("contact", typed(**HERS, **values))

    assert (page.safe_word.folded, page.safe_word.is_open) == (True, is_open)
