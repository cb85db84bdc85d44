"""Who may do what, and who sees which answers: one table each, and whatever does not stand in it is refused."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from scheduler.casework.documents import open_documents
from scheduler.casework.parts import Parts
from scheduler.engine.documents import PLACE_OF, Document
from scheduler.engine.more_questions import RESTRICTED
from scheduler.models import Intake


class Role(StrEnum):
    """What somebody does in the firm; one person may have several roles."""

    RECEPTIONIST = "receptionist"
    PARALEGAL = "paralegal"
    ATTORNEY = "attorney"
    CONFLICTS = "conflicts"
    ADMIN = "admin"


class Permission(StrEnum):
    """One thing that can be allowed."""

    OWN_ACCOUNT = "own_account"
    SEE_DESK = "see_desk"
    SEE_CONTACT = "see_contact"
    SEE_DATES = "see_dates"
    SEE_NAMES = "see_names"
    SEE_A_NUMBER = "see_a_number"
    SEE_REASONS = "see_reasons"
    SEE_LAST_DAY = "see_last_day"
    SEE_MORE = "see_more"
    SEE_STORY = "see_story"
    DO_TASKS = "do_tasks"
    MOVE = "move"
    CANCEL = "cancel"
    REPORT = "report"
    MERGE = "merge"
    ASK_BY_PHONE = "ask_by_phone"
    SET_LEVEL = "set_level"
    CORRECT_CONTACT = "correct_contact"
    CORRECT_FACTS = "correct_facts"
    STOP_MESSAGES = "stop_messages"
    LOWER_LEVEL = "lower_level"
    READ_BRIEF = "read_brief"
    REVIEW_FACTS = "review_facts"
    READ_FILES = "read_files"
    SET_QUESTIONS = "set_questions"
    SET_CALENDARS = "set_calendars"
    SET_HOURS = "set_hours"
    SET_PEOPLE = "set_people"
    HOLD = "hold"
    WITHDRAW = "withdraw"
    END = "end"
    SEARCH_NAMES = "search_names"
    SEE_LOOKS = "see_looks"
    READ_IN_NAMES = "read_in_names"
    DECIDE_CONFLICTS = "decide_conflicts"
    LOOK_AT_NAMES = "look_at_names"
    CONFIRM_NAMES = "confirm_names"


_P = Permission
_DESK = frozenset({_P.OWN_ACCOUNT, _P.SEE_DESK, _P.SEE_CONTACT, _P.SEE_DATES, _P.SEARCH_NAMES})
_NOTES = frozenset({_P.SET_LEVEL, _P.CORRECT_CONTACT, _P.CORRECT_FACTS, _P.STOP_MESSAGES, _P.REPORT})
_TIMES = frozenset({_P.MOVE, _P.CANCEL, _P.SET_CALENDARS, _P.SET_HOURS})
_CASE = frozenset({_P.SEE_NAMES, _P.SEE_A_NUMBER, _P.SEE_REASONS, _P.SEE_MORE, _P.SEE_STORY, _P.READ_FILES})

POLICY: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.RECEPTIONIST: _DESK | _TIMES | {_P.WITHDRAW, _P.MERGE, _P.ASK_BY_PHONE, _P.DO_TASKS, *_NOTES},
        Role.PARALEGAL: _DESK | _CASE | {_P.END, _P.MERGE, _P.ASK_BY_PHONE, _P.DO_TASKS, _P.LOWER_LEVEL, *_NOTES},
        Role.ATTORNEY: (
            _DESK
            | _CASE
            | _TIMES
            | {
                _P.DO_TASKS,
                _P.REPORT,
                _P.READ_BRIEF,
                _P.SEE_LAST_DAY,
                _P.END,
                _P.REVIEW_FACTS,
                _P.HOLD,
                _P.SET_LEVEL,
                _P.CORRECT_FACTS,
                _P.LOWER_LEVEL,
                _P.STOP_MESSAGES,
                _P.READ_IN_NAMES,
                _P.LOOK_AT_NAMES,
                _P.CONFIRM_NAMES,
            }
        ),
        Role.CONFLICTS: (
            _DESK
            | {_P.DO_TASKS, _P.SEE_NAMES, _P.SEE_A_NUMBER, _P.SET_LEVEL}
            | {_P.DECIDE_CONFLICTS, _P.READ_IN_NAMES, _P.LOOK_AT_NAMES, _P.SEE_LOOKS}
        ),
        Role.ADMIN: frozenset(
            {_P.OWN_ACCOUNT, _P.REVIEW_FACTS, _P.SET_QUESTIONS, _P.SET_HOURS, _P.SET_PEOPLE, _P.SEE_LOOKS}
        ),
    }
)
"""Everything a role may do (intake.md §3.1)."""

NEEDED: Mapping[Document, Permission] = MappingProxyType(
    {Document.CONTACT: _P.SEE_CONTACT, Document.PLACE: _P.SEE_DATES}
)
"""What opens the answers of a document, but for those that need more."""

NEEDED_IN_CONTACT: Mapping[str, Permission] = MappingProxyType(
    dict.fromkeys(("call_needs", "interpreter_avoid", "questions_for_attorney"), _P.SEE_MORE)
)
"""Answers of the contact document that the front desk does not read; that there are such needs is a flag."""

NEEDED_IN_CONFIDENTIAL: Mapping[str, Permission] = MappingProxyType(
    {
        "conflict_people_any": _P.SEE_NAMES,
        "conflict_people": _P.SEE_NAMES,
        "other_names_used": _P.SEE_NAMES,
        "current_attorney": _P.SEE_NAMES,
        "a_number": _P.SEE_A_NUMBER,
        "reasons": _P.SEE_REASONS,
        "attorney_name": _P.SEE_NAMES,
        **dict.fromkeys(("family_travel", "family_separated"), _P.SEE_MORE),
        **dict.fromkeys(("prior_applications", "uscis_receipt", "evidence_have", "own_answers"), _P.SEE_MORE),
        **dict.fromkeys(RESTRICTED, _P.SEE_STORY),
    }
)
"""What opens an answer of the confidential document; an answer that does not stand here opens for nobody."""


def may(roles: Collection[str], permission: Permission) -> bool:
    """Whether somebody with these roles may do it; an unknown role may do nothing."""
    return permission in permissions(roles)


def permissions(roles: Collection[str]) -> frozenset[Permission]:
    """Everything these roles allow together."""
    return frozenset().union(*(POLICY.get(Role(role), frozenset()) for role in roles if role in set(Role)))


def documents_for(roles: Collection[str]) -> tuple[Document, ...]:
    """The documents of an intake that are opened for these roles at all."""
    return tuple(document for document in Document if _opens(document, permissions(roles)))


def answers_for(parts: Parts, intake: Intake, roles: Collection[str], *, assigned: bool = False) -> dict[str, Any]:
    """
    The answers of an intake that these roles may see, field by field; no other document is opened for it.

    `assigned`: whether the case is the reader's own; what could harm her most is for those alone.

    Raises:
        KeyGone: The intake was purged.
    """
    allowed = permissions(roles) - (frozenset() if assigned else {_P.SEE_STORY})
    answers = open_documents(parts, intake, *documents_for(roles))
    return {name: value for name, value in answers.items() if _sees(name, allowed)}


def sees(name: str, roles: Collection[str]) -> bool:
    """Whether these roles may see such an answer where the case is not the reader's own."""
    return _sees(name, permissions(roles) - {_P.SEE_STORY})


def _opens(document: Document, allowed: frozenset[Permission]) -> bool:
    if document is Document.CONFIDENTIAL:
        return bool(allowed & frozenset(NEEDED_IN_CONFIDENTIAL.values()))
    return NEEDED[document] in allowed


def _sees(name: str, allowed: frozenset[Permission]) -> bool:
    document = PLACE_OF.get(name)
    if document is None or document is Document.CONFIDENTIAL:
        return NEEDED_IN_CONFIDENTIAL.get(name) in allowed
    return NEEDED_IN_CONTACT.get(name, NEEDED[document]) in allowed
