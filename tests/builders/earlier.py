"""Answers that stand before a page is sent: every question answered well, on whatever branch the codes lead to."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from forms.context import PageContext
from forms.flow import PAGES
from forms.more.flow import PAGES as MORE
from forms.options import Options
from scheduler.engine.again import AGAIN
from tests.builders.hostile import MARK
from tests.conftest import TUESDAY

Stored = dict[str, Any]


def day(year: int | None, month: int | None = None, number: int | None = None) -> Stored:
    """A date of which only a part may be known, as it is stored."""
    precision = "day" if number else "month" if month else "year" if year else "unknown"
    return {"y": year, "m": month, "d": number, "precision": precision, "unknown": year is None}


EVERYTHING: Mapping[str, Any] = {
    "ui_locale": "es",
    "device_safe": "yes",
    "immediate_danger": "no",
    "filler_role": "self",
    "client_agrees": "yes",
    "helper_name": f"{MARK} Ayuda",
    "helper_relationship": "sibling",
    "helper_org": "Casa",
    "spoken_language": "es",
    "spoken_language_other": "Chuj",
    "interpreter_needed": "yes",
    "contact_channel": "sms",
    "helper_medium": "sms",
    "contact_phone": "+526641234567",
    "contact_email": f"{MARK.lower()}@buzon.example",
    "phone_shared": "only_me",
    "may_write": "yes",
    "can_leave_message": "neutral",
    "given_names": f"{MARK} Elena",
    "family_names": "Paz",
    "birth_date": day(1990, 5, 3),
    "age_years": 12,
    "minor_with_adult": "parent",
    "nationality_country": ["HN"],
    "current_country": "MX",
    "us_state": "TX",
    "other_country": "BR",
    "mx_city": "tijuana",
    "mx_state": "SON",
    "local_time_ok": "yes",
    "detained_now": "no",
    "ever_in_us": "never",
    "last_arrival_date": day(2026, 8, 3),
    "waiting_in_mexico_program": "no",
    "court_papers": "no",
    "next_hearing_date": "2027-02-01",
    "missed_hearing": "not_sure",
    "removal_order": "no",
    "removal_order_date": day(2026),
    "fear_interview": "none",
    "fear_interview_date": "unknown",
    "other_deadline": "no",
    "other_deadline_date": "2027-03-01",
    "other_deadline_kind": "other",
    "conflict_people_any": "no",
    "conflict_people": [{"name": f"{MARK} Ruiz", "role": "employer"}],
    "current_attorney": "no",
    "ack_no_relationship": True,
    "consent_privacy": True,
    "helper_attests": True,
}
"""As Part A stores it; what a branch hides is taken away by the engine."""

OTHERS: Mapping[str, st.SearchStrategy[Any]] = {
    "birth_date": st.sampled_from([day(2014, 2), day(2009, 11, 23), day(None)]),
    "nationality_country": st.sampled_from([["MX"], ["GT", "HN"], ["XX"]]),
    "next_hearing_date": st.sampled_from(["unknown", "none", "2026-11-25", "2026-12-03", "2026-10-01"]),
    "other_deadline_date": st.sampled_from(["unknown", "2026-11-24"]),
    "last_arrival_date": st.sampled_from([day(2025, 12), day(2010), day(None)]),
    "one_name_only": st.just(True),
    "i_am_detained": st.just(True),
    "safe_word": st.just("girasol"),
    "a_number": st.just("012345678"),
}
"""What is no choice of codes and opens or closes something."""

SKIPPED = frozenset({"local_time_ok", "time_zone_choice", "missed_hearing", "mx_state"})
"""Choices whose codes hang on others."""

UNFIT = {"helper_relationship": "friend"}
"""A code that does not go with every role."""


STOOD = {again.mark: True for again in AGAIN if again.stands}
"""She stands by what she was asked again."""


def _codes() -> dict[str, list[str]]:
    known = PageContext(today=TUESDAY.date(), now=TUESDAY, answers={"filler_role": "friend"})
    questions = [question for page in (*PAGES, *MORE) for question in page(None, known).questions()]
    radios = [
        question for question in questions if isinstance(question, Options) and question.kind in {"radio", "select"}
    ]
    return {
        question.name: [choice.code for choice in question.choices if UNFIT.get(question.name) != choice.code]
        for question in radios
        if question.name not in SKIPPED
    }


CODES = _codes()


def _earlier() -> st.SearchStrategy[Stored]:
    chosen = st.fixed_dictionaries({}, optional={name: st.sampled_from(codes) for name, codes in CODES.items()})
    return st.builds(
        lambda some, more: {**STOOD, **EVERYTHING, **some, **more}, chosen, st.fixed_dictionaries({}, optional=OTHERS)
    )


earlier_answers = _earlier()
"""Answers by which every page is open, on any branch; some that a branch hides are in it."""
