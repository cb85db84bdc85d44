"""The pages of the conflict check: what each shows, and what is sent from it."""

import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework.parts import Parts
from scheduler.engine.conflicts import Likeness, Who, Why
from scheduler.engine.name_lists import MEANINGS
from scheduler.models import ConflictList, ConflictName, Intake, db
from scheduler.web.conflict_words import BAD_LINES, COLUMNS, LIKENESS, ROLES, SOURCES, WHO, WHY
from tests.builders.browser import TOKEN, Browser
from tests.builders.client import Client
from tests.builders.firm import a_firm, again
from tests.builders.names import keep, known
from tests.builders.staff import at_the_desk
from tests.conftest import Hands

AGAINST: dict[str, Any] = {"conflict_people_any": "yes", "conflict_people": [("Carlos Mendoza Ruiz", "person_against")]}
FILE = "Nombres;Apellidos;Tipo\nCarlos;Mendoza Ruiz;cliente\n=1+1;x;cliente\n"


@pytest.fixture
def hit(app: Flask, parts: Parts) -> Intake:
    a_firm(app).with_attorney("Ana")
    keep(parts, known("Carlos", "Mendoza Ruiz"))
    return Client(app).through_all_pages(**AGAINST).row


def send_file(browser: Browser, content: bytes) -> str:
    """Send a file from the page that asks for it; where that leads."""
    browser.get("/desk/conflicts/import")
    token = TOKEN.search(browser.seen.text)
    fields = {"csrf_token": token.group(1) if token else "", "file": (io.BytesIO(content), "names.csv")}
    with browser.app.app_context():
        answer = browser.client.post("/desk/conflicts/import", data=fields, content_type="multipart/form-data")
    return answer.headers["Location"]


def test_the_list_names_nobody_and_says_by_when(app: Flask, hit: Intake) -> None:
    desk = at_the_desk(app, "conflicts")
    desk.get("/desk/conflicts")

    assert (hit.ref in desk.text, "tomorrow 6:00 pm" in desk.text) == (True, True)
    assert ("Mendoza" in desk.text, "Hernández" in desk.text) == (False, False)


def test_what_is_overdue_is_red(app: Flask, hit: Intake, hands: Hands) -> None:
    desk = at_the_desk(app, "conflicts")
    hands.set(hands.now.replace(day=27))
    desk = at_the_desk(app, "conflicts")
    desk.get("/desk/conflicts")

    assert "overdue" in desk.text


def test_both_names_stand_side_by_side(app: Flask, hit: Intake) -> None:
    desk = at_the_desk(app, "conflicts")
    desk.get(f"/desk/conflicts/{hit.id}")

    assert "Carlos Mendoza Ruiz is against her Carlos Mendoza Ruiz client" in desk.text
    assert "<title>" + hit.ref in desk.seen.text


@pytest.mark.parametrize(
    ("decision", "state"), [pytest.param("clear", "cleared"), pytest.param("decline", "declined_conflict")]
)
def test_a_decision_is_made_with_a_note(app: Flask, hit: Intake, decision: str, state: str) -> None:
    desk = at_the_desk(app, "conflicts")
    desk.get(f"/desk/conflicts/{hit.id}")

    answer = desk.post(f"/desk/conflicts/{hit.id}", decision=decision, note="another Carlos")
    desk.follow(answer)

    assert (again(Intake, hit.id).state, "It is decided" in desk.text) == (state, True)
    assert desk.get(f"/desk/conflicts/{hit.id}").status_code == 404


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        pytest.param({"note": "x"}, "Choose what you decide.", id="no decision"),
        pytest.param({"decision": "burn", "note": "x"}, "Choose what you decide.", id="no such decision"),
        pytest.param({"decision": "clear", "note": " "}, "Write in a few words why.", id="no note"),
    ],
)
def test_a_decision_that_is_none_changes_nothing(app: Flask, hit: Intake, sent: dict[str, str], said: str) -> None:
    desk = at_the_desk(app, "conflicts")
    desk.get(f"/desk/conflicts/{hit.id}")

    answer = desk.post(f"/desk/conflicts/{hit.id}", **sent)

    assert (said in answer.text, again(Intake, hit.id).state) == (True, "conflict_review")


def test_a_receptionist_learns_only_that_somebody_must_look(app: Flask, hit: Intake) -> None:
    desk = at_the_desk(app)
    desk.get("/desk/conflicts/search")
    token = TOKEN.search(desk.seen.text)
    names = ["mendoza carlos ruiz", "", "Eva Luna"]
    sent = {"csrf_token": token.group(1) if token else "", "name": names, "purpose": "on_the_phone"}

    with app.app_context():
        desk.seen = desk.client.post("/desk/conflicts/search", data=sent)

    assert "mendoza carlos ruiz needs review Eva Luna clear" in desk.text
    assert "Carlos Mendoza" not in desk.text


@pytest.mark.parametrize(
    "sent",
    [pytest.param({"purpose": "on_the_phone"}, id="no name"), pytest.param({"name": "Eva", "purpose": "x"}, id="why?")],
)
def test_a_search_needs_a_name_and_a_purpose(app: Flask, sent: dict[str, str]) -> None:
    a_firm(app)
    desk = at_the_desk(app)
    desk.get("/desk/conflicts/search")

    assert desk.post("/desk/conflicts/search", **sent).status_code == 400


def test_without_names_every_page_of_the_desk_says_so_and_nothing_is_cleared_by_itself(app: Flask) -> None:
    a_firm(app, auto_clear=False, conflict_names=None)
    desk = at_the_desk(app, "conflicts")
    desk.get("/desk")
    banner = "names for the conflict check were not read in yet" in desk.text
    desk.get("/desk/conflicts")

    desk.follow(desk.post("/desk/conflicts/settings", auto_clear="on"))

    assert (banner, "Read in the firm’s names first" in desk.text) == (True, True)


def test_an_attorney_signs_that_there_are_none(app: Flask) -> None:
    a_firm(app, auto_clear=False, conflict_names=None)
    desk = at_the_desk(app, "attorney", "conflicts", name="Ana Robles")
    desk.get("/desk/conflicts/import")
    desk.follow(desk.post("/desk/conflicts/none"))
    unsigned = "Tick the box" in desk.text or "/desk/conflicts" in str(desk.seen.request.path)

    desk.follow(desk.post("/desk/conflicts/none", signed="1"))
    desk.follow(desk.post("/desk/conflicts/settings", auto_clear="on"))

    assert unsigned
    assert "Ana Robles has signed" in desk.text
    assert "Requests without a hit are cleared by themselves" in desk.text


def test_a_list_is_sent_its_columns_are_named_it_is_tried_and_read_in(app: Flask) -> None:
    a_firm(app, auto_clear=False, conflict_names=None)
    desk = at_the_desk(app, "attorney")
    where = send_file(desk, FILE.encode("utf-16"))
    desk.get(where)
    assert "Mendoza Ruiz" in desk.text
    fields = {"column-0": "given", "column-1": "family", "column-2": "who"}

    desk.follow(desk.post(where, **fields))
    tried = desk.text
    desk.follow(desk.post(f"{where}/check"))

    assert ("Line 3: that is no name" in tried, "1 people are new" in tried) == (True, True)
    assert "1 name is new." in desk.text
    assert db.session.scalars(select(ConflictName.who)).all() == [Who.CLIENT]


@pytest.mark.parametrize(
    ("content", "note"),
    [
        pytest.param(b"PK\x03\x04", "unreadable", id="a workbook"),
        pytest.param(b"", "unreadable", id="nothing"),
        pytest.param(b"a\n" * 20_002, "long", id="too long"),
    ],
)
def test_a_file_that_is_no_list_is_refused(app: Flask, content: bytes, note: str) -> None:
    a_firm(app)
    desk = at_the_desk(app, "conflicts")

    assert send_file(desk, content) == f"/desk/conflicts/import?note={note}"
    assert db.session.scalars(select(ConflictList)).all() == []


def test_columns_that_say_too_little_are_asked_for_again(app: Flask) -> None:
    a_firm(app)
    desk = at_the_desk(app, "conflicts")
    where = send_file(desk, b"Name\nRosa Paz\n")
    desk.get(where)

    answers = [desk.post(where, **{"column-0": "name"}), desk.post(f"{where}/check"), desk.get(f"{where}/check")]

    assert {answer.headers["Location"] for answer in answers} == {f"{where}?note=not_enough"}


def test_a_file_that_is_sent_is_never_written_to_the_disk(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    a_firm(app)
    desk = at_the_desk(app, "conflicts")
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", None)

    assert "note=" not in send_file(desk, b"Name\n" + b"Rosa Paz\n" * 20_000)


@pytest.mark.parametrize("path", ["/desk/conflicts", "/desk/conflicts/import", "/desk/conflicts/search"])
def test_the_pages_are_there_in_spanish(app: Flask, hit: Intake, path: str) -> None:
    desk = at_the_desk(app, "conflicts")
    desk.get(f"{path}?lang=es")

    assert 'lang="es"' in desk.seen.text
    assert "Nombres" in desk.text or "nombres" in desk.text


def test_every_code_has_its_words() -> None:
    assert (set(WHO), set(LIKENESS), set(WHY), set(COLUMNS)) == (set(Who), set(Likeness), set(Why), set(MEANINGS))
    assert ({"list", "stub", "intake", "ours"}, {"no_name", "not_a_name", "who"}) == (set(SOURCES), set(BAD_LINES))
    assert {"person_against", "spouse_partner", "family_in_case", "sponsor", "employer", "helper", "other"} <= set(
        ROLES
    )


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        pytest.param({"note": "another Carlos"}, 'value="another Carlos"', id="nothing was chosen"),
        pytest.param(
            {"decision": "decline", "note": " "}, 'value="decline" required checked', id="no reason was given"
        ),
    ],
)
def test_what_was_typed_is_there_where_a_decision_is_refused(
    app: Flask, hit: Intake, sent: dict[str, str], kept: str
) -> None:
    desk = at_the_desk(app, "conflicts")
    desk.get(f"/desk/conflicts/{hit.id}")

    answer = desk.post(f"/desk/conflicts/{hit.id}", **sent)

    assert (answer.status_code, kept in answer.text) == (400, True)


def test_names_are_there_where_the_search_is_refused(app: Flask) -> None:
    a_firm(app)
    desk = at_the_desk(app, "receptionist")
    desk.get("/desk/conflicts/search")

    answer = desk.post("/desk/conflicts/search", name="Carlos Mendoza", purpose="none")

    assert (answer.status_code, 'value="Carlos Mendoza"' in answer.text) == (400, True)
