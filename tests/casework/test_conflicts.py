"""What sending her answers leads to, by what the check of the names finds and by the firm's setting."""

from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import conflict_search, openings, when
from scheduler.casework.booking import BookSlot, NotBookable, book
from scheduler.casework.moving import MoveTo, move
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.conflicts import Status, Who, Why
from scheduler.engine.states import IntakeState
from scheduler.models import Audit, Block, ConflictReview, Consultation, ConsultationChange, Firm, Outbox, Task, db
from scheduler.words import speaking
from tests.builders.browser import at
from tests.builders.client import Client
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.names import keep, known
from tests.conftest import on_both

AGAINST: dict[str, Any] = {"conflict_people_any": "yes", "conflict_people": [("Carlos Mendoza Ruiz", "person_against")]}
BY_PHONE: dict[str, Any] = {"conflict_people_any": "prefer_call"}
DANGER: dict[str, Any] = {"immediate_danger": "yes"}
U2: dict[str, Any] = {"other_deadline": "yes", "other_deadline_kind": "other", "other_deadline_date": "2026-12-04"}


def review() -> ConflictReview:
    return db.session.scalars(select(ConflictReview)).one()


def kinds_of_letters() -> list[str]:
    return sorted(db.session.scalars(select(Outbox.kind)))


@on_both
@pytest.mark.parametrize(
    ("auto_clear", "answers", "follows"),
    [
        pytest.param(True, {}, ("cleared", Status.CLEAR, "/apply/time"), id="no hit"),
        pytest.param(False, {}, ("conflict_review", Status.PENDING, "/apply/time"), id="no hit, a person clears"),
        pytest.param(True, AGAINST, ("conflict_review", Status.REVIEW, "/apply/we-will-call"), id="a hit"),
        pytest.param(False, AGAINST, ("conflict_review", Status.REVIEW, "/apply/we-will-call"), id="a hit, by hand"),
        pytest.param(True, BY_PHONE, ("conflict_review", Status.REVIEW, "/apply/we-will-call"), id="names by phone"),
    ],
)
def test_what_follows_is_by_the_names_and_the_setting(
    app: Flask, parts: Parts, auto_clear: bool, answers: dict[str, Any], follows: tuple[str, ...]
) -> None:
    a_firm(app, auto_clear=auto_clear).with_attorney("Ana")
    keep(parts, known("Carlos", "Mendoza Ruiz"))

    client = Client(app).through_all_pages(**answers)

    assert (client.row.state, client.row.conflict_status, client.where) == follows


def test_a_firm_that_never_said_so_clears_nothing_by_itself(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")
    with writing() as session:
        row = session.get_one(Firm, 1)
        row.settings = {name: value for name, value in row.settings.items() if name != "auto_clear"}

    assert Client(app).through_all_pages().row.conflict_status == Status.PENDING


@pytest.mark.parametrize(
    ("answers", "due"),
    [
        pytest.param({**AGAINST, **DANGER}, at("2026-11-24T18:00"), id="E: within an office hour"),
        pytest.param({**AGAINST, **U2}, at("2026-11-24T21:00"), id="U2: within four"),
        pytest.param(AGAINST, at("2026-11-26T02:00"), id="else by the end of the next business day"),
    ],
)
def test_the_promise_is_by_her_urgency_and_the_page_says_it(
    app: Flask, parts: Parts, answers: dict[str, Any], due: datetime
) -> None:
    a_firm(app).with_attorney("Ana")
    keep(parts, known("Carlos", "Mendoza Ruiz"))
    client = Client(app).through_all_pages(**answers)
    client.get(client.where)

    call = db.session.scalars(select(Task.due_at).where(Task.kind == "conflict_call")).one()
    with speaking("es"):
        said = when.day_and_hour(due, "America/Tijuana")
    assert (review().due_at, call) == (due, due)
    assert f"antes del {said} (hora de Tijuana)" in client.text


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        pytest.param(AGAINST, Why.HIT, id="a hit"),
        pytest.param({**BY_PHONE}, Why.BY_PHONE, id="names by phone"),
    ],
)
def test_why_she_is_called_is_never_told(app: Flask, parts: Parts, answers: dict[str, Any], why: Why) -> None:
    a_firm(app).with_attorney("Ana")
    keep(parts, known("Carlos", "Mendoza Ruiz", Who.CLIENT))
    client = Client(app).through_all_pages(**answers)
    client.get(client.where)
    twin = Client(app).through_all_pages(given_names="Eva", contact_phone="+52 664 999 0000", **BY_PHONE)
    twin.get(twin.where)

    assert review_of(client).why == why
    assert client.text.replace(client.row.ref, "") == twin.text.replace(twin.row.ref, "")


def review_of(client: Client) -> ConflictReview:
    return db.session.get_one(ConflictReview, client.row.id)


def test_no_name_stands_in_what_is_written_in_clear(app: Flask, parts: Parts) -> None:
    a_firm(app)
    keep(parts, known("Carlos", "Mendoza Ruiz"))
    Client(app).through_all_pages(**AGAINST)

    said = repr(db.session.execute(select(Audit.action, Audit.facts)).all()).casefold()
    assert ("mendoza" in said, "conflict_review" in said) == (False, True)


@on_both
def test_what_is_booked_before_a_person_has_cleared_is_tentative(app: Flask, parts: Parts) -> None:
    firm = a_firm(app, auto_clear=False).with_attorney("Ana")
    intake = Client(app).through_all_pages().row

    call = book(parts, BookSlot(intake.id, openings.offered(parts, intake.id).starts[0], "phone"))

    moves = [(row.old_state, row.new_state) for row in db.session.scalars(select(ConsultationChange)).all()]
    assert again(Consultation, call.id).state == "tentative"
    assert sorted(moves, key=str) == [("held", "tentative"), (None, "held")]
    assert kinds_of_letters() == ["tentative"]
    assert db.session.scalars(select(Block.person).where(Block.active)).all() == [firm.number("Ana")]


def test_a_tentative_time_that_is_moved_stays_so_and_invites_nobody(app: Flask, parts: Parts) -> None:
    a_firm(app, auto_clear=False).with_attorney("Ana")
    intake = Client(app).through_all_pages().row
    first, second = openings.offered(parts, intake.id).starts[:2]
    call = book(parts, BookSlot(intake.id, first, "phone"))

    move(parts, MoveTo(call.id, second))

    assert (again(Consultation, call.id).state, "invitation" in kinds_of_letters()) == ("tentative", False)


@pytest.mark.parametrize(
    "status", [pytest.param(Status.REVIEW, id="a hit"), pytest.param(Status.CONFLICT, id="a conflict")]
)
def test_who_is_under_review_books_nothing(app: Flask, parts: Parts, status: Status) -> None:
    a_firm(app).with_attorney("Ana")
    intake = an_intake(app, state=IntakeState.CONFLICT_REVIEW, status=status)

    with pytest.raises(NotBookable):
        book(parts, BookSlot(intake.id, at("2026-11-25T17:00"), "phone"))


def test_without_the_check_a_hit_would_book(app: Flask, parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    a_firm(app).with_attorney("Ana")
    keep(parts, known("Carlos", "Mendoza Ruiz"))
    monkeypatch.setattr(conflict_search, "weigh", lambda _wanted, _files: conflict_search.Found(()))

    assert Client(app).through_all_pages(**AGAINST).where == "/apply/time"


def held() -> list[tuple[str, datetime, datetime | None]]:
    db.session.rollback()
    found = select(Consultation.state, Consultation.starts_at, Block.expires_at).join(
        Block, Block.consultation_id == Consultation.id
    )
    return [(state, start, until) for state, start, until in db.session.execute(found.where(Block.active))]


@on_both
@pytest.mark.parametrize(
    ("answers", "times"),
    [
        pytest.param(
            {**AGAINST, **DANGER},
            [("held", at("2026-11-24T17:30"), at("2026-11-24T21:00"))],
            id="urgent: the best time for four office hours",
        ),
        pytest.param(AGAINST, [], id="not urgent"),
        pytest.param(DANGER, [], id="urgent, and she chooses herself"),
    ],
)
def test_a_time_is_kept_quietly_for_who_is_urgent_and_may_not_choose_yet(
    app: Flask, parts: Parts, answers: dict[str, Any], times: list[Any]
) -> None:
    a_firm(app).with_attorney("Ana")
    keep(parts, known("Carlos", "Mendoza Ruiz"))

    client = Client(app).through_all_pages(**answers)
    client.get(client.where)

    assert held() == times
    assert [letter for letter in kinds_of_letters() if letter in {"invitation", "booked", "tentative"}] == []
    assert not times or "9:30" not in client.text


def test_where_nothing_is_free_she_is_called_all_the_same(app: Flask, parts: Parts) -> None:
    a_firm(app)
    keep(parts, known("Carlos", "Mendoza Ruiz"))

    client = Client(app).through_all_pages(**AGAINST, **DANGER)

    assert (held(), client.where) == ([], "/apply/we-will-call")
