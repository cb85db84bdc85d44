"""What every template can say: words of the reader's language, dates and hours as people write them."""

from babel import Locale
from flask import Flask, g
from sqlalchemy.exc import SQLAlchemyError

from scheduler.casework.firm import FirmView, firm
from scheduler.web.parts import parts
from scheduler.words import _, _n, languages, locale


def register(app: Flask) -> None:
    """Give the templates their words."""
    app.jinja_env.globals.update(_=_, _n=_n, locale=locale, other_languages=other_languages)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.context_processor(lambda: {"firm": _firm_or_nothing(), "staff": g.get("staff"), "now": parts().clock.now()})


def other_languages() -> list[tuple[str, str]]:
    """The languages that are not spoken now, each with its own name for itself."""
    others = [code for code in languages() if code != locale()]
    return [(code, str(Locale.parse(code).get_display_name(code)).capitalize()) for code in others]


def _firm_or_nothing() -> FirmView | None:
    """The firm; None where the database does not answer, so that the page which says so can be shown."""
    try:
        return firm()
    except SQLAlchemyError:
        return None
