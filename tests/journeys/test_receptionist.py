"""A receptionist signs in with password and code, sees who waits, opens an intake and cancels a consultation."""

from collections.abc import Callable

import pyotp
import pytest
from flask import Flask

from scheduler.casework.booking import BookSlot, book
from scheduler.casework.openings import offered
from scheduler.casework.parts import Parts
from scheduler.casework.staff import NewStaff, add_staff
from scheduler.models import Intake
from tests.builders.firm import an_intake
from tests.channels.servers import Sink
from tests.journeys.inspector import barriers
from tests.journeys.letters import invitations
from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser

EMAIL, PASSWORD = "rita@firm.example", "a long walk by the river"


@pytest.fixture
def code(parts: Parts, firm: None) -> str:
    """What Rita's authenticator app shows."""
    secret = add_staff(parts, NewStaff(EMAIL, "Rita", ("receptionist",), PASSWORD))
    assert secret is not None
    return pyotp.TOTP(secret).at(parts.clock.now())


@pytest.fixture
def waiting(app: Flask, firm: None) -> Intake:
    """Somebody who asked and has no time yet, and others with dates that press."""
    an_intake(
        app,
        given_names="Lucía",
        immediate_danger="yes",
        current_country="US",
        us_state="CA",
        mx_city=None,
        ever_in_us="in_us",
    )
    an_intake(app, given_names="Jean", family_names="Baptiste", spoken_language="ht", interpreter_needed="yes")
    return an_intake(app, given_names="Marisol", family_names="Xol")


@pytest.fixture
def booked(app: Flask, parts: Parts, firm: None) -> Intake:
    intake = an_intake(app)
    book(parts, BookSlot(intake.id, offered(parts, intake.id).starts[0], "phone"))
    return intake


def test_she_signs_in_sees_who_waits_opens_an_intake_and_cancels_a_call(
    window: Callable[..., Reader], code: str, waiting: Intake, booked: Intake, sink: Sink
) -> None:
    (asked,) = invitations(sink, 1)
    she = window(width=1280, height=800, language="en-US")
    found = signs_in(she, code)
    found += opens(she, waiting.ref)
    found += cancels(she, booked.ref)

    _, cancelled = invitations(sink, 2)

    assert found == []
    assert (cancelled.method, cancelled.uid, cancelled.sequence) == ("CANCEL", asked.uid, asked.sequence + 1)


def signs_in(she: Reader, code: str) -> list[str]:
    she.opens("/desk?lang=en")
    she.sees("Sign in")
    found = barriers(she.page)
    she.writes("Email", EMAIL)
    she.writes("Password", PASSWORD)
    she.presses("Sign in")
    she.sees("The code of your app")
    found += barriers(she.page)
    she.writes("The 6 numbers that your app shows now", code)
    she.presses("Go on")
    she.sees("Who must be seen first")
    she.photographs("desk-1280")
    return found + barriers(she.page)


def opens(she: Reader, ref: str) -> list[str]:
    she.reads("Marisol")
    she.presses(f"Open {ref}")
    she.sees(f"Marisol X. {ref}")
    return barriers(she.page)


def cancels(she: Reader, ref: str) -> list[str]:
    she.goes_to("Consultations")
    she.sees("Consultations")
    found = barriers(she.page)
    she.presses(f"Open {ref}")
    found += barriers(she.page)
    she.presses("Cancel it")
    she.chooses("Who wishes it?", "We cannot keep it")
    she.picks("Why", "The attorney is ill")
    she.picks("Who calls her with another time", "Rita")
    found += barriers(she.page)
    she.presses("Yes, cancel it")
    she.reads("It is cancelled. Everybody is told.")
    found += barriers(she.page)
    she.goes_to("Tasks")
    she.reads("Call her with another time")
    return found + barriers(she.page)
