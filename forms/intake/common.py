"""Answers that several pages offer."""

from forms.context import Choice
from scheduler.words import _l

YES = Choice("yes", _l("Yes"))
NO = Choice("no", _l("No"))
NOT_SURE = Choice("not_sure", _l("I am not sure"))
PREFER_NOT = Choice("prefer_not", _l("I prefer not to say"))
CHOOSE = _l("Choose an answer.")
