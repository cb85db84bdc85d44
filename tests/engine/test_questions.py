"""Every branch rule of Part A: which answer shows which question."""

from typing import Any

import pytest

from scheduler.engine.branches import PAGES, asked, fields_of, required
from scheduler.engine.questions import COMPANIONS, QUESTIONS, UNASKED
from tests.engine.answering import TODAY, partial

PAST, COMING = "2026-11-23", "2026-11-24"
MX, US = {"current_country": "MX"}, {"current_country": "US"}
PROGRAM = MX | {"waiting_in_mexico_program": "yes_papers"}

SHOWN: list[tuple[str, dict[str, Any], bool, str]] = [
    ("device_safe", {}, True, "always"),
    ("immediate_danger", {}, True, "always"),
    ("filler_role", {}, True, "always"),
    ("client_agrees", {"filler_role": "self"}, False, "she speaks for herself"),
    ("client_agrees", {"filler_role": "friend"}, True, "somebody else fills it in"),
    ("helper_name", {"filler_role": "advocate"}, True, "we must know with whom we speak"),
    ("helper_name", {"filler_role": "advocate", "client_agrees": "no"}, False, "nothing is stored then"),
    ("helper_name", {"filler_role": "self"}, False, "there is no helper"),
    ("helper_relationship", {"filler_role": "family"}, True, "family"),
    ("helper_relationship", {"filler_role": "friend"}, True, "a friend"),
    ("helper_relationship", {"filler_role": "advocate"}, False, "it is her work"),
    ("helper_relationship", {"filler_role": "family", "client_agrees": "no"}, False, "nothing is stored then"),
    ("helper_org", {"filler_role": "advocate"}, True, "for whom she works"),
    ("helper_org", {"filler_role": "family"}, False, "it is no work"),
    ("helper_org", {"filler_role": "advocate", "client_agrees": "no"}, False, "nothing is stored then"),
    ("spoken_language_other", {"spoken_language": "other"}, True, "which one?"),
    ("spoken_language_other", {"spoken_language": "mam"}, False, "it is named"),
    ("interpreter_needed", {"spoken_language": "mam"}, True, "the firm does not speak Mam"),
    ("interpreter_needed", {"spoken_language": "es"}, False, "the firm speaks Spanish"),
    ("interpreter_needed", {}, False, "no language yet"),
    ("helper_medium", {"contact_channel": "helper"}, True, "write or call?"),
    ("helper_medium", {"contact_channel": "sms"}, False, "she is reached herself"),
    ("contact_phone", {"contact_channel": "email", "device_safe": "yes"}, True, "always, though it may be left empty"),
    ("contact_email", {"contact_channel": "email"}, True, "the address"),
    ("contact_email", {"contact_channel": "call"}, False, "no mail is wanted"),
    ("phone_shared", {"contact_phone": "+526641234567"}, True, "who sees it?"),
    ("phone_shared", {}, False, "no phone"),
    ("may_write", {"contact_channel": "sms"}, True, "texts"),
    ("may_write", {"contact_channel": "whatsapp"}, True, "WhatsApp"),
    ("may_write", {"contact_channel": "email"}, True, "mail"),
    ("may_write", {"contact_channel": "call"}, False, "calls only"),
    ("may_write", {"contact_channel": "helper", "helper_medium": "sms"}, True, "texts to the helper"),
    ("may_write", {"contact_channel": "helper", "helper_medium": "call"}, False, "the helper is called"),
    ("can_leave_message", {"contact_phone": "+526641234567", "phone_shared": "only_me"}, True, "a voice mailbox"),
    ("can_leave_message", {"contact_phone": "+526641234567", "phone_shared": "shared_unsafe"}, False, "never there"),
    ("can_leave_message", {"phone_shared": "only_me"}, False, "no phone"),
    ("safe_word", {"contact_channel": "whatsapp"}, True, "we call there"),
    ("safe_word", {"contact_channel": "sms"}, True, "we may call there"),
    ("safe_word", {"contact_channel": "call"}, True, "we call"),
    ("safe_word", {"contact_channel": "email"}, False, "nobody calls"),
    ("safe_word", {"contact_channel": "helper"}, False, "her helper answers"),
    ("family_names", {"one_name_only": True}, False, "she has one name"),
    ("family_names", {"one_name_only": False}, True, "she has more"),
    ("age_years", {"birth_date": partial(None)}, True, "she does not know the day"),
    ("age_years", {"birth_date": partial(1990)}, False, "the year is enough"),
    ("minor_with_adult", {"birth_date": partial(2008)}, True, "she may be 17"),
    ("minor_with_adult", {"birth_date": partial(2007)}, False, "she is 18 for sure"),
    ("minor_with_adult", {"birth_date": partial(None), "age_years": 17}, True, "about 17"),
    ("us_state", US, True, "which state?"),
    ("us_state", MX, False, "not there"),
    ("other_country", {"current_country": "OTHER"}, True, "which country?"),
    ("other_country", US, False, "named"),
    ("mx_city", MX, True, "which city?"),
    ("mx_city", US, False, "not there"),
    ("mx_state", MX | {"mx_city": "other_mx"}, True, "which state?"),
    ("mx_state", MX | {"mx_city": "tijuana"}, False, "the city says it"),
    ("local_time_ok", US | {"us_state": "CA"}, False, "one zone"),
    ("local_time_ok", US | {"us_state": "TX"}, True, "two zones"),
    ("local_time_ok", US | {"us_state": "AZ"}, True, "the Navajo Nation keeps summer time"),
    ("local_time_ok", US | {"us_state": "unknown"}, True, "no zone"),
    ("local_time_ok", US, False, "the state comes first"),
    ("local_time_ok", {"current_country": "OTHER"}, False, "the country comes first"),
    ("local_time_ok", {"current_country": "OTHER", "other_country": "GT"}, True, "always abroad"),
    ("local_time_ok", {"current_country": "prefer_not"}, True, "she would not say"),
    ("local_time_ok", MX | {"mx_city": "tijuana"}, False, "one zone"),
    ("local_time_ok", MX | {"mx_city": "prefer_not"}, True, "she would not say"),
    ("local_time_ok", MX | {"mx_city": "other_mx", "mx_state": "MX-OAX"}, False, "one zone"),
    ("local_time_ok", MX | {"mx_city": "other_mx", "mx_state": "CHH"}, True, "the border has its own hour"),
    ("local_time_ok", MX | {"mx_city": "tijuana", "not_my_time": True}, True, "she said: not my time"),
    ("local_time_ok", {"not_my_time": True}, False, "no place yet"),
    ("time_zone_choice", {"current_country": "prefer_not", "local_time_ok": "no"}, True, "which hour, then?"),
    ("time_zone_choice", {"current_country": "prefer_not", "local_time_ok": "yes"}, False, "the hour is right"),
    ("detained_now", {"filler_role": "family"}, True, "a relative asks for her"),
    ("detained_now", {"filler_role": "self"}, False, "she is writing herself"),
    ("detained_now", {"filler_role": "self", "i_am_detained": True}, True, "she followed the link"),
    *(
        (name, {"filler_role": "family", "detained_now": code}, shown, why)
        for name in ("detention_place", "detention_since")
        for code, shown, why in (
            ("yes_immigration", True, "held by immigration"),
            ("yes_jail", True, "held in a jail"),
            ("yes_mexico", True, "held in Mexico"),
            ("not_sure", False, "nobody knows"),
            ("no", False, "free"),
        )
    ),
    ("last_arrival_date", {"ever_in_us": "in_us"}, True, "the year counts from it"),
    ("last_arrival_date", {"ever_in_us": "sent_back"}, True, "the year may run"),
    ("last_arrival_date", {"ever_in_us": "left"}, True, "the year may run"),
    ("last_arrival_date", {"ever_in_us": "never"}, False, "no year"),
    ("last_arrival_date", {"ever_in_us": "prefer_not"}, False, "she tells the attorney"),
    ("waiting_in_mexico_program", MX, True, "she is in Mexico"),
    ("waiting_in_mexico_program", US | {"ever_in_us": "sent_back"}, True, "she was sent back"),
    ("waiting_in_mexico_program", US | {"ever_in_us": "in_us"}, False, "neither"),
    ("waiting_in_mexico_program", MX | {"ever_in_us": "never"}, True, "skipped is the rest of the page"),
    ("next_hearing_date", {"court_papers": "yes"}, True, "she has papers"),
    ("next_hearing_date", {"court_papers": "not_sure"}, True, "she may have"),
    ("next_hearing_date", {"court_papers": "no"}, False, "no court"),
    ("next_hearing_time", {"court_papers": "yes", "next_hearing_date": COMING}, True, "at what hour?"),
    ("next_hearing_time", {"court_papers": "yes", "next_hearing_date": "unknown"}, False, "no day"),
    ("next_hearing_time", {"court_papers": "no", "next_hearing_date": COMING}, False, "no court"),
    ("hearing_court", {"court_papers": "yes"}, True, "whose clock?"),
    ("hearing_court", {"court_papers": "not_sure"}, False, "there may be none"),
    ("poe_report_date", PROGRAM, True, "the sheet says when to be at the bridge"),
    ("poe_report_date", PROGRAM | {"court_papers": "no"}, False, "no court, no sheet"),
    ("poe_report_date", MX | {"waiting_in_mexico_program": "not_sure"}, False, "perhaps not sent back"),
    ("poe_report_time", PROGRAM | {"poe_report_date": COMING}, True, "at what hour?"),
    ("poe_report_time", PROGRAM | {"poe_report_date": "unknown"}, False, "no day"),
    ("poe_report_time", PROGRAM | {"poe_report_date": "none"}, False, "no day yet"),
    ("poe_place", PROGRAM, True, "whose clock?"),
    ("poe_place", MX | {"waiting_in_mexico_program": "no"}, False, "she waits on her own"),
    ("missed_hearing", {"court_papers": "yes", "next_hearing_date": PAST}, True, "it was yesterday"),
    ("missed_hearing", {"court_papers": "yes", "next_hearing_date": COMING}, False, "it is today"),
    ("missed_hearing", {"court_papers": "yes", "next_hearing_date": "unknown"}, False, "no day"),
    ("missed_hearing", {"court_papers": "no", "next_hearing_date": PAST}, False, "the date itself is hidden"),
    ("removal_order_date", {"removal_order": "yes"}, True, "windows are counted in days"),
    ("removal_order_date", {"removal_order": "not_sure"}, False, "no order known"),
    ("fear_interview_date", {"fear_interview": "scheduled"}, True, "it is coming"),
    ("fear_interview_date", {"fear_interview": "negative"}, True, "review follows in days"),
    ("fear_interview_date", {"fear_interview": "waiting"}, False, "no day to count from"),
    ("other_deadline", {"ever_in_us": "never"}, True, "always"),
    ("other_deadline_date", {"other_deadline": "yes"}, True, "when?"),
    ("other_deadline_date", {"other_deadline": "not_sure"}, False, "no letter known"),
    ("other_deadline_kind", {"other_deadline": "yes"}, True, "what for?"),
    ("other_deadline_kind", {"other_deadline": "no"}, False, "no letter"),
    ("conflict_people", {"conflict_people_any": "yes"}, True, "their names"),
    ("conflict_people", {"conflict_people_any": "prefer_call"}, False, "by phone"),
    ("helper_attests", {"filler_role": "friend"}, True, "a helper vouches"),
    ("helper_attests", {"filler_role": "self"}, False, "she speaks for herself"),
    *(
        (name, given, shown, why)
        for name in ("court_papers", "removal_order", "fear_interview", "a_number")
        for given, shown, why in (
            ({"ever_in_us": "sent_back"}, True, "she was there"),
            ({"ever_in_us": "prefer_not"}, True, "she may have been there"),
            (MX | {"ever_in_us": "never"}, False, "she never was"),
            (MX | {"ever_in_us": "never", "waiting_in_mexico_program": "yes_papers"}, True, "officers gave her papers"),
            (US | {"ever_in_us": "never", "waiting_in_mexico_program": "yes_papers"}, False, "that answer is hidden"),
        )
    ),
]


@pytest.mark.parametrize(
    ("name", "given", "shown"),
    [pytest.param(name, given, shown, id=f"{name}: {why}") for name, given, shown, why in SHOWN],
)
def test_a_question_is_asked_exactly_when_it_matters(name: str, given: dict[str, Any], shown: bool) -> None:
    page = next(question.page for question in QUESTIONS if question.name == name)

    assert (name in asked(page, given, TODAY)) is shown


def test_every_question_with_a_condition_has_both_its_cases_in_the_table() -> None:
    conditional = {question.name for question in QUESTIONS if question.shown.__name__ != "always"}
    seen = {(name, shown) for name, _given, shown, _why in SHOWN}

    assert {(name, shown) for name in conditional for shown in (True, False)} <= seen


@pytest.mark.parametrize(
    ("given", "needed"),
    [
        pytest.param({"contact_channel": "email", "device_safe": "yes"}, False, id="mail is enough"),
        pytest.param({"contact_channel": "email", "device_safe": "no"}, True, id="her mail may be seen"),
        pytest.param({"contact_channel": "email", "device_safe": "not_sure"}, True, id="her mail may be seen, perhaps"),
        pytest.param({"contact_channel": "sms", "device_safe": "yes"}, True, id="a text needs it"),
    ],
)
def test_a_phone_may_be_left_out_only_for_safe_mail(given: dict[str, Any], needed: bool) -> None:
    assert ("contact_phone" in required("contact", given, TODAY)) is needed


def test_the_tick_for_one_name_is_asked_and_never_required() -> None:
    assert "one_name_only" in set(asked("about", {}, TODAY)) - set(required("about", {}, TODAY))


def test_a_firm_that_speaks_mam_offers_no_interpreter_for_it() -> None:
    assert asked("language", {"spoken_language": "mam"}, TODAY, staff_languages={"mam"}) == ("spoken_language",)


def test_every_question_stands_on_a_page_and_once() -> None:
    names = [name for page in PAGES for name in fields_of(page)]

    assert sorted(names) == sorted({question.name for question in QUESTIONS})


def test_companions_are_no_questions_and_what_is_stored_unasked_is_one() -> None:
    names = {question.name for question in QUESTIONS}

    assert (names.isdisjoint(COMPANIONS), names.issuperset(UNASKED)) == (True, True)
