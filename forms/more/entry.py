"""B2: more about your arrival."""

from forms.context import Choice
from forms.intake.common import CHOOSE, YES
from forms.more.common import TELL_ATTORNEY, MorePage
from forms.options import Options
from forms.ticks import Ticks
from scheduler.words import _l, _lp


class EntryPage(MorePage):
    """What the law makes of it is for the attorney; nothing here is ever exported or sent."""

    slug = "entry"
    title = _l("More about your arrival")

    manner_of_entry = Options(
        _l("How did you enter the last time? (optional)"),
        (
            TELL_ATTORNEY,
            Choice("port_no_visa", _l("At an official crossing, without a visa")),
            Choice("appointment", _l("With a border appointment")),
            Choice("visa", _l("With a visa")),
            Choice("parole", _l("With parole or humanitarian permission")),
            Choice("between_ports", _l("Not at an official crossing")),
        ),
        hint=_l("You can wait and tell the attorney."),
        error=CHOOSE,
    )
    prior_entries = Options(
        _l("Had you entered the U.S. before that? (optional)"),
        (
            Choice("no", _l("No, only once")),
            YES,
            TELL_ATTORNEY,
        ),
        error=CHOOSE,
    )
    late_reasons = Ticks(
        _l("Did any of these happen after you arrived? (optional)"),
        (
            Choice("ill", _l("Serious illness or trauma")),
            Choice("was_minor", _l("I was under 18")),
            Choice("bad_help", _l("A lawyer or helper failed me")),
            Choice("had_status", _l("I had a visa, TPS, parole or other permission")),
            Choice("returned_form", _l("I sent it on time but it came back")),
            Choice("death_illness_family", _l("Death or serious illness of family or lawyer")),
            Choice("home_changed", _l("Things changed in my country")),
            Choice("i_changed", _l("Something in my life changed")),
            Choice("no_notice", _l("I did not know about the date")),
            Choice("other", _lp("feminine", "Other")),
            TELL_ATTORNEY,
        ),
        hint=_l("This helps the attorney ask the right questions."),
        error=CHOOSE,
    )
