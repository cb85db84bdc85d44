"""An attorney's brief of her own consultation, where her invitation leads."""

from flask import Flask, g
from flask.typing import ResponseReturnValue

from scheduler.casework import cases, conflict_confirming, why
from scheduler.casework.firm import firm
from scheduler.web import said, why_words
from scheduler.web.parts import parts
from scheduler.web.views.desk import page


def register(app: Flask) -> None:
    app.add_url_rule("/b/<ref>", "brief.read", read)


def read(ref: str) -> ResponseReturnValue:
    """What she should know before the call; first she, or another attorney, looks at the names."""
    case, row = cases.open_brief(parts(), g.staff, ref)
    now = parts().clock.now()
    answers = said.sections(case.answers, firm().today(now), now)
    words: dict[str, object] = {"why": why.why(parts(), g.staff, case), "why_words": why_words}
    words |= {"confirmed": conflict_confirming.by_whom(case.id)}
    return page("brief.html", "brief", case=case, row=row, sections=answers, **words)
