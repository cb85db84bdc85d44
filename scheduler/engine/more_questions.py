"""Every question of Part B as one line: optional, asked after the conflict check, of her who may answer it."""

from scheduler.engine.answers import Answers
from scheduler.engine.questions import (
    Asking,
    Condition,
    Question,
    always,
    answered,
    both,
    either,
    never,
    under_18,
    unless,
    when,
)

MORE_PAGES = ("people", "entry", "reasons", "place", "past", "papers", "call")
"""B1 to B7 in their order, by the last part of their addresses."""

AT_USCIS = frozenset({"i589_uscis", "tps", "parole", "work_permit", "family", "u_t_vawa"})
"""Past applications for which there is a receipt of USCIS."""


def ticked(name: str, *codes: str) -> Condition:
    """True where one of the codes is among the boxes ticked."""
    return lambda asking: ticked_in(asking.answers, name, *codes)


def ticked_in(answers: Answers, name: str, *codes: str) -> bool:
    """The same for answers alone."""
    boxes = answers.get(name)
    return isinstance(boxes, list) and not set(codes).isdisjoint(boxes)


def tells_herself(asking: Asking) -> bool:
    """Whether she answers herself, or a parent does for her child: the feared person may be the one who helps."""
    if when("filler_role", "self")(asking):
        return True
    return when("filler_role", "family")(asking) and when("helper_relationship", "parent")(asking) and under_18(asking)


SAW_MEXICO = either(
    when("current_country", "MX"), when("waiting_in_mexico_program", "yes_papers", "yes_no_papers", "not_sure")
)
AFRAID_THERE = both(tells_herself, SAW_MEXICO, when("fear_mexico", "yes"))


def _optional(name: str, page: str, shown: Condition = always) -> Question:
    return Question(name, page, shown, never)


MORE_QUESTIONS: tuple[Question, ...] = (
    _optional("family_travel", "people"),
    _optional("family_separated", "people", answered("family_travel")),
    _optional("manner_of_entry", "entry", when("ever_in_us", "in_us", "sent_back", "left")),
    _optional("prior_entries", "entry", unless("ever_in_us", "never")),
    _optional("late_reasons", "entry", unless("ever_in_us", "never")),
    _optional("fear_reasons", "reasons", tells_herself),
    _optional("feared_actors", "reasons", tells_herself),
    _optional("harm_when", "reasons", tells_herself),
    _optional("harm_reported", "reasons", tells_herself),
    _optional("fear_note", "reasons", tells_herself),
    _optional("fear_mexico", "place", both(tells_herself, SAW_MEXICO)),
    _optional("mexico_harm", "place", AFRAID_THERE),
    _optional("told_officer_mexico", "place", AFRAID_THERE),
    _optional("prior_applications", "past"),
    _optional("uscis_receipt", "past", ticked("prior_applications", *AT_USCIS)),
    _optional("attorney_name", "past", when("current_attorney", "yes", "before", "not_lawyer")),
    _optional("evidence_have", "papers"),
    _optional("private_place", "call"),
    _optional("others_on_call", "call"),
    _optional("call_needs", "call"),
    _optional("interpreter_avoid", "call", when("interpreter_needed", "yes")),
    _optional("questions_for_attorney", "call"),
    _optional("trusted_person_name", "call", unless("device_safe", "no", "not_sure")),
    Question("trusted_person_phone", "call", answered("trusted_person_name")),
    _optional("own_answers", "call"),
)
"""As `QUESTIONS`; what is hidden from a helper is deleted like everything that is not asked."""

RESTRICTED = frozenset(question.name for question in MORE_QUESTIONS if question.page in {"entry", "reasons", "place"})
"""Answers for the attorney and her paralegal alone; never shown again, not even to the browser that sent them."""
