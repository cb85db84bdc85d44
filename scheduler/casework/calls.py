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

HOURS = "safe_times"
OF_A_NUMBER = frozenset({"may_write", "can_leave_message"})
"""What is allowed for one number and not for the next."""


@dataclass(frozen=True, slots=True)
class AskForCall:
    """
    The number to call, whom to ask for if she said so, and the language of the page.

    `safe_times` are codes of hours, none for the usual ones; `language` is the code of the one she speaks.
    """

    phone: str = field(repr=False)
    name: str = field(repr=False)
    locale: str
    safe_times: tuple[str, ...] = ()
    language: str = ""


def ask_for_call(parts: Parts, token: str, request: AskForCall) -> None:
    """
    Put a call with a promised time on the desk's list; what she answered so far goes with it.

    Raises:
        NoDraft: The token opens nothing.
    """
    now = parts.clock.now()
    with writing() as session:
        intake = mine(session, token)
        answers = {"contact_channel": "call", **_of_this_number(open_answers(parts, intake), request.phone)}
        answers = {name: value for name, value in answers.items() if name != HOURS} | _given(request)
        if intake.state == IntakeState.DRAFT:
            house = firm()
            answers = branches.kept(answers, house.today(now), staff_languages=staff_languages(house))
        intake.locale, intake.changed_at, intake.rejected = request.locale, now, None
        seal_answers(parts, intake, answers)
        Sending(session, parts, intake, answers, now).ask_for_call()


def _given(request: AskForCall) -> dict[str, Any]:
    """What she says on that page, as answers."""
    said = {"given_names": request.name, "spoken_language": request.language, HOURS: list(request.safe_times)}
    given: dict[str, Any] = {"contact_phone": request.phone, "ui_locale": request.locale}
    return given | {name: value for name, value in said.items() if value}


def _of_this_number(answers: dict[str, Any], phone: str) -> dict[str, Any]:
    """Her answers without what she allowed for another number."""
    if answers.get("contact_phone") == phone:
        return answers
    return {name: value for name, value in answers.items() if name not in OF_A_NUMBER}
