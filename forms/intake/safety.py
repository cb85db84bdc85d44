"""A1: is it safe to do this now?"""

from forms.base import IntakePage
from forms.context import Choice
from forms.fields import ForAnother
from forms.intake.common import CHOOSE, NO, PREFER_NOT, YES
from forms.options import Options
from scheduler.words import _l, _lp


class SafetyPage(IntakePage):
    """Comes before anything is typed: phones and shared computers are seen by others."""

    slug = "safety"
    title = _l("Is it safe to do this now?")
    intro = _l(
        "You can leave at any time. Press “Leave now” or press the Shift key 3 times. "
        "We will not save what you typed on this device."
    )

    device_safe = Options(
        _l("Is it safe to use this phone or computer right now?"),
        (Choice("yes", _l("Yes, I can use it safely")), Choice("not_sure", _lp("device_safe", "I am not sure")), NO),
        hint=_l("Think about who may see the screen, your messages or your history."),
        error=_l("Choose an answer so we can keep you safe."),
    )
    immediate_danger = Options(
        _l("Are you, or someone with you, in danger today?"),
        (NO, YES, PREFER_NOT),
        hint=_l("We are not an emergency service. If you say yes, we will show numbers to call now."),
        error=CHOOSE,
        another=ForAnother(_l("Is that person, or someone with them, in danger today?")),
    )
