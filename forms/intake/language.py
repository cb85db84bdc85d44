"""A3: your language."""

from forms.base import IntakePage
from forms.choices import languages
from forms.context import Choice
from forms.fields import ForAnother, Text
from forms.intake.common import CHOOSE, YES
from forms.options import Options, Select
from scheduler.words import _l


class LanguagePage(IntakePage):
    """The language she speaks, which need not be that of the page."""

    slug = "language"
    title = _l("Your language")
    title_for_another = _l("That person’s language")

    spoken_language = Select(
        _l("What language do you speak best?"),
        languages,
        hint=_l("Choose the one you use to talk about important things."),
        error=_l("Choose a language."),
        another=ForAnother(
            _l("What language does that person speak best?"),
            _l("Choose the one that person uses to talk about important things."),
        ),
    )
    spoken_language_other = Text(
        _l("Which language? Which town or region?"),
        shortest=2,
        longest=60,
        error=_l("Write the name of the language."),
    )
    interpreter_needed = Options(
        _l("Do you need an interpreter?"),
        (
            YES,
            Choice("no_speaks_es", _l("No, I can talk in Spanish"), _l("No, that person can talk in Spanish")),
            Choice("no_speaks_en", _l("No, I can talk in English"), _l("No, that person can talk in English")),
        ),
        hint=_l("It is free for you. Please do not use a child to interpret."),
        error=CHOOSE,
        another=ForAnother(
            _l("Does that person need an interpreter?"), _l("It is free. Please do not use a child to interpret.")
        ),
    )

    def arrange(self) -> None:
        """The language of the page is chosen until she chooses another."""
        if not self.is_posted and self.spoken_language.data is None:
            self.spoken_language.typed = {"": [self.context.locale]}
