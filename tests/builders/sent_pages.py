"""What must hold of the answers that are stored after a page was sent."""

from dataclasses import dataclass

from forms.base import IntakePage
from forms.flow import BY_SLUG as PART_A
from scheduler.engine import branches
from tests.builders import claims
from tests.builders.earlier import Stored
from tests.builders.visitor import Sent, Visitor, read


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is sent: `unseen` answers stay where nothing is written in their place, `others` are stored, too."""

    kind: type[IntakePage]
    unseen: frozenset[str] = frozenset()
    others: tuple[type[IntakePage], ...] = tuple(PART_A.values())


def of_a_page(visitor: Visitor, page: Page, before: Stored, sent: Sent, after: Stored | None) -> list[str]:
    """What is wrong with what is stored after a page that was open to her was sent."""
    shown = {name: said for name, said in before.items() if name not in page.unseen}
    form = page.kind(read(sent.pairs), visitor.context(shown))
    if not form.validate() or sent.answer.status_code != 303:
        return [] if after == before else ["changed by what was refused"]
    if after is None:
        return [] if sent.location == "/apply/ask-first" else ["nothing is left"]
    replaced = set(branches.fields_of(form.slug)) - page.unseen
    expected = {name: value for name, value in before.items() if name not in replaced} | form.answers()
    known = visitor.context(after)
    asked = claims.asked(after, known)
    wrong = {
        "lost": claims.lost(expected, after, asked),
        "hidden": claims.hidden(after, asked),
        "foreign": claims.foreign(before, after, form.slug),
        "unfit": claims.unfit(page.others, after, known),
    }
    return [f"{what}: {names}" for what, names in wrong.items() if names]
