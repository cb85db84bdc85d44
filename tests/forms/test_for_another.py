"""Who answers for another is asked about that person (intake.md §1.5d), and nothing on the page says "you" of her."""

import re
from typing import Any

import pytest

from forms.context import PageContext
from forms.flow import BY_SLUG, PAGES
from scheduler.words import speaking
from tests.forms.asking import EARLIER, NOW, TODAY, post, typed

COPY: list[tuple[str, str, str, str]] = [
    (
        "safety",
        "immediate_danger",
        "Is that person, or someone with them, in danger today?",
        "¿Esa persona, o alguien con ella, está en peligro hoy?",
    ),
    (
        "language",
        "spoken_language",
        "What language does that person speak best?",
        "¿Qué idioma habla mejor esa persona?",
    ),
    (
        "language",
        "interpreter_needed",
        "Does that person need an interpreter?",
        "¿Esa persona necesita un intérprete?",
    ),
    (
        "contact",
        "contact_channel",
        "What is the safest way to reach that person, or you?",
        "¿Cuál es la forma más segura de contactar a esa persona o a usted?",
    ),
    ("contact", "phone_shared", "Who else uses or sees this phone?", "¿Quién más usa o ve este teléfono?"),
    ("about", "given_names", "Their first name(s)", "Sus nombres (de esa persona)"),
    ("about", "family_names", "Their last name(s)", "Sus apellidos (de esa persona)"),
    ("about", "birth_date", "Their date of birth", "Fecha de nacimiento de esa persona"),
    ("about", "age_years", "About how old are they?", "¿Más o menos cuántos años tiene?"),
    ("about", "minor_with_adult", "Who is the child with?", "¿Con quién está la niña o el niño?"),
    (
        "about",
        "nationality_country",
        "What country or countries is that person a citizen of?",
        "¿De qué país o países es ciudadana esa persona?",
    ),
    ("where", "current_country", "Where is that person now?", "¿Dónde está esa persona ahora?"),
    ("where", "mx_city", "Which city?", "¿En qué ciudad?"),
    ("where", "us_state", "Which state?", "¿En qué estado?"),
    ("where", "detained_now", "Is the person held (detained) now?", "¿La persona está detenida ahora?"),
    ("where", "detention_place", "Where are they held? (optional)", "¿Dónde está detenida? (opcional)"),
    (
        "arrival",
        "ever_in_us",
        "Has that person ever been inside the United States, even for a few hours?",
        "¿Esa persona ha estado alguna vez dentro de Estados Unidos, aunque sea unas horas?",
    ),
    (
        "arrival",
        "last_arrival_date",
        "When did that person last arrive in the United States?",
        "¿Cuándo llegó esa persona por última vez a Estados Unidos?",
    ),
    (
        "arrival",
        "waiting_in_mexico_program",
        "Did U.S. officers send that person back to Mexico to wait for court?",
        "¿Oficiales de EE. UU. regresaron a esa persona a México a esperar su corte?",
    ),
    (
        "dates",
        "court_papers",
        "Did that person get papers to go to immigration court?",
        "¿Le dieron a esa persona papeles para ir a la corte de inmigración?",
    ),
    ("dates", "next_hearing_date", "When is their next court date?", "¿Cuándo es su próxima fecha de corte?"),
    (
        "dates",
        "removal_order",
        "Has a judge or officer ordered that person deported (removed)?",
        "¿Un juez u oficial ordenó la deportación de esa persona?",
    ),
    (
        "dates",
        "fear_interview",
        "Has an asylum officer interviewed that person about their fear?",
        "¿Un oficial de asilo entrevistó a esa persona sobre su miedo?",
    ),
    (
        "dates",
        "other_deadline",
        "Does that person have any letter with a date to do something?",
        "¿Esa persona tiene alguna carta con una fecha para hacer algo?",
    ),
    ("dates", "a_number", "Their A-Number (optional)", "Número A de esa persona (opcional)"),
    (
        "names",
        "conflict_people_any",
        (
            "Is there a husband, wife, partner, boss, sponsor or other person who is part of this "
            "or is against that person?"
        ),
        (
            "¿Hay esposo, esposa, pareja, jefe, patrocinador u otra persona que sea parte de esto "
            "o esté en contra de esa persona?"
        ),
    ),
    (
        "names",
        "current_attorney",
        "Does that person have a lawyer or someone who helped with their papers?",
        "¿Esa persona tiene abogado o alguien que le ayudó con sus papeles?",
    ),
    (
        "notices",
        "ack_no_relationship",
        "I understand: sending this form does not make this office that person's lawyer.",
        "Entiendo: enviar este formulario no convierte a esta oficina en abogado de esa persona.",
    ),
]

RIGHTLY = frozenset(
    {
        "Choose a court or “I do not know”.",
        "Choose a place or “I do not know”.",
        "Choose a state or “I do not know”.",
        "Choose an answer so we can keep you safe.",
        "Choose at least the year, or tick “I do not know”.",
        "Choose at least the year, or tick “I do not remember”. It cannot be in the future.",
        "Choose at least the year, or “I do not know”.",
        "Choose how you know this person.",
        "Choose the date, or “I do not know”.",
        "Does that person know you are asking for help?",
        "How do you know this person?",
        (
            "I agree that this office may keep and use my answers to check for conflicts, "
            "plan my call and decide if it can help."
        ),
        "I am detained or about to be",
        "I am not sure",
        "I cannot reach them (for example, they are detained)",
        "I do not know",
        "I prefer not to say",
        "I understand: sending this form does not make this office that person's lawyer.",
        "I will say it by phone",
        "If you choose “Any time”, remove the others.",
        "If you do not answer a call, can we leave a voice message?",
        "If you only know the year, that is fine.",
        "It is on their hearing notice. You can also check free at 1-800-898-7180.",
        "Look at that person’s papers if you have them near. If not, answer what you know. You can add more later.",
        "May we write to you here about your appointment?",
        "Me",
        "Not my time",
        "Other people I trust",
        "Someone I help through my work (shelter, church, clinic, school)",
        "The letter A and 8 or 9 numbers, at the top of their papers. You can add it later.",
        "The most recent time. If you only know the month or year, that is fine.",
        "The person agreed that I give these answers, or I cannot reach them and I am acting for their good.",
        "Think about who may see the screen, your messages or your history.",
        "Through me, who helps",
        "Use an email that only that person, or you, can open.",
        "We are not an emergency service. If you say yes, we will show numbers to call now.",
        "We do not share them with the government, your family or other people unless you agree or the law forces us.",
        "What is the safest way to reach that person, or you?",
        "What you should know before you send",
        "Write your name (2 to 80 letters).",
        "Yes, I can use it safely",
        "Yes, but do not say who you are or why",
        "Yes, you can say the office name",
        "Yes, you can write here",
        "You can fill this in for another person if they agree.",
        (
            "You can leave at any time. Press “Leave now” or press the Shift key 3 times. "
            "We will not save what you typed on this device."
        ),
        "Your full name (the person helping)",
    }
)
"""What a helper is told as herself: her own words and deeds, what she sees, what she may do."""

ABOUT_HER = re.compile(r"\b(?:I|my|me|you|your)\b(?!-)", re.IGNORECASE)


def page(slug: str, locale: str, role: str) -> Any:
    return BY_SLUG[slug](None, PageContext(TODAY, locale, EARLIER | {"filler_role": role}, now=NOW))


@pytest.mark.parametrize("role", ["family", "advocate", "friend"])
@pytest.mark.parametrize(("slug", "name", "english", "spanish"), COPY, ids=[name for _slug, name, *_copy in COPY])
def test_a_helper_is_asked_about_that_person(slug: str, name: str, english: str, spanish: str, role: str) -> None:
    said = {}
    for locale in ("en", "es"):
        with speaking(locale):
            said[locale] = page(slug, locale, role)[name].text

    assert said == {"en": english, "es": spanish}


@pytest.mark.parametrize(("slug", "name", "english", "spanish"), COPY, ids=[name for _slug, name, *_copy in COPY])
def test_who_answers_for_herself_is_asked_about_herself(slug: str, name: str, english: str, spanish: str) -> None:
    with speaking("en"):
        asked = page(slug, "en", "self")[name].text

    assert (asked == english) is (name in {"phone_shared", "us_state"})


def said_to_a_helper() -> set[str]:
    """Every text of every page, in English."""
    texts: set[str] = set()
    with speaking("en"):
        for kind in PAGES:
            drawn = page(kind.slug, "en", "family")
            texts |= {str(drawn.heading), str(drawn.opening)}
            for question in drawn.questions():
                labels = (choice.label for choice in question.choices)
                texts |= {str(text) for text in (question.text, question.hint, question.error, *labels)}
    return texts


def test_nothing_else_is_said_to_a_helper_as_if_she_were_the_person() -> None:
    assert {text for text in said_to_a_helper() if ABOUT_HER.search(text)} == RIGHTLY


def test_a_message_speaks_of_that_person_too() -> None:
    with speaking("en"):
        wrong = post("about", typed(), PageContext(TODAY, "en", {"filler_role": "friend"}))

        assert wrong.errors["given_names"] == ["Write that person’s first name."]


def test_the_hour_is_asked_of_the_place_where_that_person_is() -> None:
    with speaking("es"):
        where: Any = BY_SLUG["where"](
            None, PageContext(TODAY, "es", {"filler_role": "friend", "current_country": "prefer_not"}, now=NOW)
        )

        assert where["local_time_ok"].text == "¿Son las 11:12 de la mañana donde está esa persona?"
