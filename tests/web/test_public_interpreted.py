"""Free starts of calls that are interpreted: the attorney and whoever stands between are free together."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from scheduler.casework import openings, public_times
from scheduler.casework.openings import offered
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.zones import minute_of
from scheduler.models import Block
from tests.builders.firm import AFirm, a_firm, an_intake

FRIDAY = "/api/slots?from=2026-11-27&to=2026-11-28&kind=interpreted"
"""Of Los Angeles: nine there is 17:00."""


def starts(app: Flask, more: str = "", address: str = FRIDAY) -> list[str]:
    """Clock times in UTC."""
    with app.app_context():
        answer = app.test_client().get(address + more)
    assert answer.status_code == 200
    assert answer.get_json()["length"] == 75
    return [start[11:16] for start in answer.get_json()["starts"]]


def taken(number: int, begin: str, minutes: int) -> None:
    first = minute_of(datetime.fromisoformat(f"2026-11-27T{begin}").replace(tzinfo=UTC))
    with writing() as session:
        session.add(Block(person=number, b0=first, b1=first + minutes, kind="busy"))


def mam(app: Flask, languages: tuple[str, ...] = ("es", "en")) -> AFirm:
    """Ana from nine to noon, and Mara, who interprets Mam, in the afternoon and the last hour and a half before."""
    return (
        a_firm(app)
        .with_attorney("Ana", hours="9:00-12:00", languages=languages)
        .with_interpreter("Mara", languages=("mam", "es"), hours="10:30-17:00")
    )


@pytest.mark.parametrize(
    "more",
    [
        pytest.param("&language=mam", id="her language"),
        pytest.param("", id="any language that is interpreted"),
        pytest.param("&language=en", id="the firm's own says nothing of hers"),
    ],
)
def test_only_starts_are_told_at_which_both_are_free_to_the_end(app: Flask, more: str) -> None:
    mam(app)

    assert starts(app, more) == ["18:30"]


def test_what_takes_the_interpreter_takes_the_start(app: Flask) -> None:
    mam(app)
    taken(2, "19:30", 15)

    assert starts(app, "&language=mam") == []


def test_without_the_interpreters_time_more_would_be_told_than_can_be_booked(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    mam(app)
    monkeypatch.setattr(openings, "free_interpreted", openings.free)
    monkeypatch.setattr(public_times, "ours", lambda _house: frozenset({"en"}))

    assert len(starts(app, "&language=es")) > 1


def test_each_language_has_its_own_interpreters(app: Flask) -> None:
    mam(app).with_interpreter("Kiko", languages=("quc", "es"), hours="9:00-10:30")

    found = {language: starts(app, f"&language={language}") for language in ("mam", "quc")}

    assert (found, starts(app)) == ({"mam": ["18:30"], "quc": ["17:00"]}, ["17:00", "18:30"])


def test_two_who_relay_are_both_there(app: Flask) -> None:
    firm = a_firm(app).with_attorney("Ann", languages=("en",), hours="9:00-12:00")
    firm.with_interpreter("Mara", languages=("mam", "es"))
    alone = starts(app, "&language=mam")

    firm.with_interpreter("Tess", languages=("es", "en"), hours="10:00-11:30")

    assert (alone, starts(app, "&language=mam")) == ([], ["18:00"])


def test_of_several_attorneys_each_with_whom_she_understands(app: Flask) -> None:
    firm = mam(app).with_attorney("Ann", languages=("en",), hours="13:00-17:00")
    before = starts(app, "&language=mam")

    firm.with_attorney("Eva", hours="13:00-14:30")

    assert (before, starts(app, "&language=mam")) == (["18:30"], ["18:30", "21:00"])


def test_who_has_left_interprets_no_more_and_where_nobody_does_a_person_finds_somebody(app: Flask) -> None:
    mam(app).with_interpreter("Kiko", languages=("quc", "es"), active=False)

    with app.app_context():
        refused = app.test_client().get(f"{FRIDAY}&language=quc").status_code

    assert refused == 400


def test_a_firm_without_interpreters_tells_what_its_attorneys_have(app: Flask) -> None:
    a_firm(app).with_attorney("Ana", hours="9:00-12:00")

    assert starts(app) == ["17:00", "17:30", "18:00", "18:30"]


def test_what_is_kept_for_the_urgent_is_kept_here_too(app: Flask) -> None:
    """Of two hours and a quarter the last 45 minutes on the grid are."""
    a_firm(app, reserved_slots=1).with_attorney("Ana", hours="9:00-11:15").with_interpreter(
        "Mara", languages=("mam", "es")
    )

    assert starts(app, "&language=mam") == ["17:00"]


def test_a_language_that_is_interpreted_is_asked_for_only_as_such(app: Flask) -> None:
    mam(app)

    with app.app_context():
        answers = [
            app.test_client().get(f"/api/slots?from=2026-11-27&to=2026-11-28&language=mam&kind={kind}").status_code
            for kind in ("standard", "child", "interpreted")
        ]

    assert answers == [400, 400, 200]


def test_the_document_names_the_languages_and_their_meaning(app: Flask) -> None:
    mam(app)

    with app.app_context():
        said = app.test_client().get("/api/openapi.json").get_json()

    (language,) = [one for one in said["paths"]["/api/slots"]["get"]["parameters"] if one["name"] == "language"]
    assert (language["schema"], "interpreted" in language["description"]) == (
        {"type": "string", "enum": ["en", "es", "mam"], "default": "es"},
        True,
    )


@pytest.mark.parametrize("relayed", [False, True])
def test_it_tells_what_somebody_of_this_language_is_offered(app: Flask, parts: Parts, relayed: bool) -> None:
    firm = mam(app, ("en",) if relayed else ("es", "en"))
    if relayed:
        firm.with_interpreter("Tess", languages=("es", "en"))
    taken(2, "19:45", 45)
    hers = offered(parts, an_intake(app, spoken_language="mam", interpreter_needed="yes").id).starts

    told = starts(app, "&language=mam", "/api/slots?from=2026-11-24&to=2026-12-24&kind=interpreted")

    assert {f"{start:%H:%M}" for start in hers} <= set(told)
    assert len(told) >= len(hers) > 0
