"""Dates as people know them: of birth, an age instead, the next hearing; in part, or not at all."""

from typing import Any

import pytest

from tests.forms.asking import post, typed


def birth(day: str = "", month: str = "", year: str = "", **more: str) -> Any:
    values = {"birth_date__day": day, "birth_date__month": month, "birth_date__year": year}
    return post("about", typed(**values, **more))


@pytest.mark.parametrize(
    ("date", "kept"),
    [
        pytest.param(("", "", "1990"), (1990, None, None, "year"), id="only the year"),
        pytest.param(("", "2", "1990"), (1990, 2, None, "month"), id="month and year"),
        pytest.param(("29", "2", "1992"), (1992, 2, 29, "day"), id="a leap day"),
        pytest.param(("24", "11", "2026"), (2026, 11, 24, "day"), id="born today"),
    ],
)
def test_a_date_may_be_known_in_part(date: tuple[str, str, str], kept: tuple[Any, ...]) -> None:
    page = birth(*date)

    assert tuple(page.answers()["birth_date"][key] for key in ("y", "m", "d", "precision")) == kept


@pytest.mark.parametrize(
    "date",
    [
        pytest.param(("", "", ""), id="nothing"),
        pytest.param(("24", "11", ""), id="no year"),
        pytest.param(("24", "", "1990"), id="a day without its month"),
        pytest.param(("29", "2", "1990"), id="no leap year"),
        pytest.param(("31", "4", ""), id="a day that never is"),
        pytest.param(("", "12", "2026"), id="a month to come"),
        pytest.param(("25", "11", "2026"), id="tomorrow"),
        pytest.param(("", "", "1915"), id="older than anybody"),
        pytest.param(("", "", "9" * 1_000_000), id="a million digits"),
        pytest.param(("-1", "x", "1990"), id="no numbers"),
    ],
)
def test_what_is_no_date_of_birth_gets_a_message(date: tuple[str, str, str]) -> None:
    assert birth(*date).errors["birth_date"]


def test_not_knowing_outweighs_a_chosen_date() -> None:
    page = birth("1", "1", "1990", birth_date__unknown="1")

    assert page.answers()["birth_date"]["unknown"] is True


@pytest.mark.parametrize(
    ("age", "kept"),
    [
        pytest.param("0", 0, id="a newborn"),
        pytest.param(" 34 ", 34, id="with spaces"),
        pytest.param("٣٤", 34, id="Arabic digits"),
        pytest.param("110", 110, id="the oldest"),
    ],
)
def test_an_age_is_a_number(age: str, kept: int) -> None:
    assert birth(birth_date__unknown="1", age_years=age).answers()["age_years"] == kept


@pytest.mark.parametrize("age", ["", "-1", "111", "12.5", "²", "1e3", "9" * 1_000_000, "\0"])
def test_what_is_no_age_gets_a_message(age: str) -> None:
    assert birth(birth_date__unknown="1", age_years=age).errors["age_years"]


def hearing(**date: str) -> Any:
    values = {f"next_hearing_date__{part}": value for part, value in date.items()}
    return post("dates", typed(court_papers="yes", **values))


@pytest.mark.parametrize(
    ("date", "kept"),
    [
        pytest.param({"day": "8", "month": "12", "year": "2026"}, "2026-12-08", id="a day"),
        pytest.param({"day": "8", "month": "10", "year": "2026"}, "2026-10-08", id="one that has passed"),
        pytest.param({"unknown": "1"}, "unknown", id="not known"),
        pytest.param({"none": "1"}, "none", id="none yet"),
        pytest.param({"unknown": "1", "none": "1"}, "unknown", id="not known outweighs none"),
    ],
)
def test_a_hearing_is_a_day_or_not_known(date: dict[str, str], kept: str) -> None:
    assert hearing(**date).answers()["next_hearing_date"] == kept


@pytest.mark.parametrize(
    "date",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"month": "12", "year": "2026"}, id="no day"),
        pytest.param({"day": "31", "month": "11", "year": "2026"}, id="no such day"),
        pytest.param({"day": "30", "month": "12", "year": "2032"}, id="more than six years on"),
    ],
)
def test_half_a_hearing_date_gets_a_message(date: dict[str, str]) -> None:
    assert hearing(**date).errors["next_hearing_date"]
