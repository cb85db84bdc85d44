"""Every question of Part A as one line: its page, when it is shown, when it must be answered."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date

from scheduler.engine.answers import Answers, day_of, given, is_minor, is_unknown
from scheduler.engine.gazetteer import asks_local_time

STAFF_LANGUAGES = frozenset({"es", "en"})
"""What the firm's own people speak, unless the firm says otherwise."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What a question may look at: the answers before it, the firm's day, what the firm speaks."""

    answers: Answers = field(repr=False)
    today: date
    staff_languages: Collection[str] = STAFF_LANGUAGES


Condition = Callable[[Asking], bool]


def always(_asking: Asking) -> bool:
    """The condition of what everybody is asked."""
    return True


def never(_asking: Asking) -> bool:
    """The condition of what nobody must answer."""
    return False


def when(name: str, *codes: object) -> Condition:
    """True where the answer is one of the codes."""
    return lambda asking: asking.answers.get(name) in codes


def unless(name: str, *codes: object) -> Condition:
    """True where the answer is none of the codes, or not given yet."""
    return lambda asking: asking.answers.get(name) not in codes


def answered(name: str) -> Condition:
    """True where any answer was given."""
    return lambda asking: given(asking.answers.get(name))


def unknown(name: str) -> Condition:
    """True where a date was answered with "I do not know"."""
    return lambda asking: is_unknown(asking.answers.get(name))


def dated(name: str) -> Condition:
    """True where the answer is a day."""
    return lambda asking: day_of(asking.answers.get(name)) is not None


def either(*conditions: Condition) -> Condition:
    """True where one of them is."""
    return lambda asking: any(condition(asking) for condition in conditions)


def both(*conditions: Condition) -> Condition:
    """True where all of them are."""
    return lambda asking: all(condition(asking) for condition in conditions)


def speaks_none_of_ours(asking: Asking) -> bool:
    """Her language is none the firm's people speak."""
    language = asking.answers.get("spoken_language")
    return given(language) and language not in asking.staff_languages


def under_18(asking: Asking) -> bool:
    """She may be a minor: the youngest plausible age counts."""
    return is_minor(asking.answers, asking.today)


def hour_uncertain(asking: Asking) -> bool:
    """Her place has two zones or none, or she said "Not my time"."""
    return asks_local_time(asking.answers) or (bool(asking.answers.get("not_my_time")) and _has_place(asking))


def hearing_passed(asking: Asking) -> bool:
    """The court date she gave is over."""
    hearing = day_of(asking.answers.get("next_hearing_date"))
    return hearing is not None and hearing < asking.today


def _has_place(asking: Asking) -> bool:
    return given(asking.answers.get("current_country"))


HELPED = unless("filler_role", "self")
AGREED = unless("client_agrees", "no")
WAS_THERE = either(unless("ever_in_us", "never"), when("waiting_in_mexico_program", "yes_papers"))
HELD = when("detained_now", "yes_immigration", "yes_jail", "yes_mexico")
REPORTS = both(when("waiting_in_mexico_program", "yes_papers"), unless("court_papers", "no"))
WRITTEN = either(
    when("contact_channel", "sms", "whatsapp", "email"),
    both(when("contact_channel", "helper"), unless("helper_medium", "call")),
)
NEEDS_PHONE = either(unless("contact_channel", "email"), unless("device_safe", "yes"))


@dataclass(frozen=True, slots=True)
class Question:
    """One field of Part A; `required` is only looked at where it is shown."""

    name: str
    page: str
    shown: Condition = always
    required: Condition = always


QUESTIONS: tuple[Question, ...] = (
    Question("device_safe", "safety"),
    Question("immediate_danger", "safety"),
    Question("filler_role", "who"),
    Question("client_agrees", "who", HELPED),
    Question("helper_name", "who", both(HELPED, AGREED)),
    Question("helper_relationship", "who", both(when("filler_role", "family", "friend"), AGREED)),
    Question("helper_org", "who", both(when("filler_role", "advocate"), AGREED), never),
    Question("spoken_language", "language"),
    Question("spoken_language_other", "language", when("spoken_language", "other")),
    Question("interpreter_needed", "language", speaks_none_of_ours),
    Question("contact_channel", "contact"),
    Question("helper_medium", "contact", when("contact_channel", "helper")),
    Question("contact_phone", "contact", required=NEEDS_PHONE),
    Question("contact_email", "contact", when("contact_channel", "email")),
    Question("phone_shared", "contact", answered("contact_phone")),
    Question("may_write", "contact", WRITTEN),
    Question("can_leave_message", "contact", both(answered("contact_phone"), unless("phone_shared", "shared_unsafe"))),
    Question("safe_times", "contact", required=never),
    Question("safe_word", "contact", when("contact_channel", "call", "whatsapp", "sms"), never),
    Question("given_names", "about"),
    Question("one_name_only", "about", required=never),
    Question("family_names", "about", unless("one_name_only", True)),
    Question("preferred_name", "about", required=never),
    Question("birth_date", "about"),
    Question("age_years", "about", unknown("birth_date")),
    Question("minor_with_adult", "about", under_18),
    Question("nationality_country", "about"),
    Question("current_country", "where"),
    Question("us_state", "where", when("current_country", "US")),
    Question("other_country", "where", when("current_country", "OTHER")),
    Question("mx_city", "where", when("current_country", "MX")),
    Question("mx_state", "where", when("mx_city", "other_mx")),
    Question("local_time_ok", "where", hour_uncertain),
    Question("time_zone_choice", "where", when("local_time_ok", "no")),
    Question("detained_now", "where", either(HELPED, when("i_am_detained", True))),
    Question("detention_place", "where", HELD, never),
    Question("detention_since", "where", HELD, never),
    Question("ever_in_us", "arrival"),
    Question("last_arrival_date", "arrival", when("ever_in_us", "in_us", "sent_back", "left")),
    Question(
        "waiting_in_mexico_program",
        "arrival",
        either(when("current_country", "MX"), when("ever_in_us", "sent_back")),
    ),
    Question("court_papers", "dates", WAS_THERE),
    Question("next_hearing_date", "dates", when("court_papers", "yes", "not_sure")),
    Question("next_hearing_time", "dates", dated("next_hearing_date"), never),
    Question("missed_hearing", "dates", hearing_passed),
    Question("hearing_court", "dates", when("court_papers", "yes"), never),
    Question("poe_report_date", "dates", REPORTS, never),
    Question("poe_report_time", "dates", dated("poe_report_date"), never),
    Question("poe_place", "dates", REPORTS, never),
    Question("removal_order", "dates", WAS_THERE),
    Question("removal_order_date", "dates", when("removal_order", "yes")),
    Question("fear_interview", "dates", WAS_THERE),
    Question("fear_interview_date", "dates", when("fear_interview", "scheduled", "negative")),
    Question("other_deadline", "dates"),
    Question("other_deadline_date", "dates", when("other_deadline", "yes")),
    Question("other_deadline_kind", "dates", when("other_deadline", "yes")),
    Question("a_number", "dates", WAS_THERE, never),
    Question("other_names_used", "names", required=never),
    Question("conflict_people_any", "names"),
    Question("conflict_people", "names", when("conflict_people_any", "yes")),
    Question("current_attorney", "names"),
    Question("ack_no_relationship", "notices"),
    Question("consent_privacy", "notices"),
    Question("helper_attests", "notices", HELPED),
    Question("slot_id", "time"),
    Question("call_mode", "time"),
)
"""In the order of the pages; a question may look only at those above it, at companions and at marks."""

COMPANIONS: dict[str, Condition] = {
    "ui_locale": always,
    "wa_id": answered("contact_phone"),
    "uscis_receipt": WAS_THERE,
    "i_am_detained": when("filler_role", "self"),
    "not_my_time": _has_place,
    "hearing_typed": when("court_papers", "no"),
}
"""What is stored beside a question without being one, and when it may stay."""

UNASKED: dict[str, tuple[Condition, str]] = {
    "detained_now": (when("filler_role", "self"), "no"),
    "court_papers": (when("ever_in_us", "never"), "no"),
    "can_leave_message": (when("phone_shared", "shared_unsafe"), "no"),
}
"""What is stored without asking, where the question is hidden and the condition holds."""
