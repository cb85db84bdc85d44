"""Who was promised a call reads it once more, by the rules of every letter, and only while it is true."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from config import Settings
from scheduler.casework import tasks
from scheduler.casework.delivery import deliver_one
from scheduler.casework.documents import open_answers, seal_answers
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.models import Intake, Outbox, Task, db
from tests.builders.browser import at
from tests.builders.client import Client
from tests.builders.stopped import TOMORROW
from tests.conftest import Hands, on_both

pytestmark = pytest.mark.usefixtures("one_attorney")

HERS = "+526641234567"


def calls_her(app: Flask, phone: str = HERS, until: str = "about", **answers: Any) -> Client:
    client = Client(app).through_all_pages(until=until, **answers)
    client.get("/apply/call-me")
    client.sends("/apply/call-me", {"contact_phone": phone})
    return client


def letters() -> list[Outbox]:
    db.session.rollback()
    return list(db.session.scalars(select(Outbox)))


def states() -> list[tuple[str, str | None]]:
    return [(row.state, row.result) for row in letters()]


def drain(parts: Parts) -> None:
    while deliver_one(parts):
        pass


@on_both
@pytest.mark.parametrize(
    "answers",
    [
        pytest.param(TOMORROW, id="her date is tomorrow"),
        pytest.param({"conflict_people_any": "prefer_call"}, id="she says names by telephone only"),
    ],
)
def test_what_the_page_promises_is_written_too(app: Flask, answers: dict[str, Any]) -> None:
    Client(app).through_all_pages(**answers)

    (row,) = letters()
    (promised,) = set(db.session.scalars(select(Task.due_at).where(Task.kind.in_(["call_now", "conflict_call"]))))
    assert (row.kind, row.facts["by"], row.not_after) == ("we_call", promised.isoformat(), promised)


@on_both
@pytest.mark.parametrize(
    ("until", "by"),
    [
        pytest.param("arrival", "las 6:00 pm del mie 25 nov (hora de Tijuana)", id="by her own clock"),
        pytest.param("about", "las 8:00 pm del mie 25 nov (hora de Ciudad capital)", id="by one that is named"),
    ],
)
def test_who_asked_to_be_called_reads_by_when_and_from_which_number(
    app: Flask, parts: Parts, settings: Settings, until: str, by: str
) -> None:
    calls_her(app, until=until)

    drain(parts)

    (text,) = (settings.data / "texts").glob("*.json")
    assert f"recibimos su solicitud. Una persona le llama antes de {by} desde +12135550100." in text.read_text()


def test_who_takes_a_time_is_not_told_of_a_call(app: Flask) -> None:
    Client(app).through_all_pages()

    assert letters() == []


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param({"device_safe": "no"}, id="the device is not safe"),
        pytest.param({"phone_shared": "shared_unsafe", "can_leave_message": None}, id="others see the phone"),
        pytest.param({"may_write": "no"}, id="she did not allow it"),
        pytest.param({"contact_channel": "call", "may_write": None}, id="only calls"),
    ],
)
def test_who_may_not_be_written_to_is_only_called(app: Flask, answers: dict[str, Any]) -> None:
    calls_her(app, **answers)

    assert letters() == []
    assert [task.kind for task in db.session.scalars(select(Task))] == ["call_back"]


def test_what_she_allowed_for_one_number_is_not_done_to_another(app: Flask) -> None:
    client = calls_her(app, "+526649999999")

    assert letters() == []
    assert not client.said.keys() & {"may_write", "can_leave_message"}


def test_at_night_it_waits_for_the_morning_by_her_clock(app: Flask, hands: Hands) -> None:
    hands.set(at("2026-11-25T05:00"))

    calls_her(app, until="arrival")

    assert letters()[0].due_at == at("2026-11-25T17:00")


def test_where_no_safe_hour_comes_before_the_call_nothing_is_written(app: Flask) -> None:
    evenings: dict[str, Any] = {**TOMORROW, "safe_times": ["evening"]}
    Client(app).through_all_pages(**evenings)

    assert letters() == []


def test_asking_twice_is_told_once(app: Flask) -> None:
    client = calls_her(app, until="")
    client.sends("/apply/call-me", {"contact_phone": HERS})

    assert len(letters()) == 1


@on_both
def test_who_was_called_meanwhile_is_not_told_that_she_will_be(app: Flask, parts: Parts) -> None:
    calls_her(app)
    with writing() as session:
        for task in session.scalars(select(Task)):
            tasks.finish(session, task.id, None, parts.clock.now())

    drain(parts)

    assert states() == [("dropped", "called")]


def test_once_the_promised_hour_is_past_it_is_dropped(app: Flask, parts: Parts, hands: Hands) -> None:
    calls_her(app)
    hands.set(hands.now + timedelta(days=2))

    drain(parts)

    assert states() == [("dropped", "too_late")]


def test_where_it_may_not_be_written_any_more_the_call_that_was_promised_is_enough(app: Flask, parts: Parts) -> None:
    client = calls_her(app)
    with writing() as session:
        intake = session.get_one(Intake, client.row.id)
        seal_answers(parts, intake, {**open_answers(parts, intake), "may_write": "no"})

    drain(parts)

    assert states() == [("withheld", "not_to_be_written")]
    assert [task.kind for task in db.session.scalars(select(Task))] == ["call_back"]
