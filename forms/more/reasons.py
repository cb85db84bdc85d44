"""B3: why you are afraid."""

from forms.context import Choice
from forms.intake.common import CHOOSE, NOT_SURE
from forms.more.common import TELL_ATTORNEY, LongText, MorePage
from forms.options import Options
from forms.ticks import Ticks
from scheduler.words import _l, _lp


class ReasonsPage(MorePage):
    """A few ticks; the story is told by voice."""

    slug = "reasons"
    title = _l("Why you are afraid")
    intro = _l("You do not need to tell your story here. A few ticks are enough. You can skip this page.")

    fear_reasons = Ticks(
        _l("Why could someone hurt you if you go back? (optional)"),
        (
            Choice("race", _l("My race or ethnic group")),
            Choice("religion", _l("My religion or beliefs")),
            Choice("nationality", _l("My nationality or language")),
            Choice("political_opinion", _l("My political ideas, or ideas others think I have")),
            Choice("psg_family", _l("My family")),
            Choice("psg_gender", _l("Being a woman or a girl")),
            Choice("psg_lgbtq", _l("Being LGBTQ+ or someone thinks I am")),
            Choice("psg_other", _l("Another group I belong to")),
            Choice("torture", _l("Police, soldiers or officials could hurt me badly")),
            Choice("gang_cartel", _l("Gangs or cartels")),
            Choice("domestic", _l("A partner or family member")),
            Choice("witness", _l("I saw or reported a crime")),
            Choice("other", _lp("fear_reasons", "Another reason")),
            NOT_SURE,
            TELL_ATTORNEY,
        ),
        hint=_l("Mark all that are true."),
        error=CHOOSE,
    )
    feared_actors = Ticks(
        _l("Who are you afraid of? (optional)"),
        (
            Choice("government", _l("Government or officials")),
            Choice("police_military", _l("Police or army")),
            Choice("gang_cartel", _l("Gang or cartel")),
            Choice("partner_family", _l("Partner or family")),
            Choice("community", _l("Neighbors or other group")),
            Choice("armed_group", _l("Armed group")),
            Choice("unknown", _l("I do not know")),
            TELL_ATTORNEY,
        ),
        hint=_l("No names needed."),
        error=CHOOSE,
    )
    harm_when = Options(
        _l("When did the harm or threats happen? (optional)"),
        (
            Choice("last_year", _l("In the last 12 months")),
            Choice("one_to_five", _l("1 to 5 years ago")),
            Choice("over_five", _l("More than 5 years ago")),
            Choice("not_yet", _l("It has not happened, but I fear it")),
            Choice("several", _l("Several times")),
            TELL_ATTORNEY,
        ),
        error=CHOOSE,
    )
    harm_reported = Options(
        _l("Did you report it to police or others? (optional)"),
        (
            Choice("yes_helped", _l("Yes, and they helped")),
            Choice("yes_no_help", _l("Yes, and they did not help")),
            Choice("no_afraid", _l("No, I was afraid")),
            Choice("no_useless", _l("No, it would not help")),
            Choice("no_other", _l("No, other reason")),
            TELL_ATTORNEY,
        ),
        hint=_l("There is no wrong answer."),
        error=CHOOSE,
    )
    fear_note = LongText(
        _l("One sentence for the attorney (optional)"),
        hint=_l("Please do not write your full story here. Tell it by voice in the call."),
        error=_l("Use 300 letters or less."),
        longest=300,
    )
