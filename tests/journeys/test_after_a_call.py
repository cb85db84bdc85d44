"""After a call: what the attorney says in few choices, and the letter that she then reads on her phone."""

from collections.abc import Callable

import pytest
from flask import Flask

from scheduler.casework import links
from scheduler.casework.parts import Parts
from scheduler.engine.calls import Letter
from scheduler.engine.states import ConsultationState
from scheduler.models import Consultation, db
from tests.builders.firm import a_firm, again
from tests.builders.reports import MINUTE, a_call, open_tasks, says, somebody
from tests.conftest import Hands
from tests.journeys.desk import signs_in
from tests.journeys.inspector import barriers
from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser


@pytest.fixture
def call(app: Flask, hands: Hands) -> Consultation:
    """One that was to begin 50 minutes ago, of somebody who has a date."""
    a_firm(app).with_attorney("Ana")
    made = a_call(app, next_hearing_date="2027-01-20")
    hands.set(made.starts_at + 50 * MINUTE)
    return made


@pytest.fixture
def firm(call: Consultation) -> None:
    """The firm of that call."""


def test_few_choices_say_what_follows_and_the_call_shows_it(
    app: Flask, call: Consultation, window: Callable[..., Reader]
) -> None:
    she = signs_in(app, window, "attorney")
    she.opens(f"/desk/consultation/{call.id}/report")
    she.picks("What came of it", "Offer to take her case")
    she.picks("Were her dates checked with her?", "Yes")
    she.picks("What is done next", "Send her the agreement")
    she.page.locator("[name=back_on]").fill("2026-12-07")
    she.picks("Which letter she is given", "“After a call, no agreement yet”")

    she.presses("Save We talked")

    she.reads("Saved.")
    she.reads("Send her the agreement")
    assert again(Consultation, call.id).state == "completed"
    assert {"come_back", "dates_near"} <= open_tasks(call.intake_id).keys()


@pytest.mark.parametrize("role", ["attorney", "paralegal"])
def test_nothing_on_the_pages_after_a_call_stands_in_anybody_s_way(
    app: Flask, parts: Parts, call: Consultation, window: Callable[..., Reader], role: str
) -> None:
    says(parts, somebody(app, "attorney"), call, ConsultationState.COMPLETED, letter=Letter.AFTER_CALL)
    she, one, found = signs_in(app, window, role), f"/desk/consultation/{call.id}", []

    for path in (one, f"{one}/report", f"/desk/intake/{call.intake_id}/letter", "/desk/tasks"):
        for language in ("en", "es"):
            she.opens(f"{path}?lang={language}")
            found += barriers(she.page)

    assert found == []


def test_she_reads_the_letter_on_her_phone(
    app: Flask, parts: Parts, call: Consultation, window: Callable[..., Reader]
) -> None:
    says(parts, somebody(app, "attorney"), call, ConsultationState.COMPLETED, letter=Letter.AFTER_CALL)
    token = links.again(parts, call.intake_id, links.AGAIN)
    db.session.rollback()
    she = window()

    she.opens(f"/c/{token}/new-time")
    she.page.locator("[name=birth_year]").fill("1990")
    she.presses("Continuar")

    she.reads("Hablamos el viernes, 27 de noviembre.")
    she.reads("corte: miércoles, 20 de enero de 2027")
    she.looks_around()
    assert she.barriers == []
