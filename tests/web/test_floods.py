"""Too many at once, too many by one contact, too quick for a person: marked, called, looked at, and never refused."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import floods
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.marks import MACHINE
from scheduler.engine.states import ConsultationState
from scheduler.models import Consultation, Outbox, Task, db
from tests.builders.client import Client
from tests.builders.firm import a_firm, again
from tests.conftest import Hands

BY_MAIL: dict[str, Any] = {"contact_channel": "email", "contact_email": "rosa@mail.example", "contact_phone": None}


@pytest.fixture(autouse=True)
def firm(app: Flask) -> None:
    a_firm(app, flood_per_hour=3).with_attorney("Ana").with_attorney("Eva")


def somebody(turn: int) -> dict[str, Any]:
    """Another person with another number."""
    names = ("Rosa", "Luz", "Ana", "Marta", "Elena", "Julia", "Carmen", "Irene")
    return {"contact_phone": f"+52 664 123 45{turn:02}", "given_names": names[turn], "family_names": names[-turn - 1]}


def sent(app: Flask, **answers: Any) -> Client:
    client = Client(app).through_all_pages(**answers)
    client.get(client.where)
    return client


def books(client: Client) -> Consultation:
    client.get("/apply/time")
    client.sends("/apply/time", {"slot_id": next(iter(client.slots)), "call_mode": "phone"})
    number = client.row.id
    return db.session.scalars(select(Consultation).where(Consultation.intake_id == number)).one()


def tasks(kind: str) -> list[Task]:
    db.session.rollback()
    return list(db.session.scalars(select(Task).where(Task.kind == kind)))


def invitations() -> int:
    db.session.rollback()
    return len(db.session.scalars(select(Outbox.id).where(Outbox.kind == "invitation")).all())


def at_leisure(app: Flask, hands: Hands, seconds: float, **fields: str) -> Client:
    """All pages, sent so long after the first one, with these inputs beside the ticks."""
    client = Client(app).through_all_pages(until="notices")
    hands.set(hands.now + timedelta(seconds=seconds))
    client.get("/apply/notices")
    client.sends("/apply/notices", {"ack_no_relationship": "1", "consent_privacy": "1", **fields})
    return client


@pytest.mark.parametrize(
    ("seconds", "fields", "is_marked"),
    [
        pytest.param(19, {}, True, id="nobody reads so fast"),
        pytest.param(20, {}, False, id="quick, and perhaps a helper who knows the pages"),
        pytest.param(600, {"website": "https://spam.example"}, True, id="a field that no person sees"),
        pytest.param(600, {"website": " "}, False, id="a blank in it"),
    ],
)
def test_what_a_machine_sends_is_marked_and_not_refused(
    app: Flask, hands: Hands, seconds: float, fields: dict[str, str], is_marked: bool
) -> None:
    client = at_leisure(app, hands, seconds, **fields)

    assert (client.where, MACHINE in client.row.flags) == ("/apply/time", is_marked)


def test_the_hidden_field_is_out_of_everybody_s_way(app: Flask) -> None:
    client = Client(app).through_all_pages(until="notices")

    client.get("/apply/notices")

    assert '<p class="sr" aria-hidden="true">' in client.seen.text
    assert '<input name="website" tabindex="-1" autocomplete="off">' in client.seen.text


@pytest.mark.parametrize("contact", [{}, BY_MAIL], ids=["one number", "one address"])
def test_a_third_open_booking_of_one_contact_is_a_call_with_a_promise(app: Flask, contact: dict[str, Any]) -> None:
    a_firm(app)
    for turn in range(2):
        books(sent(app, **somebody(turn) | {"contact_phone": "+52 664 123 4567"} | contact))

    third = sent(app, **somebody(2) | {"contact_phone": "+52 664 123 4567"} | contact)

    assert (third.where, len(tasks("call_back"))) == ("/apply/we-will-call", 1)
    assert "Una persona le contactará antes del" in third.text


def test_a_whole_shelter_books_by_the_phone_of_who_helps_there(app: Flask) -> None:
    by_helper = {
        "filler_role": "advocate",
        "client_agrees": "yes",
        "helper_name": "Sor Inés",
        "contact_channel": "helper",
        "helper_medium": "sms",
        "contact_phone": "+52 664 123 4567",
        "detained_now": "no",
        "helper_attests": "1",
    }
    a_firm(app)

    asked = [sent(app, **somebody(turn) | by_helper).where for turn in range(3)]

    assert asked == ["/apply/time"] * 3


def test_who_sent_two_and_took_no_time_yet_holds_them_as_well(app: Flask) -> None:
    a_firm(app)
    for _ in range(2):
        sent(app)

    assert sent(app).where == "/apply/we-will-call"


def test_a_call_that_is_over_counts_no_more(app: Flask, hands: Hands) -> None:
    a_firm(app)
    for _ in range(2):
        books(sent(app))
    hands.set(hands.now + timedelta(days=7))

    assert sent(app).where == "/apply/time"


def test_others_are_not_kept_from_their_times_by_it(app: Flask) -> None:
    a_firm(app)
    for _ in range(3):
        sent(app)

    assert sent(app, **somebody(5)).where == "/apply/time"


def test_in_a_flood_times_are_tentative_nobody_is_invited_and_the_desk_is_told_once(app: Flask) -> None:
    clients = [sent(app, **somebody(turn)) for turn in range(5)]
    states = [books(client).state for client in clients]

    assert states == [ConsultationState.BOOKED] * 3 + [ConsultationState.TENTATIVE] * 2
    assert (invitations(), len(tasks(floods.FLOOD_TASK))) == (3, 1)


def test_in_a_flood_everybody_is_still_offered_a_time(app: Flask) -> None:
    clients = [sent(app, **somebody(turn)) for turn in range(6)]

    assert {client.where for client in clients} == {"/apply/time"}
    assert all(client.slots for client in clients)


def test_with_the_alarm_taken_away_the_flood_would_be_booked_through(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floods, "flooded", lambda _session, _parts: False)

    assert {books(sent(app, **somebody(turn))).state for turn in range(5)} == {ConsultationState.BOOKED}


def test_a_flood_is_over_after_an_hour(app: Flask, hands: Hands, parts: Parts) -> None:
    for turn in range(4):
        sent(app, **somebody(turn))
    with writing() as session:
        during = floods.flooded(session, parts)
    hands.set(hands.now + timedelta(hours=1))

    with writing() as session:
        after = floods.flooded(session, parts)
    assert (during, after) == (True, False)


def test_calls_that_are_asked_for_count_as_well(app: Flask, parts: Parts) -> None:
    for turn in range(3):
        client = Client(app).through_all_pages(until="about", **somebody(turn))
        client.get("/apply/call-me")
        client.sends("/apply/call-me", {"contact_phone": "664 123 4567", "contact_phone-country": "MX"})

    with writing() as session:
        assert floods.flooded(session, parts)


def test_what_is_booked_keeps_its_state_when_the_flood_comes_later(app: Flask) -> None:
    early = books(sent(app, **somebody(0)))
    for turn in range(1, 6):
        sent(app, **somebody(turn))

    assert again(Consultation, early.id).state == ConsultationState.BOOKED


@pytest.mark.parametrize(
    ("typed", "follows"),
    [
        pytest.param({}, ("cleared", "/apply/time"), id="a person"),
        pytest.param({"website": "https://spam.example"}, ("conflict_review", "/apply/time"), id="perhaps a program"),
    ],
)
def test_nobody_is_invited_to_what_a_program_may_have_sent_and_it_has_a_time_all_the_same(
    app: Flask, typed: dict[str, str], follows: tuple[str, str]
) -> None:
    a_firm(app, auto_clear=True).with_attorney("Ana")
    client = Client(app).through_all_pages(until="notices")
    client.get("/apply/notices")

    client.sends("/apply/notices", {"ack_no_relationship": "1", "consent_privacy": "1", **typed})

    assert (client.row.state, client.where) == follows
