"""Whatever is sent to a page of questions, on any branch, is kept whole or refused; nothing fails, nothing leaks."""

import os
from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms import booking, files, resuming
from forms.base import QuestionForm
from forms.flow import BY_SLUG as PART_A
from forms.more.flow import BY_SLUG as PART_B
from scheduler.engine import branches, corrections, more_pages
from scheduler.engine.more_questions import RESTRICTED
from scheduler.models import Consultation
from scheduler.web.access import PUBLIC
from tests.builders import claims
from tests.builders.browser import a_booking, own_page
from tests.builders.earlier import EVERYTHING, Stored, earlier_answers
from tests.builders.firm import a_firm
from tests.builders.hostile import Pairs
from tests.builders.sent_pages import Page, of_a_page
from tests.builders.submissions import settled, submission
from tests.builders.visitor import Sent, Visitor, listening
from tests.web.conftest import START

pytestmark = pytest.mark.soak

SOAK = bool(os.environ.get("CITA_SOAK"))
TIMES = 10 if SOAK else 1
"""A thousand submissions with the other tests, the same ones each time; ten thousand, and others, in a soak."""

TICKED: Pairs = [("ack_no_relationship", "1"), ("consent_privacy", "1"), ("helper_attests", "1")]
REACHABLE = {name: EVERYTHING[name] for name in ("device_safe", "contact_channel", "phone_shared", "may_write")}
"""She gets codes, without which nothing of how she is reached is corrected."""

AROUND: dict[str, type[QuestionForm]] = {
    "/": QuestionForm,
    "/x": QuestionForm,
    "/apply/call-me": booking.CallMeForm,
    "/apply/time": booking.TimeForm,
    "/apply/later": QuestionForm,
    "/apply/next": QuestionForm,
    "/apply/still-here": QuestionForm,
    "/resume": resuming.NumberForm,
    "/resume/code": resuming.CodeForm,
    "/s/<code>": booking.ProofForm,
    "/c/<token>/facts": booking.ProofForm,
    "/c/<token>/letter": booking.ProofForm,
    "/c/<token>/new-time": booking.ProofForm,
    "/c/<token>/move": booking.MoveForm,
    "/c/<token>/not-now": booking.MoveForm,
    "/c/<token>/cancel": booking.ProofForm,
    "/c/<token>/files": files.FilesForm,
    "/c/<token>/share": QuestionForm,
    "/c/<token>/still-here": QuestionForm,
    "/s/<code>/still-here": QuestionForm,
}
"""Every other form a client can send, by its rule."""

BY_SCRIPT: dict[str, type[QuestionForm]] = {
    "/c/<token>/files/begin": files.FilesForm,
    "/c/<token>/files/<uuid:file_id>/<int:number>": QuestionForm,
    "/c/<token>/files/<uuid:file_id>/whole": QuestionForm,
}
"""What our own script asks of the server between two pages: it is answered without a page."""

OF_A_FILE: list[Pairs] = [[], [("sha256", "0" * 64), ("size", "2"), ("ending", "pdf")], [("size", "zentinela")]]
NOBODYS_FILE = "00000000-0000-4000-8000-000000000000"

EXTRA: list[Pairs] = [
    [],
    [("send_code", "1")],
    [("none", "1")],
    [("page", "zentinela")],
    [("share", "yes")],
    [("again", "again-1")],
]
"""Buttons and hidden fields."""

BODIES = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", "text/plain"]


def examples(number: int) -> settings:
    return settings(
        max_examples=number * TIMES,
        deadline=None,
        derandomize=not SOAK,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture
def visitor(app: Flask) -> Iterator[Visitor]:
    a_firm(app).with_attorney("Ana").with_attorney("Eva")
    with listening(app) as visitor:
        yield visitor


@pytest.fixture
def call(app: Flask, visitor: Visitor) -> Consultation:
    """A booked call whose client has proved who she is."""
    booked = a_booking(app, START)
    visitor.proven(booked)
    return booked


def of_an_answer(sent: Sent) -> list[str]:
    return [*claims.broken(sent), *claims.repeated(sent)]


def of_a_closed_one(before: Stored, after: Stored | None) -> list[str]:
    return [] if after == before else ["changed by a page that was not open"]


@pytest.mark.parametrize("page", PART_A)
@examples(60)
@given(draw=st.data())
def test_whatever_is_sent_to_a_page_of_part_a(visitor: Visitor, page: str, draw: st.DataObject) -> None:
    before, kind = visitor.draft(draw.draw(earlier_answers)), PART_A[page]
    known = visitor.context(before)
    pairs = settled(kind, draw.draw(submission(kind)), known)

    sent = visitor.sends(f"/apply/{page}", pairs)
    after = visitor.stored()

    is_open = branches.is_reachable(page, before, known.today, **known.firm.branching)
    wrong = of_a_page(visitor, Page(kind), before, sent, after) if is_open else of_a_closed_one(before, after)
    assert [*of_an_answer(sent), *wrong] == []
    assert visitor.opened(sent.location or f"/apply/{page}") == 200
    assert of_an_answer(visitor.sends("/apply/notices", TICKED)) == []
    assert visitor.opened("/apply/time") == 200


@pytest.mark.parametrize("page", PART_B)
@examples(25)
@given(draw=st.data())
def test_whatever_is_sent_to_a_page_of_part_b(
    app: Flask, visitor: Visitor, call: Consultation, page: str, draw: st.DataObject
) -> None:
    before, kind = visitor.seal(call.intake_id, draw.draw(earlier_answers)), PART_B[page]
    pairs, own = draw.draw(submission(kind)), own_page(app, call)

    sent = visitor.sends(f"{own}/more/{page}", [*pairs, *visitor.drawn(f"{own}/more/{page}")])
    after = visitor.stored(call.intake_id)

    known = visitor.context(before)
    pages = more_pages.pages(before, known.today, **known.firm.branching)
    is_open = page in pages and not branches.device_unsafe(before)
    all_of_them = Page(kind, RESTRICTED, (*PART_A.values(), *PART_B.values()))
    wrong = of_a_page(visitor, all_of_them, before, sent, after) if is_open else of_a_closed_one(before, after)
    assert [*of_an_answer(sent), *wrong] == []
    assert visitor.opened(f"{own}/more/{page}") == 200


@pytest.mark.parametrize("page", corrections.PAGES)
@examples(35)
@given(draw=st.data())
def test_whatever_is_sent_to_correct_a_fact(
    app: Flask, visitor: Visitor, call: Consultation, page: str, draw: st.DataObject
) -> None:
    before, kind = visitor.seal(call.intake_id, {**draw.draw(earlier_answers), **REACHABLE}), PART_A[page]
    own = own_page(app, call)
    pairs = settled(kind, draw.draw(submission(kind)), visitor.context(before))

    sent = visitor.sends(f"{own}/facts/{page}", [*pairs, *visitor.drawn(f"{own}/facts/{page}")])
    after = visitor.stored(call.intake_id)

    wrong = of_a_page(visitor, Page(kind, corrections.UNSEEN), before, sent, after)
    assert [*of_an_answer(sent), *wrong] == []
    assert visitor.opened(sent.location or own) == 200


@pytest.mark.parametrize("rule", AROUND)
@examples(10)
@given(draw=st.data())
def test_whatever_is_sent_to_any_other_form(app: Flask, visitor: Visitor, rule: str, draw: st.DataObject) -> None:
    before = visitor.draft(draw.draw(earlier_answers))
    call = a_booking(app, START)
    if draw.draw(st.booleans()):
        visitor.proven(call)
    path = rule.replace("/c/<token>", own_page(app, call)).replace("<code>", "Zentinela")
    pairs = draw.draw(submission(AROUND[rule])) + draw.draw(st.sampled_from(EXTRA))

    sent = visitor.sends(path, pairs, draw.draw(st.sampled_from(BODIES)))
    after = visitor.stored()

    known = visitor.context(after or {})
    unfit = claims.unfit(PART_A.values(), after, known) if after and rule == "/apply/call-me" else []
    assert [*of_an_answer(sent), *unfit] == []
    assert visitor.opened(sent.location or path) in {200, 404, 405}
    assert rule == "/apply/call-me" or not after or after == before


@pytest.mark.parametrize("rule", BY_SCRIPT)
@examples(10)
@given(draw=st.data())
def test_whatever_is_sent_as_if_by_our_own_script(
    visitor: Visitor, call: Consultation, rule: str, draw: st.DataObject
) -> None:
    before = visitor.stored(call.intake_id)
    path = rule.replace("<uuid:file_id>", NOBODYS_FILE).replace("<int:number>", draw.draw(st.sampled_from("079")))
    pairs = draw.draw(submission(BY_SCRIPT[rule])) + draw.draw(st.sampled_from(OF_A_FILE))

    sent = visitor.sends(
        path.replace("/c/<token>", own_page(visitor.app, call)), pairs, draw.draw(st.sampled_from(BODIES))
    )

    assert sent.answer.status_code in {200, *claims.ANSWERED} - {303}
    assert claims.repeated(sent) == []
    assert visitor.stored(call.intake_id) == before


def test_no_form_of_a_client_is_left_out(app: Flask) -> None:
    rules = {
        rule.rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ()) and rule.endpoint in PUBLIC
    }

    pages = {
        rule for rule in rules if rule.startswith(("/apply/<any(", "/c/<token>/more/<any(", "/c/<token>/facts/<any("))
    }
    others = {rule for rule in rules - pages if not rule.startswith("/staff")}
    assert (len(pages), others) == (3, {*AROUND, *BY_SCRIPT})
