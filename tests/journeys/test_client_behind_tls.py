"""A man in California asks in English, with script, through a proxy that ends TLS; another leaves at once."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import func, select

from config import Settings
from scheduler.models import Consultation, Intake, db
from tests.builders.databases import Databases
from tests.builders.mail import mailing_to
from tests.builders.servers import free_port
from tests.builders.tls import tls_in_front_of
from tests.channels.servers import Sink
from tests.conftest import Hands
from tests.journeys.inspector import barriers
from tests.journeys.letters import invitations
from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser

NEUTRAL = "https://example.com/"


@pytest.fixture
def settings(tmp_path: Path, databases: Databases, hands: Hands, sink: Sink) -> Iterator[Settings]:
    """The service behind https://localhost."""
    port, https = free_port(), free_port()
    where = {"port": port, "base_url": f"https://localhost:{https}", "database_url": databases.url("sqlite")}
    with mailing_to(sink, tmp_path / "var", clock_file=hands.file, **where) as settings:
        yield settings


@pytest.fixture
def he(service: str, settings: Settings, tmp_path: Path, window: Callable[..., Reader]) -> Iterator[Reader]:
    with tls_in_front_of(settings.port, listen=urlsplit(service).port or 443, folder=tmp_path):
        reader = window(width=1280, height=800, language="en-US")
        yield reader
        reader.page.close()


def safety(he: Reader) -> None:
    he.sees("Is it safe to do this now?")
    he.chooses("Is it safe to use this phone or computer right now?", "Yes, I can use it safely")
    he.chooses("Are you, or someone with you, in danger today?", "No")


def who(he: Reader) -> None:
    he.sees("Who needs help?")
    he.chooses("Who needs legal help?", "Me")


def language(he: Reader) -> None:
    he.sees("Your language")
    he.picks("What language do you speak best?", "English")


def contact(he: Reader) -> None:
    he.sees("Safe ways to reach you")
    he.chooses("What is the safest way for us to reach you?", "Email")
    he.writes("Email", "tom@mail.example")
    he.picks("Country", "United States +1", within="Phone number")
    he.writes("Number", "213 555 0142")
    he.chooses("Who else uses or sees this phone?", "Only me")
    he.chooses("May we write to you here about your appointment?", "Yes, you can write to me here")
    he.chooses("If you do not answer a call, can we leave a voice message?", "No, do not leave messages")


def about(he: Reader) -> None:
    he.sees("About you")
    he.writes("First name or names", "Tom")
    he.ticks("I have only one name")
    he.picks("Month", "May", within="Date of birth")
    he.picks("Day", "3", within="Date of birth")
    he.picks("Year", "1988", within="Date of birth")
    he.picks("What country or countries are you a citizen of?", "Kenya")


def where(he: Reader) -> None:
    he.sees("Where you are now")
    he.chooses("Where are you now?", "United States")
    he.picks("Which state?", "California")


def arrival(he: Reader) -> None:
    he.sees("Arriving in the United States")
    he.chooses("Have you ever been inside the United States, even for a few hours?", "Yes, I am in the U.S. now")
    he.picks("Year", "2019", within="When did you last arrive in the United States?")


def dates(he: Reader) -> None:
    he.sees("Papers and dates that cannot wait")
    he.chooses("Did you get papers telling you to go to immigration court?", "No")
    he.chooses("Has a judge or officer ordered you deported (removed)?", "No")
    he.chooses("Has an asylum officer interviewed you about your fear?", "No")
    he.chooses("Do you have any letter with a date to do something?", "No")


def names(he: Reader) -> None:
    he.sees("Names we must check")
    he.chooses(
        "Is there a husband, wife, partner, boss, sponsor or other person who is part of this or is against you?", "No"
    )
    he.chooses("Do you have a lawyer or someone who helped with your papers?", "No")


def notices(he: Reader) -> None:
    he.sees("What you should know before you send")
    he.ticks(
        "I understand: sending this form does not make this office my lawyer. "
        "They are my lawyer only if we both sign an agreement."
    )
    he.ticks(
        "I agree that this office may keep and use my answers to check for conflicts, plan my call "
        "and decide if it can help."
    )


PAGES = (safety, who, language, contact, about, where, arrival, dates, names)


def test_he_asks_and_is_booked_through_a_proxy_that_ends_tls(app: Flask, he: Reader, sink: Sink) -> None:
    found = asks(he)
    found += is_booked(he)

    (asked,) = invitations(sink, 1)
    cookies = {cookie["name"]: cookie for cookie in he.page.context.cookies()}
    assert found == []
    assert (asked.method, asked.sequence) == ("REQUEST", 0)
    assert count(Consultation) == 1
    assert set(cookies) == {"__Host-cita"}
    assert cookies["__Host-cita"]["secure"]
    assert cookies["__Host-cita"]["httpOnly"]


def asks(he: Reader) -> list[str]:
    he.opens("/?lang=en")
    he.sees("Ask for an appointment")
    found = barriers(he.page)
    he.presses("Start")
    for page in PAGES:
        page(he)
        found += barriers(he.page)
        he.presses("Continue")
    notices(he)
    found += barriers(he.page)
    he.presses("Send and choose a time")
    return found


def is_booked(he: Reader) -> list[str]:
    he.sees("Choose a time")
    found = barriers(he.page)
    he.takes_the_time(1)
    he.chooses("How do you want to talk?", "Phone call")
    he.presses("Save this time")
    he.sees("Your appointment is saved")
    found += barriers(he.page)
    he.presses("See or change my appointment")
    he.sees("Your appointment")
    he.presses("Cancel the appointment")
    he.sees("Is it you?")
    return found + barriers(he.page)


def test_every_answer_asks_for_https_from_now_on(he: Reader) -> None:
    answer = he.page.goto(he.address + "/")

    assert answer is not None
    assert answer.header_value("strict-transport-security") == "max-age=31536000; includeSubDomains"


def test_shift_three_times_deletes_what_was_typed_and_leaves_for_a_page_that_says_nothing(
    app: Flask, he: Reader
) -> None:
    he.page.route(f"{NEUTRAL}**", lambda route: route.fulfill(status=200, body="the weather"))
    he.opens("/?lang=en")
    he.presses("Start")
    for page in PAGES[:3]:
        page(he)
        he.presses("Continue")
    he.sees("Safe ways to reach you")
    he.page.wait_for_load_state()
    kept = count(Intake)

    for _ in range(3):
        he.page.keyboard.press("Shift")

    expect(he.page).to_have_url(NEUTRAL)
    he.opens("/apply/contact")
    he.sees("¿Es seguro hacer esto ahora?")
    assert (kept, count(Intake)) == (1, 0)


def count(model: type[Consultation] | type[Intake]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0
