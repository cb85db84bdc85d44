"""What is said on the telephone stands beside the tasks: in her language, as she allowed it, and never the matter."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from scheduler.casework.silencing import Silence, silence
from scheduler.engine.marks import Unreachable
from scheduler.engine.states import IntakeState
from scheduler.engine.wording import banned_words, never_said
from scheduler.models import Intake
from scheduler.web import phone_words
from scheduler.words import languages, speaking
from tests.builders.browser import Browser
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.staff import a_login, at_the_desk, who_is
from tests.conftest import Hands

CALL = {
    "en": "Hello, may I speak with Rosa Elena? [wait] Is this a good and safe time? Are you alone?"
    " I have a word for you: girasol.",
    "es": "Hola, ¿puedo hablar con Rosa Elena? [espere] ¿Es un buen momento y es seguro hablar? ¿Está a solas?"
    " Tengo una palabra para usted: girasol.",
}
ANOTHER = {"en": "I will try later, thank you.", "es": "Llamo más tarde, gracias."}
VOICEMAIL = {
    "en": "Hello, this is a message about an appointment. Please call +12135550100.",
    "es": "Hola, es un mensaje sobre una cita. Por favor llame al +12135550100.",
}
QUESTION = {
    "en": "That is for the attorney; I will write down your question.",
    "es": "Eso es para el abogado; voy a anotar su pregunta.",
}
EVERYTHING = (CALL, ANOTHER, VOICEMAIL, QUESTION)


def page_of(app: Flask, role: str = "receptionist", language: str = "en", **answers: Any) -> Browser:
    a_firm(app)
    intake = an_intake(app, state=IntakeState.SUBMITTED, **{"safe_word": "girasol", **answers})
    browser = at_the_desk(app, role)
    browser.get(f"/desk/intake/{intake.id}?lang={language}")
    return browser


@pytest.mark.parametrize("hers", ["es", "en"])
@pytest.mark.parametrize("ours", ["es", "en"])
def test_it_is_in_her_language_and_in_the_readers_where_that_is_another(app: Flask, hers: str, ours: str) -> None:
    browser = page_of(app, language=ours, ui_locale=hers)

    shown = {language for language in languages() if all(said[language] in browser.text for said in EVERYTHING)}
    assert shown == {hers, ours}
    assert f'<span lang="{hers}">“{ANOTHER[hers]}”</span>' in browser.seen.text


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        pytest.param({"safe_word": None}, "Está a solas?”", id="without a secret word none is offered"),
        pytest.param({"given_names": None, "family_names": None}, "“Hola. ¿Es un buen momento", id="without a name"),
    ],
)
def test_what_we_do_not_know_is_left_out(app: Flask, answers: dict[str, Any], said: str) -> None:
    browser = page_of(app, **answers)

    assert said in browser.text
    assert ("{" in browser.text, "speak with None" in browser.text, "you: None" in browser.text) == (False,) * 3


@pytest.mark.parametrize(
    ("answers", "leaves", "names_us"),
    [
        pytest.param({"can_leave_message": "neutral"}, True, False, id="a neutral one"),
        pytest.param({"can_leave_message": "with_name"}, True, True, id="one that names us"),
        pytest.param({"can_leave_message": "no"}, False, False, id="none"),
        pytest.param({"can_leave_message": "with_name", "device_safe": "no"}, False, False, id="others see her device"),
    ],
)
def test_a_message_is_left_as_she_allowed_it(app: Flask, answers: dict[str, Any], leaves: bool, names_us: bool) -> None:
    browser = page_of(app, **answers)

    assert (VOICEMAIL["es"] in browser.text, "Leave no message." in browser.text) == (leaves, not leaves)
    assert ("you may also say that" in browser.text) is names_us


def test_at_an_hour_that_is_not_safe_no_message_is_left(app: Flask, hands: Hands) -> None:
    hands.set(hands.now + timedelta(hours=10))

    browser = page_of(app)

    assert (VOICEMAIL["es"] in browser.text, "Leave no message." in browser.text) == (False, True)


def test_a_number_that_is_not_hers_any_more_is_not_called(app: Flask) -> None:
    a_firm(app)
    intake = an_intake(app, safe_word="girasol")
    silence(app.extensions["cita"], who_is(a_login(app)), Silence(intake.id, Unreachable.PHONE_TAKEN))
    browser = at_the_desk(app)

    browser.get(f"/desk/intake/{intake.id}")

    assert "phone_taken" in again(Intake, intake.id).flags
    assert [said["es"] in browser.text for said in EVERYTHING] == [False, False, False, True]


@pytest.mark.parametrize("role", ["receptionist", "paralegal", "attorney", "conflicts"])
def test_whoever_calls_reads_it(app: Flask, role: str) -> None:
    browser = page_of(app, role)

    assert CALL["es"] in browser.text


def test_who_asks_by_phone_has_the_answers_to_questions_and_no_script_for_the_ring(app: Flask) -> None:
    a_firm(app)
    intake = an_intake(app, state=IntakeState.CALL_REQUESTED)
    browser = at_the_desk(app)

    browser.get(f"/desk/intake/{intake.id}/phone/contact")

    assert [said["es"] in browser.text for said in EVERYTHING] == [False, False, False, True]


RINGS = (
    *(phone_words.GREETING, phone_words.ASKED_FOR, phone_words.IS_SAFE, phone_words.WORD),
    *(phone_words.ANOTHER, phone_words.VOICEMAIL),
)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("sentence", RINGS, ids=str)
def test_nothing_that_others_may_hear_names_the_matter(sentence: object, language: str) -> None:
    with speaking(language):
        assert banned_words(str(sentence)) == []


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("sentence", phone_words.SNIPPETS, ids=str)
def test_an_approved_answer_promises_and_judges_nothing(sentence: object, language: str) -> None:
    with speaking(language):
        assert never_said(str(sentence)) == []
