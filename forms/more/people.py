"""B1: people with you."""

from forms.context import Choice
from forms.intake.common import CHOOSE, NO, NOT_SURE, YES
from forms.more.common import MorePage
from forms.options import Options
from forms.rows import FamilyField
from scheduler.words import _l, _lp


class PeoplePage(MorePage):
    """Family without names: who they are, how old and where."""

    slug = "people"
    title = _l("People with you")

    family_travel = FamilyField(
        _l("Who in your family is part of this? (optional)"),
        (
            Choice("spouse_partner", _l("Husband, wife or partner")),
            Choice("child", _lp("family_travel", "Son or daughter")),
            Choice("parent", _l("Mother or father")),
            Choice("sibling", _lp("family_travel", "Brother or sister")),
            Choice("other", _l("Other")),
        ),
        hint=_l("No names needed. Only who they are, age and where."),
        error=_l("Choose who they are and write the age."),
    )
    family_separated = Options(
        _l("Did officers separate you from your family?"),
        (
            NO,
            YES,
            NOT_SURE,
        ),
        error=CHOOSE,
    )
