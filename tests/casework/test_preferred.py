"""With whom she would rather talk comes first among those who are free; it takes no time away and keeps none."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from scheduler.casework import slots
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.moving import Cancel, MoveTo, cancel, move
from scheduler.casework.openings import offered
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.models import Consultation, Intake
from tests.builders.firm import AFirm, a_firm, again, an_intake
from tests.casework.appointments import MAM, URGENT, at, booked
from tests.conftest import on_both

ANA, BETO, EVA = 1, 2, 3
USUAL, TURNS = "least_loaded", "round_robin"
WOMAN: dict[str, Any] = {"call_needs": ["slow", "woman"]}
MAN: dict[str, Any] = {"call_needs": ["man"]}
WEEK_OF_CALLS = (at(30, 9), at(30, 10))


def house(app: Flask, **settings: Any) -> AFirm:
    """Ana is a woman, Beto a man, of Eva it was not said; Ana has had calls this week."""
    firm = a_firm(app, **settings).with_attorney("Ana", gender="woman")
    for start in WEEK_OF_CALLS:
        booked(app, start)
    return firm.with_attorney("Beto", gender="man").with_attorney("Eva")


@on_both
@pytest.mark.parametrize(
    ("answers", "assignment", "takes_it"),
    [
        pytest.param({}, USUAL, BETO, id="nothing is said: the fewest calls, then the lowest number"),
        pytest.param({"call_needs": ["slow"]}, USUAL, BETO, id="another need orders nobody"),
        pytest.param(WOMAN, USUAL, ANA, id="a woman, though she has more calls"),
        pytest.param(MAN, USUAL, BETO, id="a man"),
        pytest.param(WOMAN, TURNS, ANA, id="a woman, though others have waited longer"),
        pytest.param({}, TURNS, BETO, id="nothing is said: who never had one"),
    ],
)
def test_who_is_free_takes_it_in_this_order(
    app: Flask, answers: dict[str, Any], assignment: str, takes_it: int
) -> None:
    house(app, assignment=assignment)

    assert booked(app, at(30, 14), **answers).attorney == takes_it


def test_where_no_woman_is_free_a_man_takes_the_time_she_chose(app: Flask) -> None:
    house(app)

    assert booked(app, WEEK_OF_CALLS[0], **WOMAN).attorney == BETO


def test_where_it_was_said_of_nobody_the_usual_order_holds(app: Flask) -> None:
    a_firm(app).with_attorney("Ana").with_attorney("Eva")

    assert booked(app, at(30, 14), **WOMAN).attorney == ANA


def test_what_is_said_of_a_paralegal_or_of_one_screened_off_counts_nothing(app: Flask, parts: Parts) -> None:
    firm = house(app).with_attorney("Pia", gender="woman", is_paralegal=True)
    intake = an_intake(app, **WOMAN)
    with writing() as session:
        session.execute(update(Intake).where(Intake.id == intake.id).values(screened_off=[ANA]))

    call = book(parts, BookSlot(intake.id, at(30, 14), "phone"))

    assert call.attorney not in {ANA, firm.number("Pia")}


@on_both
@pytest.mark.parametrize("answers", [pytest.param(WOMAN, id="a woman"), pytest.param(MAN, id="a man")])
def test_the_same_times_are_offered_whatever_she_would_rather_have(
    app: Flask, parts: Parts, answers: dict[str, Any]
) -> None:
    a_firm(app).with_attorney("Ana", gender="woman", hours="9:00-11:00").with_attorney("Beto", gender="man")

    assert offered(parts, an_intake(app, **answers).id).starts == offered(parts, an_intake(app).id).starts


def test_the_urgent_are_seen_in_time_by_whoever_is_there(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana", gender="woman", hours={0: "9:00-17:00"}).with_attorney("Beto", gender="man")
    answers: dict[str, Any] = {**URGENT, **WOMAN}
    intake = an_intake(app, **answers)

    first = offered(parts, intake.id).starts[0]

    assert first < at(30, 9)
    assert book(parts, BookSlot(intake.id, first, "phone")).attorney == BETO


@on_both
def test_who_comes_back_has_her_attorney_again_if_he_is_free(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana").with_attorney("Beto").with_attorney("Eva")
    booked(app, at(30, 9))
    hers = booked(app, at(30, 9))
    cancel(parts, Cancel(hers.id))

    again_booked = book(parts, BookSlot(hers.intake_id, at(30, 14), "phone", key="again-1"))

    assert (hers.attorney, again_booked.attorney) == (BETO, BETO)


def test_what_she_would_rather_have_counts_before_whom_she_knows(app: Flask, parts: Parts) -> None:
    firm = a_firm(app).with_attorney("Ana", gender="man")
    hers = booked(app, at(30, 9), **WOMAN)
    cancel(parts, Cancel(hers.id))
    firm.with_attorney("Eva", gender="woman")

    assert book(parts, BookSlot(hers.intake_id, at(30, 14), "phone", key="again-1")).attorney == 2


def test_a_move_keeps_her_attorney_all_the_same(app: Flask, parts: Parts) -> None:
    firm = a_firm(app).with_attorney("Ana", gender="man")
    hers = booked(app, at(30, 9), **WOMAN)
    firm.with_attorney("Eva", gender="woman")

    move(parts, MoveTo(hers.id, at(30, 14)))

    assert again(Consultation, hers.id).attorney == ANA


@on_both
def test_of_two_interpreters_the_one_she_would_rather_have_comes_first(app: Flask) -> None:
    firm = a_firm(app).with_attorney("Ana")
    firm.with_interpreter("Luis", languages=("mam", "es"), gender="man")
    firm.with_interpreter("Mara", languages=("mam", "es"), gender="woman")

    calls = [booked(app, at(30, 9), **MAM, **WOMAN), booked(app, at(30, 11), **MAM, **WOMAN)]

    assert [call.interpreter for call in calls] == [3, 3]


def test_the_order_has_power(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "preferred_first", lambda people, _preferred: list(people))
    house(app)

    assert booked(app, at(30, 14), **WOMAN).attorney != ANA
