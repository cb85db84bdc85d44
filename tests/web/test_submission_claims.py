"""Each claim about a submission notices what it is there to notice: the service is broken on purpose, once each."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, redirect, request

from forms.fields import Name
from forms.intake.about import AboutPage
from scheduler.casework import documents, intake
from scheduler.casework.parts import Parts
from scheduler.engine import branches
from scheduler.models import Intake
from scheduler.web import errors
from tests.builders import claims
from tests.builders.earlier import EVERYTHING, Stored
from tests.builders.firm import a_firm
from tests.builders.hostile import MARK, Pairs
from tests.builders.sent_pages import Page, of_a_page
from tests.builders.visitor import Visitor, listening, read

ABOUT: Pairs = [
    *(("given_names", f"{MARK} Elena"), ("family_names", "Paz"), ("birth_date-year", "1990")),
    *(("nationality_country", "HN"), ("urgency", "U1"), ("helper_name", f"{MARK} Ayuda")),
]
Wrong = list[str]
log = logging.getLogger(__name__)


@pytest.fixture
def visitor(app: Flask) -> Iterator[Visitor]:
    a_firm(app).with_attorney("Ana")
    with listening(app) as visitor:
        yield visitor


def storing(monkeypatch: pytest.MonkeyPatch, **instead: Any) -> None:
    """Break the store: these are sealed instead of what was answered."""

    def seal(parts: Parts, row: Intake, answers: Stored) -> None:
        documents.seal_answers(parts, row, {**answers, **instead})

    monkeypatch.setattr(intake, "seal_answers", seal)


def found(visitor: Visitor, pairs: Pairs = ABOUT, path: str = "/apply/about") -> Wrong:
    """All that is wrong once this is sent."""
    before = visitor.draft(EVERYTHING)
    sent = visitor.sends(path, pairs)
    after = visitor.stored()
    of_the_page = of_a_page(visitor, Page(AboutPage), before, sent, after)
    return [*claims.broken(sent), *claims.repeated(sent), *of_the_page]


def test_nothing_is_wrong_with_a_page_that_is_answered_well(visitor: Visitor) -> None:
    assert found(visitor) == []


def test_a_form_that_raises_is_noticed(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AboutPage, "validate", lambda _form: 1 / 0)
    visitor.draft(EVERYTHING)

    sent = visitor.sends("/apply/about", ABOUT)

    assert claims.broken(sent) == ["/apply/about answers 500"]


def test_a_store_that_drops_an_answer_is_noticed(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    storing(monkeypatch, family_names=None)

    assert found(visitor) == ["lost: ['family_names']"]


def test_an_answer_of_another_page_that_is_dropped_is_noticed(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    storing(monkeypatch, mx_city="cancun")

    assert found(visitor) == ["lost: ['mx_city']"]


def test_a_hidden_answer_that_is_kept_is_noticed(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        branches, "saved", lambda _page, before, posted, _today, **_firm: {**before, **posted, "age_years": 30}
    )

    assert "hidden: ['age_years']" in found(visitor)


def test_an_answer_that_the_page_did_not_ask_for_is_noticed(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    storing(monkeypatch, safe_word="girasol")

    assert found(visitor) == ["foreign: ['safe_word']"]


def test_a_stored_answer_that_its_own_question_refuses_is_noticed(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        Name, "read", lambda self: f"{self.typed['']}{len(str(self.typed['']))}" if self.typed else None
    )
    before = visitor.draft(EVERYTHING)
    visitor.sends("/apply/about", ABOUT)
    after = visitor.stored()
    monkeypatch.undo()

    assert after is not None
    assert after["given_names"] != before["given_names"]
    assert "about.given_names" in claims.unfit([AboutPage], after, visitor.context(after))[0]


def test_a_refusal_that_repeats_what_was_typed_is_noticed(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "_page", lambda _template: f"<p>{request.form.get('given_names')}</p>")
    visitor.draft(EVERYTHING)

    sent = visitor.sends("/apply/nowhere", ABOUT)

    assert (sent.answer.status_code, claims.repeated(sent)) == (404, ["answer"])


def in_the_address(typed: str) -> Any:
    return redirect(f"/apply/where?was={typed}", 303)


def to_a_log(typed: str) -> Any:
    log.debug("%s", typed)
    return redirect("/", 303)


@pytest.mark.parametrize(("leak", "place"), [(in_the_address, "address"), (to_a_log, "log")])
def test_something_typed_is_noticed(
    app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, leak: Any, place: str
) -> None:
    monkeypatch.setitem(app.view_functions, "intake.save", lambda **_page: leak(request.form["given_names"]))
    visitor.draft(EVERYTHING)

    sent = visitor.sends("/apply/about", ABOUT)

    assert claims.repeated(sent) == [place]


def test_lone_surrogates_reach_the_service_as_they_are_read_here(visitor: Visitor) -> None:
    visitor.draft(EVERYTHING)

    visitor.sends("/apply/about", [("given_names", f"{MARK}\ud800")])

    kept = visitor.refused
    assert kept is not None
    assert kept["given_names"] == read([("given_names", f"{MARK}\ud800")])["given_names"]
