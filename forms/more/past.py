"""B5: past applications."""

import re

from forms.context import Choice
from forms.fields import Text
from forms.intake.common import NOT_SURE
from forms.more.common import MorePage
from forms.ticks import Ticks
from forms.validators import Unreadable
from scheduler.words import _l, _lp

RECEIPT = re.compile(r"[A-Z]{3}[0-9]{10}", re.ASCII)


class Receipt(Text):
    """The number of a USCIS receipt, three letters and ten numbers, however it was spaced."""

    def clean(self, text: str) -> str:
        number = re.sub(r"[\s-]", "", super().clean(text)).upper()
        if number and not RECEIPT.fullmatch(number):
            raise Unreadable(self.error)
        return number


class PastPage(MorePage):
    """Earlier filings change dates and forms."""

    slug = "past"
    title = _l("Past applications")

    prior_applications = Ticks(
        _l("Have you asked for any of these before? (optional)"),
        (
            Choice("none", _l("None")),
            Choice("i589_uscis", _l("Asylum with USCIS (I-589)")),
            Choice("i589_court", _l("Asylum with the court (I-589)")),
            Choice("mexico_comar", _l("Asylum in Mexico (COMAR)")),
            Choice("other_country", _l("Asylum in another country")),
            Choice("tps", _l("TPS")),
            Choice("parole", _l("Parole")),
            Choice("work_permit", _l("Work permit")),
            Choice("family", _l("Family petition")),
            Choice("u_t_vawa", _l("U, T or VAWA")),
            Choice("other", _lp("feminine", "Other")),
            NOT_SURE,
        ),
        alone="none",
        hint=_l("Mark all that apply."),
        error=_l("If you choose “None”, remove the others."),
    )
    uscis_receipt = Receipt(
        _l("USCIS receipt number (optional)"),
        hint=_l("3 letters and 10 numbers."),
        error=_l("It has 3 letters and 10 numbers. Check it, or leave it blank."),
        longest=40,
    )
    attorney_name = Text(
        _l("Name of the lawyer or helper (optional)"), error=_l("Use 120 letters or less."), longest=120
    )
