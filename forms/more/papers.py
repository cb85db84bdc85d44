"""B6: papers and proof."""

from forms.intake.common import CHOOSE
from forms.more.common import MorePage
from forms.more.evidence import EVIDENCE, HOW
from forms.ticks import Grid
from scheduler.words import _l


class PapersPage(MorePage):
    """What there is, what can be had, what is lost, what is too dangerous to get."""

    slug = "papers"
    title = _l("Papers and proof")

    evidence_have = Grid(
        _l("What do you have? (optional)"),
        EVIDENCE,
        HOW,
        hint=_l("Do not put yourself in danger to get papers."),
        error=CHOOSE,
    )
