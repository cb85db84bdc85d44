"""A5: about you."""

from forms.base import IntakePage
from forms.choices import nationalities
from forms.context import Choice
from forms.dates import PartialDateField
from forms.fields import ForAnother, Name, Number, Tick
from forms.intake.common import CHOOSE
from forms.options import Countries, Options
from scheduler.words import _l

OLDEST = 110


class AboutPage(IntakePage):
    """A name, an age, a citizenship; approximate answers are answers."""

    slug = "about"
    title = _l("About you")
    title_for_another = _l("About that person")

    given_names = Name(
        _l("First name or names"),
        longest=80,
        hint=_l("As on your papers, if you have them."),
        error=_l("Write your first name."),
        another=ForAnother(
            _l("Their first name(s)"),
            _l("As on their papers, if they have them."),
            _l("Write that person’s first name."),
        ),
    )
    family_names = Name(
        _l("Last name or names"),
        longest=80,
        hint=_l("If you use two last names, write both."),
        error=_l("Write your last name, or tick “I have only one name”."),
        another=ForAnother(
            _l("Their last name(s)"),
            _l("If they use two last names, write both."),
            _l("Write that person’s last name, or tick “Only one name”."),
        ),
    )
    one_name_only = Tick(_l("I have only one name"), another=ForAnother(_l("Only one name")))
    preferred_name = Name(
        _l("What should we call you? (optional)"),
        longest=40,
        too_long=_l("Use 40 letters or less."),
        another=ForAnother(_l("What should we call that person? (optional)")),
        folded=True,
    )
    birth_date = PartialDateField(
        _l("Date of birth"),
        years_back=OLDEST,
        hint=_l("If you only know the year, that is fine."),
        error=_l("Choose at least the year, or tick “I do not know”."),
        another=ForAnother(_l("Their date of birth")),
    )
    age_years = Number(
        _l("About how old are you?"),
        lowest=0,
        highest=OLDEST,
        error=_l("Write a number from 0 to 110."),
        another=ForAnother(_l("About how old are they?")),
    )
    minor_with_adult = Options(
        _l("Who are you with?"),
        (
            Choice(
                "parent",
                _l("With my mother, father or legal guardian"),
                _l("With their mother, father or legal guardian"),
            ),
            Choice("other_adult", _l("With another adult")),
            Choice("alone", _l("Alone or only with other children")),
            Choice("shelter", _l("In a shelter or government home")),
        ),
        error=CHOOSE,
        another=ForAnother(_l("Who is the child with?")),
    )
    nationality_country = Countries(
        _l("What country or countries are you a citizen of?"),
        nationalities,
        error=_l("Choose a country, or “No country / not sure”."),
        another=ForAnother(_l("What country or countries is that person a citizen of?")),
    )
