"""A8: what fits together, and what is written down of it."""

from typing import Any

import pytest

from tests.forms.asking import EARLIER, context, post, typed

HERS: dict[str, Any] = {
    "court_papers": "yes",
    "next_hearing_date__day": "8",
    "next_hearing_date__month": "12",
    "next_hearing_date__year": "2026",
    "removal_order": "no",
    "fear_interview": "none",
    "other_deadline": "no",
}


def report(day: str, month: str = "12", year: str = "2026") -> dict[str, str]:
    return {"poe_report_date__day": day, "poe_report_date__month": month, "poe_report_date__year": year}


@pytest.mark.parametrize(
    ("more", "kept"),
    [
        pytest.param({}, {}, id="nothing: the sheet is not at hand"),
        pytest.param(report("7"), {"poe_report_date": "2026-12-07"}, id="the day before"),
        pytest.param(report("8"), {"poe_report_date": "2026-12-08"}, id="the same day"),
        pytest.param({"poe_report_date__unknown": "1"}, {"poe_report_date": "unknown"}, id="she does not know"),
        pytest.param({"poe_report_date__none": "1"}, {"poe_report_date": "none"}, id="there is none"),
        pytest.param(
            report("8") | {"poe_report_time": "4:30", "poe_report_time__half": "am", "poe_place": "nogales"},
            {"poe_report_date": "2026-12-08", "poe_report_time": "04:30", "poe_place": "nogales"},
            id="hour and place",
        ),
        pytest.param({"poe_report_time": "4:30", "poe_report_time__half": "am"}, {}, id="an hour without a day"),
        pytest.param(
            {"next_hearing_time": "8:30", "next_hearing_time__half": "am", "hearing_court": "el_paso"},
            {"next_hearing_time": "08:30", "hearing_court": "el_paso"},
            id="hour and court",
        ),
        pytest.param({"a_number": "A12 345 678"}, {"a_number": "012345678"}, id="her number"),
    ],
)
def test_what_is_optional_may_be_left_out(more: dict[str, str], kept: dict[str, str]) -> None:
    page = post("dates", typed(**HERS, **more))
    names = ("poe_report_date", "poe_report_time", "poe_place", "next_hearing_time", "hearing_court", "a_number")

    assert (page.errors, {name: page.answers()[name] for name in names if name in page.answers()}) == ({}, kept)


@pytest.mark.parametrize(
    ("more", "marked"),
    [
        pytest.param(report("9"), "poe_report_date", id="after court"),
        pytest.param(report("1", "10", "2025"), "poe_report_date", id="more than a year ago"),
        pytest.param({"poe_place": "tijuana"}, "poe_place", id="no crossing of the list"),
        pytest.param({"hearing_court": "nowhere"}, "hearing_court", id="no court of the list"),
        pytest.param({"next_hearing_time": "half past"}, "next_hearing_time", id="no time"),
        pytest.param({"a_number": "12"}, "a_number", id="no A-number"),
    ],
)
def test_what_does_not_fit_gets_a_message(more: dict[str, str], marked: str) -> None:
    assert list(post("dates", typed(**HERS, **more)).errors) == [marked]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        pytest.param("012345678", "012345678", id="nine figures"),
        pytest.param("12345678", "012345678", id="eight take a zero"),
        pytest.param("1234567", "001234567", id="seven take two"),
        pytest.param("A 123-456-789", "123456789", id="as on papers"),
        pytest.param("a#123.456.789", "123456789", id="with a sign and dots"),
        pytest.param("A–123‐456‑789", "123456789", id="with other hyphens"),
        pytest.param("١٢٣٤٥٦٧٨٩", "123456789", id="in other figures"),
        pytest.param("", None, id="left blank"),
        pytest.param(" - ", None, id="signs alone"),
    ],
)
def test_an_a_number_is_stored_as_nine_figures(written: str, stored: str | None) -> None:
    page = post("dates", typed(**HERS, a_number=written))

    assert (page.errors, page.answers().get("a_number")) == ({}, stored)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("123456", id="six figures"),
        pytest.param("1234567890", id="ten figures"),
        pytest.param("000000000", id="zeros"),
        pytest.param("B123456789", id="another letter"),
        pytest.param("A12345678X", id="a letter behind"),
        pytest.param("IOE012345678", id="a receipt number that lacks one"),
        pytest.param("9" * 1_000_000, id="a million figures"),
        pytest.param("\0\ud800", id="no text at all"),
    ],
)
def test_what_is_no_a_number_gets_a_message(written: str) -> None:
    assert list(post("dates", typed(**HERS, a_number=written)).errors) == ["a_number"]


@pytest.mark.parametrize("written", ["IOE0123456789", "ioe 0123 456 789", "MSC-01-2345-6789"])
def test_a_receipt_number_is_told_apart_and_kept(written: str) -> None:
    page = post("dates", typed(**HERS, a_number=written))

    said = page.answers()

    assert (page.errors, said.get("a_number"), said["uscis_receipt"][3:]) == ({}, None, "0123456789")


def test_an_a_number_shown_again_is_the_same_number() -> None:
    page: Any = post("dates", typed(**HERS, a_number="12345678"))

    again: Any = type(page)(None, context(**(EARLIER | page.answers())))

    assert (again.a_number.value(), again.a_number.data) == ("A 012-345-678", "012345678")


@pytest.mark.parametrize(("locale", "city"), [("es", "Los Ángeles"), ("en", "Los Angeles")])
def test_courts_have_their_names_and_those_of_the_border_come_first(locale: str, city: str) -> None:
    page: Any = post("dates", typed(), context(locale))

    codes = [choice.code for choice in page.hearing_court.choices]

    assert (codes[0], codes[1], codes[-1]) == ("unknown", "san_diego", "other")
    assert city in [choice.label for choice in page.hearing_court.choices]
