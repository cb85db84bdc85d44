"""One phone, several people: nobody sees or overwrites the answers of another."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import intake
from scheduler.casework.documents import open_answers
from scheduler.casework.parts import Parts
from scheduler.engine.states import IntakeState
from scheduler.models import Intake, db
from tests.builders.client import Client
from tests.builders.firm import a_firm

SHELTER: dict[str, Any] = {
    "filler_role": "advocate",
    "client_agrees": "yes",
    "helper_name": "Sister Inés",
    "helper_org": "Casa Norte",
    "detained_now": "no",
    "helper_attests": "1",
}
HER_PHONE: dict[str, Any] = {"contact_channel": "helper", "helper_medium": "sms"}
FAMILY: dict[str, Any] = {**SHELTER, "filler_role": "family", "helper_relationship": "sibling", "helper_org": None}
FIRST = {"given_names": "Sentinelone", "family_names": "Sentinelfamily", "birth_date": "1988-02-01"}


@pytest.fixture(autouse=True)
def firm(app: Flask) -> None:
    a_firm(app).with_attorney("Ana").with_attorney("Eva")


def is_booked(client: Client) -> Client:
    """Take the first time there is."""
    client.get("/apply/time")
    client.sends("/apply/time", {"slot_id": next(iter(client.slots)), "call_mode": "phone"})
    client.get("/apply/done")
    return client


def helped(app: Flask, **answers: Any) -> Client:
    """A helper who has sent the pages for one person and booked her time."""
    return is_booked(Client(app).through_all_pages(**{**SHELTER, **FIRST, **answers}))


def goes_on(client: Client) -> Client:
    client.follow(client.sends("/apply/next", {}))
    return client


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        pytest.param(
            HER_PHONE,
            {
                "filler_role": "advocate",
                "helper_name": "Sister Inés",
                "helper_org": "Casa Norte",
                "contact_channel": "helper",
                "helper_medium": "sms",
                "contact_phone": "+526641234567",
            },
            id="the helper is the way to everybody",
        ),
        pytest.param(
            {},
            {"filler_role": "advocate", "helper_name": "Sister Inés", "helper_org": "Casa Norte"},
            id="the number was the person's own",
        ),
        pytest.param(
            FAMILY,
            {"filler_role": "family", "helper_name": "Sister Inés"},
            id="how she knows the one is not how she knows the other",
        ),
    ],
)
def test_the_next_person_begins_with_the_helper_s_own_answers_and_no_others(
    app: Flask, answers: dict[str, Any], kept: dict[str, Any]
) -> None:
    client = goes_on(helped(app, **answers))

    assert {name: value for name, value in client.said.items() if name not in {"ui_locale", "wa_id"}} == kept


def test_a_blank_page_comes_first(app: Flask) -> None:
    client = helped(app, **HER_PHONE)
    ref = client.row.ref

    goes_on(client)

    shown = client.seen.text
    assert "Para la siguiente persona" in client.text
    assert not [word for word in (ref, "Sentinel", "Inés", "Casa Norte", "664") if word in shown]


def test_nothing_of_the_one_before_is_on_any_page_of_the_next(app: Flask) -> None:
    client = goes_on(helped(app, **HER_PHONE))

    seen = [client.get(f"/apply/{page}").text for page in ("safety", "who", "done", "time", "we-will-call", "helped")]

    assert not [page for page in seen if "Sentinel" in page]


def test_what_was_sent_stays_as_it_was_and_no_cookie_opens_it(app: Flask, parts: Parts) -> None:
    client = helped(app)
    number, old = client.row.id, client.token

    goes_on(client)

    db.session.rollback()
    row = db.session.get_one(Intake, number)
    assert (open_answers(parts, row)["given_names"], intake.find(parts, old)) == ("Sentinelone", None)


def test_the_list_has_numbers_and_times_and_never_an_answer(app: Flask) -> None:
    client = helped(app)
    first = client.row.ref
    goes_on(client)
    second = is_booked(client.through_the_rest("safety", **SHELTER, given_names="Sentineltwo"))
    goes_on(second)
    client.through_the_rest("safety", **SHELTER, conflict_people_any="prefer_call", given_names="Sentinelthree")
    client.get("/apply/we-will-call")

    client.get("/apply/helped")

    assert first in client.text
    assert "miércoles, 25 de noviembre, a las 9:00 de la mañana (hora de Tijuana)" in client.text
    assert not [word for word in ("Sentinel", "664", "Inés", "Casa Norte") if word in client.seen.text]


def test_the_list_is_not_for_the_one_who_is_just_answering(app: Flask) -> None:
    client = goes_on(helped(app))

    answer = client.get("/apply/helped")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/apply/safety")


@pytest.mark.parametrize("way", ["leaves", "start"])
def test_leaving_takes_draft_and_list_away(app: Flask, way: str) -> None:
    client = goes_on(helped(app))
    client.get("/apply/safety")

    client.sends("/x" if way == "leaves" else "/", {})

    with client.client.session_transaction() as kept:
        assert not {"draft", "helper"} & set(kept)


def test_after_leaving_no_copy_of_the_cookie_shows_the_list(app: Flask) -> None:
    client = goes_on(helped(app))
    client.get("/apply/safety")

    client.leaves()

    db.session.rollback()
    assert db.session.scalars(select(Intake.helper_hash)).all() == [None]


@pytest.mark.parametrize(
    "answers",
    [pytest.param({}, id="it was for herself"), pytest.param({"until": "names", **SHELTER}, id="it was not sent")],
)
def test_only_a_helper_who_has_sent_one_goes_on_with_the_next(app: Flask, answers: dict[str, Any]) -> None:
    client = Client(app).through_all_pages(**answers)
    client.get(client.where)
    before = client.token

    client.sends("/apply/next", {})

    assert client.token == before


def test_two_phones_with_one_number_are_two_people(app: Flask) -> None:
    one = Client(app).through_all_pages(until="where", given_names="Rosa")
    other = Client(app).through_all_pages(until="where", given_names="Luz")

    one.get("/apply/about")
    other.get("/apply/about")

    assert (one.said["given_names"], other.said["given_names"]) == ("Rosa", "Luz")
    assert ("Luz" in one.seen.text, "Rosa" in other.seen.text) == (False, False)


def test_ten_people_behind_one_address_each_get_their_own(app: Flask) -> None:
    clients = [Client(app) for _ in range(10)]
    for turn, client in enumerate(clients):
        client.through_all_pages(until="where", given_names=f"Name{'abcdefghij'[turn]}")

    said = [client.said["given_names"] for client in clients]

    assert said == [f"Name{letter}" for letter in "abcdefghij"]


def test_three_people_in_a_row_on_one_phone_are_three_intakes(app: Flask, parts: Parts) -> None:
    client = helped(app, **HER_PHONE)
    for name in ("Sentineltwo", "Sentinelthree"):
        goes_on(client)
        client.through_the_rest("safety", **{**SHELTER, **HER_PHONE, "given_names": name})

    db.session.rollback()
    rows = db.session.scalars(select(Intake).order_by(Intake.created_at)).all()
    names = {open_answers(parts, row)["given_names"] for row in rows}
    assert names == {"Sentinelone", "Sentineltwo", "Sentinelthree"}
    assert IntakeState.DRAFT not in {row.state for row in rows}
