"""A client asks to be called instead of answering on."""

from dataclasses import dataclass, field
from typing import Any

from scheduler.casework.documents import open_answers, seal_answers
from scheduler.casework.firm import firm
from scheduler.casework.intake import mine, staff_languages
from scheduler.casework.parts import Parts
from scheduler.casework.sending import Sending
from scheduler.casework.transaction import writing
from scheduler.engine import branches
from scheduler.engine.states import IntakeState

OF_A_NUMBER = frozenset({"may_write", "can_leave_message"})
"""What is allowed for one number and not for the next."""


@dataclass(frozen=True, slots=True)
class AskForCall:
    """The number to call, whom to ask for if she said so, and the language of the page."""

    phone: str = field(repr=False)
    name: str = field(repr=False)
    locale: str


def ask_for_call(parts: Parts, token: str, request: AskForCall) -> None:
    """
    Put a call with a promised time on the desk's list; what she answered so far goes with it.

    Raises:
        NoDraft: The token opens nothing.
    """
    now = parts.clock.now()
    with writing() as session:
        intake = mine(session, token)
        given = {"contact_phone": request.phone, "ui_locale": request.locale}
        given |= {"given_names": request.name} if request.name else {}
        answers = {"contact_channel": "call", **_of_this_number(open_answers(parts, intake), request.phone), **given}
        if intake.state == IntakeState.DRAFT:
            house = firm()
            answers = branches.kept(answers, house.today(now), staff_languages=staff_languages(house))
        intake.locale, intake.changed_at, intake.rejected = request.locale, now, None
        seal_answers(parts, intake, answers)
        Sending(session, parts, intake, answers, now).ask_for_call()


def _of_this_number(answers: dict[str, Any], phone: str) -> dict[str, Any]:
    """Her answers without what she allowed for another number."""
    if answers.get("contact_phone") == phone:
        return answers
    return {name: value for name, value in answers.items() if name not in OF_A_NUMBER}
