"""A firm from its file."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import openings
from scheduler.casework.asked import SetQuestions, set_questions
from scheduler.casework.firm import firm
from scheduler.casework.parts import Parts
from scheduler.casework.triage import usual_notice
from scheduler.engine.urgency import Level
from scheduler.models import Closure, Firm, Override, Person, Stay, WorkingHours, db
from tests.builders.settings import EXAMPLE
from tests.builders.staff import a_login, who_is
from tests.commands.typing import typed
from tests.conftest import on_both

ZONE = "America/Los_Angeles"
COURT = '[[firm.courts]]\ncode = "{}"\nen = "Reno"\nes = "Reno"\nzone = "{}"\n\n'


def written(folder: Path, old: str = "", new: str = "") -> str:
    """The example as a file, with one place changed."""
    text = EXAMPLE.read_text()
    assert old in text
    file = folder / "firm.toml"
    file.write_text(text.replace(old, new, 1))
    return str(file)


def person(address: str) -> Person:
    return db.session.scalars(select(Person).where(Person.email == address)).one()


@on_both
def test_the_example_of_the_manual_makes_a_firm_that_can_be_booked(app: Flask, parts: Parts) -> None:
    said = typed(app, "firm", "load", str(EXAMPLE))

    assert (said.code, said.text) == (0, "Citas LEU: 2 people, 1 closures.\n")
    assert openings.earliest_free_day(parts) is not None
    assert (firm().phone, firm().settings["opens"], firm().settings["weekdays"]) == (
        "+1 213 555 0100",
        540,
        [0, 1, 2, 3, 4],
    )
    windows = [(row.weekday, row.start, row.end) for row in person("ana@example.org").hours]
    assert sorted(windows) == [(0, 540, 720), (0, 780, 1020), (1, 540, 720), (1, 780, 1020), (3, 720, 1200)]
    assert db.session.scalars(select(Override.day)).all() == [date(2027, 1, 4)]
    assert db.session.scalars(select(Closure.day)).all() == [date(2026, 12, 24)]


def test_a_firm_may_have_courts_of_its_own(app: Flask, tmp_path: Path) -> None:
    typed(app, "firm", "load", written(tmp_path, "[[people]]", COURT.format("reno", ZONE) + "[[people]]"))

    assert [(court.code, court.zone) for court in firm().venues.courts] == [("reno", ZONE)]
    assert len(firm().venues.ports) > 1


OWN = """[[firm.own_questions]]
en = "How did you hear of us?"
es = "¿Cómo supo de nosotros?"

"""


def test_what_a_page_set_outlives_the_file(app: Flask, parts: Parts, tmp_path: Path) -> None:
    file = written(tmp_path, "[[people]]", OWN + "[[people]]")
    typed(app, "firm", "load", file)
    first = [question.es for question in firm().own_questions]
    set_questions(parts, who_is(a_login(app, "admin")), SetQuestions({"safe_word"}, []))

    typed(app, "firm", "load", file)

    db.session.rollback()
    assert first == ["¿Cómo supo de nosotros?"]
    assert (list(firm().own_questions), set(firm().questions_off)) == ([], {"safe_word"})


@on_both
def test_a_file_that_is_to_replace_them_replaces_hours_and_keeps_people(app: Flask, tmp_path: Path) -> None:
    typed(app, "firm", "load", str(EXAMPLE))
    before = person("ana@example.org")

    typed(app, "firm", "load", "--replace", written(tmp_path, 'thu = ["12:00-20:00"]', 'fri = ["8:00-9:00"]'))

    after = person("ana@example.org")
    assert (after.id, after.number, after.version) == (before.id, before.number, before.version + 1)
    assert {row.weekday for row in db.session.scalars(select(WorkingHours).filter_by(person_id=after.id))} == {0, 1, 4}


STAYS = """[[people.stays]]
first = 2027-01-11
last = {}
zone = "{}"

[[people.stays]]
first = 2027-01-18
last = 2027-01-18
zone = "America/Denver"

[[people.overrides]]"""
OVERRIDES = "[[people.overrides]]"


def test_days_in_other_zones_are_those_of_the_file(app: Flask, tmp_path: Path) -> None:
    typed(app, "firm", "load", written(tmp_path, OVERRIDES, STAYS.format("2027-01-12", "Europe/Paris")))

    typed(app, "firm", "load", "--replace", written(tmp_path, OVERRIDES, STAYS.format("2027-01-15", "Europe/Madrid")))

    stays = db.session.execute(select(Stay.first_day, Stay.last_day, Stay.zone).order_by(Stay.first_day)).all()
    assert [tuple(stay) for stay in stays] == [
        (date(2027, 1, 11), date(2027, 1, 15), "Europe/Madrid"),
        (date(2027, 1, 18), date(2027, 1, 18), "America/Denver"),
    ]


def test_how_long_an_interpreter_is_looked_for_stands_in_the_file(app: Flask, tmp_path: Path) -> None:
    typed(app, "firm", "load", written(tmp_path, "interpreter_lead_hours = 24", "interpreter_lead_hours = 48"))

    assert usual_notice(firm()).of(Level.U3, interpreter_needed=True) == 48 * 60


def test_who_is_no_longer_named_takes_no_more_calls(app: Flask, tmp_path: Path) -> None:
    typed(app, "firm", "load", str(EXAMPLE))

    typed(app, "firm", "load", "--replace", written(tmp_path, "marta@example.org", "other@example.org"))

    assert [person(f"{name}@example.org").active for name in ("ana", "marta", "other")] == [True, False, True]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param('alias = "Citas LEU" ', "", "alias is missing", id="a text is missing"),
        pytest.param("[firm.cost]", "[firm.price]", "cost is missing", id="a table is missing"),
        pytest.param('"America/New_York"', '"New York"', "'New York' is no time zone", id="no zone"),
        pytest.param('opens = "9:00"', 'opens = "9 am"', "'9 am' is no clock time", id="no clock time"),
        pytest.param('opens = "9:00"', 'opens = "24:30"', "'24:30' is no clock time", id="after midnight"),
        pytest.param("9:00-12:00", "9:00", "'9:00' is no window", id="no window"),
        pytest.param("9:00-12:00", "9:00-9:00", "'9:00-9:00' is no window", id="an empty window"),
        pytest.param("9:00-12:00", "24:00-2:00", "'24:00-2:00' is no window", id="a start at the end of the day"),
        pytest.param('mon = ["9:00-12', 'monday = ["9:00-12', "'monday' is no weekday", id="no weekday"),
        pytest.param("day = 2026-12-24", 'day = "2026-12-24"', "day is a date", id="a date in quotation marks"),
        pytest.param('kind = "attorney"', 'kind = "lawyer"', "neither attorney nor paralegal", id="another kind"),
        pytest.param('kind = "attorney"', 'kind = "attorney"\ngender = "x"', "neither woman nor man", id="no gender"),
        pytest.param("buffer_after = 15", 'buffer_after = "15"', "buffer_after is a whole number", id="no number"),
        pytest.param("buffer_after = 15", "buffer_after = 241", "buffer_after: 241 is not between 0", id="long buffer"),
        pytest.param("base_length = 45", "base_length = 241", "base_length: 241 is not between", id="a long call"),
        pytest.param(
            "interpreter_lead_hours = 24",
            "interpreter_lead_hours = 169",
            "lead_hours: 169 is not",
            id="over a week",
        ),
        pytest.param('languages = ["mam", "es"]', "languages = []", "languages are missing", id="speaks nothing"),
        pytest.param("[[people]]", COURT.format("Reno!", ZONE) + "[[people]]", "'Reno!' is no code", id="no code"),
        pytest.param(
            "[[people]]", COURT.format("reno", "Reno") + "[[people]]", "'Reno' is no time zone", id="no zone of a court"
        ),
        pytest.param("[[people]]", OWN.replace("en =", "#") + "[[people]]", "own question 1", id="in one language"),
        pytest.param('phone = "', 'questions_off = ["birth_date"]\nphone = "', "'birth_date' is no", id="needed"),
        pytest.param(
            "https://www.example.org", "https://www.example.org/", "is no origin", id="an address, not an origin"
        ),
        pytest.param("https://www.example.org", "*", "is no origin", id="everybody"),
        pytest.param("https://www.example.org", "http://www.example.org", "is no origin", id="not sealed on its way"),
        pytest.param("https://www.example.org", "https://www.example.org:443", "is no origin", id="the usual port"),
        pytest.param("consulted = 365", "consulted = 366", "retention: consulted", id="kept longer than the table"),
        pytest.param("consulted = 365", "audit = 30", "retention: audit", id="days that are not the firm's to set"),
        pytest.param(OVERRIDES, STAYS.format("2027-01-10", ZONE), "stays: 2027-01-11", id="a stay that ends too soon"),
        pytest.param(OVERRIDES, STAYS.format("2027-01-18", ZONE), "stays: 2027-01-18", id="one day in two zones"),
        pytest.param(
            OVERRIDES, STAYS.format("2027-01-12", "Madrid"), "'Madrid' is no time zone", id="no zone of a stay"
        ),
        pytest.param(OVERRIDES, STAYS.format("true", ZONE), "last is a date", id="no last day"),
        pytest.param("[firm]", "[firm", "firm.toml", id="no TOML"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_loaded(app: Flask, tmp_path: Path, old: str, new: str, message: str) -> None:
    said = typed(app, "firm", "load", written(tmp_path, old, new))

    assert (said.code, message in said.text) == (1, True), said.text
    assert db.session.get(Firm, 1) is None
