"""Sets of answers for tests: whole Part A of a few people, and any answers at all."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

TODAY = date(2026, 11, 24)
"""A Tuesday; Thursday of that week is Thanksgiving."""

HERSELF: dict[str, Any] = {
    "device_safe": "yes",
    "immediate_danger": "no",
    "filler_role": "self",
    "spoken_language": "es",
    "contact_channel": "whatsapp",
    "contact_phone": "+526641234567",
    "phone_shared": "only_me",
    "may_write": "yes",
    "can_leave_message": "neutral",
    "given_names": "Ana",
    "family_names": "López Cruz",
    "birth_date": {"y": 1990, "m": 5, "d": 2, "precision": "day", "unknown": False},
    "nationality_country": ["HN"],
    "current_country": "MX",
    "mx_city": "tijuana",
    "detained_now": "no",
    "ever_in_us": "sent_back",
    "last_arrival_date": {"y": 2026, "m": 8, "d": 3, "precision": "day", "unknown": False},
    "waiting_in_mexico_program": "yes_papers",
    "court_papers": "yes",
    "next_hearing_date": "2026-12-08",
    "removal_order": "no",
    "fear_interview": "none",
    "other_deadline": "no",
    "conflict_people_any": "no",
    "current_attorney": "no",
    "ack_no_relationship": True,
    "consent_privacy": True,
}
"""A mother in Tijuana, sent back with papers; everything answered but the time."""


def herself(**changes: Any) -> dict[str, Any]:
    """Her answers with some of them changed; None takes one away."""
    changed = HERSELF | changes
    return {name: value for name, value in changed.items() if value is not None}


def partial(year: int | None, month: int | None = None, day: int | None = None) -> dict[str, Any]:
    """A partial date; without a year it is "I do not know"."""
    precision = "day" if day else "month" if month else "year"
    return {"y": year, "m": month, "d": day, "precision": precision, "unknown": year is None}


CODES: dict[str, list[Any]] = {
    "device_safe": ["yes", "no", "not_sure"],
    "immediate_danger": ["yes", "no", "prefer_not"],
    "filler_role": ["self", "family", "advocate", "friend"],
    "client_agrees": ["yes", "cannot_ask", "no"],
    "helper_name": ["Rosa"],
    "helper_relationship": ["parent", "friend"],
    "helper_org": ["Casa del Camino"],
    "spoken_language": ["es", "mam", "other"],
    "spoken_language_other": ["Chuj"],
    "interpreter_needed": ["yes", "no_speaks_es"],
    "contact_channel": ["whatsapp", "call", "email", "helper"],
    "helper_medium": ["call", "sms"],
    "contact_phone": ["+526641234567", ""],
    "contact_email": ["a@example.org"],
    "phone_shared": ["only_me", "shared_unsafe"],
    "may_write": ["yes", "no"],
    "can_leave_message": ["neutral", "with_name", "no"],
    "safe_times": [["any"], ["morning", "weekend"]],
    "safe_word": ["mariposa"],
    "given_names": ["Ana"],
    "one_name_only": [True, False],
    "family_names": ["López"],
    "preferred_name": ["Chela"],
    "birth_date": [partial(1990), partial(2010, 5), partial(None)],
    "age_years": [0, 17, 40],
    "minor_with_adult": ["alone", "parent"],
    "nationality_country": [["MX"], ["HN", "GT"]],
    "current_country": ["US", "MX", "OTHER", "prefer_not"],
    "us_state": ["CA", "TX", "unknown"],
    "other_country": ["GT", "BR", "XK"],
    "mx_city": ["tijuana", "other_mx", "prefer_not"],
    "mx_state": ["CHH", "MX-OAX"],
    "local_time_ok": ["yes", "no"],
    "time_zone_choice": ["America/Denver"],
    "detained_now": ["no", "yes_jail"],
    "detention_place": ["Adelanto"],
    "detention_since": [partial(2026, 11), partial(None)],
    "ever_in_us": ["in_us", "sent_back", "left", "never", "prefer_not"],
    "last_arrival_date": [partial(2026, 8, 3), partial(2025), partial(None)],
    "waiting_in_mexico_program": ["yes_papers", "no", "not_sure"],
    "court_papers": ["yes", "no", "not_sure"],
    "next_hearing_date": ["2026-12-08", "2026-10-01", "unknown", "none"],
    "next_hearing_time": ["08:30"],
    "hearing_court": ["san_diego", "unknown"],
    "poe_report_date": ["2026-12-08", "unknown", "none"],
    "poe_report_time": ["04:30"],
    "poe_place": ["nogales", "unknown"],
    "missed_hearing": ["went", "missed", "changed", "not_sure"],
    "removal_order": ["yes", "no", "not_sure"],
    "removal_order_date": [partial(2026, 11, 1), partial(2025), partial(None)],
    "fear_interview": ["none", "scheduled", "negative", "waiting"],
    "fear_interview_date": ["2026-11-30", "2026-11-20", "unknown"],
    "other_deadline": ["yes", "no", "not_sure"],
    "other_deadline_date": ["2026-11-25", "2026-12-30", "2026-11-01", "unknown"],
    "other_deadline_kind": ["appeal", "fee_notice", "deport_date"],
    "a_number": ["012345678"],
    "other_names_used": [["Ana Cruz"]],
    "uscis_receipt": ["IOE0123456789"],
    "receipt_asked_again": [True],
    "conflict_people_any": ["yes", "no", "prefer_call"],
    "conflict_people": [[{"name": "Juan", "role": "employer"}]],
    "current_attorney": ["yes", "no", "not_lawyer"],
    "ack_no_relationship": [True],
    "consent_privacy": [True],
    "helper_attests": [True],
    "slot_id": ["2026-12-01T17:00Z"],
    "call_mode": ["phone", "video"],
    "ui_locale": ["es"],
    "wa_id": ["5216641234567"],
    "i_am_detained": [True],
    "not_my_time": [True],
    "arrival_asked_again": [True],
    "papers_asked_again": [True],
    "hearing_asked_again": [True],
    "word_asked_again": [True],
    "channel_asked_again": [True],
    "birth_asked_again": [True],
    "email_checked": [True],
    "year_checked": [True],
    "whereabouts_checked": [True],
    "program_checked": [True],
    "order_checked": [True],
    "is_admin": [True],
}

any_answers = st.fixed_dictionaries({}, optional={name: st.sampled_from(codes) for name, codes in CODES.items()})
"""Any of the answers together, whether they belong together or not."""
