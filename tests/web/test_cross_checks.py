"""Each check of answers that do not fit together (intake.md §1.5b): what it does, and its words in both languages."""

from typing import Any

import pytest
from flask import Flask

from tests.builders.client import HERSELF, Client

pytestmark = pytest.mark.usefixtures("one_attorney")

CHECK = ("Please check this. You can go on if it is right.", "Por favor revise esto. Puede seguir si está bien.")
BORN = (
    "This date is before the date of birth. Please check it.",
    "Esta fecha es anterior a la fecha de nacimiento. Por favor, revísela.",
)
CROSSING = (
    "This date must be the same day as court or before.",
    "Esta fecha debe ser el mismo día de la corte o antes.",
)
PAPERS = (
    "You wrote a court date, and that there are no court papers. Please look at this page again.",
    "Usted escribió una fecha de corte, y que no hay papeles de corte. Por favor, revise esta página otra vez.",
)
PROGRAM = (
    "You said that officers gave you papers and a court date. Please look at this page again.",
    "Usted dijo que oficiales le dieron papeles y fecha de corte. Por favor, revise esta página otra vez.",
)
WORD = ("Use 3 to 20 letters. Do not use your name.", "Use de 3 a 20 letras. No use su nombre.")
TOLD = (
    "Please choose another secret word: this one is in your other answers.",
    "Elija otra palabra secreta, por favor: esta aparece en sus otras respuestas.",
)
REACH = ("Choose how we can reach you.", "Elija cómo podemos comunicarnos.")

SENT_BACK = {"ever_in_us": "sent_back", "last_arrival_date": "2024-03", "waiting_in_mexico_program": "no"}
PROGRAMMED = {**SENT_BACK, "waiting_in_mexico_program": "yes_papers"}
DATES = {"court_papers": "yes", "next_hearing_date": "2027-02-01", "removal_order": "no", "fear_interview": "none"}
IN_US = {"current_country": "US", "mx_city": None, "us_state": "CA", "waiting_in_mexico_program": None}
CONTACT = ("contact_channel", "contact_phone", "phone_shared", "may_write", "can_leave_message")

ABOUT = ("given_names", "family_names", "birth_date", "nationality_country")

BLOCKS, WARNS = "blocks", "warns"


def contact(**changes: str) -> dict[str, Any]:
    return {**{name: HERSELF[name] for name in CONTACT}, **changes}


CHECKS: list[Any] = [
    pytest.param(BLOCKS, "arrival", {}, {**SENT_BACK, "last_arrival_date": "1989"}, BORN, id="arrived before birth"),
    pytest.param(
        WARNS,
        "dates",
        {**SENT_BACK, "birth_date": "1940-01-02"},
        {**DATES, "removal_order": "yes", "removal_order_date": "1975"},
        CHECK,
        id="ordered out more than 40 years before she last arrived",
    ),
    pytest.param(
        WARNS, "dates", SENT_BACK, {**DATES, "court_papers": "no"}, PAPERS, id="a court date without court papers"
    ),
    pytest.param(
        WARNS,
        "dates",
        PROGRAMMED,
        {**DATES, "court_papers": "no", "next_hearing_date": None},
        PROGRAM,
        id="papers in the program, and none of the court",
    ),
    pytest.param(
        BLOCKS,
        "dates",
        PROGRAMMED,
        {**DATES, "poe_report_date": "2027-02-02"},
        CROSSING,
        id="at the crossing after the court",
    ),
    pytest.param(WARNS, "arrival", IN_US, SENT_BACK, CHECK, id="sent back, and in the United States"),
    pytest.param(
        WARNS, "arrival", {"nationality_country": ["MX"]}, PROGRAMMED, CHECK, id="in the program, and only Mexican"
    ),
    pytest.param(
        BLOCKS, "contact", {}, contact(contact_channel="helper"), REACH, id="a helper's channel, and no helper"
    ),
    pytest.param(BLOCKS, "contact", {}, contact(safe_word="no"), WORD, id="a secret word that is too short"),
]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("does", "page", "before", "odd", "says"), CHECKS)
def test_what_does_not_fit_together_is_said_in_her_language(  # noqa: PLR0917 - a table
    app: Flask, does: str, page: str, before: dict[str, Any], odd: dict[str, Any], says: tuple[str, str], language: str
) -> None:
    client = Client(app).through_all_pages(language, until=page, **before)
    typed = {"other_deadline": "no", **{name: value for name, value in odd.items() if value is not None}}
    client.answers(page, **typed)
    client.get(client.where)
    once = (client.where, says[language == "es"] in client.text)

    client.answers(page, **typed)

    assert once == (f"/apply/{page}", True), client.text[:3000]
    assert (client.where == f"/apply/{page}") is (does == BLOCKS)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_secret_word_that_is_another_answer_is_never_one(app: Flask, language: str) -> None:
    """The answer came later: she is led back to the word, and not past it."""
    client = Client(app).through_all_pages(language, until="about", safe_word="paz")
    client.answers("about", **{name: HERSELF[name] for name in ABOUT})
    client.follow(client.get(client.where))
    says_so = TOLD[language == "es"] in client.text

    client.answers("contact", **contact(safe_word="paz"))

    assert says_so
    assert client.where == "/apply/contact"


def test_a_child_who_answers_for_herself_goes_on_and_is_flagged(app: Flask) -> None:
    client = Client(app).through_all_pages(birth_date="2012-05-03", minor_with_adult="alone")

    assert client.row.submitted_at is not None
    assert "child_protocol" in client.row.flags


def test_a_court_date_without_papers_is_asked_once_more_and_then_she_may_give_it(app: Flask) -> None:
    client = Client(app).through_all_pages(until="dates", **SENT_BACK)
    client.answers("dates", **{**DATES, "court_papers": "no", "other_deadline": "no"})

    client.answers("dates", **DATES, other_deadline="no")

    assert (client.where, client.said["next_hearing_date"]) == ("/apply/names", "2027-02-01")
    assert "hearing_typed" not in client.said
