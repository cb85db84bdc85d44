"""What a client typed to run at the desk does not run there, even in a browser that no policy of ours holds back."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from scheduler.casework.documents import open_answers, seal_answers
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.states import IntakeState
from scheduler.models import Consultation, Intake
from tests.builders.firm import again, an_intake
from tests.builders.scripts import PAYLOADS, SUM
from tests.builders.staff import confirm_names
from tests.casework.appointments import at, booked
from tests.journeys.conftest import PATIENCE
from tests.journeys.desk import signs_in
from tests.journeys.inspector import Inspector
from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser

EVERYTHING = " ".join(PAYLOADS)
TYPED = (
    *("helper_name", "helper_org", "spoken_language_other", "contact_email", "safe_word"),
    *("given_names", "family_names", "preferred_name", "detention_place", "fear_note", "uscis_receipt"),
    *("attorney_name", "interpreter_avoid", "questions_for_attorney", "trusted_person_name"),
)
"""Every question in which something is written, beside lists of names; no letter comes into a number that is kept."""

OF_AN_INTAKE = ("", "/end", "/withdraw", "/names", "/screened", "/hold", "/files", "/book", "/letter", "/phone/contact")
FACTS = ("/facts/contact", "/facts/where", "/facts/dates")
OF_A_CALL = ("", "/move", "/cancel", "/report")
LISTS = ("/desk", "/desk/tasks", "/desk/consultations")
ROLES = ("receptionist", "paralegal", "attorney", "conflicts")


def writes_scripts(parts: Parts, intake_id: Any) -> None:
    """Every payload stands in every answer that is written."""
    with writing() as session:
        intake = session.get_one(Intake, intake_id)
        names = {"other_names_used": [EVERYTHING], "conflict_people": [{"name": EVERYTHING, "role": "person_against"}]}
        typed = {**dict.fromkeys(TYPED, EVERYTHING), **names, "conflict_people_any": "yes"}
        seal_answers(parts, intake, {**open_answers(parts, intake), **typed})


@pytest.fixture
def call(app: Flask, parts: Parts, firm: None) -> Consultation:
    """A call with somebody who typed them all, confirmed, so that its brief opens."""
    call = booked(app, at(30, 9))
    writes_scripts(parts, call.intake_id)
    confirm_names(app, call.intake_id)
    return call


@pytest.fixture
def by_phone(app: Flask, parts: Parts, firm: None) -> Intake:
    """Another one, who waits to be asked on the telephone."""
    intake = an_intake(app, state=IntakeState.CALL_REQUESTED)
    writes_scripts(parts, intake.id)
    return intake


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Page]:
    """A page without our policy: what is not text runs."""
    context = chromium.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def ran(page: Page) -> bool:
    return bool(page.evaluate("() => window.__x === 1"))


def pages_about(call: Consultation, by_phone: Intake) -> list[str]:
    """Where the desk shows what they said."""
    about = [f"/desk/intake/{one}{page}" for one in (call.intake_id, by_phone.id) for page in (*OF_AN_INTAKE, *FACTS)]
    return [*LISTS, *about, *(f"/desk/consultation/{call.id}{page}" for page in OF_A_CALL)]


@pytest.mark.parametrize("role", ROLES)
def test_nothing_that_was_typed_runs_on_any_page_of_the_desk(  # noqa: PLR0917 - a browser, a house, two clients
    app: Flask, service: str, inspector: Inspector, open_page: Page, call: Consultation, by_phone: Intake, role: str
) -> None:
    ref, pages = again(Intake, call.intake_id).ref, pages_about(call, by_phone)
    person = {"person": call.attorney} if role == "attorney" else {}
    she = signs_in(app, lambda **_size: Reader(open_page, service, inspector), role, **person)
    bad, shown = [], 0

    for path in [*pages, *([f"/b/{ref}"] if person else [])]:
        answer = open_page.goto(she.address + path)
        shown += "window.__x" in open_page.content()
        if answer is None or answer.status >= 500 or ran(open_page) or SUM in open_page.content():
            bad.append(path)

    assert bad == []
    assert shown > len(FACTS)


@pytest.mark.parametrize("around", ["<p>{}</p>", '<input value="{}">', "<title>{}</title>", "<textarea>{}</textarea>"])
def test_where_it_is_not_escaped_it_runs_and_is_noticed(open_page: Page, around: str) -> None:
    open_page.set_content(around.replace("{}", EVERYTHING))

    assert ran(open_page)


def test_there_are_sixty_of_them() -> None:
    assert len(set(PAYLOADS)) >= 60
