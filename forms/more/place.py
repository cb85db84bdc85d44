"""B4: being in Mexico."""

from forms.context import Choice
from forms.intake.common import CHOOSE, NO, NOT_SURE, YES
from forms.more.common import TELL_ATTORNEY, MorePage
from forms.options import Options
from forms.ticks import Ticks
from scheduler.words import _l


class PlacePage(MorePage):
    """Fear of Mexico is looked at apart from fear of the home country."""

    slug = "place"
    title = _l("Being in Mexico")

    fear_mexico = Options(
        _l("Are you afraid of being in Mexico?"),
        (
            YES,
            NO,
            NOT_SURE,
        ),
        error=CHOOSE,
    )
    mexico_harm = Ticks(
        _l("What happened, or what do you fear there? (optional)"),
        (
            Choice("kidnap", _l("Kidnapping")),
            Choice("extortion", _l("Extortion or threats for money")),
            Choice("assault", _l("Assault or robbery")),
            Choice("sexual", _l("Sexual violence")),
            Choice("followed", _l("The people I fled found me")),
            Choice("officials", _l("Harm by police or officials")),
            Choice("health", _l("Health problem or pregnancy")),
            Choice("discrimination", _l("Attacked for who I am")),
            Choice("other", _l("Other")),
            TELL_ATTORNEY,
        ),
        hint=_l("Mark all that are true. You can skip."),
        error=CHOOSE,
    )
    told_officer_mexico = Options(
        _l("Did you tell a U.S. officer you are afraid of Mexico? (optional)"),
        (
            Choice("yes_interview", _l("Yes, and I had an interview")),
            Choice("yes_no_interview", _l("Yes, but no interview")),
            NO,
            NOT_SURE,
        ),
        error=CHOOSE,
    )
