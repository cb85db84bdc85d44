"""Answers that several pages offer."""

from typing import Any

from forms.context import Choice
from forms.fields import ForAnother
from forms.ticks import Ticks
from scheduler.words import _l

YES = Choice("yes", _l("Yes"))
NO = Choice("no", _l("No"))
NOT_SURE = Choice("not_sure", _l("I am not sure"))
PREFER_NOT = Choice("prefer_not", _l("I prefer not to say"))
CHOOSE = _l("Choose an answer.")


def safe_hours(**rest: Any) -> Ticks:
    """The question for the hours at which she may be called or written to, wherever a number is asked."""
    return Ticks(
        _l("When is it safe to call or write? (optional)"),
        (
            Choice("any", _l("Any time")),
            Choice("morning", _l("8 am – 12 noon")),
            Choice("afternoon", _l("12 noon – 5 pm")),
            Choice("evening", _l("5 pm – 8 pm")),
            Choice("weekend", _l("Weekends too")),
        ),
        alone="any",
        opens=False,
        hint=_l("Your local time."),
        error=_l("If you choose “Any time”, remove the others."),
        another=ForAnother(hint=_l("The person’s local time.")),
        folded=True,
        **rest,
    )
