"""A9: names we must check."""

from forms.base import IntakePage
from forms.context import Choice
from forms.fields import ForAnother
from forms.intake.common import CHOOSE, NO, NOT_SURE, YES
from forms.options import Options
from forms.rows import NamesField, PeopleField
from scheduler.words import _l, _lp

MOST_PEOPLE = 8
MOST_NAMES = 5


class NamesPage(IntakePage):
    """Names for the conflict check, before anything confidential is told."""

    slug = "names"
    title = _l("Names we must check")
    intro = _l("Before you tell us your story, we check that we do not already help someone on the other side.")
    intro_for_another = _l(
        "Before that person tells us their story, we check that we do not already help someone on the other side."
    )

    other_names_used = NamesField(
        _l("Other names you have used (optional)"),
        most=MOST_NAMES,
        hint=_l("Or other spellings on your papers."),
        error=_l("Use 120 letters or less for each name."),
        another=ForAnother(
            _l("Other names that person has used (optional)"), _l("Or other spellings on that person’s papers.")
        ),
        folded=True,
    )
    conflict_people_any = Options(
        _l("Is there a husband, wife, partner, boss, sponsor or other person who is part of this or is against you?"),
        (YES, NO, Choice("prefer_call", _l("I will say it by phone"))),
        hint=_l("Only names. Do not say what happened."),
        error=CHOOSE,
        another=ForAnother(
            _l(
                "Is there a husband, wife, partner, boss, sponsor or other person who is part of this "
                "or is against that person?"
            )
        ),
    )
    conflict_people = PeopleField(
        _l("Name and who they are"),
        (
            Choice("spouse_partner", _l("Husband, wife or partner (now or before)")),
            Choice("family_in_case", _l("Family in my case"), _l("Family in their case")),
            Choice(
                "person_against", _l("Person who hurt me or is against me"), _l("Person who hurt or is against them")
            ),
            Choice("sponsor", _l("Sponsor")),
            Choice("employer", _l("Boss or employer")),
            Choice("helper", _l("Person who helped with my papers"), _l("Person who helped with their papers")),
            Choice("other", _lp("feminine", "Other")),
        ),
        most=MOST_PEOPLE,
        error=_l("Write the name and choose who they are."),
    )
    current_attorney = Options(
        _l("Do you have a lawyer or someone who helped with your papers?"),
        (
            NO,
            Choice("yes", _l("Yes, I have one now"), _l("Yes, there is one now")),
            Choice("before", _l("I had one before"), _l("There was one before")),
            Choice("not_lawyer", _l("A notario or helper, not a lawyer")),
            NOT_SURE,
        ),
        hint=_l("In the U.S. a “notario” is not a lawyer."),
        error=CHOOSE,
        another=ForAnother(_l("Does that person have a lawyer or someone who helped with their papers?")),
    )
