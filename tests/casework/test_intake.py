from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from config import Settings
from scheduler.casework import audit, intake, leaving, openings, triage
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.firm import firm
from scheduler.casework.intake import NoDraft, SavePage
from scheduler.casework.links import digest
from scheduler.casework.parts import Parts
from scheduler.casework.rejections import Rejected
from scheduler.casework.transaction import writing
from scheduler.engine.states import IntakeState
from scheduler.engine.urgency import Level, unbooked_by
from scheduler.models import Intake, Task, db
from tests.builders.client import Client
from tests.builders.firm import a_firm
from tests.conftest import Hands, on_both

SAFE = SavePage("safety", {"device_safe": "yes", "immediate_danger": "no"}, "es")
SOON = {
    "ever_in_us": "sent_back",
    "last_arrival_date": "2024-03",
    "court_papers": "yes",
    "next_hearing_date": "2026-12-14",
    "removal_order": "no",
    "fear_interview": "none",
}
DEADLINE = {"other_deadline": "yes", "other_deadline_kind": "judge_filing", "other_deadline_date": "2026-11-30"}


def data_keys(settings: Settings) -> list[Path]:
    return [path for path in (settings.data / "keystore").glob("*.key") if not path.name.startswith("firm-")]


@on_both
def test_a_draft_is_found_by_its_token_alone(app: Flask, parts: Parts) -> None:
    token = intake.begin(parts, "es")

    found = intake.find(parts, token)

    assert found is not None
    assert (found.is_open, found.answers, intake.find(parts, token + "x"), intake.find(parts, "")) == (
        True,
        {},
        None,
        None,
    )


def test_only_the_hash_of_the_token_is_kept(app: Flask, parts: Parts) -> None:
    token = intake.begin(parts, "es")

    assert db.session.scalars(select(Intake.draft_hash)).one() == digest(token)
    assert len(token) >= 22


def test_where_the_row_cannot_be_written_no_key_is_left(app: Flask, parts: Parts, settings: Settings) -> None:
    with writing() as session:
        session.execute(text("CREATE TRIGGER full BEFORE INSERT ON intake BEGIN SELECT RAISE(ABORT, 'full'); END"))

    with pytest.raises(DBAPIError, match="full"):
        intake.begin(parts, "es")

    assert data_keys(settings) == []


def test_an_intake_whose_key_is_gone_is_as_if_it_never_was(app: Flask, parts: Parts) -> None:
    token = intake.begin(parts, "es")
    intake.save_page(parts, token, SAFE)
    parts.keyring.destroy(db.session.scalars(select(Intake.id)).one())

    assert intake.find(parts, token) is None


@pytest.mark.parametrize("state", [IntakeState.WITHDRAWN, IntakeState.DECLINED_CONFLICT, IntakeState.PURGED])
def test_a_closed_intake_is_shown_to_nobody(app: Flask, parts: Parts, state: IntakeState) -> None:
    token = intake.begin(parts, "es")
    with writing() as session:
        session.scalars(select(Intake)).one().state = state

    assert intake.find(parts, token) is None


@on_both
@pytest.mark.parametrize(
    ("device", "after", "is_found"),
    [
        pytest.param("yes", timedelta(days=7, seconds=-1), True, id="not quite a week"),
        pytest.param("yes", timedelta(days=7), False, id="a week"),
        pytest.param("no", timedelta(hours=72, seconds=-1), True, id="not quite three days"),
        pytest.param("no", timedelta(hours=72), False, id="three days on a device others may see"),
    ],
)
def test_an_idle_draft_opens_no_more_though_no_job_ran(  # noqa: PLR0917 - an example of three facts
    app: Flask, parts: Parts, hands: Hands, device: str, after: timedelta, is_found: bool
) -> None:
    token = intake.begin(parts, "es")
    intake.save_page(parts, token, SavePage("safety", {**SAFE.answers, "device_safe": device}, "es"))
    hands.set(hands.now + after)

    found = intake.find(parts, token)

    assert (found is not None) is is_found


def test_what_was_sent_is_found_after_a_week(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app).with_attorney("Ana")
    client = Client(app).through_all_pages()
    hands.set(hands.now + timedelta(days=8))

    assert intake.find(parts, client.token) is not None


CALLS = select(Task).where(Task.kind.in_(("call_urgent", "conflict_call"))).order_by(Task.kind)


@on_both
@pytest.mark.parametrize(
    ("answers", "level", "kinds"),
    [
        pytest.param({}, "N", [], id="nothing urgent"),
        pytest.param({"immediate_danger": "yes"}, "E", ["call_urgent"], id="in danger now"),
        pytest.param(DEADLINE, "U1", ["call_urgent"], id="a deadline in days"),
        pytest.param(SOON, "U2", ["call_urgent"], id="a court date in three weeks"),
        pytest.param({**SOON, "conflict_people_any": "prefer_call"}, "U2", ["conflict_call"], id="called anyhow"),
        pytest.param(
            {"immediate_danger": "yes", "conflict_people_any": "prefer_call"},
            "E",
            ["call_urgent", "conflict_call"],
            id="called at once, and again about the names",
        ),
    ],
)
def test_who_is_urgent_and_has_no_time_yet_is_on_the_desks_list(
    app: Flask, parts: Parts, answers: dict[str, Any], level: str, kinds: list[str]
) -> None:
    a_firm(app).with_attorney("Ana")

    client = Client(app).through_all_pages(**answers)

    sent, tasks = client.row, db.session.scalars(CALLS).all()
    due = unbooked_by(Level(level), parts.clock.now(), triage.office(firm(), parts.clock.now()))
    assert (sent.urgency, [task.kind for task in tasks]) == (level, kinds)
    assert {task.due_at for task in tasks if task.kind == "call_urgent"} <= {due}


@on_both
def test_a_time_that_is_taken_ends_the_urgent_call(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    sent = Client(app).through_all_pages(immediate_danger="yes").row

    book(parts, BookSlot(sent.id, openings.offered(parts, sent.id).starts[0], "phone"))

    done = db.session.scalars(select(Task.done_at).where(Task.kind == "call_urgent")).one()
    assert done == parts.clock.now()


@pytest.mark.parametrize("token", ["", "unknown"])
def test_a_token_that_opens_nothing_saves_and_keeps_nothing(app: Flask, parts: Parts, token: str) -> None:
    with pytest.raises(NoDraft):
        intake.save_page(parts, token, SAFE)
    with pytest.raises(NoDraft):
        intake.reject(parts, token, Rejected("safety", {}))
    leaving.leave(parts, token)

    assert db.session.scalar(select(func.count()).select_from(Intake)) == 0


@on_both
def test_two_tabs_that_save_at_once_both_keep_their_page(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    client = Client(app).through_all_pages(until="names")
    pages = [
        SavePage("safety", {"device_safe": "yes", "immediate_danger": "prefer_not"}, "es"),
        SavePage("language", {"spoken_language": "en"}, "es"),
        SavePage("names", {"conflict_people_any": "no", "current_attorney": "yes"}, "es"),
    ]

    def save(page: SavePage) -> None:
        with app.app_context():
            intake.save_page(parts, client.token, page)

    with ThreadPoolExecutor(3) as tabs:
        list(tabs.map(save, pages))

    said = client.said
    assert [said[name] for name in ("immediate_danger", "spoken_language", "current_attorney")] == [
        "prefer_not",
        "en",
        "yes",
    ]


@on_both
def test_two_clicks_on_send_submit_once(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")
    client = Client(app).through_all_pages(until="notices")
    ticks = SavePage("notices", {"ack_no_relationship": True, "consent_privacy": True}, "es", "1", "1")

    def send(_click: int) -> str:
        with app.app_context():
            try:
                return intake.save_page(parts, client.token, ticks)
            except intake.AlreadySent:
                return "already sent"

    with ThreadPoolExecutor(2) as clicks:
        assert sorted(clicks.map(send, range(2))) == ["already sent", "time"]
    assert audit.verify(parts) == 3


def test_a_sealed_page_of_one_intake_does_not_open_in_another(app: Flask, parts: Parts) -> None:
    mine, other = intake.begin(parts, "es"), intake.begin(parts, "es")
    intake.reject(parts, mine, Rejected("safety", {"device_safe": ["x"]}))

    found, empty = intake.find(parts, mine), intake.find(parts, other)

    assert found is not None
    assert empty is not None
    assert (found.rejected, empty.rejected) == ((Rejected("safety", {"device_safe": ["x"]}),), ())
