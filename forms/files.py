"""What is said of files that are sent: what they show."""

from forms.base import QuestionForm
from forms.context import Choice
from forms.more.evidence import EVIDENCE
from forms.options import Select
from scheduler.words import _l

OTHER = Choice("other", _l("Something else"))


class FilesForm(QuestionForm):
    """One word for all files of one submit; the files themselves are read by nobody but the use case."""

    shows = Select(_l("What does it show? (optional)"), (*EVIDENCE, OTHER), error=_l("Choose an answer."))

    def arrange(self) -> None:
        self.shows.required = False
