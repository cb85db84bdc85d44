"""What every template can say: words of the reader's language, dates and hours as people write them."""

from flask import Flask, g
from markupsafe import Markup

from scheduler.casework.firm import firm
from scheduler.web.parts import parts
from scheduler.words import _, _n, _p, languages, locale


def register(app: Flask) -> None:
    """Give the templates their words."""
    app.jinja_env.globals.update(_=_, _n=_n, _p=_p, locale=locale, languages=languages, Markup=Markup)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.context_processor(lambda: {"firm": firm(), "staff": g.get("staff"), "now": parts().clock.now()})
