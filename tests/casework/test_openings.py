"""What a client is offered: whose hours, in whose zone, how soon, how late, and what is said when it is too late."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from scheduler.casework.booking import BookSlot, book
from scheduler.casework.openings import earliest_free_day, offered
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.casework.wanted import NotBookable
from scheduler.engine.states import IntakeState
from scheduler.engine.zones import minute_of
from scheduler.models import Block, Person, db
from tests.builders.firm import a_firm, an_intake
from tests.casework.appointments import LOS_ANGELES, at
from tests.conftest import TUESDAY, on_both


@on_both
def test_a_normal_client_is_offered_the_hours_of_an_attorney_from_a_day_ahead(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana", hours="9:00-11:00")

    offer = offered(parts, an_intake(app).id)

    thanksgiving = at(26, 9)
    assert offer.starts[:4] == (at(25, 9), at(25, 9, 30), at(25, 10), at(27, 9))
    assert thanksgiving not in offer.starts
    assert not offer.late


def test_the_hours_are_by_the_attorneys_own_clock_and_what_is_safe_by_the_clients(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Beto", zone="America/New_York", hours="9:00-17:00")

    offer = offered(parts, an_intake(app, mx_city="tijuana").id)

    assert offer.zone == "America/Tijuana"
    assert offer.place == "Tijuana"
    day = [start.astimezone(LOS_ANGELES) for start in offer.starts if start < at(26, 0)]
    assert (day[0].hour, day[-1].strftime("%H:%M")) == (9, "13:00")


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        pytest.param({"spoken_language": "es"}, {"Ana", "Beto"}, id="Spanish"),
        pytest.param({"spoken_language": "en"}, {"Beto"}, id="English"),
        pytest.param(
            {"spoken_language": "ht", "interpreter_needed": "no_speaks_en"},
            {"Beto"},
            id="another language, but English will do",
        ),
        pytest.param(
            {"spoken_language": "mam", "interpreter_needed": "yes"},
            {"Ana", "Beto"},
            id="with an interpreter whoever speaks a language of the firm",
        ),
    ],
)
def test_only_those_who_speak_her_language_are_asked(
    app: Flask, parts: Parts, changes: dict[str, Any], names: set[str]
) -> None:
    firm = a_firm(app)
    firm.with_attorney("Ana", languages=("es",), hours="9:00-11:00")
    firm.with_attorney("Beto", languages=("es", "en"), hours="13:00-15:00")
    firm.with_attorney("Chloé", languages=("fr",), hours="11:00-13:00")

    offer = offered(parts, an_intake(app, **changes).id)

    hours = {start.astimezone(LOS_ANGELES).hour for start in offer.starts}
    assert {name for name, hour in {"Ana": 9, "Chloé": 11, "Beto": 13}.items() if hour in hours} == names


@pytest.mark.parametrize(
    ("changes", "length"),
    [
        pytest.param({}, 45, id="as usual"),
        pytest.param({"spoken_language": "mam", "interpreter_needed": "yes"}, 75, id="everything is said twice"),
        pytest.param(
            {
                "birth_date": {"y": 2012, "m": 1, "d": 1, "precision": "day", "unknown": False},
                "minor_with_adult": "parent",
            },
            60,
            id="a child needs time",
        ),
    ],
)
def test_a_slot_is_as_long_as_the_call_needs(app: Flask, parts: Parts, changes: dict[str, Any], length: int) -> None:
    a_firm(app).with_attorney("Ana", hours="9:00-10:15")

    offer = offered(parts, an_intake(app, **changes).id)

    assert offer.length == length
    whole_window = 75
    assert offer.starts[:1] == (at(25, 9),)
    assert (at(25, 9, 30) in offer.starts) == (length + 30 <= whole_window)


@on_both
def test_closures_overrides_and_bookings_with_their_buffers_are_kept_free(app: Flask, parts: Parts) -> None:
    firm = a_firm(app).with_attorney("Ana", hours="9:00-11:30", buffer_before=15, buffer_after=15)
    firm.closed_on(date(2026, 11, 27)).with_override("Ana", date(2026, 11, 30)).with_override(
        "Ana", date(2026, 12, 1), "13:00-14:00"
    )
    intake = an_intake(app)
    book(parts, BookSlot(an_intake(app).id, at(25, 9, 30), "phone"))

    starts = offered(parts, intake.id).starts

    assert starts[:2] == (at(1, 13, month=12), at(2, 9, month=12))


def test_a_lapsed_hold_stands_in_nobodys_way_and_a_living_one_does(app: Flask, parts: Parts) -> None:
    firm = a_firm(app).with_attorney("Ana", hours="9:00-10:30")
    intake = an_intake(app)
    with writing() as session:
        for day, expires in ((25, TUESDAY), (27, TUESDAY + timedelta(minutes=1))):
            b0 = minute_of(at(day, 9))
            session.add(Block(person=firm.number("Ana"), b0=b0, b1=b0 + 45, kind="hold", expires_at=expires))

    starts = offered(parts, intake.id).starts

    assert starts[:3] == (at(25, 9), at(25, 9, 30), at(30, 9))


def test_twelve_are_shown_first_over_two_of_her_days(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana", hours="9:00-17:00")

    offer = offered(parts, an_intake(app).id)

    days = [offer.day(start) for start in offer.first]
    assert (days.count(date(2026, 11, 25)), days.count(date(2026, 11, 27))) == (6, 6)
    assert list(offer.first) == sorted(offer.first)


def test_where_the_second_day_has_few_the_first_fills_the_twelve(app: Flask, parts: Parts) -> None:
    firm = a_firm(app, horizon_days=3).with_attorney("Ana", hours="9:00-18:00")
    firm.with_override("Ana", date(2026, 11, 27), "9:00-10:00")

    offer = offered(parts, an_intake(app).id)

    days = [offer.day(start) for start in offer.first]
    assert (days.count(date(2026, 11, 25)), days.count(date(2026, 11, 27))) == (11, 1)


def test_every_time_stands_in_exactly_one_of_her_weeks(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana")

    offer = offered(parts, an_intake(app).id)

    assert offer.weeks[:2] == ("2026-W48", "2026-W49")
    assert tuple(start for week in offer.weeks for start in offer.week(week)) == offer.starts
    assert offer.week("2026-W01") == offer.week("nonsense") == ()


def test_the_firm_says_how_much_notice_a_normal_case_needs(app: Flask, parts: Parts) -> None:
    a_firm(app, notice_minutes=90).with_attorney("Ana")

    assert offered(parts, an_intake(app).id).starts[0] == at(24, 10, 30)


@pytest.mark.parametrize(
    ("setting", "needed", "first"),
    [
        pytest.param({}, "yes", at(25, 9), id="a day where the firm says nothing"),
        pytest.param({"interpreter_lead_hours": 4}, "yes", at(24, 13), id="four hours: an interpreter on demand"),
        pytest.param({"interpreter_lead_hours": 72}, "yes", at(27, 9), id="three days"),
        pytest.param({"interpreter_lead_hours": 72}, "no_speaks_es", at(24, 10), id="no interpreter is needed"),
    ],
)
def test_the_firm_says_how_long_it_takes_to_find_an_interpreter(
    app: Flask, parts: Parts, setting: dict[str, Any], needed: str, first: datetime
) -> None:
    a_firm(app, notice_minutes=60, **setting).with_attorney("Ana").with_interpreter("Mara", languages=("mam", "es"))

    intake = an_intake(app, spoken_language="mam", interpreter_needed=needed)

    assert offered(parts, intake.id).starts[0] == first


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"state": IntakeState.DRAFT}, id="it was not sent"),
        pytest.param({"state": IntakeState.CALL_REQUESTED}, id="we call her"),
        pytest.param({"state": IntakeState.WITHDRAWN}, id="it is over"),
        pytest.param({"state": IntakeState.CONFLICT_REVIEW}, id="a person looks at the names first"),
    ],
)
def test_who_chooses_no_time_is_offered_none(app: Flask, parts: Parts, changes: dict[str, Any]) -> None:
    a_firm(app).with_attorney("Ana")
    intake = an_intake(app, **changes)

    with pytest.raises(NotBookable):
        offered(parts, intake.id)


def test_her_own_time_counts_as_free_when_she_moves(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana", hours="9:00-10:00")
    intake = an_intake(app)
    booked = book(parts, BookSlot(intake.id, at(25, 9), "phone"))

    hers, others = offered(parts, intake.id, moving=booked.id), offered(parts, an_intake(app).id)

    assert (at(25, 9) in hers.starts, at(25, 9) in others.starts) == (True, False)


def test_a_full_day_is_offered_to_nobody(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana", daily_cap=1)
    book(parts, BookSlot(an_intake(app).id, at(25, 9), "phone"))

    starts = offered(parts, an_intake(app).id).starts

    assert starts[0] == at(27, 9)


@on_both
def test_the_start_page_names_the_earliest_free_day_and_notices_a_booking(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana", hours="9:00-9:45")
    before = earliest_free_day(parts)

    book(parts, BookSlot(an_intake(app).id, at(25, 9), "phone"))

    assert (before, earliest_free_day(parts)) == (date(2026, 11, 25), date(2026, 11, 27))


def test_without_anybody_no_day_is_named(app: Flask, parts: Parts) -> None:
    a_firm(app)

    assert earliest_free_day(parts) is None
    assert db.session.query(Person).count() == 0
