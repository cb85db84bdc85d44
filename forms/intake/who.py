"""A2: who needs help?"""

from collections.abc import Iterator

from forms.base import IntakePage
from forms.context import Choice
from forms.fields import Name, Text
from forms.intake.common import CHOOSE, NO
from forms.options import Options, Select
from scheduler.words import _l


class WhoPage(IntakePage):
    """Decides whose words these are and whom we may call."""

    slug = "who"
    title = _l("Who needs help?")

    filler_role = Options(
        _l("Who needs legal help?"),
        (
            Choice("self", _l("Me")),
            Choice("family", _l("A family member")),
            Choice("advocate", _l("Someone I help through my work (shelter, church, clinic, school)")),
            Choice("friend", _l("A friend or other person")),
        ),
        hint=_l("You can fill this in for another person if they agree."),
        error=_l("Choose who needs help."),
    )
    client_agrees = Options(
        _l("Does that person know you are asking for help?"),
        (
            Choice("yes", _l("Yes, they know and agree")),
            Choice("cannot_ask", _l("I cannot reach them (for example, they are detained)")),
            NO,
        ),
        error=CHOOSE,
    )
    helper_name = Name(
        _l("Your full name (the person helping)"),
        shortest=2,
        longest=80,
        error=_l("Write your name (2 to 80 letters)."),
    )
    helper_relationship = Select(
        _l("How do you know this person?"),
        (
            Choice("spouse_partner", _l("Husband, wife or partner")),
            Choice("parent", _l("Mother or father")),
            Choice("child", _l("Son or daughter")),
            Choice("sibling", _l("Brother or sister")),
            Choice("other_family", _l("Other family")),
            Choice("sponsor", _l("Sponsor")),
            Choice("friend", _l("Friend")),
            Choice("other", _l("Other")),
        ),
        error=_l("Choose how you know this person."),
    )
    helper_org = Text(_l("Organization (optional)"), longest=120, error=_l("Use 120 letters or less."))

    def check(self) -> Iterator[tuple[str, object]]:
        if self.filler_role.data == "family" and self.helper_relationship.data == "friend":
            yield "helper_relationship", self.helper_relationship.error
