"""Why somebody is urgent, and her year, for attorneys and paralegals."""

from typing import Any

import pytest
from flask import Flask

from scheduler.casework import access
from scheduler.casework.access import POLICY, Permission, Role
from scheduler.casework.why import CONFIDED
from scheduler.engine.one_year import DeadlineBasis, OneYearState
from scheduler.engine.triage import STAFF
from scheduler.engine.triage_rules import RULES
from scheduler.models import Intake
from scheduler.web import why_words
from scheduler.words import speaking
from tests.builders.browser import a_booking
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.staff import at_the_desk, confirm_names

ARRIVED: dict[str, Any] = {"ever_in_us": "in_us", "last_arrival_date": {"y": 2026, "m": 1, "d": 1}}
"""The safe date is 31 December 2026, 37 days ahead; the last day 4 January 2027."""
MONTH: dict[str, Any] = {"ever_in_us": "in_us", "last_arrival_date": {"y": 2025, "m": 11}}
BLOCK, SAFE, LAST, FEE = (
    "Why, and her year",
    "Thursday, December 31, 2026",
    "Monday, January 4, 2027",
    "fee and receipt",
)


def shown(app: Flask, role: str, **answers: Any) -> str:
    """The page of an intake with these answers, to somebody of that role."""
    a_firm(app)
    intake = an_intake(app, **answers)
    return at_the_desk(app, role).get(f"/desk/intake/{intake.id}").text


READS = [
    pytest.param("attorney", [True, True, True, True], id="an attorney reads all of it"),
    pytest.param("paralegal", [True, True, False, False], id="a paralegal not the last day, nor what is to be paid"),
    pytest.param("receptionist", [False, False, False, False], id="the desk nothing"),
    pytest.param("conflicts", [False, False, False, False], id="who looks at the names nothing"),
]


@pytest.mark.parametrize(("role", "reads"), READS)
def test_each_reads_of_it_what_she_may(app: Flask, role: str, reads: list[bool]) -> None:
    page = shown(app, role, **ARRIVED)

    assert [word in page for word in (BLOCK, SAFE, LAST, FEE)] == reads


@pytest.mark.parametrize(
    ("permission", "seen"),
    [
        pytest.param(Permission.SEE_REASONS, [True, True, False, False], id="the reasons"),
        pytest.param(Permission.SEE_LAST_DAY, [False, False, False, False], id="the last day alone opens nothing"),
    ],
)
def test_without_its_permission_the_desk_would_read_it_too(
    app: Flask, monkeypatch: pytest.MonkeyPatch, permission: Permission, seen: list[bool]
) -> None:
    more = POLICY[Role.RECEPTIONIST] | {permission}
    monkeypatch.setattr(access, "POLICY", {**POLICY, Role.RECEPTIONIST: more})

    page = shown(app, "receptionist", **ARRIVED)

    assert [word in page for word in (BLOCK, SAFE, LAST, FEE)] == seen


def test_what_is_calculated_is_called_so_each_time(app: Flask) -> None:
    """The state, the two days of her arrival, the safe date and the last day."""
    page = shown(app, "attorney", **MONTH).partition(BLOCK)[2].partition("</section>")[0]

    assert page.count("calculated, verify") == 4
    assert "between Saturday, November 1, 2025 and Sunday, November 30, 2025" in page


def test_nobody_arrived_after_today(app: Flask) -> None:
    page = shown(app, "attorney", ever_in_us="in_us", last_arrival_date={"y": 2026})

    assert "between Thursday, January 1, 2026 and Tuesday, November 24, 2026" in page


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        pytest.param({**ARRIVED, "waiting_in_mexico_program": None}, "the last arrival", id="she is there since"),
        pytest.param({**ARRIVED, "ever_in_us": "left"}, "an attorney must say whether it does", id="she left"),
        pytest.param({**ARRIVED, "prior_applications": ["i589_court"]}, "filed? verify receipt", id="filed before"),
        pytest.param(ARRIVED, "37 days left", id="how long it still runs"),
        pytest.param({"ever_in_us": "in_us", "last_arrival_date": {"y": 2024}}, "attorney to review", id="T13b: late"),
        pytest.param(
            {**ARRIVED, "birth_date": {"y": 2012, "m": 1, "d": 1}, "minor_with_adult": "alone"},
            "the year may not apply",
            id="a child alone",
        ),
        pytest.param({"ever_in_us": "never"}, "no year is counted", id="never there"),
    ],
)
def test_an_attorney_reads_from_what_it_is_counted(app: Flask, answers: dict[str, Any], said: str) -> None:
    assert said in shown(app, "attorney", **answers)


def test_a_reason_that_gives_away_her_story_is_for_who_hears_her(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_booking(app, "2026-11-27T17:00", fear_mexico="yes", waiting_in_mexico_program="not_sure")
    confirm_names(app, call.intake_id)
    own, other = at_the_desk(app, "attorney", person=call.attorney), at_the_desk(app, "attorney")

    pages = [who.get(f"/desk/intake/{call.intake_id}").text for who in (own, other)]

    assert ["fear-of-Mexico screening" in page for page in pages] == [True, False]
    assert ["told in confidence" in page for page in pages] == [False, True]


def test_the_brief_says_it_too(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_booking(app, "2026-11-27T17:00", **ARRIVED)
    confirm_names(app, call.intake_id)

    page = at_the_desk(app, "attorney", person=call.attorney).get(f"/b/{again(Intake, call.intake_id).ref}").text

    assert [word in page for word in (BLOCK, SAFE, LAST, FEE)] == [True] * 4


def test_a_removal_order_shows_the_days_to_appeal_and_that_nobody_looked_them_over(app: Flask) -> None:
    page = shown(app, "paralegal", removal_order="yes", removal_order_date={"y": 2026, "m": 11, "d": 2})

    assert "appeal window, verify" in page
    assert [f"{words} {days} <span" in page for words, days in (("plan with", 10), ("by the rule", 30))] == [True] * 2


def test_without_an_order_no_days_to_appeal_are_shown(app: Flask) -> None:
    assert "plan with" not in shown(app, "attorney", **ARRIVED)


def test_every_rule_has_its_words() -> None:
    assert set(why_words.REASONS) == {*(rule.id for rule in RULES), STAFF, CONFIDED}


def test_every_state_and_basis_of_the_year_has_its_words() -> None:
    assert (set(why_words.YEARS), set(why_words.BASES)) == (set(OneYearState), set(DeadlineBasis))


def test_all_of_it_is_said_in_spanish() -> None:
    every = [words for table in (why_words.REASONS, why_words.YEARS, why_words.BASES) for words in table.values()]

    with speaking("es"):
        spanish = [str(words) for words in every]
    with speaking("en"):
        assert not {str(words) for words in every} & set(spanish)
